"""A default run leaves no sensitive value in any table or text file, nor the token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.integration.built import Warehouse

from workable_elt.simulator.making.plan import CompanyPlan, Plant
from workable_elt.simulator.server.runner import Simulator

MARKER = "zq7planted"
SENSITIVE = Plant(MARKER).values()
PLAN = CompanyPlan(candidates=150, jobs=8, employees=30, years=2, seed=5, plant_marker=MARKER)
TOKEN = "token-that-must-not-be-found"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Warehouse, str]]:
    """A run with everything that is optional switched on, and the API's own words beside it."""
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("secrets")))
    with Simulator(PLAN, token=TOKEN, rate_limit=False) as sim:
        warehouse.run(sim, TRANSFORM__DATA_TESTS="false")
        yield warehouse, str(sim.control.truth())


def texts_of_tables(warehouse: Warehouse) -> Iterator[tuple[str, str]]:
    with duckdb.connect(str(warehouse.file), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
        for schema, table in tables:
            rows = connection.execute(
                f'select cast(columns(*) as varchar) from "{schema}"."{table}"'
            ).fetchall()
            yield f"{schema}.{table}", str(rows)


def texts_of_files(warehouse: Warehouse) -> Iterator[tuple[str, str]]:
    for path in warehouse.folder.rglob("*"):
        if path.is_file() and path != warehouse.file:
            text = path.read_bytes().decode("utf-8", "replace")
            yield str(path.relative_to(warehouse.folder)), f"{path.name} {text}"


def test_the_planted_values_are_there_to_be_found(run: tuple[Warehouse, str]) -> None:
    _, truth = run
    assert all(value in truth or value.replace("-", ", ") in truth for value in SENSITIVE[:2])


def test_no_table_holds_a_sensitive_value(run: tuple[Warehouse, str]) -> None:
    warehouse, _ = run
    tables = dict(texts_of_tables(warehouse))
    assert {"workable_raw.employee_details", "workable.hris_employees"} <= tables.keys()
    found = {(name, value) for name, text in tables.items() for value in SENSITIVE if value in text}
    assert not found


def test_no_text_file_holds_a_sensitive_value_or_the_token(run: tuple[Warehouse, str]) -> None:
    warehouse, _ = run
    files = dict(texts_of_files(warehouse))
    assert any(name.startswith("home") for name in files)
    searched = (*SENSITIVE, TOKEN)
    found = {(name, value) for name, text in files.items() for value in searched if value in text}
    assert not found


def test_no_table_holds_the_token(run: tuple[Warehouse, str]) -> None:
    warehouse, _ = run
    assert not [name for name, text in texts_of_tables(warehouse) if TOKEN in text]


def test_files_hold_no_candidates_name_or_address(run: tuple[Warehouse, str]) -> None:
    warehouse, _ = run
    emails = [row["email"] for row in warehouse.table("ats_candidates") if row["email"]]
    assert len(emails) > 50
    found = {name for name, text in texts_of_files(warehouse) for email in emails if email in text}
    assert not found
