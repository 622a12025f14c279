"""De-identifies people: their personal parts go, the facts stay.

A fact is an id, a job, a stage, a date, a source, an outcome: what last year's figures are made of.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.arrow import resource_schema, to_table
from workable_elt.warehouse.erasure.references import Ids, without_people
from workable_elt.warehouse.erasure.service import ServiceRows, emptied_quarantine, forgotten_visits
from workable_elt.warehouse.erasure.stored import Packages, Stored, StoredRows
from workable_elt.warehouse.erasure.subjects import KINDS, SUBJECTS, People
from workable_elt.warehouse.slices import service_table
from workable_elt.warehouse.sql import Reader

_ROWS_AT_ONCE = 5_000
_NUMBERS = ("bigint", "decimal")


def blanked(
    reader: Reader, account: str, people: People, but: Packages | None = None
) -> dict[str, list[pa.Table]]:
    """Give everything that is stored about people, as it may stay.

    In rows about them all columns marked as personal, and unknown fields, are null; in rows about
    others, objects that name them keep the id alone. ``_content_hash`` is null, so a record
    that Workable shows again is written again, and the visits are forgotten, so it is read again.
    Free text that others wrote about them elsewhere is not searched.

    Args:
        reader: The warehouse.
        account: Label of the account.
        people: Ids by list; unknown ones are nobody.
        but: Packages whose rows are left as they are, by raw table.

    Returns:
        Rows by table (raw tables, ``_quarantine``, ``_visits``), ready to be loaded as one
        package; a few hundred bytes a row. No table is empty.
    """
    return _loadable(reader, account, people, _Blank.rows, forgotten_visits, but=but)


def unnamed(reader: Reader, account: str, people: People) -> dict[str, list[pa.Table]]:
    """Give the rows about others that name people, without these names.

    What `blanked` does to rows about the people themselves is left out, for a caller who removes
    those rows.

    Args:
        reader: The warehouse.
        account: Label of the account.
        people: Ids by list.

    Returns:
        Rows by table, ready to be loaded.
    """
    return _loadable(reader, account, people, _Blank.rows_about_others)


def _loadable(
    reader: Reader,
    account: str,
    people: People,
    rows_of: Callable[[_Blank, StoredRows], Iterator[Stored]],
    *more: ServiceRows,
    but: Packages | None = None,
) -> dict[str, list[pa.Table]]:
    ids: Ids = {kind: frozenset(people.get(kind, ())) for kind in KINDS}
    if not any(ids.values()):
        return {}
    sequence = itertools.count(time.time_ns() // 1000)
    stored = StoredRows(reader, account, but)
    tables: dict[str, list[pa.Table]] = {}
    for resource in RESOURCES.values():
        blank = _Blank(resource, ids, sequence.__next__)
        parts = list(_tables(resource, rows_of(blank, stored)))
        if parts:
            tables[resource.name] = parts
    for service in (emptied_quarantine, *more):
        table, rows = service(reader, account, ids, sequence.__next__)
        if rows:
            tables[table] = [service_table(table, rows)]
    return tables


def _tables(resource: Resource, rows: Iterable[Stored]) -> Iterator[pa.Table]:
    waiting = iter(rows)
    while some := list(itertools.islice(waiting, _ROWS_AT_ONCE)):
        yield to_table(resource_schema(resource.name), [tuple(row.values()) for row in some])


class _Blank:
    """Blanks the rows of one table."""

    def __init__(self, resource: Resource, ids: Ids, number: Callable[[], int]) -> None:
        self._resource = resource
        self._ids = ids
        self._number = number
        self._subject = SUBJECTS.get(resource.name)
        # A key cannot be blank: where it holds personal data, the row goes.
        self._telling_keys = [
            column.name
            for column in resource.columns
            if column.personal and column.name in resource.key
        ]
        self._personal = [
            column.name
            for column in resource.columns
            if (column.personal and column.name not in resource.key) or column.name == "_extra"
        ]
        self._json = [column.name for column in resource.columns if column.type == "json"]

    def rows(self, stored: StoredRows) -> Iterator[Stored]:
        """Yield what is to be written: blank rows, and the markers of parents read again."""
        of_kind = self._ids[self._subject.kind] if self._subject else frozenset()
        done: set[tuple[str, ...]] = set()
        parents: dict[str, Stored] = {}
        for row in stored.about(self._resource, sorted(of_kind)) if of_kind else ():
            done.add(self._key(row))
            if self._resource.replaced_whole:
                parents[row[str(self._resource.parent_key)]] = row
            if not self._telling_keys:
                yield self._about_them(row)
        yield from (self._marker(row) for row in parents.values())
        yield from self._naming_them(stored, done)

    def rows_about_others(self, stored: StoredRows) -> Iterator[Stored]:
        """Yield rows that are about somebody else and name one of the people, without the name."""
        of_kind = self._ids[self._subject.kind] if self._subject else frozenset()
        theirs = stored.about(self._resource, sorted(of_kind)) if of_kind else ()
        yield from self._naming_them(stored, {self._key(row) for row in theirs})

    def _naming_them(self, stored: StoredRows, done: set[tuple[str, ...]]) -> Iterator[Stored]:
        changed = [
            blank
            for row in stored.naming(self._resource, self._ids)
            if self._key(row) not in done and (blank := self._without_names(row)) != row
        ]
        if not changed or not self._resource.replaced_whole:
            yield from map(self._numbered, changed)
            return
        # What is replaced whole is written whole.
        parents = {blank[str(self._resource.parent_key)]: blank for blank in changed}
        for row in stored.of_parents(self._resource, sorted(parents)):
            yield self._numbered(self._without_names(row))
        yield from (self._marker(row) for row in parents.values())

    def _key(self, row: Stored) -> tuple[str, ...]:
        return tuple(row[name] for name in self._resource.key)

    def _about_them(self, row: Stored) -> Stored:
        return self._numbered(
            {**self._without_names(row), **dict.fromkeys(self._personal), "_content_hash": None}
        )

    def _without_names(self, row: Stored) -> Stored:
        blank = {
            name: without_people(row[name], name, self._ids)
            for name in self._json
            if row[name] is not None
        }
        changed = any(blank[name] != row[name] for name in blank)
        return {**row, **blank, "_content_hash": None} if changed else row

    def _numbered(self, row: Stored) -> Stored:
        return {**row, "_read_seq": self._number()}

    def _marker(self, row: Stored) -> Stored:
        """The row that makes the destination drop what it has of the parent (see RecordReader)."""
        known: dict[str, Any] = {
            name: row[name] for name in ("account", str(self._resource.parent_key), "_read_at")
        }
        known |= {"_read_seq": self._number(), "_is_marker": True}
        empty = {
            column.name: 0 if column.type in _NUMBERS else ""
            for column in self._resource.columns
            if column.name in self._resource.key
        }
        return {
            column.name: known.get(column.name, empty.get(column.name))
            for column in self._resource.columns
        }
