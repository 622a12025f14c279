"""What must hold at the end of a history, whatever happened on the way."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from tests.integration.load_kit import DEFAULT_TABLES, LABEL, Loads
from tests.integration.raw_truth import Query, Table, differences, expected_table, loaded_table

from workable_elt.settings import RESOURCES
from workable_elt.warehouse.tables import SERVICE_TABLES

# Rows that tell of a candidate without being keyed by one: they go with the candidate, and the
# API shows them no longer.
_TELLS_OF_CANDIDATE = ("job_activities", "events")
_TELLS_OF_EMPLOYEE = ("timeoff_requests",)
_REPLACED_PER_JOB = ("job_stages", "job_application_forms", "job_members")
_OPEN = ("published", "closed")


def live_table(name: str, query: Query, gone: dict[str, set[str]]) -> Table:
    """Give the rows of a raw table that no unresolved tombstone covers.

    Args:
        name: The raw table.
        query: Asks the warehouse.
        gone: Ids of unresolved tombstones by resource.
    """
    resource = RESOURCES[name]
    rows = loaded_table(name, query, LABEL)
    return {
        key: row
        for key, row in rows.items()
        if ":".join(key) not in gone.get(name, ())
        and not (resource.parent and key[0] in gone.get(resource.parent, ()))
        and not _tells_of_somebody_gone(name, row, gone)
    }


def _is_of(listed: set[str], row: dict[str, Any]) -> bool:
    """Whether a row of a stream is about nobody, or about a candidate whom a list has shown.

    A job's stream that was loaded without the list may tell of somebody who was gone by the time
    of the first list; docs/reliability.md has this under what is not promised.
    """
    person = row.get("candidate") or {}
    return person.get("id") is None or person["id"] in listed


def _tells_of_somebody_gone(name: str, row: dict[str, Any], gone: dict[str, set[str]]) -> bool:
    about = "candidate" if name in _TELLS_OF_CANDIDATE else "employee"
    if name not in (*_TELLS_OF_CANDIDATE, *_TELLS_OF_EMPLOYEE):
        return False
    person = row.get(about) or {}
    return person.get("id") in gone.get(f"{about}s", ())


def unresolved(query: Query) -> dict[str, set[str]]:
    """Give the ids of unresolved tombstones by resource; each record has one tombstone at most."""
    rows = query(
        "select resource, record_id, resolved_at from workable_raw._tombstones "
        f"where account = '{LABEL}'"
    )
    keys = [(resource, record_id) for resource, record_id, _ in rows]
    assert len(set(keys)) == len(keys), "_tombstones repeats a key"
    gone: dict[str, set[str]] = {}
    for resource, record_id, resolved_at in rows:
        if resolved_at is None:
            gone.setdefault(resource, set()).add(record_id)
    return gone


def of_settled_jobs(truth: dict[str, Any]) -> dict[tuple[str, str], list[Any]]:
    """Give what hangs on jobs that are not open, by table and job; no run reads it again."""
    settled = {job["shortcode"] for job in truth["jobs"] if job["state"] not in _OPEN}
    found: dict[tuple[str, str], list[Any]] = {}
    for name in _REPLACED_PER_JOB:
        for shortcode in settled:
            found[name, shortcode] = []
        for row in truth[name]:
            if row["shortcode"] in settled:
                found[name, row["shortcode"]].append(row)
    return found


def all_differences(
    loads: Loads,
    truth: dict[str, Any],
    bad: set[tuple[str, str]],
    stale: Collection[tuple[str, str]],
) -> list[str]:
    """Say how the live rows differ from the truth.

    Args:
        loads: The account in its warehouse.
        truth: What the account shows.
        bad: Resource and id of records that cannot be read still: they are as of their last good
            reading, if there was one.
        stale: Table and job of what is as of its last reading by design.
    """
    gone = unresolved(loads.query)
    told = []
    for name in DEFAULT_TABLES:
        expected = expected_table(name, truth)
        found = live_table(name, loads.query, gone)
        if name == "job_activities":
            listed = {str(row[0]) for row in loads.query("select id from workable_raw.candidates")}
            for key in [key for key in found if key not in expected]:
                if not _is_of(listed, found[key]):
                    del found[key]
        for resource, record_id in bad:
            if resource == name:
                expected.pop((record_id,), None)
                found.pop((record_id,), None)
        for rows in (expected, found):
            for key in [key for key in rows if (name, key[0]) in stale]:
                del rows[key]
        told += [f"{name}: {line}" for line in differences(expected, found)]
    return told


def open_quarantine(query: Query) -> set[tuple[str, str]]:
    """Give resource and id of the records that the warehouse holds to be bad."""
    rows = query(
        "select resource, record_id, resolved_at from workable_raw._quarantine "
        f"where account = '{LABEL}'"
    )
    keys = [(resource, record_id) for resource, record_id, _ in rows]
    assert len(set(keys)) == len(keys), "_quarantine repeats a key"
    return {(resource, record_id) for resource, record_id, at in rows if at is None}


def repeated_service_keys(query: Query) -> list[str]:
    """Name the service tables with a key that is there twice."""
    told = []
    for table in SERVICE_TABLES.values():
        keys = ", ".join(table.key)
        rows = query(
            f"select {keys} from workable_raw.{table.name} group by {keys} having count(*) > 1"
        )
        told += [f"{table.name} repeats {row}" for row in rows]
    return told


def texts_of_tables(query: Query) -> list[tuple[str, str]]:
    """Give every table of every schema as text, dlt's staging datasets included."""
    tables = query(
        "select table_schema, table_name from information_schema.tables "
        "where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2"
    )
    texts = []
    for schema, table in tables:
        rows = query(f'select * from "{schema}"."{table}"')
        texts.append((f"{schema}.{table}", "\n".join(_text(row) for row in rows)))
    return texts


def _text(row: tuple[Any, ...]) -> str:
    """A row as text; JSON parsed, so that escapes hide nothing."""
    return " ".join(_readable(value) for value in row if value is not None)


def _readable(value: Any) -> str:
    if isinstance(value, str) and value[:1] in '{["':
        try:
            return json.dumps(json.loads(value), ensure_ascii=False)
        except ValueError:
            return value
    return str(value)
