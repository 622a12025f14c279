"""Removes people from a warehouse at once, for an erasure request."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import dlt
import pyarrow.compute as pc

from workable_elt.api import WorkableError
from workable_elt.config import AccountConfig, Config
from workable_elt.exits import UsageError
from workable_elt.settings import RAW_DATASET, SCHEMA_NAME
from workable_elt.warehouse.clock import utc_now
from workable_elt.warehouse.deletes.asking import Finding, ask_each
from workable_elt.warehouse.destination import slug
from workable_elt.warehouse.erasure.blank import unnamed
from workable_elt.warehouse.erasure.built import (
    built_tables,
    empty_staging,
    relations,
    remove_built,
)
from workable_elt.warehouse.erasure.relatives import Relatives
from workable_elt.warehouse.erasure.removal import remove
from workable_elt.warehouse.erasure.subjects import KINDS, SUBJECTS, People, chunks, places
from workable_elt.warehouse.failures import warehouse_failure
from workable_elt.warehouse.lock import Gate, exclusive, opened
from workable_elt.warehouse.pipeline import create_tables, nothing_loaded, open_pipeline
from workable_elt.warehouse.run import open_client
from workable_elt.warehouse.slices import ServiceRow, Tables, load_package, service_table
from workable_elt.warehouse.sql import Reader

NOT_PROMISED = (
    "blocks that the database has freed and not yet written over",
    "backups and replicas of the warehouse, and copies that you made yourself",
    "free text in records of others that mentions the person without an id",
    "the bare id in records of others, such as the requisition that somebody filled",
    "what Workable itself still holds",
)


@dataclass
class Removal:
    """What was removed from one account.

    Attributes:
        account: Its label.
        people: Ids by list, all records of the person where that was asked for.
        removed: Rows removed by table.
        blanked: Rows about others that named one of these people, and do no more, by table.
        still_in_workable: Records that Workable shows, as ``candidates ID``; None where it could
            not be asked.
    """

    account: str
    people: dict[str, list[str]]
    removed: dict[str, int] = field(default_factory=dict)
    blanked: dict[str, int] = field(default_factory=dict)
    still_in_workable: list[str] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "account": self.account,
            **{kind: self.people.get(kind, []) for kind in KINDS},
            "removed": self.removed,
            "blanked": self.blanked,
            "still_in_workable": self.still_in_workable,
        }


@dataclass
class Purged:
    """What was removed from a warehouse.

    Attributes:
        run_id: Names the purge.
        at: When, UTC, naive.
        accounts: What was removed from each account that knew one of the people.
        was_built: Whether dbt has built anything, which is to be built anew.
    """

    run_id: str
    at: datetime
    accounts: list[Removal]
    was_built: bool


def purge(
    config: Config,
    accounts: Sequence[AccountConfig],
    people: People,
    *,
    whole_person: bool,
    run_id: str,
) -> Purged:
    """Remove people from the raw tables, from staging, and from everything that dbt has built.

    A tombstone with nothing but the id stays for each record.

    Args:
        config: The warehouse.
        accounts: Where to look for the people.
        people: Ids by list.
        whole_person: Also the other records of the same people.
        run_id: Told to others that come meanwhile.

    Raises:
        UsageError: No account knows one of them; nothing was touched.
        BusyError: A run is at work; nothing was touched.
        UserError: The warehouse fails. What was removed stays removed, and the same call goes on.
    """
    if config.duckdb_file is not None and not config.duckdb_file.exists():
        raise nothing_loaded(config)
    labels = tuple(account.account for account in accounts)
    done = Purged(run_id, utc_now(), [], was_built=False)
    with exclusive(config, labels, run_id) as gate:
        try:
            works = [_Work(config, account, gate) for account in accounts]
            found = _found(works, people)
            for work in works:
                if any(found[work.label].values()):
                    done.accounts.append(work.remove(found[work.label], done.at, whole_person))
            done.was_built = bool(built_tables(works[0].reader))
        except Exception as error:
            raise warehouse_failure(error, file=config.duckdb_file) from error
    by_label = {account.account: account for account in accounts}
    for removal in done.accounts:
        removal.still_in_workable = _shown(by_label[removal.account], removal.people)
    return done


def _found(works: Sequence[_Work], people: People) -> dict[str, dict[str, list[str]]]:
    found = {work.label: work.known(people) for work in works}
    for kind in KINDS:
        known = {one for of in found.values() for one in of[kind]}
        missing = [one for one in people.get(kind, ()) if one not in known]
        if missing:
            raise UsageError(
                f"There is no such {kind.removesuffix('s')} in the warehouse: {missing[0]}; "
                "nothing was removed.",
                "Ids are those of Workable, as in candidate_id and employee_id of the tables.",
            )
    return found


class _Work:
    """The warehouse as one account uses it."""

    def __init__(self, config: Config, account: AccountConfig, gate: Gate) -> None:
        self.label = account.account
        self._gate = gate
        self._pipeline: dlt.Pipeline = open_pipeline(config, self.label)
        self.reader = Reader.of_pipeline(self._pipeline)
        self._relations = relations(self.reader)
        if (RAW_DATASET, "candidates") not in self._relations:
            raise nothing_loaded(config)
        with gate:
            create_tables(self._pipeline)

    def known(self, people: People) -> dict[str, list[str]]:
        """Give the ids that the account has any trace of."""
        return {
            kind: sorted(
                {
                    str(row[0])
                    for chunk in chunks(people.get(kind, ()))
                    for table, expression, more in _traces(kind)
                    for row in self.reader.rows(
                        f"select distinct {expression} from {table} "
                        f"where account = %s {more} and {expression} in ({places(chunk)})",
                        self.label,
                        *chunk,
                    )
                }
            )
            for kind in KINDS
        }

    def remove(self, people: People, at: datetime, whole_person: bool) -> Removal:
        """Remove people, rows about others that name them changed first."""
        if whole_person:
            people = Relatives(self.reader, self.label, self._relations).of(people)
        removal = Removal(self.label, {kind: list(people[kind]) for kind in KINDS})
        tables = unnamed(self.reader, self.label, people)
        removal.blanked = {
            f"{RAW_DATASET}.{name}": count for name, count in _counts(tables).items() if count
        }
        tombstones = self._tombstones(people, at)
        with self._gate:
            if tombstones:
                tables = {**tables, "_tombstones": [service_table("_tombstones", tombstones)]}
            load_package(self._pipeline, tables)
            with self._pipeline.sql_client(SCHEMA_NAME) as client:
                raw = remove(client, self.label, people)
                removal.removed = {f"{RAW_DATASET}.{name}": n for name, n in raw.items()}
                staging = f"{RAW_DATASET}_staging_{slug(self.label)}"
                removal.removed |= empty_staging(client, self.reader, staging)
                built = built_tables(self.reader)
                removal.removed |= remove_built(client, built, self.label, people)
        self._pipeline.drop()
        return removal

    def _tombstones(self, people: People, at: datetime) -> list[ServiceRow]:
        sequence = itertools.count(time.time_ns() // 1000)
        gone = {
            (resource, record)
            for resource, record in self.reader.rows(
                "select resource, record_id from _tombstones "
                "where account = %s and resolved_at is null",
                self.label,
            )
        }
        return [
            {
                "account": self.label,
                "resource": kind,
                "record_id": one,
                "deleted_at": at,
                "reason": "deleted",
                "_read_seq": next(sequence),
            }
            for kind in KINDS
            for one in people.get(kind, ())
            if (kind, one) not in gone
        ]


def _traces(kind: str) -> list[tuple[str, str, str]]:
    """Table, expression of the id, and a further condition."""
    rows = [
        (name, subject.expression, "") for name, subject in SUBJECTS.items() if subject.kind == kind
    ]
    return [*rows, ("_tombstones", "record_id", f"and resource = '{kind}'")]


def _counts(tables: Tables) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, parts in tables.items():
        markers = sum(
            pc.sum(part["_is_marker"]).as_py() or 0
            for part in parts
            if "_is_marker" in part.column_names
        )
        counts[name] = sum(part.num_rows for part in parts) - markers
    return counts


def _shown(account: AccountConfig, people: People) -> list[str] | None:
    """Ask Workable for the records; None where it gives no answer."""
    shown: list[str] = []
    try:
        client = open_client(account)
        try:
            for kind in KINDS:
                for found in ask_each(client, kind, people.get(kind, ())):
                    if found.finding in (Finding.REFUSED, Finding.FAILED):
                        return None
                    if found.finding is not Finding.GONE:
                        shown.append(f"{kind} {found.record_id}")
        finally:
            client.close()
    except WorkableError:
        return None
    return shown


def tidy(config: Config) -> None:
    """Remove dbt's working folders, which are made anew by each build."""
    for folder in ("target", "logs"):
        shutil.rmtree(config.home / "dbt" / folder, ignore_errors=True)


def settle_file(config: Config) -> None:
    """Write DuckDB's log file into the database, and remove what it has spilled to the disk.

    Raises:
        UserError: Another process has the database file open.
    """
    if config.duckdb_file is None:
        return
    with opened(config.duckdb_file, config.wait_seconds) as connection:
        connection.execute("checkpoint")
        spilled = config.duckdb_file.with_name(config.duckdb_file.name + ".tmp")
        shutil.rmtree(spilled, ignore_errors=True)
