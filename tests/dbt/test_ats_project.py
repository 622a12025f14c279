"""What the project's YAML promises: everything is described, keyed and tested."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.lint_sql import machine_time

from workable_elt.settings import RESOURCES
from workable_elt.transform import project_dir
from workable_elt.warehouse.tables import SERVICE_TABLES

MODELS = project_dir() / "models"
# Keys that are foreign, but may well name a record that was gone before the first load.
UNTESTED_KEYS = {
    ("ats_applications", "copied_from_application_key"),
    ("ats_applications", "relocated_from_application_key"),
    ("ats_departments", "root_department_key"),
}


def _described(folder: str) -> dict[str, dict[str, Any]]:
    models: dict[str, dict[str, Any]] = {}
    for file in sorted((MODELS / folder).rglob("*.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            assert model["name"] not in models
            models[model["name"]] = model
    return models


def _files(folder: str) -> set[str]:
    return {file.stem for file in (MODELS / folder).rglob("*.sql")}


UNIFIED = _described("unified")
MARTS = _described("marts")


@pytest.mark.parametrize("folder", ["staging", "intermediate", "unified", "marts"])
def test_every_model_is_described_and_names_its_grain(folder: str) -> None:
    models = _described(folder)

    assert models.keys() == _files(folder)
    unclear = [n for n, m in models.items() if "One row" not in m["description"]]
    assert unclear == []


@pytest.mark.parametrize("name", sorted(UNIFIED))
def test_every_column_is_described_and_the_common_ones_are_there(name: str) -> None:
    columns = {column["name"]: column for column in UNIFIED[name]["columns"]}

    assert [c for c, facts in columns.items() if not facts.get("description")] == []
    assert columns.keys() >= {
        *("account", "created_at", "updated_at", "synced_at", "is_deleted", "deleted_at")
    }


@pytest.mark.parametrize("name", sorted(MARTS))
def test_every_column_of_a_mart_is_described_and_one_is_its_key(name: str) -> None:
    columns = MARTS[name]["columns"]

    assert [column["name"] for column in columns if not column.get("description")] == []
    assert [c["name"] for c in columns if "key" in c.get("data_tests", [])] != []


@pytest.mark.parametrize("name", sorted(UNIFIED))
def test_one_column_is_the_key_and_every_other_key_points_somewhere(name: str) -> None:
    tests = {
        column["name"]: [t if isinstance(t, str) else next(iter(t)) for t in column["data_tests"]]
        for column in UNIFIED[name]["columns"]
        if "data_tests" in column
    }
    foreign = [c["name"] for c in UNIFIED[name]["columns"] if c["name"].endswith("_key")]

    assert [c for c, of_column in tests.items() if "key" in of_column] == [foreign[0]]
    loose = [
        c
        for c in foreign[1:]
        if "relationships" not in tests.get(c, []) and (name, c) not in UNTESTED_KEYS
    ]
    assert loose == []


def test_the_sources_are_the_tables_that_the_loader_makes() -> None:
    file = MODELS / "staging" / "_workable__sources.yml"
    source = yaml.safe_load(file.read_text(encoding="utf-8"))["sources"][0]
    named = {table["name"] for table in source["tables"]}

    # Leases are between runs, not about data; dlt's own table says which packages count.
    assert named == {*RESOURCES, *SERVICE_TABLES, "_dlt_loads"} - {"_leases"}


def test_only_staging_reads_the_raw_tables() -> None:
    readers = {
        file.relative_to(MODELS).parts[0]
        for file in MODELS.rglob("*.sql")
        if "source('" in file.read_text(encoding="utf-8")
    }

    assert readers == {"staging"}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select current_timestamp", ["current_timestamp"]),
        ("select\n  NOW()", ["NOW"]),
        ("select getdate(), current_date", ["getdate", "current_date"]),
        ("select today()", ["today"]),
        ("select {{ dbt.current_timestamp() }}", ["current_timestamp"]),
        ("{% set x = run_started_at %}", ["run_started_at"]),
        ("select {{ today() }}, {{ local_date(today()) }}", []),
        ("select known, nowhere -- now() is not for us\n{# nor current_date #}", []),
    ],
)
def test_the_lint_finds_the_machines_clock_and_nothing_else(sql: str, words: list[str]) -> None:
    assert [word for _, word in machine_time(sql)] == words


def test_the_lint_names_the_line() -> None:
    assert machine_time("select\n    1,\n    now()\n") == [(3, "now")]
