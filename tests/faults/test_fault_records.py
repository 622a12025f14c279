"""Trouble inside good answers: one bad record is put aside, the others are there."""

from __future__ import annotations

import pytest
from tests.faults.fault_kit import Account

from workable_elt.exits import EXIT_OK


def test_a_malformed_record_is_put_aside_until_it_can_be_read(account: Account) -> None:
    bad = account.control.truth()["candidates"][3]["id"]
    account.inject("malformed", f"/candidates/{bad}", field="created_at", value=[])
    report = account.load()
    assert report.exit_code == EXIT_OK
    assert account.open_quarantine() == {("candidate_details", bad)}
    differences = account.loads.differences()
    assert differences == {"candidate_details": [f"missing ('{bad}',)"]}
    # Nothing on the list would tell that the detail is good again: every run asks for it.
    account.load()
    assert account.open_quarantine() == {("candidate_details", bad)}
    account.assert_mends()


@pytest.mark.full
def test_a_malformed_activity_is_put_aside_until_it_can_be_read(account: Account) -> None:
    account.inject("malformed", "/jobs/*/activities", field="created_at", value=[])
    account.load()
    bad = account.open_quarantine()
    assert {name for name, _ in bad} == {"job_activities"}
    # The stream goes on, and its newest activities are good: that resolves nothing.
    account.control.apply_changes(6, seed=1, kinds=["applied"])
    account.assert_mends()


def test_a_malformed_row_of_a_list_costs_that_row(account: Account) -> None:
    account.inject("malformed", "/members", field="active", value={"unexpected": True})
    assert account.load().exit_code == EXIT_OK
    ((resource, _),) = account.open_quarantine()
    assert resource == "members"
    assert list(account.loads.differences()) == ["members"]
    account.assert_mends()


def test_new_fields_are_kept_and_change_nothing_else(account: Account) -> None:
    account.inject("unknown_fields")
    report = account.load()
    assert report.exit_code == EXIT_OK
    assert account.loads.differences() == {}
    ((count,),) = account.loads.query(
        "select count(*) from workable_raw.departments where cast(_extra as varchar) like '%x_new%'"
    )
    assert count == len(account.control.truth()["departments"])
    account.assert_mends()


@pytest.mark.full
def test_a_known_field_of_a_new_type_is_put_aside_or_kept_but_never_stops_the_run(
    account: Account,
) -> None:
    account.inject("new_type", "/departments", field="name")
    account.inject("new_type", "/candidates", field="disqualified")
    account.inject("new_type", "/employees", field="state")
    report = account.load()
    assert report.exit_code == EXIT_OK
    assert {name for name, _ in account.open_quarantine()} == {
        "departments",
        "candidates",
        "employees",
    }
    # A row of a list that is read by changes comes again with the next whole reading.
    account.assert_mends(reconcile=True)


@pytest.mark.full_on("duckdb")
def test_lone_surrogates_and_nul_become_text_that_every_warehouse_takes(
    account_anywhere: Account,
) -> None:
    account = account_anywhere
    account.inject("hostile_text", "/candidates", field="headline")
    account.inject("hostile_text", "/candidates/*", field="body")
    account.inject("hostile_text", "/departments", field="name")
    report = account.load()
    assert report.exit_code == EXIT_OK
    assert account.open_quarantine() == set()
    rows = account.loads.query(
        "select headline from workable_raw.candidates where headline like '% and %'"
    )
    assert rows
    assert all("\x00" not in text and text.encode() for (text,) in rows)
    account.assert_mends(full=True)


def test_integers_of_65_bits_cost_their_record_and_no_other(account: Account) -> None:
    account.inject("huge_number", "/stages", field="position")
    account.inject("huge_number", "/disqualification_reasons", field="position")
    report = account.load()
    assert report.exit_code == EXIT_OK
    assert {name for name, _ in account.open_quarantine()} == {
        "stages",
        "disqualification_reasons",
    }
    account.assert_mends()


@pytest.mark.full
def test_deep_nesting_is_kept_as_it_is(account: Account) -> None:
    account.inject("deep_nesting", "/departments", value=300)
    account.inject("deep_nesting", "/candidates", value=300)
    report = account.load()
    assert report.exit_code == EXIT_OK
    assert account.loads.differences() == {}
    account.assert_mends()


def test_nesting_that_nothing_can_write_costs_its_record(account: Account) -> None:
    account.inject("deep_nesting", "/departments", value=900)
    report = account.load()
    assert report.exit_code == EXIT_OK
    ((resource, _),) = account.open_quarantine()
    assert resource == "departments"
    assert set(account.loads.differences()) <= {"departments"}
    account.assert_mends()


def test_nesting_that_no_parser_takes_costs_its_list(account: Account) -> None:
    account.inject("deep_nesting", "/departments", value=100_000)
    report = account.load()
    assert account.outcome(report, "departments")[0] == "failed"
    assert set(account.loads.differences()) <= {"departments"}
    account.assert_mends()
