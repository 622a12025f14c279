"""Lists that do not stand still while they are read, and pages that are not what they say."""

from __future__ import annotations

import pytest
from tests.faults.fault_kit import Account
from tests.integration.load_kit import Loads, configure

from workable_elt.exits import EXIT_OK
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

CHANGES = ["applied", "sourced", "copied", "profile_updated", "moved", "commented", "disqualified"]


def test_rows_repeated_on_a_page_are_one_row(account: Account) -> None:
    for path in ("/candidates", "/jobs", "/employees", "/members", "/events", "/jobs/*/activities"):
        account.inject("repeat_row", path)
    account.assert_whole(account.load())
    assert min(account.hits()) >= 1


def test_a_row_missing_from_an_offset_list_is_found_by_reading_again(account: Account) -> None:
    account.inject("drop_row", "/employees", times=1)
    account.inject("drop_row", "/timeoff/requests", times=1)
    account.assert_whole(account.load())


def test_a_row_missing_from_a_list_by_cursor_is_there_after_the_next_whole_reading(
    account: Account,
) -> None:
    account.inject("drop_row", "/candidates", times=1)
    assert account.load().exit_code == EXIT_OK
    missing = account.loads.differences()
    assert "candidates" in missing
    assert len(missing["candidates"]) == 1
    account.assert_mends(reconcile=True)


def test_a_living_record_that_a_whole_list_leaves_out_is_not_taken_for_deleted(
    account: Account,
) -> None:
    account.loads.begin()
    for path in ("/candidates", "/jobs", "/members", "/departments", "/events"):
        account.inject("drop_row", path, times=1)
    account.load(reconcile=True)
    assert sum(account.hits()) >= 2
    assert {name for name, _ in account.tombstones()} <= {"members", "departments"}
    account.assert_mends(reconcile=True)
    assert account.tombstones() == set()


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_changes_in_the_middle_of_a_list_by_cursor_are_there_after_the_next_run(
    account: Account, seed: int
) -> None:
    """Changed, inserted and re-ordered on both sides of the cursor."""
    account.control.set_quirks(largest_page="10")
    for page in range(3):
        value = {"n": 8, "kinds": CHANGES, "seed": seed * 100 + page * 10}
        account.inject("mid_listing", "/candidates", times=1, value=value)
    assert account.load().exit_code == EXIT_OK
    assert account.hits() == [1, 1, 1]
    account.assert_mends()


def test_changes_in_the_middle_of_an_incremental_reading_are_there_after_the_next_run(
    account: Account,
) -> None:
    account.control.set_quirks(largest_page="10")
    account.loads.begin()
    account.control.apply_changes(15, seed=4, kinds=CHANGES)
    value = {"n": 10, "kinds": CHANGES, "seed": 40}
    account.inject("mid_listing", "/candidates", times=1, value=value)
    assert account.load().exit_code == EXIT_OK
    account.assert_mends()


@pytest.mark.parametrize("seed", [5])
def test_deletes_in_the_middle_of_a_list_are_there_after_the_next_reconcile(
    account: Account, seed: int
) -> None:
    account.control.set_quirks(largest_page="10")
    kinds = ["deleted", "relocated", "applied", "moved"]
    value = {"n": 6, "kinds": kinds, "seed": seed}
    account.inject("mid_listing", "/candidates", skip=1, times=1, value=value)
    assert account.load().exit_code == EXIT_OK
    account.control.clear_faults()
    report = account.load(reconcile=True)
    assert report.exit_code == EXIT_OK
    gone = {
        candidate.id
        for candidate in account.simulator.tenant.company.candidates.values()
        if candidate.deleted_at or candidate.relocated_to
    }
    held = set(account.loads.table("candidates"))
    tombs = {record for name, record in account.tombstones() if name == "candidates"}
    assert {record for (record,) in held} & gone <= tombs <= gone


def test_an_offset_list_that_shifts_while_it_is_read_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = CompanyPlan(candidates=30, jobs=3, employees=110, years=1, seed=5)
    with Simulator(plan) as simulator:
        account = Account(Loads(simulator, configure(simulator, monkeypatch)))
        # Renamed people move to the head of the list, so that others slide behind the offset.
        value = {"n": 10, "kinds": ["employee_renamed", "employee_created"], "seed": 1}
        account.inject("mid_listing", "/employees", times=1, value=value)
        report = account.load(resources=["employees"])
        assert report.exit_code == EXIT_OK
        people = {row["id"] for row in account.control.truth()["employees"]}
        assert {key for (key,) in account.loads.table("employees")} == people
        assert account.outcome(report, "employees") == ("ok", None)
