"""Deletes on Postgres, from the command line, of parts of records, and within a start date."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.histories.closing import live_table, unresolved
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import DEFAULT_TABLES, Loads, configure
from tests.integration.raw_truth import differences, expected_table

from workable_elt.cli import run as run_command
from workable_elt.exits import EXIT_OK, EXIT_PARTIAL
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load, plan, status

PLAN = CompanyPlan(candidates=40, jobs=4, employees=12, years=1, seed=3)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN, token=TOKEN) as simulator:
        yield simulator


@pytest.fixture
def loads(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Loads:
    return Loads(simulator, configure(simulator, monkeypatch))


def change(simulator: Simulator, *kinds: str, n: int = 1, seed: int = 1) -> list[str]:
    made = simulator.control.apply_changes(n=n, seed=seed, kinds=kinds, advance=3600)
    return [one["id"] for one in made]


@pytest.mark.full_on("duckdb")
def test_deletes_and_returns_are_exact_on_both_warehouses(
    simulator: Simulator,
    warehouse: str,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    url = request.getfixturevalue("postgres_url") if warehouse == "postgres" else None
    loads = Loads(simulator, configure(simulator, monkeypatch), url)
    loads.begin()
    gone = change(simulator, "deleted", n=3)
    change(simulator, "relocated", n=2, seed=2)
    change(simulator, "anonymized", seed=3)
    change(simulator, "job_deleted", seed=4)
    loads.run(reconcile=True)
    assert set(gone) <= unresolved(loads.query)["candidates"]
    change(simulator, "candidate_restored", n=1)
    change(simulator, "job_restored")
    loads.run(reconcile=True)
    truth, missing = simulator.control.truth(), unresolved(loads.query)
    for name in DEFAULT_TABLES:
        assert (
            differences(expected_table(name, truth), live_table(name, loads.query, missing)) == []
        )


@pytest.mark.parametrize(
    "tables_by_kind",
    [
        {
            "stage_removed": "job_stages",
            "question_removed": "job_application_forms",
            "team_member_removed": "job_members",
            "balance_withdrawn": "timeoff_balances",
        },
        {
            "form_emptied": "job_application_forms",
            "team_emptied": "job_members",
            "balances_emptied": "timeoff_balances",
        },
    ],
    ids=["shorter", "empty"],
)
def test_parts_of_a_record_go_also_when_none_is_left(
    loads: Loads, tables_by_kind: dict[str, str]
) -> None:
    loads.begin()
    before = loads.simulator.control.truth()
    for kind in tables_by_kind:
        change(loads.simulator, kind)
    after = loads.simulator.control.truth()
    # Balances and closed jobs tell of no change: they are read again at their age.
    loads.simulator.control.advance(8 * 24 * 3600)
    loads.run()
    for table in tables_by_kind.values():
        expected = expected_table(table, after)
        assert len(expected) < len(expected_table(table, before))
        assert differences(expected, loads.table(table)) == []
    gone = unresolved(loads.query)
    assert not gone.get("jobs")
    assert not gone.get("employees")


def test_rows_before_the_start_date_cannot_vanish(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    Loads(simulator, configure(simulator, monkeypatch)).run()
    changed = sorted(_day(row["updated_at"]) for row in simulator.control.truth()["candidates"])
    start = changed[len(changed) // 2]
    limited = Loads(simulator, configure(simulator, monkeypatch, start_date=start))
    report = limited.run(reconcile=True)
    found = {r.name: r.deletes for r in report.accounts[0].resources if r.deletes}
    assert found["candidates"]["listed"] < len(changed)
    assert {name: counts["vanished"] for name, counts in found.items() if counts["vanished"]} == {}
    assert limited.query("select count(*) from workable_raw._tombstones") == [(0,)]


def _day(moment: Any) -> str:
    return datetime.fromisoformat(str(moment).replace("Z", "+00:00")).date().isoformat()


def test_list_that_drifts_while_it_is_read_is_read_again(loads: Loads) -> None:
    control = loads.simulator.control
    loads.begin()
    listed = len(control.truth()["employees"])
    control.inject({"kind": "drop_row", "path": "/employees", "times": 1})
    report = loads.run(reconcile=True)
    assert control.faults()[0]["hits"] == 1
    employees = next(r for r in report.accounts[0].resources if r.name == "employees")
    assert employees.deletes is not None
    assert (employees.deletes["listed"], employees.deletes["vanished"]) == (listed, 0)
    assert unresolved(loads.query).get("employees", set()) == set()


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, Any]]]:
    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = run_command([*arguments, "--json"])
        return code, json.loads(capfd.readouterr().out)

    return run


def test_reconcile_tells_what_it_found(
    loads: Loads, command: Callable[..., tuple[int, dict[str, Any]]]
) -> None:
    loads.begin()
    change(loads.simulator, "deleted", n=2)
    code, body = command("reconcile")
    counts = {r["name"]: r["deletes"] for r in body["accounts"][0]["resources"]}
    assert code == EXIT_OK
    assert counts["candidates"]["deleted"] == counts["candidates"]["vanished"] == 2
    assert counts["candidate_details"] is None
    assert "candidates" in body["changed_tables"]


def test_status_names_what_is_deleted_and_what_is_held_back(loads: Loads) -> None:
    loads.begin()
    change(loads.simulator, "deleted", n=2)
    loads.run(reconcile=True)
    change(loads.simulator, "deleted", n=25)
    assert load(loads.config, reconcile=True).exit_code == EXIT_PARTIAL
    (account,) = status(loads.config).accounts
    candidates = next(r for r in account.resources if r.name == "candidates")
    assert (candidates.status, candidates.deleted, candidates.held) == ("failed", 2, 21)
    assert candidates.error is not None
    assert "Nothing was marked as deleted" in candidates.error


@pytest.mark.full
def test_plan_holds_what_a_sweep_takes(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(simulator, configure(simulator, monkeypatch, reconcile_every="0"))
    loads.begin()
    (account,) = plan(loads.config).accounts
    modes = {resource.name: resource.mode for resource in account.resources}
    assert {modes[name] for name in ("candidates", "jobs", "events", "timeoff_requests")} == {
        "full"
    }
    report = loads.run()
    assert account.requests.high is not None
    assert account.requests.low <= report.requests <= account.requests.high


@pytest.mark.full
def test_member_that_was_named_decides_about_people_only_at_a_second_look(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    Loads(simulator, configure(simulator, monkeypatch)).run()
    change(simulator, "employee_deleted")
    change(simulator, "deleted")
    sees_all = {"hris.admin", "workable.superadmin"}
    members = simulator.control.truth()["members"]
    admin = next(m["id"] for m in members if m["active"] and sees_all & set(m["roles"]))
    # The member that was found is named from now on; nobody has looked up what they may see.
    other = Loads(simulator, configure(simulator, monkeypatch, member_id=admin))
    first = other.run(reconcile=True)
    counts = {r.name: r.deletes for r in first.accounts[0].resources if r.deletes}
    assert (counts["employees"]["vanished"], counts["employees"]["undecided"]) == (1, 1)
    assert counts["candidates"]["deleted"] == 1, "recruiting is read without a member"
    assert not unresolved(other.query).get("employees")
    other.run()
    assert len(unresolved(other.query)["employees"]) == 1


def test_time_off_that_is_read_person_by_person_loses_what_those_people_have_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Simulator(PLAN, quirks={"timeoff_requests_need_employee_id": "yes"}) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch))
        loads.run()
        before = loads.table("timeoff_requests")
        (gone,) = change(simulator, "timeoff_request_deleted")
        loads.run(reconcile=True)
        assert unresolved(loads.query)["timeoff_requests"] == {gone}
        truth = simulator.control.truth()["timeoff_requests"]
        assert {(row["id"],) for row in truth} == set(before) - {(gone,)}


@pytest.mark.full
def test_time_off_of_people_who_may_not_be_named_any_more_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quirks = {"timeoff_requests_need_employee_id": "yes", "leavers": "absent"}
    with Simulator(PLAN, quirks=quirks) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch))
        loads.run()
        owners = {row["employee_id"] for row in loads.table("timeoff_requests").values()}
        gone = set(change(simulator, "employee_deleted", n=3)) & owners
        assert gone
        loads.run(reconcile=True)
        assert gone <= unresolved(loads.query)["employees"]
        assert "timeoff_requests" not in unresolved(loads.query)
