"""Whom a purge takes along, what it asks of Workable, and what stays after it: both warehouses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.integration.erasure_kit import found_in, table_texts
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import Loads, configure

from workable_elt.config import read_config
from workable_elt.exits import BusyError, UsageError
from workable_elt.settings import RESOURCES
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse.erasure.purge import Purged, purge
from workable_elt.warehouse.lock import exclusive

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=23)
ALL = json.dumps(list(RESOURCES))
LINKS = {
    "candidates": ["email"],
    "candidate_details": ["email", "originating_candidate_id"],
    "employees": ["email", "work_email", "candidate_id"],
    "employee_details": ["work_email", "personal_email"],
}
on_duckdb = pytest.mark.parametrize("warehouse", ["duckdb"], indirect=True)


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
    made = Loads(simulator, configure(simulator, monkeypatch, resources=ALL), url)
    made.begin()
    return made


def ids(loads: Loads, table: str = "candidates") -> list[str]:
    return [row[0] for row in loads.query(f"select id from workable_raw.{table} order by id")]


def change(loads: Loads, sql: str) -> None:
    """Write into the warehouse what the simulator's company happens not to have."""
    if loads.postgres_url is None:
        import duckdb

        with duckdb.connect(str(loads.config.duckdb_file)) as connection:
            connection.execute(sql)
        return
    import psycopg2

    with psycopg2.connect(loads.postgres_url) as connection, connection.cursor() as cursor:
        cursor.execute(sql)


def purged(loads: Loads, *, whole_person: bool = False, **people: list[str]) -> Purged:
    return purge(
        loads.config, loads.config.accounts, people, whole_person=whole_person, run_id="test"
    )


def where_named(loads: Loads, one: str) -> set[str]:
    """Tables that hold an id anywhere."""
    return {name for name, _ in found_in(table_texts(loads), [one])}


@pytest.mark.full_on("postgres")
def test_only_the_tombstone_knows_the_id_afterwards(loads: Loads) -> None:
    who, boss = ids(loads)[0], ids(loads, "employees")[0]
    done = purged(loads, candidates=[who], employees=[boss])
    assert where_named(loads, who) == {"workable_raw._tombstones"}
    (removal,) = done.accounts
    assert removal.still_in_workable == [f"candidates {who}", f"employees {boss}"]
    stones = loads.query(
        "select resource, record_id, reason, resolved_at is null from workable_raw._tombstones"
    )
    assert sorted(stones) == [
        ("candidates", who, "deleted", True),
        ("employees", boss, "deleted", True),
    ]
    (again,) = purged(loads, candidates=[who], employees=[boss]).accounts
    assert (again.removed, again.blanked) == ({}, {})


@pytest.mark.full_on("postgres")
def test_whom_workable_has_deleted_no_load_brings_back(loads: Loads) -> None:
    before = {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    loads.simulator.control.apply_changes(n=1, seed=5, kinds=["deleted"], advance=60)
    (who,) = before - {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    (removal,) = purged(loads, candidates=[who]).accounts
    assert removal.still_in_workable == []
    loads.run(full=True, reconcile=True)
    assert where_named(loads, who) == {"workable_raw._tombstones"}


@on_duckdb
@pytest.mark.full
def test_whom_workable_still_has_the_next_load_brings_back(loads: Loads) -> None:
    who = ids(loads)[0]
    purged(loads, candidates=[who])
    loads.run(full=True)
    assert loads.differences() == {}
    assert who in ids(loads)


def test_the_whole_person_is_found_by_address_relocation_copy_hire_and_memory(loads: Loads) -> None:
    a, b, c, d, e, f, g = ids(loads)[:7]
    boss, other = ids(loads, "employees")[:2]
    for table, columns in LINKS.items():
        change(loads, f"update workable_raw.{table} set {' = null, '.join(columns)} = null")
    for who, address in ((a, "one@x.example"), (b, " ONE@x.example ")):
        change(loads, f"update workable_raw.candidates set email = '{address}' where id = '{who}'")
    change(
        loads,
        "insert into workable_raw._tombstones (account, resource, record_id, replaced_by_id, reason)"
        f" values ('acme', 'candidates', '{c}', '{b}', 'relocated')",
    )
    change(
        loads,
        f"update workable_raw.candidate_details set originating_candidate_id = '{c}' "
        f"where id = '{d}'",
    )
    change(loads, f"update workable_raw.employees set candidate_id = '{d}' where id = '{boss}'")
    change(
        loads,
        "update workable_raw.employee_details set personal_email = "
        """'[{"email": "nobody@x.example"}, {"email": "One@X.example"}]' """
        f"where id = '{other}'",
    )
    # A blank record, which an earlier build knew as the same person.
    change(loads, "create schema workable_staging")
    change(
        loads,
        "create table workable_staging.int_workable__people_remembered as "
        "select 'acme' as account, 'acme:' || id as candidate_key, 'acme:' || case "
        f"when id = '{g}' then '{b}' else id end as person_key from workable_raw.candidates",
    )
    (alone,) = purged(loads, candidates=[f]).accounts
    assert alone.people == {"candidates": [f], "employees": []}
    (whole,) = purged(loads, whole_person=True, candidates=[a]).accounts
    assert whole.people == {"candidates": [a, b, c, d, g], "employees": sorted([boss, other])}
    assert e in ids(loads)


@on_duckdb
def test_during_a_run_nothing_is_touched(loads: Loads) -> None:
    who = ids(loads)[0]
    with exclusive(loads.config, ("acme",), "a load"), pytest.raises(BusyError):
        purged(loads, candidates=[who])
    assert who in ids(loads)


@on_duckdb
def test_unknown_ids_are_told_with_their_kind(loads: Loads) -> None:
    who = ids(loads)[0]
    with pytest.raises(UsageError, match="no such employee"):
        purged(loads, candidates=[who], employees=[who])
    assert who in ids(loads)


@on_duckdb
@pytest.mark.full
def test_when_workable_cannot_be_asked_the_receipt_says_so(
    loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES__WORKABLE__BASE_URL", "http://127.0.0.1:9/spi/v3")
    away = Loads(loads.simulator, read_config(), loads.postgres_url)
    (removal,) = purged(away, candidates=[ids(loads)[0]]).accounts
    assert removal.still_in_workable is None
    assert removal.removed["workable_raw.candidates"] == 1


@pytest.mark.full_on("postgres")
@pytest.mark.full
def test_payload_of_a_bad_record_that_mentions_the_person_goes(loads: Loads) -> None:
    who = ids(loads)[0]
    rows: list[tuple[Any, ...]] = [
        ("events", "e1", who),
        ("candidates", who, "x"),
        ("jobs", "j", "y"),
    ]
    for resource, record, mentioned in rows:
        change(
            loads,
            "insert into workable_raw._quarantine (account, resource, record_id, payload, reason) "
            f"""values ('acme', '{resource}', '{record}', '{{"a": "{mentioned}"}}', 'bad')""",
        )
    purged(loads, candidates=[who])
    left = loads.query(
        "select resource, record_id, payload is null from workable_raw._quarantine order by 1"
    )
    assert left == [("events", "e1", True), ("jobs", "j", False)]
