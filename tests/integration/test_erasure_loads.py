"""Loads that find people deleted leave nothing of them; nor do later ones bring anything back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.erasure_kit import file_texts, found_in, table_texts, telling_values
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import Loads, configure

from workable_elt.settings import RESOURCES
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=40, jobs=3, employees=14, years=1, seed=17)
ALL = json.dumps(list(RESOURCES))


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN, rate_limit=False, token=TOKEN) as running:
        yield running


@pytest.fixture
def loads(
    simulator: Simulator,
    warehouse: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Loads:
    url = request.getfixturevalue("postgres_url") if warehouse == "postgres" else None
    return Loads(simulator, configure(simulator, monkeypatch, resources=ALL), url)


def let_people_go(loads: Loads, *kinds: str, n: int = 6) -> set[str]:
    """Delete people in the simulator; gives what is said of nobody any more."""
    before = loads.simulator.control.truth()
    done = loads.simulator.control.apply_changes(n=n, seed=3, kinds=list(kinds), advance=3600)
    assert {change["kind"] for change in done} == set(kinds), done
    return telling_values(before, loads.simulator.control.truth())


def what_is_left(loads: Loads, values: set[str]) -> set[tuple[str, str]]:
    file = loads.config.duckdb_file
    without = [file] if file else []
    texts = {**table_texts(loads), **file_texts(Path.cwd(), without=without)}
    return found_in({**texts, **file_texts(loads.config.home)}, values)


def counts(loads: Loads) -> dict[str, Any]:
    return {
        name: loads.query(f"select count(*) from workable_raw.{name}")[0][0] for name in RESOURCES
    }


def test_nothing_of_deleted_people_is_left_and_nothing_comes_back(loads: Loads) -> None:
    loads.begin()
    values = let_people_go(loads, "deleted", "employee_deleted")
    assert len(what_is_left(loads, values)) > 50
    before = counts(loads)
    loads.run(reconcile=True)
    assert what_is_left(loads, values) == set()
    # Facts stay; only rows whose keys are file names went, and new ones may have come.
    after = counts(loads)
    lost = {name for name in before if after[name] < before[name]}
    assert lost <= {"candidate_files", "employee_documents", "timeoff_requests", "events"}, lost
    loads.run(full=True, reconcile=True)
    assert what_is_left(loads, values) == set()


@pytest.mark.full_on("postgres")
def test_nothing_of_anonymised_people_is_left(loads: Loads) -> None:
    loads.begin()
    values = let_people_go(loads, "anonymized", n=3)
    assert len(what_is_left(loads, values)) > 10
    loads.run()
    assert what_is_left(loads, values) == set()
    assert loads.differences() == {}


@pytest.mark.full
def test_what_a_list_tells_again_of_somebody_deleted_goes_again(loads: Loads) -> None:
    loads.begin()
    before = {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    let_people_go(loads, "deleted", n=3)
    gone = before - {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    loads.run(reconcile=True)
    told = "set body = 'Zoltan the Unforgotten', _content_hash = 'as read' where"
    who = f"(candidate ->> 'id') in ({', '.join(repr(one) for one in sorted(gone))})"
    write(loads, f"update workable_raw.job_activities {told} {who}")
    assert what_is_left(loads, {"Zoltan the Unforgotten"})
    loads.run()
    assert what_is_left(loads, {"Zoltan the Unforgotten"}) == set()


@pytest.mark.full
def test_somebody_whom_a_stream_alone_has_shown_goes_too(loads: Loads) -> None:
    """Who applies between the list and the stream of one run, and is deleted before the next."""
    loads.begin()
    told = """'{"id": "27ffff01", "name": "Zoltan the Unforgotten"}'"""
    now = loads.simulator.control.now().strftime("%Y-%m-%d %H:%M:%S")
    (row,) = loads.query(
        "select max(id) from workable_raw.job_activities where candidate is not null"
    )
    write(
        loads,
        f"update workable_raw.job_activities set candidate = {told}, created_at = '{now}' "
        f"where id = '{row[0]}'",
    )
    assert what_is_left(loads, {"Zoltan the Unforgotten"})
    loads.run(reconcile=True)
    assert what_is_left(loads, {"Zoltan the Unforgotten"}) == set()
    stones = loads.query("select record_id, reason from workable_raw._tombstones")
    assert stones == [("27ffff01", "deleted")]


@pytest.mark.full_on("postgres")
def test_facts_stay_and_rows_of_others_are_as_they_were(loads: Loads) -> None:
    loads.begin()
    before = {name: loads.table(name) for name in ("candidates", "candidate_activities")}
    let_people_go(loads, "deleted", n=2)
    left = {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    loads.run(reconcile=True)
    facts = ("stage", "stage_kind", "disqualified", "hired_at", "created_at", "domain", "job")
    after = loads.table("candidates")
    assert after.keys() == before["candidates"].keys()
    for key, row in before["candidates"].items():
        if key[-1] in left:
            assert after[key] == row
        else:
            assert [after[key][name] for name in facts] == [row[name] for name in facts]
            assert (after[key]["name"], after[key]["email"], after[key]["phone"]) == (None,) * 3
    moves = loads.table("candidate_activities")
    for key, row in before["candidate_activities"].items():
        kept = ("action", "stage_name", "created_at", "rating")
        assert [moves[key][name] for name in kept] == [row[name] for name in kept]


# As dbt makes them, from every record of the first load.
SNAPSHOTS = (
    "create schema workable_snapshots",
    "create table workable_snapshots.snapshot_applications as select account, "
    "account || ':' || id as application_key from workable_raw.candidates",
    "create table workable_snapshots.snapshot_employees as select account, "
    "account || ':' || id as employee_key, account || ':' || manager_id as manager_key "
    "from workable_raw.employees",
    "create table workable_snapshots.link_rehire as select account, "
    "account || ':' || id as employee_key, account || ':' || manager_id as previous_employee_key "
    "from workable_raw.employees",
)
REHIRES = (
    "select employee_key, previous_employee_key from workable_snapshots.link_rehire order by 1"
)


def test_with_remove_the_facts_go_too(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(simulator, configure(simulator, monkeypatch, deleted_people="remove"))
    loads.begin()
    before = simulator.control.truth()
    for sql in SNAPSHOTS:
        write(loads, sql)
    links = loads.query(REHIRES)
    let_people_go(loads, "deleted", "employee_deleted", n=4)
    after = simulator.control.truth()
    loads.run(reconcile=True)
    for name, kind in (("applications", "candidates"), ("employees", "employees")):
        kept = loads.query(f"select count(*) from workable_snapshots.snapshot_{name}")
        assert kept == [(len(after[kind]),)]
    left = {f"acme:{row['id']}" for row in after["employees"]}
    assert loads.query(REHIRES) == [
        (key, earlier)
        for key, earlier in links
        if key in left and (earlier is None or earlier in left)
    ]
    for kind in ("candidates", "employees"):
        gone = {row["id"] for row in before[kind]} - {row["id"] for row in after[kind]}
        named = {table for table, _ in found_in(table_texts(loads), gone)}
        assert gone
        # A manager's id in the rows of others is a fact about them.
        assert named <= {"workable_raw._tombstones", "workable_raw.employees"}, named
    assert loads.differences() == {}


def write(loads: Loads, sql: str) -> None:
    """Put into the warehouse what the simulator never tells."""
    if loads.postgres_url is None:
        import duckdb

        with duckdb.connect(str(loads.config.duckdb_file)) as connection:
            connection.execute(sql)
        return
    import psycopg2

    with psycopg2.connect(loads.postgres_url) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
