"""Faults that reach beyond one answer, and bodies that no ordinary server sends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest
from server_kit import CROWDED, QUIET, Visitor, candidate_id, employee_id

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server import CHAOS_KINDS, chaos
from workable_elt.simulator.server.runner import Simulator

FIRST_PAGE = {"limit": 100}


def inject(server, kind, path="/candidates", **more):
    server.control.inject({"kind": kind, "path": path, "times": 1, **more}, seed=5)


def test_a_row_may_come_twice_or_be_left_out_while_the_total_stays(visit, server):
    params = {"limit": 20, "member_id": "a00001"}
    good = visit.get("/employees", params).json()
    inject(server, "repeat_row", "/employees")
    twice = visit.get("/employees", params).json()
    inject(server, "drop_row", "/employees")
    fewer = visit.get("/employees", params).json()
    ids = [[row["id"] for row in page["employees"]] for page in (good, twice, fewer)]
    assert (len(ids[1]), len(set(ids[1]))) == (21, 20)
    assert len(ids[2]) == 19
    assert set(ids[2]) < set(ids[0]) == set(ids[1])
    assert good["total_count"] == twice["total_count"] == fewer["total_count"] == 25


def test_a_field_may_get_another_type_in_every_record(visit, server):
    server.control.inject({"kind": "new_type", "path": "/candidates", "field": "disqualified"})
    for page in range(2):
        rows = visit.rows("/candidates", "candidates", {"since_id": candidate_id(page * 50)})
        assert {type(row["disqualified"]) for row in rows} == {str}


def test_the_drawn_field_is_the_same_on_every_page(visit, server):
    good = [visit.rows("/candidates", "candidates", {"limit": n}) for n in (5, 6)]
    server.control.inject({"kind": "new_type", "path": "/candidates"}, seed=8)
    bad = [visit.rows("/candidates", "candidates", {"limit": n}) for n in (5, 6)]
    changed = [
        {key for old, new in zip(a, b, strict=True) for key in old if old[key] != new[key]}
        for a, b in zip(good, bad, strict=True)
    ]
    assert changed[0] == changed[1]
    assert len(changed[0]) == 1


def test_a_text_may_hold_a_lone_surrogate_and_a_nul(visit, server):
    inject(server, "hostile_text", field="lastname")
    rows = json.loads(visit.get("/candidates").content)["candidates"]
    (text,) = [row["lastname"] for row in rows if "\x00" in (row["lastname"] or "")]
    assert "\ud83d" in text
    with pytest.raises(UnicodeEncodeError):
        text.encode()


def test_a_number_may_have_65_bits(visit, server):
    inject(server, "huge_number", f"/jobs/{CROWDED}/stages", field="position")
    rows = json.loads(visit.get(f"/jobs/{CROWDED}/stages").content)["stages"]
    assert [row["position"] for row in rows if row["position"] > 6] == [18446744073709551617]


def test_an_unknown_field_may_be_nested_deeply(visit, server):
    inject(server, "deep_nesting", value=40)
    (deep,) = [row["x_deep"] for row in visit.rows("/candidates", "candidates") if "x_deep" in row]
    depth = 0
    while deep:
        depth, deep = depth + 1, deep[0]
    assert depth + 1 == 40


def test_a_burst_of_429_has_the_headers_of_a_spent_window_and_ends_with_time(own_server):
    control = own_server.control
    control.inject({"kind": "too_many", "lasts": 30, "retry_after": 9})
    with Visitor(own_server) as visit:
        refused = visit.get("/jobs")
        assert visit.get("/members").status_code == refused.status_code == 429
        headers = refused.headers
        assert headers["X-Rate-Limit-Limit"] == "10"
        assert headers["X-Rate-Limit-Remaining"] == "0"
        assert headers["Retry-After"] == "9"
        date = parsedate_to_datetime(headers["Date"]).timestamp()
        assert int(headers["X-Rate-Limit-Reset"]) - date == 10
        control.advance(29)
        assert visit.get("/jobs").status_code == 429
        control.advance(2)
        assert visit.get("/jobs").status_code == 200


def test_a_refusal_may_come_just_before_the_window_ends(own_server):
    control = own_server.control
    control.inject({"kind": "too_many", "times": 1, "at_window_end": True})
    before = control.now()
    with Visitor(own_server) as visit:
        assert visit.get("/jobs").status_code == 429
    after = control.now()
    assert after.timestamp() % 10 == pytest.approx(9.7)
    assert after - before < timedelta(seconds=10)


def test_the_port_may_close_for_a_while(own_server):
    with Visitor(own_server) as visit:
        assert visit.get("/jobs").status_code == 200
        _close_port(own_server, visit, seconds=0.5)
        _wait_until_open(visit)
    assert own_server.control.faults()[0]["hits"] == 1


def test_a_forked_process_does_not_keep_the_closed_port_open(own_server):
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    try:
        with Visitor(own_server) as visit:
            _close_port(own_server, visit, seconds=0.2)
            _wait_until_open(visit)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _close_port(server: Simulator, visit: Visitor, seconds: float) -> None:
    inject(server, "closed_port", "/jobs", seconds=seconds)
    with pytest.raises(httpx.TransportError):
        visit.get("/jobs")
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.root)


def _wait_until_open(visit: Visitor) -> None:
    deadline = time.monotonic() + 20
    while not _answers(visit):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _answers(visit: Visitor) -> bool:
    try:
        return visit.get("/accounts").status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("skew", [-300, 300])
def test_the_front_ends_clock_may_be_off_for_one_answer_or_until_told_otherwise(own_server, skew):
    control = own_server.control
    with Visitor(own_server) as visit:

        def ahead() -> float:
            shown = parsedate_to_datetime(visit.get("/jobs").headers["Date"])
            return (shown - control.now()).total_seconds()

        assert ahead() == 0
        inject(own_server, "clock_skew", "/jobs", seconds=skew)
        assert [ahead(), ahead()] == [skew, 0]
        control.set_clock(skew=skew)
        assert [ahead(), ahead()] == [skew, skew]


def test_budgets_refill_by_the_front_ends_clock(own_server):
    own_server.control.set_rate_limit(enabled=True)
    with Visitor(own_server) as visit:
        assert [visit.get("/jobs").status_code for _ in range(11)][-2:] == [200, 429]
        own_server.control.set_clock(skew=300)
        assert visit.get("/jobs").status_code == 200


def test_changes_may_happen_on_both_sides_of_the_cursor(own_server):
    company = own_server.tenant.company
    kinds = ["applied", "profile_updated", "deleted", "relocated", "moved"]
    inject(own_server, "mid_listing", value={"n": 24, "kinds": kinds, "seed": 3})
    with Visitor(own_server) as visit:
        before = visit.get("/candidates", {"limit": 60}).json()
        events = own_server.tenant.log.events
        told = json.loads(visit.get("/candidates", {"limit": 60}).content)
    last = before["candidates"][-1]["id"]
    assert len(before["candidates"]) == 60
    assert before["candidates"] != told["candidates"]
    touched = [
        getattr(event, "old", None) or event.candidate
        for event in events[-40:]
        if type(event).__name__ in {"CandidateUpdated", "CandidateDeleted", "Relocated"}
        and event.at > company.now - 40_000
    ]
    assert any(int(each, 16) <= int(last, 16) for each in touched)
    assert any(int(each, 16) > int(last, 16) for each in touched)
    assert any(candidate.deleted_at for candidate in company.candidates.values())


def test_the_truth_knows_of_what_happened_in_the_middle_of_a_listing(own_server):
    inject(own_server, "mid_listing", value={"n": 10, "kinds": ["applied"], "seed": 3})
    before = len(own_server.control.truth()["candidates"])
    with Visitor(own_server) as visit:
        visit.get("/candidates")
    assert len(own_server.control.truth()["candidates"]) == before + 10


def test_a_tokens_sight_may_narrow_between_two_pages(own_server):
    inject(own_server, "narrow_sight", value={"shortcodes": [QUIET]})
    with Visitor(own_server) as visit:
        first = visit.get("/candidates", FIRST_PAGE).json()
        second = httpx.get(
            first["paging"]["next"], headers={"Authorization": f"Bearer {own_server.token}"}
        ).json()
        assert len(first["candidates"]) == 100
        assert {row["job"]["shortcode"] for row in second["candidates"]} == {QUIET}
        assert [row["shortcode"] for row in visit.rows("/jobs", "jobs")] == [QUIET]
        own_server.control.change_token(own_server.token, see_all=True)
        assert len(visit.rows("/jobs", "jobs")) == 3


@pytest.mark.parametrize("status", [404, 403])
def test_what_is_out_of_sight_is_unknown_or_forbidden_by_id(own_server, status):
    own_server.control.set_quirks(hidden_by_id=str(status))
    own_server.control.change_token(own_server.token, shortcodes=[QUIET], published_only=True)
    hidden = [f"/jobs/{CROWDED}", f"/candidates/{candidate_id(0)}"]
    draft = {"member_id": "a00001"}
    with Visitor(own_server) as visit:
        assert [visit.get(path).status_code for path in hidden] == [status, status]
        assert visit.get(f"/employees/{employee_id(23)}", draft).status_code == status
        assert visit.get("/jobs/0000000000").status_code == 404


def test_a_token_may_see_published_employees_only(own_server):
    params = {"limit": 100, "member_id": "a00001"}
    with Visitor(own_server) as visit:
        everybody = visit.ids("/employees", "employees", params)
        own_server.control.change_token(own_server.token, published_only=True)
        published = visit.ids("/employees", "employees", params)
    assert set(everybody) - set(published) == {employee_id(23), employee_id(24)}


def test_pages_may_be_smaller_than_asked_for(own_server):
    own_server.control.set_quirks(largest_page="10")
    with Visitor(own_server) as visit:
        body = visit.get("/candidates", FIRST_PAGE).json()
    assert len(body["candidates"]) == 10
    assert "limit=10&" in body["paging"]["next"]


def test_chaos_is_drawn_from_its_seed_and_told_in_one_line():
    drawn = chaos(11, 0.8)
    assert drawn == chaos(11, 0.8)
    assert drawn != chaos(12, 0.8)
    assert str(drawn).startswith("chaos(11, 0.8): ")
    assert "\n" not in str(drawn)
    assert chaos(3, 0).rules == ()
    with pytest.raises(ValueError, match="narrow_sight"):
        chaos(1, 1, ["narrow_sight"])


def test_chaos_reaches_every_kind_and_ends_after_a_few_short_hits():
    drawn = [rule for seed in range(200) for rule in chaos(seed, 1).rules]
    assert {rule["kind"] for rule in drawn} == set(CHAOS_KINDS)
    assert all(1 <= rule["times"] <= 4 for rule in drawn)
    waits = [rule["seconds"] for rule in drawn if "seconds" in rule]
    assert all(wait <= 0.2 for wait in waits if wait > 0 and wait != 290)


@pytest.mark.parametrize("seed", range(6))
def test_a_server_under_chaos_comes_to_its_senses(seed):
    """After so many requests that every rule is used up, all answers are whole again."""
    plan = CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=4)
    with Simulator(plan) as server, Visitor(server) as visit:
        drawn = chaos(seed, 1)
        server.control.inject(*({**rule, "probability": 1} for rule in drawn.rules), seed=seed)
        paths = ("/candidates", "/jobs", "/employees", "/members", "/events", "/timeoff/requests")
        for path in paths * 30:
            with contextlib.suppress(httpx.TransportError):
                visit.get(path, {"from_date": "1970-01-01"})
            _wait_until_open(visit)
        for path in paths:
            assert visit.get(path, {"from_date": "1970-01-01"}).status_code == 200, str(drawn)
