"""Keeps the last good row of an item that cannot be read at the moment.

Where a reading replaces all rows of a parent, a malformed item would lose its earlier good row
until it is readable again: a stage would vanish from a job for a fault of one answer. So that row
is loaded once more, as it stands in the warehouse, beside the new rows of its parent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.arrow import resource_schema, to_table
from workable_elt.sources.content import to_json
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.warehouse.slices import Slice
from workable_elt.warehouse.sql import Reader

Values = tuple[Any, ...]


class LastGoodRows:
    """Adds rows to slices, for one account.

    Args:
        reader: The warehouse.
        account: Label of the account.
    """

    def __init__(self, reader: Reader, account: str) -> None:
        self._reader = reader
        self._account = account
        self._waiting: list[QuarantinedRecord] = []

    def add(self, part: Slice, records: Iterable[QuarantinedRecord]) -> None:
        """Put the stored rows of malformed items beside the new rows of their parents.

        Args:
            part: About to be loaded. A parent is replaced when its marker is in there; until then
                its items wait for a later slice.
            records: What could not be read since the last slice. An item without a readable key
                cannot be told from others and is not kept.
        """
        self._waiting += [r for r in records if RESOURCES[r.resource].replaced_whole]
        replaced = {name: _replaced(name, part) for name in {r.resource for r in self._waiting}}
        due = [r for r in self._waiting if _parent(r) in replaced[r.resource]]
        self._waiting = [r for r in self._waiting if _parent(r) not in replaced[r.resource]]
        for record in due:
            rows = self._stored(RESOURCES[record.resource], record.record_id)
            if rows:
                part.add(record.resource, to_table(resource_schema(record.resource), rows))

    def _stored(self, resource: Resource, record_id: str) -> list[Values]:
        key = record_id.split(":", len(resource.key) - 1)
        if len(key) != len(resource.key):
            return []
        columns = ", ".join(column.name for column in resource.columns)
        wanted = " and ".join(f"cast({name} as varchar) = %s" for name in resource.key)
        rows = self._reader.rows(
            f"select {columns} from {resource.name} where account = %s and {wanted}",
            self._account,
            *key,
        )
        return [_as_loaded(resource, row) for row in rows[:1]]


def _parent(record: QuarantinedRecord) -> str:
    return record.record_id.split(":", 1)[0]


def _replaced(name: str, part: Slice) -> set[str]:
    if name not in part.tables:
        return set()
    table = pa.concat_tables(part.tables[name])
    markers = table.filter(table["_is_marker"])
    return set(markers[str(RESOURCES[name].parent_key)].to_pylist())


def _as_loaded(resource: Resource, row: Values) -> Values:
    """Give a stored row as it was loaded: drivers parse JSON, or leave it as text."""
    return tuple(
        to_json(value)
        if column.type == "json" and value is not None and not isinstance(value, str)
        else value
        for column, value in zip(resource.columns, row, strict=True)
    )
