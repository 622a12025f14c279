"""The same account gives the same unified tables: in both warehouses, and however it got there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.integration.built import Warehouse
from tests.integration.cli_process import LEAN_BUILD
from tests.oracle.compare import differences, plain
from tests.oracle.time_off import TIME_OFF, TimeOffOracle
from tests.oracle.values import Row

from workable_elt.simulator.changes import SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=180, jobs=10, employees=30, years=2, seed=11)
MODELS = sorted(
    path.stem
    for path in (Path(__file__).parents[2] / "dbt_project/models/unified").rglob("*.sql")
    if path.stem != "hris_compensations"
)
# Pay, and the reports of somebody's manager, change in details alone: those are found by age.
A_DAY_AND_AN_HOUR = 25 * 3600
# What only a warehouse that saw somebody before they left can know.
HISTORY = {"termination_date", "termination_date_basis"}
ZONE = "Europe/Athens"
MARTS = sorted(
    path.stem
    for path in (Path(__file__).parents[2] / "dbt_project/models/marts").rglob("*.sql")
    # What a load cost goes by the clock.
    if path.stem not in ("operations_api_usage", "operations_data_quality")
)
# One build of one day tells of no movement yet, and the small company's hires all have a profile.
EMPTY = {
    "headcount_cohorts",
    "headcount_movements",
    "operations_hired_not_onboarded",
    "time_off_balances_monthly",
}
# dbt's tests run in Postgres here; on DuckDB other modules have them.
UNTESTED = {"TRANSFORM__DATA_TESTS": "false"}
# When a table was read: the same clock, but no two loads read a list at the same second of it.
READ_AT = {"synced_at", "as_of_at"}
# What goes by the second of a build.
AS_OF = {"change_position", "first_seen_at"}
SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class Warehouses:
    """The same account, loaded four times, and what its records say of time off then."""

    duckdb: dict[str, list[Row]]
    postgres: dict[str, list[Row]]
    updated: dict[str, list[Row]]
    fresh: dict[str, list[Row]]
    began_at: datetime
    time_off_at_first: dict[str, list[Row]]
    time_off_at_last: dict[str, list[Row]]


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, postgres_of_module: str
) -> Iterator[Warehouses]:
    folder = Path(tmp_path_factory.mktemp("both"))
    first = Warehouse(folder / "first")
    fresh = Warehouse(folder / "fresh")
    postgres = Warehouse(folder / "postgres", postgres_of_module)
    with Simulator(PLAN, rate_limit=False) as sim:
        sim.control.set_clock(frozen=True)
        began_at = sim.control.now().replace(tzinfo=None)
        first.run(sim, TZ="America/New_York", TRANSFORM__REPORTING_TIME_ZONE=ZONE, **UNTESTED)
        postgres.run(sim, PGTZ="Asia/Tokyo", TRANSFORM__REPORTING_TIME_ZONE=ZONE)
        before, other = _tables(first), _tables(postgres)
        company, account = sim.tenant.company, sim.subdomain
        on = began_at.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(ZONE)).date()
        at_first = _time_off(TimeOffOracle(company, Quirks(), account, on, ZONE))
        departments = {one.id: one.department_id for one in company.employees.values()}
        active = {one.id for one in company.employees.values() if one.state == "published"}
        sim.control.apply_changes(3, 5, kinds=("employee_moved",))
        sim.control.apply_changes(50, 3, kinds=SIGNALLED, advance=A_DAY_AND_AN_HOUR)
        first.run(sim, **UNTESTED)
        fresh.run(sim, **LEAN_BUILD)
        last_on = sim.control.now().date()
        oracle = TimeOffOracle(
            company, Quirks(), account, last_on, before=departments, active_before=active
        )
        assert oracle.left_today()
        assert {one.id: one.department_id for one in company.employees.values()} != departments
        at_last = _time_off(oracle)
        unified = {name: fresh.table(name) for name in MODELS}
        yield Warehouses(before, other, _tables(first), unified, began_at, at_first, at_last)


def _tables(warehouse: Warehouse) -> dict[str, list[Row]]:
    return {name: warehouse.table(name) for name in MODELS} | {
        name: warehouse.table(name, schema="workable_marts") for name in MARTS
    }


def _time_off(oracle: TimeOffOracle) -> dict[str, list[Row]]:
    return {mart: expectation(oracle) for mart, (_, expectation) in TIME_OFF.items()}


def _comparable(rows: list[Row], without: set[str]) -> list[str]:
    return sorted(
        repr(
            sorted(
                (column, _digits(value)) for column, value in row.items() if column not in without
            )
        )
        for row in rows
    )


def _digits(value: object) -> object:
    """The value as both warehouses write it; they interpolate to other last digits."""
    value = plain(value)
    return float(f"{value:.12g}") if isinstance(value, float) else value


@pytest.mark.parametrize("model", [*MODELS, *MARTS])
def test_duckdb_and_postgres_hold_the_same_rows(loaded: Warehouses, model: str) -> None:
    duckdb, postgres = loaded.duckdb[model], loaded.postgres[model]
    assert duckdb or model in EMPTY, f"{model} has no rows to compare"
    without = READ_AT | AS_OF
    assert _comparable(duckdb, without) == _comparable(postgres, without)


@pytest.mark.parametrize("model", MODELS)
def test_both_warehouses_say_when_a_table_was_read_in_utc(loaded: Warehouses, model: str) -> None:
    for row in (*loaded.duckdb[model], *loaded.postgres[model]):
        for column in READ_AT & row.keys():
            assert abs(row[column] - loaded.began_at) < SOON


@pytest.mark.parametrize("model", MODELS)
def test_an_updated_warehouse_equals_a_fresh_one(loaded: Warehouses, model: str) -> None:
    without = HISTORY | READ_AT
    assert _comparable(loaded.updated[model], without) == _comparable(loaded.fresh[model], without)


def test_the_changes_between_the_runs_are_seen(loaded: Warehouses) -> None:
    changed = [
        model
        for model in MODELS
        if _comparable(loaded.duckdb[model], READ_AT) != _comparable(loaded.updated[model], READ_AT)
    ]
    assert {"ats_candidates", "ats_applications", "ats_activities"} <= set(changed)


@pytest.mark.parametrize("mart", list(TIME_OFF))
def test_time_off_in_a_time_zone_equals_what_the_records_add_up_to(
    loaded: Warehouses, mart: str
) -> None:
    key, expected = TIME_OFF[mart][0], loaded.time_off_at_first[mart]
    found = differences(mart, expected, loaded.postgres[mart], key)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("mart", list(TIME_OFF))
def test_time_off_before_a_transfer_stays_where_it_was(loaded: Warehouses, mart: str) -> None:
    key, expected = TIME_OFF[mart][0], loaded.time_off_at_last[mart]
    found = differences(mart, expected, loaded.updated[mart], key)
    assert not found, "\n".join(found)


def test_changes_keep_their_place_in_the_feed_and_new_ones_come_after(loaded: Warehouses) -> None:
    first, later = (
        {row["activity_key"]: row["change_position"] for row in tables["operations_stage_changes"]}
        for tables in (loaded.duckdb, loaded.updated)
    )
    new = later.keys() - first.keys()
    assert new
    assert {key: later[key] for key in first} == first
    assert min(later[key] for key in new) > max(first.values())
