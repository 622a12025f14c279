"""Accounts with as little as an account can have: nothing, and records without a single value."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.dbt.kit import Warehouse

from workable_elt.settings import RESOURCES
from workable_elt.transform import project_dir
from workable_elt.warehouse.tables import SERVICE_TABLES

ACCOUNTS = ("acme", "globex")
READ_AT = datetime(2026, 3, 17, 9)
EVERYTHING = "{include_compensation: true}"

pytestmark = pytest.mark.full_on("postgres")


def models(folder: str) -> list[str]:
    return sorted(path.stem for path in (project_dir() / "models" / folder).rglob("*.sql"))


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def warehouse(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Warehouse:
    """Both warehouses in turn; the tests fill them in their order."""
    folder = Path(tmp_path_factory.mktemp("bare"))
    url = request.getfixturevalue("postgres_of_module") if request.param == "postgres" else None
    return Warehouse(folder, url).create()


def test_without_a_row_every_unified_table_is_there_and_empty(warehouse: Warehouse) -> None:
    # With the unit tests, which need the tables to know their types; no row fails a data test.
    warehouse.dbt("build", "--quiet", "--exclude-resource-type", "test", "--vars", EVERYTHING)
    tables = models("unified")
    assert len(tables) >= 27
    assert _counts(warehouse, "workable", tables) == dict.fromkeys(tables, 0)


def test_two_accounts_with_the_same_ids_and_nothing_else_stay_apart(
    warehouse: Warehouse, request: pytest.FixtureRequest
) -> None:
    for account in ACCOUNTS:
        warehouse.insert({name: [_bare(name, account)] for name in RESOURCES})
        warehouse.insert({"_syncs": [_sync(name, account) for name in RESOURCES]})
    # As in a user's warehouse: what has no word for its kind is a warning. What the data tests say
    # of these rows they say in either warehouse, and it takes as long as all else here.
    data_tests = request.config.getoption("--full") and warehouse.target == "duckdb"
    without = ("unit_test",) if data_tests else ("unit_test", "test")
    left_out = [word for kind in without for word in ("--exclude-resource-type", kind)]
    warehouse.dbt(
        *("build", "--quiet", *left_out, "--vars", EVERYTHING), WORKABLE_ELT_STRICT="false"
    )
    for schema, tables in (("workable", models("unified")), ("workable_marts", models("marts"))):
        for table in tables:
            rows = warehouse.rows(f"select * from {schema}.{table}")
            of = {a: [row for row in rows if row.get("account") == a] for a in ACCOUNTS}
            assert len(of["acme"]) == len(of["globex"]), table
            assert [_apart(row) for row in of["acme"]] == ["acme"] * len(of["acme"]), table
            assert [_apart(row) for row in of["globex"]] == ["globex"] * len(of["globex"]), table
    found = _counts(warehouse, "workable", ["ats_candidates", "ats_jobs", "hris_employees"])
    assert found == {"ats_candidates": 2, "ats_jobs": 2, "hris_employees": 2}


def _bare(resource: str, account: str) -> dict[str, Any]:
    """A record that has its key and no more."""
    key = {
        c.name: 1 if c.type == "bigint" else "1"
        for c in RESOURCES[resource].columns
        if not c.nullable
    }
    return {**key, "account": account, "_read_seq": 1, "_read_at": READ_AT}


def _sync(resource: str, account: str) -> dict[str, Any]:
    """A complete reading of a list; the newest one is today."""
    values = {"began_at": READ_AT, "completed_at": READ_AT + timedelta(minutes=1), "complete": True}
    known = {column.name for column in SERVICE_TABLES["_syncs"].columns}
    assert values.keys() <= known
    return {"account": account, "resource": resource, "run_id": "1", **values}


def _apart(row: dict[str, Any]) -> str:
    """The account that all keys of a row belong to."""
    accounts = {
        str(value).split(":")[0]
        for column, value in row.items()
        if column.endswith("_key") and value is not None
    }
    assert len(accounts) <= 1, row
    return accounts.pop() if accounts else row["account"]


def _counts(warehouse: Warehouse, schema: str, tables: list[str]) -> dict[str, int]:
    query = " union all ".join(
        f"select '{name}' as name, count(*) as found from {schema}.{name}" for name in tables
    )
    return {row["name"]: row["found"] for row in warehouse.rows(query)}
