from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest
from canned import Script, client_for, names_of, ok, rows

from workable_elt.api import PagingStuck, RequestRejected

People = list[str]


def company(
    people: People,
    *,
    total_key: str | None = "total_count",
    cap: int = 100,
    allowed: set[int] | None = None,
    before: Callable[[int, People], object] | None = None,
) -> tuple[Callable[[httpx.Request], httpx.Response], list[dict[str, str]]]:
    """A server for /employees; `before(n, people)` may change the people before the n-th answer."""
    queries: list[dict[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        queries.append(query)
        if before:
            before(len(queries), people)
        limit, offset = int(query.get("limit", 10)), int(query["offset"])
        if allowed is not None and limit not in allowed:
            return httpx.Response(422, json={"error": "limit is not allowed"})
        body: dict[str, Any] = {"employees": rows(*people[offset : offset + min(limit, cap)])}
        if total_key:
            body[total_key] = len(people)
        return ok(body)

    return answer, queries


def people(count: int) -> People:
    return [f"{number:x}" for number in range(count)]


@pytest.mark.parametrize("total_key", ["total_count", "totalCount", None])
@pytest.mark.parametrize("count", [0, 1, 100, 101, 250])
def test_every_row_comes_once_with_any_spelling_of_the_total(
    total_key: str | None, count: int
) -> None:
    server, _ = company(people(count), total_key=total_key)
    listing = client_for(server).list("employees")
    assert names_of(listing) == people(count)
    assert listing.complete is True


def test_a_full_list_costs_one_request_a_hundred_rows() -> None:
    server, queries = company(people(250))
    names_of(client_for(server).list("employees"))
    assert [query["offset"] for query in queries] == ["0", "100", "200"]


def test_a_server_that_caps_the_page_size_loses_nothing() -> None:
    server, queries = company(people(70), cap=20, total_key=None)
    assert names_of(client_for(server).list("employees")) == people(70)
    assert [query["offset"] for query in queries] == ["0", "20", "40", "60", "70"]


def test_a_page_size_that_is_refused_is_followed_by_a_smaller_one() -> None:
    server, queries = company(people(120), allowed={10, 20, 50})
    assert names_of(client_for(server).list("employees")) == people(120)
    assert [query["limit"] for query in queries] == ["100", "50", "50", "50"]


def test_when_no_form_is_accepted_the_first_refusal_is_reported() -> None:
    server, _ = company(people(3), allowed=set())
    with pytest.raises(RequestRejected) as caught:
        list(client_for(server).list("employees"))
    assert caught.value.fields == ("limit",)
    assert caught.value.account == "acme"


def test_a_row_pushed_back_while_reading_is_found_by_reading_again() -> None:
    def hire_first(answer: int, staff: People) -> None:
        if answer == 2:  # a new name sorts first: the last row of page 1 moves to page 2
            staff.insert(0, "new")

    staff = people(150)
    server, queries = company(staff, before=hire_first)
    listing = client_for(server).list("employees")
    names = names_of(listing)
    assert sorted(names) == sorted(staff)
    assert len(names) == len(set(names))
    assert listing.complete is True
    assert len(queries) == 4


def test_a_row_pulled_forward_while_reading_is_found_by_reading_again() -> None:
    def leave(answer: int, staff: People) -> None:
        if answer == 2:  # the first row leaves: row 100 slips onto the page read already
            staff.pop(0)

    server, _ = company(people(150), before=leave)
    listing = client_for(server).list("employees")
    assert set(names_of(listing)) == set(people(150))
    assert listing.complete is True


def test_a_list_that_never_stands_still_says_so_and_ends() -> None:
    def churn(answer: int, staff: People) -> None:
        if answer % 2 == 0:
            staff.insert(0, f"new{answer}")

    server, queries = company(people(150), before=churn)
    listing = client_for(server).list("employees")
    names = names_of(listing)
    assert listing.complete is False
    assert set(people(150)) <= set(names)
    assert len(queries) == 6


def test_a_total_that_is_never_reached_is_not_called_complete() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return ok({"total_count": 5, "employees": rows("1", "2", "3")[offset:]})

    listing = client_for(answer).list("employees")
    assert names_of(listing) == ["1", "2", "3"]
    assert listing.complete is False


def test_a_full_page_that_ignores_the_offset_is_an_error_and_no_endless_loop() -> None:
    script = Script(ok({"employees": rows(*people(100))}))
    with pytest.raises(PagingStuck):
        list(client_for(script).list("employees"))
    assert len(script.requests) == 2


def test_a_bare_array_shorter_than_a_page_is_the_whole_list() -> None:
    script = Script(ok(rows("1", "2")))
    listing = client_for(script).list("employees")
    assert names_of(listing) == ["1", "2"]
    assert listing.complete is True


def test_time_off_asks_for_every_state_from_a_plain_date() -> None:
    script = Script(ok({"requests": [], "total_count": 0}))
    client = client_for(script, member_id="1f9c02")
    list(client.list("timeoff_requests", from_date=date(1970, 1, 1)))
    params = script.requests[0].url.params
    for form in ("states[]", "states"):
        assert params.get_list(form) == ["pending", "approved", "rejected", "canceled"]
    assert params["from_date"] == "1970-01-01"
    assert params["limit"] == "100"
    assert params["member_id"] == "1f9c02"


@pytest.mark.parametrize("honoured", ["states[]", "states"])
def test_time_off_falls_back_to_other_forms_of_a_list_and_remembers(honoured: str) -> None:
    seen: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url)
        forms = {name for name in request.url.params if name.startswith("states")}
        if forms != {honoured}:
            return httpx.Response(400, json={"error": "unknown parameter"})
        return ok({"requests": rows("7"), "total_count": 1})

    client = client_for(answer)
    assert names_of(client.list("timeoff_requests", from_date="1970-01-01")) == ["7"]
    states = ["pending", "approved", "rejected", "canceled"]
    assert seen[-1].params.get_list(honoured) == states
    spent = len(seen)
    assert names_of(client.list("timeoff_requests", from_date="1970-01-01")) == ["7"]
    assert len(seen) == spent + 1


def test_time_entries_are_told_apart_by_their_uuid() -> None:
    entries = [{"uuid": "a", "employee_id": "1"}, {"uuid": "b", "employee_id": "1"}]
    listing = client_for(Script(ok({"time_entries": entries, "total_count": 2}))).list(
        "time_entries"
    )
    assert list(listing.rows()) == entries
    assert listing.complete is True


def test_rows_without_an_id_are_kept() -> None:
    documents = [{"filename": "a"}, {"filename": "a"}, {"id": "1"}]
    listing = client_for(Script(ok({"employee_documents": documents, "total_count": 3}))).list(
        "employee_documents", id="2a"
    )
    assert list(listing.rows()) == documents
    assert listing.complete is True
