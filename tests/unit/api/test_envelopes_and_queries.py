from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from canned import Script, client_for, ok

from workable_elt.api import ENDPOINTS, NotFound, Paging, UnexpectedShape
from workable_elt.api.query import ArrayForm, encode_params, fill_path

ROW = {"id": "5c01fe", "name": "x"}
LISTS = sorted(name for name, e in ENDPOINTS.items() if e.paging is not Paging.OBJECT)
OBJECTS = sorted(name for name, e in ENDPOINTS.items() if e.paging is Paging.OBJECT)


def path_values(name: str) -> dict[str, str]:
    return dict.fromkeys(ENDPOINTS[name].path_params, "5c01fe")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_read_wrapped_bare_and_under_another_name(name: str) -> None:
    empty = ok({ENDPOINTS[name].key: []})  # ends an offset list that gives no total
    for body in ({ENDPOINTS[name].key: [ROW]}, [ROW], {"items": [ROW], "note": "x"}):
        client = client_for(Script(ok(body), empty))
        assert list(client.list(name, **path_values(name)).rows()) == [ROW]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("body", [None, {}, {"message": "hi"}, "text", 7, {"a": [], "b": []}])
def test_a_list_without_rows_in_sight_is_an_error(name: str, body: object) -> None:
    with pytest.raises(UnexpectedShape) as caught:
        list(client_for(Script(ok(body))).list(name, **path_values(name)))
    assert caught.value.account == "acme"


@pytest.mark.parametrize("name", OBJECTS)
def test_every_object_is_read_wrapped_and_bare(name: str) -> None:
    key = ENDPOINTS[name].key
    for body in (ROW, {key: ROW}, {f"{key}s": [ROW]}, [ROW]):
        assert client_for(Script(ok(body))).one(name, **path_values(name)) == ROW


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("offers", {"candidate": {"id": "1"}, "state": "pending", "documents": []}),
        ("offers", {"candidate": {"id": "1", "name": "n", "location": None}}),
        ("event_details", {"id": "1", "job": {"shortcode": "A"}, "candidate": {"id": "2"}}),
        ("requisition_details", {"id": "1", "code": "R-1", "job": {"id": "2"}}),
        ("job_application_forms", {"form_fields": [{"key": "a"}], "questions": [{"id": "1"}]}),
    ],
)
def test_a_bare_object_keeps_the_objects_inside_it(name: str, bare: dict[str, Any]) -> None:
    assert client_for(Script(ok(bare))).one(name, **path_values(name)) == bare


@pytest.mark.parametrize("body", [None, [], [ROW, ROW], "x", {"requisitions": []}])
def test_no_single_object_is_an_error(body: object) -> None:
    with pytest.raises(UnexpectedShape):
        client_for(Script(ok(body))).one("requisition_details", code="R-1")


def test_subscriptions_answer_404_when_there_are_none() -> None:
    listing = client_for(Script(httpx.Response(404))).list("subscriptions")
    assert list(listing) == []
    assert listing.complete is True


def test_any_other_list_that_is_not_found_is_an_error() -> None:
    with pytest.raises(NotFound):
        list(client_for(Script(httpx.Response(404))).list("departments"))


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("OPS/2026 #7", b"/requisitions/OPS%2F2026%20%237"),
        ("..", b"/requisitions/%2E%2E"),
        ("a?b=c", b"/requisitions/a%3Fb%3Dc"),
        ("é", b"/requisitions/%C3%A9"),
        ("100%", b"/requisitions/100%25"),
    ],
)
def test_path_values_cannot_change_which_resource_is_meant(code: str, raw: bytes) -> None:
    script = Script(ok(ROW))
    client_for(script).one("requisition_details", code=code)
    assert script.requests[0].url.raw_path == b"/spi/v3" + raw


@pytest.mark.parametrize("values", [{}, {"id": ""}, {"id": "1", "other": "2"}])
def test_path_values_that_do_not_fit_the_template_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="/candidates/:id"):
        fill_path("/candidates/:id", values)


def test_python_values_become_the_apis_form() -> None:
    east = timezone(timedelta(hours=2))
    encoded = encode_params(
        {
            "updated_after": datetime(2026, 3, 1, 1, 30, tzinfo=east),
            "created_after": datetime(2026, 3, 1, 1, 30),
            "from_date": date(1970, 1, 1),
            "include_cancelled": True,
            "include_fields": ["description", "benefits"],
            "limit": 100,
            "state": None,
            "types": ("a", "b"),
        }
    )
    assert encoded == (
        ("updated_after", "2026-02-28T23:30:00Z"),
        ("created_after", "2026-03-01T01:30:00Z"),
        ("from_date", "1970-01-01"),
        ("include_cancelled", "true"),
        ("include_fields", "description,benefits"),
        ("limit", "100"),
        ("types[]", "a"),
        ("types[]", "b"),
        ("types", "a"),
        ("types", "b"),
    )
    assert encode_params({"s": ["a", "b"]}, ArrayForm.BRACKETS) == (("s[]", "a"), ("s[]", "b"))
    assert encode_params({"s": ["a", "b"]}, ArrayForm.REPEAT) == (("s", "a"), ("s", "b"))
    assert encode_params({"s": ["a", "b"]}, ArrayForm.COMMA) == (("s", "a,b"),)


@pytest.mark.parametrize(
    ("name", "params"),
    [("candidates", {"udpated_after": 1}), ("departments", {"limit": 1}), ("nonsense", {})],
)
def test_a_parameter_or_endpoint_that_does_not_exist_is_refused(
    name: str, params: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=name):
        client_for(Script(ok([]))).list(name, **params)


def test_lists_and_objects_are_not_mixed_up() -> None:
    client = client_for(Script(ok([])))
    with pytest.raises(ValueError, match="one"):
        client.list("candidate_details", id="1")
    with pytest.raises(ValueError, match="list"):
        client.one("candidates")


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_hr_reads_name_the_member_and_other_reads_do_not(name: str) -> None:
    script = Script(ok({ENDPOINTS[name].key: []}))
    client = client_for(script).acting_as("1f9c02")
    if ENDPOINTS[name].paging is Paging.OBJECT:
        script = Script(ok(ROW))
        client_for(script, member_id="1f9c02").one(name, **path_values(name))
    else:
        list(client.list(name, **path_values(name)))
    hr = ENDPOINTS[name].path.startswith(
        ("/employee", "/timeoff", "/time-tracking", "/work_schedules")
    )
    assert script.queries[0].get("member_id") == ("1f9c02" if hr else None)


def test_acting_as_another_member_leaves_the_first_client_as_it_was() -> None:
    script = Script(ok([]))
    client = client_for(script, member_id="aa")
    other = client.acting_as("bb")
    list(client.list("work_schedules"))
    list(other.list("work_schedules"))
    assert [query["member_id"] for query in script.queries] == ["aa", "bb"]
    assert client.stats is other.stats
