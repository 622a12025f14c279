"""What becomes of single records: bad ones, missing ones, emptied ones; and what a plan says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import Loads, configure

from workable_elt.exits import EXIT_FAILED, EXIT_OK
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import check, load, plan, status

PLAN = CompanyPlan(candidates=60, jobs=5, employees=12, years=1, seed=9)
NO_DATE = {"field": "created_at", "value": "the day before yesterday"}


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN, token=TOKEN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


def quarantine(loads: Loads) -> list[tuple[object, ...]]:
    return loads.query(
        "select resource, record_id, resolved_at is null, payload is null "
        "from workable_raw._quarantine order by 1, 2"
    )


def test_bad_record_is_kept_aside_and_resolved_by_a_good_reading(loads: Loads) -> None:
    loads.simulator.control.inject(
        {"kind": "malformed", "path": "/candidates", "times": 1, **NO_DATE}
    )
    report = load(loads.config, depth="list")
    candidates = next(r for r in report.accounts[0].resources if r.name == "candidates")
    assert report.exit_code == EXIT_OK
    assert candidates.quarantined >= 1
    bad = quarantine(loads)
    assert {row[0] for row in bad} == {"candidates"}
    assert all(is_open and not is_blank for _, _, is_open, is_blank in bad)
    loads.simulator.control.clear_faults()

    loads.run(depth="list", full=True)
    assert quarantine(loads) == [(name, key, False, True) for name, key, _, _ in bad]
    assert "candidates" not in loads.differences()
    (state,) = status(loads.config).accounts
    assert sum(resource.quarantined for resource in state.resources) == 0


def test_record_that_is_not_found_is_not_asked_for_in_every_run(loads: Loads) -> None:
    loads.simulator.control.inject({"kind": "not_found", "path": "/candidates/*"})
    report = load(loads.config)
    assert report.exit_code == EXIT_OK
    candidates = len(loads.simulator.control.truth()["candidates"])
    missed = "select count(*) from workable_raw._visits where not found and resource = '{}'"
    assert loads.query(missed.format("candidate_details")) == [(candidates,)]
    assert loads.table("candidate_details") == {}
    again = load(loads.config)
    details = next(r for r in again.accounts[0].resources if r.name == "candidate_details")
    assert details.requests == 0


def test_vanished_row_of_a_list_stays_and_stops_nothing(loads: Loads) -> None:
    loads.begin()
    before = len(loads.table("candidates"))
    loads.simulator.control.apply_changes(n=3, seed=1, kinds=["deleted"], advance=3600)
    loads.run()
    assert len(loads.table("candidates")) == before


def test_plan_before_the_first_load_asks_nothing_and_knows_little(loads: Loads) -> None:
    loads.simulator.control.reset_counters()
    (account,) = plan(loads.config).accounts
    assert account.requests.high is None
    assert loads.simulator.control.counters()["requests"] == {}


def test_plan_holds_what_the_next_load_takes(loads: Loads) -> None:
    loads.begin()
    loads.simulator.control.apply_changes(n=20, seed=4, advance=25 * 3600)
    (account,) = plan(loads.config).accounts
    report = loads.run()
    assert account.requests.high is not None
    assert account.requests.low <= report.requests <= account.requests.high


def test_exact_plan_counts_what_is_due_without_writing(loads: Loads) -> None:
    exact = plan(loads.config, exact=True)
    (account,) = exact.accounts
    due = {resource.name: resource.due for resource in account.resources}
    truth = loads.simulator.control.truth()
    assert due["candidate_details"] == len(truth["candidates"])
    assert due["job_stages"] == len(truth["jobs"])
    assert due["timeoff_balances"] == len(truth["employees"])
    assert account.spent > 0
    assert loads.config.duckdb_file is not None
    assert not loads.config.duckdb_file.exists()


def test_check_names_what_each_missing_scope_switches_off(loads: Loads) -> None:
    control, token = loads.simulator.control, loads.simulator.token
    control.change_token(token, scopes=["r_jobs", "r_candidates", "r_account"])
    report = check(loads.config)
    (account,) = report.accounts
    off = {scope.scope: scope.switched_off for scope in account.scopes if scope.switched_off}
    assert report.status == "ok"
    assert off == {
        "r_requisitions": ["requisitions"],
        "r_employees": ["employees", "employee_details"],
        "r_timeoff": ["timeoff_categories", "timeoff_balances", "timeoff_requests"],
    }
    assert account.member_id is not None
    assert loads.config.duckdb_file is not None
    assert not loads.config.duckdb_file.exists()


def test_check_of_a_refused_token_fails(loads: Loads) -> None:
    loads.simulator.control.change_token(loads.simulator.token, revoked=True)
    report = check(loads.config)
    assert report.status == "failed"
    assert report.accounts[0].error is not None
    assert load(loads.config).exit_code == EXIT_FAILED
