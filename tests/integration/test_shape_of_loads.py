"""Failures of the shape of a load that experiments with dlt have shown, each on both warehouses.

The others of their kind stand where they belong: doubled keys and emptied lists in
``tests/unit/warehouse/test_tables.py``, pending packages beside them.
"""

from __future__ import annotations

import json
import os

import pytest
from tests.integration.load_kit import LABEL, Loads, configure

from workable_elt.config import read_config
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=21)
JOBS_PAGE = "/jobs"


@pytest.fixture
def url(warehouse: str) -> str | None:
    return os.environ.get("DESTINATION__POSTGRES__CREDENTIALS") if warehouse == "postgres" else None


def columns(loads: Loads) -> set[tuple[str, str, str]]:
    """Every column of the raw dataset with its type."""
    rows = loads.query(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = 'workable_raw'"
    )
    return {(table, column, kind) for table, column, kind in rows}


def spoil(simulator: Simulator, value: object) -> None:
    """Make a key that nobody has documented appear in every job."""
    simulator.control.inject(
        {"kind": "malformed", "path": JOBS_PAGE, "field": "x_new_field", "value": value}
    )


@pytest.mark.full_on("postgres")
def test_a_new_field_of_another_type_in_each_account_makes_no_column_and_fails_nothing(
    url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An inferred column that is a number here and a text there fails this load and all later."""
    values: dict[str, object] = {"north": 7, "south": "seven"}
    with Simulator(PLAN) as north, Simulator(PLAN) as south:
        simulators = {"north": north, "south": south}
        for label, simulator in simulators.items():
            spoil(simulator, values[label])
        accounts = [
            {
                "account": label,
                "subdomain": simulator.subdomain,
                "access_token": simulator.token,
                "base_url": simulator.base_url,
            }
            for label, simulator in simulators.items()
        ]
        monkeypatch.setenv("SOURCES__WORKABLE__ACCOUNTS", json.dumps(accounts))
        loads = Loads(north, read_config(), url)
        loads.run(depth="list")
        declared = columns(loads)
        loads.run(depth="list", full=True)
    assert columns(loads) == declared
    assert not any(column.startswith("x_new") for _, column, _ in declared)
    kept = loads.query("select account, _extra from workable_raw.jobs where _extra is not null")
    assert {account: json.loads(extra) for account, extra in kept} == {
        account: {"x_new_field": value} for account, value in values.items()
    }


@pytest.mark.full_on("duckdb")
def test_tables_that_stay_empty_stop_no_load(
    url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty parquet file fails for ever on Postgres, and NOT NULL columns refuse Arrow rows."""
    with Simulator(PLAN) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch), url)
        for _ in range(2):
            loads.run(depth="list")
            assert loads.table("candidate_details") == {}
        loads.run()
        assert loads.differences() == {}


@pytest.mark.full_on("duckdb")
def test_json_columns_take_rows_in_every_later_package(
    url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once made as jsonb on Postgres, a column refuses every COPY."""
    with Simulator(PLAN) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch), url)
        loads.run(resources=["jobs"])
        loads.run()
        loads.run(full=True)
        assert loads.differences() == {}
    kinds = {kind.lower() for _, _, kind in columns(loads)}
    assert "json" in kinds
    assert "jsonb" not in kinds


@pytest.mark.full_on("postgres")
def test_a_stage_move_leaves_the_detail_as_it_was_read(
    url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one table with the list row, each move would blank what only the detail knows."""
    details = (
        "select id, summary, education_entries, answers from workable_raw.candidate_details "
        f"where account = '{LABEL}' order by id"
    )
    with Simulator(PLAN) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch), url)
        loads.run()
        before, stages = loads.query(details), loads.table("candidates")
        simulator.control.apply_changes(n=6, seed=5, kinds=["moved"])
        loads.run(resources=["candidates"])
        assert loads.query(details) == before
    moved = {
        key
        for key, row in loads.table("candidates").items()
        if row["stage"] != stages[key]["stage"]
    }
    assert moved
    assert any(value for row in before for value in row[1:])


@pytest.mark.full_on("postgres")
def test_no_state_of_a_pipeline_grows_with_the_account(
    url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids kept in dlt's state would grow its table with every slice."""
    with Simulator(PLAN) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch), url)
        loads.run()
        candidate = next(iter(loads.table("candidates")))[0]
        tables = {table for table, _, _ in columns(loads)}
        states = (
            loads.query("select state from workable_raw._dlt_pipeline_state")
            if "_dlt_pipeline_state" in tables
            else []
        )
    assert all(candidate not in str(state) for (state,) in states)
