"""Recruiting reads over real HTTP: pages, filters, envelopes. Counts come from `server_kit`."""

from urllib.parse import parse_qs, urlsplit

import pytest
from server_kit import (
    BEGAN,
    CROWDED,
    FIRST,
    IN_CROWDED,
    IN_QUIET,
    OLD,
    PLAIN,
    QUIET,
    candidate_id,
)

ALL = IN_CROWDED + IN_QUIET - 1  # candidate 2 is deleted
DAY_100 = "2026-04-11T00:00:00Z"


def test_a_page_has_fifty_rows_and_the_next_link_the_first_id_of_the_next_page(visit, server):
    body = visit.get("/candidates").json()
    assert [row["id"] for row in body["candidates"]] == [
        candidate_id(n) for n in range(51) if n != 2
    ]
    assert body["paging"] == {
        "next": f"{server.base_url}/candidates?limit=50&since_id={candidate_id(51).lstrip('0')}"
    }


def test_since_id_is_inclusive_and_compares_numbers_not_texts(visit):
    # The ids grow from 0fffffff to 10000000 on the way.
    border = 0x10000000 - FIRST
    params = {"since_id": "fffffff", "limit": 3}
    assert visit.ids("/candidates", "candidates", params) == [
        candidate_id(n) for n in (border - 1, border, border + 1)
    ]


def test_max_id_is_inclusive(visit):
    params = {"max_id": candidate_id(3)}
    assert visit.ids("/candidates", "candidates", params) == [candidate_id(n) for n in (0, 1, 3)]


def test_following_the_links_gives_every_row_once_and_no_paging_at_the_end(visit):
    seen, params = [], {"limit": "100"}
    while True:
        body = visit.get("/candidates", params).json()
        seen += [row["id"] for row in body["candidates"]]
        if "paging" not in body:
            break
        params = {key: value[0] for key, value in _query(body).items()}
    assert len(seen) == len(set(seen)) == ALL
    assert candidate_id(2) not in seen


def _query(body):
    return parse_qs(urlsplit(body["paging"]["next"]).query)


def test_exactly_full_pages_have_no_link(visit):
    body = visit.get(f"/jobs/{QUIET}/candidates", {"limit": IN_QUIET}).json()
    assert len(body["candidates"]) == IN_QUIET
    assert "paging" not in body


def test_the_next_link_of_a_job_moves_to_the_nested_route(visit, server):
    body = visit.get("/candidates", {"shortcode": CROWDED}).json()
    link = urlsplit(body["paging"]["next"])
    assert link.path == f"/spi/v3/jobs/{CROWDED}/candidates"
    assert parse_qs(link.query) == {"limit": ["50"], "since_id": ["ffffff3"]}


def test_the_next_link_of_a_job_may_stay_flat(visit, server):
    server.control.set_quirks(next_link_of_job="flat", next_link_keeps_filters="no")
    body = visit.get("/candidates", {"shortcode": CROWDED, "email": ""}).json()
    assert urlsplit(body["paging"]["next"]).path == "/spi/v3/candidates"
    assert _query(body) == {"shortcode": [CROWDED], "limit": ["50"], "since_id": ["ffffff3"]}


@pytest.mark.parametrize(("keeps", "kept"), [("yes", {"created_after": [DAY_100]}), ("no", {})])
def test_filters_survive_in_the_next_link_or_not(visit, server, keeps, kept):
    server.control.set_quirks(next_link_keeps_filters=keeps)
    body = visit.get("/candidates", {"created_after": DAY_100, "limit": 10}).json()
    query = _query(body)
    assert {key: query[key] for key in query if key not in {"limit", "since_id"}} == kept
    assert query["limit"] == ["10"]


def test_the_next_link_may_name_the_workable_host(visit, server):
    server.control.set_quirks(next_link_host="workable")
    link = visit.get("/candidates").json()["paging"]["next"]
    assert link.startswith("https://harbourinn.workable.com/spi/v3/candidates?")


@pytest.mark.parametrize("limit", ["101", "500"])
def test_a_limit_over_100_is_clamped_or_refused(visit, server, limit):
    assert len(visit.rows("/candidates", "candidates", {"limit": limit})) == 100
    server.control.set_quirks(limit_over_100="422")
    assert visit.get("/candidates", {"limit": limit}).status_code == 422


@pytest.mark.parametrize("since", [DAY_100, "20260411T000000Z", str(BEGAN // 1000 + 100 * 86400)])
def test_created_after_takes_all_forms_and_its_instant_counts_or_not(visit, server, since):
    params = {"created_after": since, "limit": 100}
    rows = visit.ids("/candidates", "candidates", params)
    assert (rows[0], len(rows)) == (candidate_id(100), 35)
    server.control.set_quirks(created_after_inclusive="no")
    rows = visit.ids("/candidates", "candidates", params)
    assert (rows[0], len(rows)) == (candidate_id(101), 34)


def test_updated_after_finds_old_candidates_that_changed(visit, server):
    params = {"updated_after": "2026-05-31T00:00:00Z"}  # day 150, when candidate 0 moved
    assert visit.ids("/candidates", "candidates", params) == [candidate_id(0), candidate_id(1)]
    server.control.set_quirks(updated_after_inclusive="no", comment_bumps_updated_at="no")
    assert visit.ids("/candidates", "candidates", params) == []


def test_a_deleted_candidate_is_gone_or_blank(visit, server):
    gone = candidate_id(2)
    assert visit.get(f"/candidates/{gone}").status_code == 404
    server.control.set_quirks(deleted_candidate="anonymized")
    detail = visit.get(f"/candidates/{gone}").json()["candidate"]
    assert (detail["anonymized"], detail["email"]) == (True, None)
    assert gone in visit.ids("/candidates", "candidates")


def test_the_stage_filter_takes_the_slug_and_rows_say_the_name(visit):
    rows = visit.rows("/candidates", "candidates", {"stage": "interview"})
    assert [(row["id"], row["stage"]) for row in rows] == [(candidate_id(0), "Interview")]


@pytest.mark.parametrize("params", [{"stage": "Interview"}, {"shortcode": "ZZZZ"}])
def test_an_unknown_filter_gives_nothing_or_a_422(visit, server, params):
    assert visit.get("/candidates", params).json() == {"candidates": []}
    server.control.set_quirks(unknown_filter="422")
    assert visit.get("/candidates", params).status_code == 422


def test_the_email_filter_ignores_case(visit):
    found = visit.ids("/candidates", "candidates", {"email": "C007@home.example"})
    assert found == [candidate_id(7)]


def test_both_forms_of_the_detail_agree(visit):
    flat = visit.get(f"/candidates/{candidate_id(4)}").json()
    assert visit.get(f"/jobs/{CROWDED}/candidates/{candidate_id(4)}").json() == flat
    assert visit.get(f"/jobs/{QUIET}/candidates/{candidate_id(4)}").status_code == 404


def test_candidate_activities_can_be_filtered(visit):
    path = f"/candidates/{candidate_id(0)}/activities"
    actions = [row["action"] for row in visit.rows(path, "activities")]
    assert actions == ["applied", "interview", "event", "event", "event"]
    assert len(visit.rows(path, "activities", {"actions": "applied,interview"})) == 2
    assert len(visit.rows(path, "activities", {"updated_after": "2026-06-01"})) == 3


def test_a_job_stream_holds_its_candidates_without_deleted_ones(visit):
    rows = visit.rows(f"/jobs/{CROWDED}/activities", "activities", {"limit": 100})
    assert len(rows) == 100
    assert candidate_id(2) not in {row["candidate"]["id"] for row in rows}
    assert rows[0]["stage_name"] is None


def test_an_offer_that_is_not_there_is_still_200(visit):
    body = visit.get(f"/candidates/{candidate_id(0)}/offer").json()
    assert body == {"candidate": {"id": candidate_id(0), "name": "First0 Last0", "location": None}}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [CROWDED, QUIET, OLD]),
        ({"state": "archived"}, [OLD]),
        ({"state": ["archived", "closed"]}, [QUIET, OLD]),
        ({"created_after": "2026-01-02T00:00:00Z"}, [QUIET, OLD]),
        ({"updated_after": "2026-01-03"}, [OLD]),
        ({"state": "unheard"}, []),
    ],
)
def test_jobs_can_be_filtered(visit, params, expected):
    assert [row["shortcode"] for row in visit.rows("/jobs", "jobs", params)] == expected


def test_a_repeated_state_may_count_only_once(visit, server):
    server.control.set_quirks(repeated_states="last")
    rows = visit.rows("/jobs", "jobs", {"state": ["archived", "closed"]})
    assert [row["shortcode"] for row in rows] == [QUIET]


def test_include_fields_adds_columns_of_the_detail(visit):
    plain = visit.rows("/jobs", "jobs")[0]
    wide = visit.rows("/jobs", "jobs", {"include_fields": "description,benefits"})[0]
    assert set(wide) - set(plain) == {"description", "benefits"}
    assert wide["description"] == "<p>Work.</p>"


def test_a_job_is_a_bare_object_and_an_unknown_one_404(visit):
    assert visit.get(f"/jobs/{CROWDED}").json()["shortcode"] == CROWDED
    answer = visit.get("/jobs/NOPE")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ["be000", "be001"]),
        ({"include_cancelled": "true"}, ["be000", "be001", "be002"]),
        ({"type": "call"}, ["be000"]),
        ({"member_id": PLAIN}, ["be000"]),
        ({"start_date": "2026-06-16"}, ["be001"]),
        ({"end_date": "2026-06-15"}, ["be000"]),
        ({"candidate_id": candidate_id(1)}, []),
        ({"shortcode": CROWDED, "since_id": "be001"}, ["be001"]),
    ],
)
def test_events_can_be_filtered(visit, params, expected):
    assert visit.ids("/events", "events", params) == expected


def test_a_wide_context_may_need_a_user_token(visit, server):
    assert visit.get("/events", {"context": "all"}).status_code == 200
    server.control.set_quirks(events_context_all="user_token_only")
    assert visit.get("/events", {"context": "all"}).status_code == 403
    assert visit.get("/events").status_code == 200


def test_a_requisition_is_found_by_its_escaped_code(visit, server):
    path = "/requisitions/R%2F1%20x"
    assert visit.get(path).json()["code"] == "R/1 x"
    server.control.set_quirks(requisition_detail="wrapped")
    assert [row["code"] for row in visit.get(path).json()["requisitions"]] == ["R/1 x"]


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"state": "open"}, 1),
        ({"state": "filled"}, 0),
        ({"job_id": "5c01fe"}, 1),
        ({"job_id": "5c01ff"}, 0),
        ({"plan_date_from": "2026-03", "plan_date_to": "2026-03"}, 1),
        ({"plan_date_from": "2026-04"}, 0),
        ({"updated_after": "2026-01-05"}, 1),
        ({"created_after": "2026-01-05"}, 0),
    ],
)
def test_requisitions_can_be_filtered(visit, params, count):
    assert len(visit.rows("/requisitions", "requisitions", params)) == count


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, ["Sam Root", "Hana Ruiz", "Pia Lund", "Noor Ali"]),
        ({"status": "inactive"}, ["Gil Old"]),
        (
            {"status": "all", "limit": 100},
            ["Sam Root", "Hana Ruiz", "Pia Lund", "Noor Ali", "Gil Old"],
        ),
        ({"role": "simple"}, ["Hana Ruiz", "Pia Lund"]),
        ({"email": "SAM@inn.example"}, ["Sam Root"]),
        ({"name": "Noor Ali"}, ["Noor Ali"]),
        ({"shortcode": CROWDED}, ["Pia Lund"]),
    ],
)
def test_members_can_be_filtered(visit, params, names):
    assert [row["name"] for row in visit.rows("/members", "members", params)] == names


def test_bare_arrays_come_in_their_order(visit):
    assert [row["id"] for row in visit.get("/departments").json()] == ["e3", "e2", "e1"]
    assert [row["position"] for row in visit.get("/disqualification_reasons").json()] == [1, 2]


@pytest.mark.parametrize("path", ["/candidates?since_id=xyz", "/candidates?created_after=soon"])
def test_an_unreadable_parameter_is_a_422_in_the_form_of_the_quirk(visit, server, path):
    message = visit.get(path).json()["error"]
    assert isinstance(message, str)
    server.control.set_quirks(error_body="array")
    assert visit.get(path).json() == {"error": [message]}
    server.control.set_quirks(error_body="empty")
    assert visit.get(path).json() == {"error": ""}
