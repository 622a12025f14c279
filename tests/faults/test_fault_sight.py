"""A token that sees less than it did: what it no longer sees is no delete."""

from __future__ import annotations

import pytest
from tests.faults.fault_kit import Account

from workable_elt.exits import EXIT_PARTIAL

PEOPLE = ("employees", "employee_details", "timeoff_balances")


def test_a_scope_that_is_lost_fails_what_it_covered_and_touches_nothing_there(
    account: Account,
) -> None:
    account.loads.begin()
    scopes = [scope for scope in _scopes(account) if scope not in {"r_employees", "r_timeoff"}]
    account.control.change_token(account.simulator.token, scopes=scopes)
    report = account.load(reconcile=True)
    assert report.exit_code == EXIT_PARTIAL
    assert account.outcome(report, "employees") == ("failed", "scope_lost")
    assert account.outcome(report, "candidates")[0] == "ok"
    assert account.loads.differences() == {}
    assert account.tombstones() == set()


def _scopes(account: Account) -> list[str]:
    (token,) = account.control.show()["tokens"]
    scopes: list[str] = token["scopes"]
    return scopes


def test_jobs_out_of_sight_that_answer_403_are_not_taken_for_deleted(account: Account) -> None:
    account.loads.begin()
    account.control.set_quirks(hidden_by_id="403")
    account.inject("narrow_sight", "/jobs", times=1, value={"keep_jobs": 1})
    account.load(reconcile=True)
    assert account.hits() == [1]
    assert account.loads.differences() == {}
    assert account.tombstones() == set()
    account.control.change_token(account.simulator.token, see_all=True)
    account.assert_mends(reconcile=True)


def test_a_sight_that_narrows_inside_a_listing_costs_nothing_that_does_not_come_back(
    account: Account,
) -> None:
    account.loads.begin()
    account.control.set_quirks(largest_page="10")
    account.inject("narrow_sight", "/candidates", times=1, value={"keep_jobs": 1})
    account.load(reconcile=True)
    account.control.clear_faults()
    account.load(reconcile=True)
    account.control.change_token(account.simulator.token, see_all=True)
    account.control.advance(25 * 3600)
    account.assert_mends(reconcile=True)
    assert account.tombstones() == set()


@pytest.mark.parametrize("hidden", [pytest.param("404", marks=pytest.mark.full), "403"])
def test_employees_out_of_sight_come_back_when_they_are_seen_again(
    account: Account, hidden: str
) -> None:
    account.loads.begin()
    account.control.set_quirks(hidden_by_id=hidden)
    account.control.change_token(account.simulator.token, published_only=True)
    account.load(reconcile=True)
    if hidden == "403":
        assert account.tombstones() == set()
    account.control.change_token(account.simulator.token, see_all=True)
    account.control.advance(25 * 3600)
    account.assert_mends(reconcile=True)
    assert account.tombstones() == set()
