"""Loads against the simulator: first, second, partial, refused. Ground truth is the simulator's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import DEFAULT_TABLES, LABEL, Loads, configure
from tests.integration.raw_truth import differences, expected_table, without_repeated_names

from workable_elt.exits import EXIT_FAILED, EXIT_OK, EXIT_PARTIAL
from workable_elt.settings import RESOURCES
from workable_elt.simulator.changes import QUIET, RIPPLES, SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import as_of, load, status
from workable_elt.warehouse.slices import SliceLimits

PLAN = CompanyPlan(candidates=120, jobs=8, employees=20, years=1, seed=7)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN, token=TOKEN) as running:
        yield running


@pytest.fixture
def loads(simulator: Simulator, warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Loads:
    config = configure(simulator, monkeypatch)
    url = os.environ.get("DESTINATION__POSTGRES__CREDENTIALS") if warehouse == "postgres" else None
    return Loads(simulator, config, url)


@pytest.fixture
def duckdb_loads(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Loads:
    return Loads(simulator, configure(simulator, monkeypatch))


def test_first_load_equals_the_truth_and_a_second_one_writes_no_row(loads: Loads) -> None:
    first = loads.run()
    assert loads.differences() == {}
    assert first.accounts[0].complete
    assert first.accounts[0].backlog == 0
    assert first.changed_tables == {name for name in DEFAULT_TABLES if loads.table(name)}

    second = loads.run()
    assert second.changed_tables == set()
    assert loads.differences() == {}
    # A page for each list and the member, windows included; nothing for each record.
    lists = [name for name in DEFAULT_TABLES if RESOURCES[name].reading == "list"]
    assert second.requests <= len(lists) + 4


def test_small_slices_give_the_same_tables(duckdb_loads: Loads) -> None:
    report = duckdb_loads.run(limits=SliceLimits(seconds=60, size=150_000))
    assert duckdb_loads.differences() == {}
    packages = duckdb_loads.query("select count(*) from workable_raw._dlt_loads")[0][0]
    assert packages > 5
    assert report.accounts[0].complete


@pytest.mark.full
def test_full_load_rewrites_everything_and_changes_nothing(duckdb_loads: Loads) -> None:
    first = duckdb_loads.run()
    again = duckdb_loads.run(full=True)
    assert again.changed_tables == first.changed_tables
    assert abs(again.requests - first.requests) <= 2
    assert duckdb_loads.differences() == {}


def test_depth_list_asks_nothing_per_record(duckdb_loads: Loads) -> None:
    report = duckdb_loads.run(depth="list")
    lists = {name for name in DEFAULT_TABLES if RESOURCES[name].reading == "list"}
    assert report.changed_tables <= lists
    assert {resource.name for resource in report.accounts[0].resources} == lists
    assert set(duckdb_loads.differences()) <= set(DEFAULT_TABLES) - lists


def test_child_alone_works_from_the_ids_in_the_warehouse(duckdb_loads: Loads) -> None:
    nothing = duckdb_loads.run(resources=["candidate_details"])
    assert nothing.accounts[0].resources[0].rows == 0
    duckdb_loads.run(resources=["candidates"])
    details = duckdb_loads.run(resources=["candidate_details"])
    assert details.changed_tables == {"candidate_details"}
    truth = duckdb_loads.simulator.control.truth()
    assert details.accounts[0].resources[0].rows == len(truth["candidate_details"])
    assert not details.accounts[0].complete


def test_missing_scope_is_skipped_and_the_rest_is_loaded(duckdb_loads: Loads) -> None:
    simulator = duckdb_loads.simulator
    simulator.control.change_token(simulator.token, scopes=["r_jobs", "r_candidates"])
    report = load(duckdb_loads.config)
    statuses = {r.name: r.status for r in report.accounts[0].resources}
    assert report.exit_code == EXIT_OK
    assert statuses["employees"] == statuses["departments"] == "skipped"
    assert statuses["candidates"] == statuses["candidate_details"] == "ok"
    assert duckdb_loads.table("employees") == {}


def test_scope_that_is_lost_is_no_silent_skip(duckdb_loads: Loads) -> None:
    duckdb_loads.run(depth="list")
    simulator = duckdb_loads.simulator
    simulator.control.change_token(simulator.token, scopes=["r_jobs", "r_candidates"])
    report = load(duckdb_loads.config, depth="list")
    employees = next(r for r in report.accounts[0].resources if r.name == "employees")
    assert report.exit_code == EXIT_PARTIAL
    assert employees.error is not None
    assert employees.error["code"] == "scope_lost"
    assert len(duckdb_loads.table("employees")) == len(simulator.control.truth()["employees"])


def test_refused_token_stops_the_account(duckdb_loads: Loads) -> None:
    simulator = duckdb_loads.simulator
    simulator.control.change_token(simulator.token, revoked=True)
    report = load(duckdb_loads.config)
    assert report.exit_code == EXIT_FAILED
    assert report.accounts[0].error is not None
    assert report.accounts[0].error["code"] == "unauthorized"
    assert simulator.token not in str(report.to_json())


def test_token_that_ends_in_the_middle_keeps_what_was_read_and_goes_on_later(
    duckdb_loads: Loads,
) -> None:
    simulator = duckdb_loads.simulator
    simulator.control.inject({"kind": "status", "status": 401, "path": "/candidates/*", "skip": 40})
    report = load(duckdb_loads.config)
    assert report.status == "partial"
    assert duckdb_loads.table("candidates")
    simulator.control.clear_faults()
    duckdb_loads.run()
    assert duckdb_loads.differences() == {}


@pytest.mark.full
def test_failing_resource_leaves_the_others_committed(duckdb_loads: Loads) -> None:
    simulator = duckdb_loads.simulator
    simulator.control.inject({"kind": "status", "status": 422, "path": "/events"})
    report = load(duckdb_loads.config, depth="list")
    assert report.exit_code == EXIT_PARTIAL
    failed = [r.name for r in report.accounts[0].resources if r.status == "failed"]
    assert failed == ["events"]
    assert not report.accounts[0].complete
    simulator.control.clear_faults()
    duckdb_loads.run()
    assert duckdb_loads.differences() == {}


def test_watermark_is_the_clock_when_the_listing_began_less_ten_minutes(
    duckdb_loads: Loads,
) -> None:
    duckdb_loads.run(depth="list")
    rows = duckdb_loads.query(
        "select resource, began_at - watermark = interval 10 minutes, completed_at >= began_at, "
        "mode from workable_raw._syncs where watermark is not null order by 1"
    )
    assert rows == [(name, True, True, "full") for name in ("candidates", "jobs", "requisitions")]
    duckdb_loads.run(depth="list")
    modes = duckdb_loads.query(
        "select distinct mode from workable_raw._syncs where resource = 'candidates'"
    )
    assert sorted(modes) == [("full",), ("incremental",)]


def test_ledger_counts_every_request(duckdb_loads: Loads) -> None:
    report = duckdb_loads.run()
    counted = duckdb_loads.query("select sum(requests) from workable_raw._requests")[0][0]
    assert counted == report.requests


def test_as_of_is_the_same_for_a_load_and_for_who_reads_later(duckdb_loads: Loads) -> None:
    assert duckdb_loads.run().as_of == as_of(duckdb_loads.config)


def test_status_counts_rows_and_backlog(duckdb_loads: Loads) -> None:
    duckdb_loads.run(depth="list")
    (state,) = status(duckdb_loads.config).accounts
    by_name = {resource.name: resource for resource in state.resources}
    candidates = len(duckdb_loads.simulator.control.truth()["candidates"])
    assert by_name["candidates"].rows == candidates
    assert by_name["candidate_details"].backlog == candidates
    assert by_name["candidate_details"].rows == 0


@pytest.mark.full
def test_home_folder_may_be_lost_between_runs(duckdb_loads: Loads, tmp_path: Path) -> None:
    duckdb_loads.run()
    elsewhere = replace(duckdb_loads, config=replace(duckdb_loads.config, home=tmp_path / "new"))
    again = elsewhere.run()
    assert again.changed_tables == set()
    assert again.accounts[0].account == LABEL


# Every list and stream is due by then, whatever signals its change.
ALL_DUE = 8 * 24 * 3600


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_second_run_after_changes_equals_a_fresh_load(
    duckdb_loads: Loads, tmp_path: Path, seed: int
) -> None:
    # An edited rating shows nowhere but in a stream that has no reason to be read again.
    kinds = [kind for kind in (*SIGNALLED, *QUIET) if kind != "rating_edited"]
    duckdb_loads.begin()
    duckdb_loads.simulator.control.apply_changes(n=50, seed=seed, kinds=kinds, advance=ALL_DUE)
    duckdb_loads.run()
    fresh = duckdb_loads.in_file(tmp_path / "fresh.duckdb")
    fresh.run()
    for name in DEFAULT_TABLES:
        assert differences(fresh.table(name), duckdb_loads.table(name)) == [], name
    assert duckdb_loads.differences() == {}


@pytest.mark.full
def test_names_that_other_records_repeat_are_as_of_their_reading(duckdb_loads: Loads) -> None:
    duckdb_loads.begin()
    duckdb_loads.simulator.control.apply_changes(n=30, seed=5, kinds=RIPPLES, advance=ALL_DUE)
    duckdb_loads.run()
    truth = duckdb_loads.simulator.control.truth()
    # A team's rows are nothing but repetition, and a closed job's are not read again.
    for name in set(DEFAULT_TABLES) - {"job_members"}:
        expected = without_repeated_names(expected_table(name, truth))
        assert differences(expected, without_repeated_names(duckdb_loads.table(name))) == [], name


def test_no_row_stays_in_the_home_folder(duckdb_loads: Loads) -> None:
    duckdb_loads.run()
    kinds = {path.suffix for path in duckdb_loads.config.home.rglob("*") if path.is_file()}
    assert not kinds & {".parquet", ".jsonl", ".sql", ".arrow"}
