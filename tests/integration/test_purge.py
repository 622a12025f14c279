"""`purge`: nothing of the person is left anywhere, and nothing of anybody else is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cli_process import Cli
from tests.integration.erasure_kit import file_texts, found_in, telling_values

from workable_elt.settings import RESOURCES
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess

PLAN = CompanyPlan(candidates=40, jobs=3, employees=12, years=1, seed=31)
ALL = json.dumps(list(RESOURCES))
EVENTS = "workable_raw.events where (candidate ->> 'id')"
BOOKKEEPING = {"_dlt_load_id", "synced_at", "_read_seq"}
COMPARED = ("workable.", "workable_raw.")
SERVICE = ("workable_raw._", "workable_raw_staging")


@pytest.fixture(scope="module")
def simulator():
    with SimulatorProcess(PLAN, rate_limit=False) as running:
        yield running


@pytest.fixture
def cli(simulator, tmp_path):
    made = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
    made.environment["SOURCES__WORKABLE__RESOURCES"] = ALL
    del made.environment["TRANSFORM__VARS"]  # people have to leave the marts, too
    return made


def query(cli: Cli, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(cli.database)) as connection:
        return connection.execute(sql).fetchall()


def tables(file: Path) -> dict[str, set[str]]:
    """The rows of every table and view of every schema, as texts without the bookkeeping."""
    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
        return {f"{schema}.{name}": rows_of(connection, schema, name) for schema, name in names}


def rows_of(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> set[str]:
    found = connection.execute(f'select * from "{schema}"."{name}"')
    columns = [column[0] for column in found.description or ()]
    return {
        str([v for c, v in zip(columns, row, strict=True) if c not in BOOKKEEPING])
        for row in found.fetchall()
    }


def texts(file: Path) -> dict[str, str]:
    return {name: str(rows) for name, rows in tables(file).items()}


def without(value: Any, record: str) -> Any:
    """What an account says without the objects that are a person, or about the person."""
    if isinstance(value, dict):
        return {key: without(inner, record) for key, inner in value.items()}
    if isinstance(value, list):
        return [without(inner, record) for inner in value if not is_about(inner, record)]
    return value


def is_about(row: Any, record: str) -> bool:
    if not isinstance(row, dict):
        return False
    candidate = row.get("candidate")
    named = candidate.get("id") if isinstance(candidate, dict) else None
    return record in (row.get("id"), row.get("candidate_id"), row.get("employee_id"), named)


def telling(simulator: Any, record: str) -> set[str]:
    truth = simulator.control.truth()
    return telling_values(truth, without(truth, record))


def somebody(simulator: Any, resource: str, **having: Any) -> str:
    """A record about which the account knows much."""
    truth = simulator.control.truth()
    rows = [row for row in truth[resource] if all(bool(row.get(k)) is v for k, v in having.items())]
    return max((row["id"] for row in rows), key=lambda one: len(telling(simulator, one)))


def in_snapshots(found: dict[str, set[str]], record: str) -> list[str]:
    """Rows of snapshots with the key of a record."""
    rows = [row for name, of in found.items() if name.startswith("workable_snap") for row in of]
    return [row for row in rows if f":{record}'" in row or f":{record}:" in row]


def test_nothing_of_a_candidate_is_left_and_nothing_of_others_is_missing(cli, simulator, tmp_path):
    cli.build_all()
    copy = tmp_path / "readers.duckdb"
    assert cli.run("run", "--publish", str(copy), "--json").code == 0
    who = somebody(simulator, "candidates")
    values = telling(simulator, who)
    (account,) = {row[0] for row in query(cli, "select distinct account from workable_raw.jobs")}
    key = f"{account}:{who}"
    query(
        cli,
        "create table workable_snapshots.ats_applications_history as "
        "select candidate_key, status, 'Name of ' || candidate_key as was from workable.ats_applications",
    )
    theirs = [who, *(row[0] for row in query(cli, f"select id from {EVENTS} = '{who}'"))]
    before = tables(cli.database)
    assert len(found_in({n: str(t) for n, t in before.items()}, values)) > 20

    done = cli.run("purge", "--candidate", who, "--json")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    after = tables(cli.database)
    assert found_in({n: str(t) for n, t in after.items()}, values) == set()
    assert found_in(texts(copy), values) == set()
    assert found_in(file_texts(cli.folder, without=[cli.database, copy]), values) == set()

    assert len(in_snapshots(before, who)) > 2
    assert in_snapshots(after, who) == []
    history = "workable_snapshots.ats_applications_history"
    assert before[history] - after[history] == {r for r in before[history] if key in r}
    for name, rows in before.items():
        if not name.startswith(COMPARED) or name.startswith(SERVICE):
            continue
        lost = {row for row in rows - after[name] if not any(one in row for one in theirs)}
        assert not lost, (name, list(lost)[:3])

    (receipt,) = done.answer["accounts"]
    assert receipt["candidates"] == [who]
    assert receipt["removed"]["workable_raw.candidates"] == 1
    assert receipt["removed"][history] == 1
    activities = sum(who in row for row in before["workable_raw.candidate_activities"])
    assert receipt["removed"]["workable_raw.candidate_activities"] == activities > 0
    assert done.answer["published"] == [str(copy)]
    assert done.answer["dbt"]["models"] > 0
    assert receipt["still_in_workable"] == [f"candidates {who}"]


@pytest.mark.full
def test_nothing_of_an_employee_is_left(cli, simulator):
    assert cli.run("run", "--json").code == 0
    who = somebody(simulator, "employees")
    values = telling(simulator, who)
    before = tables(cli.database)
    assert len(found_in({n: str(t) for n, t in before.items()}, values)) > 10
    done = cli.run("purge", "--employee", who, "--json")
    assert done.code == 0, done.err
    assert found_in(texts(cli.database), values) == set()
    assert found_in(file_texts(cli.folder, without=[cli.database]), values) == set()
    left = query(cli, "select count(*) from workable.hris_employees")[0][0]
    assert left == len(before["workable.hris_employees"]) - 1


def test_somebody_unknown_is_a_wrong_use_and_nothing_is_removed(cli):
    assert cli.run("load", "--depth", "list", "--json").code == 0
    who = query(cli, "select min(id) from workable_raw.candidates")[0][0]
    before = tables(cli.database)
    done = cli.run("purge", "--candidate", who, "--candidate", "nobody", "--json")
    assert (done.code, done.error["code"]) == (2, "usage")
    assert "nothing was removed" in done.error["message"]
    after = tables(cli.database)
    assert {name: rows for name, rows in before.items() if after[name] != rows} == {}


def test_nobody_named_is_a_wrong_use(cli):
    done = cli.run("purge", "--json")
    assert (done.code, done.error["code"]) == (2, "usage")
