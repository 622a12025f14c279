"""Finds the records that the warehouse refuses, by loading ever smaller parts of a slice.

What the wire layer lets through, no warehouse should refuse. Should one do so all the same, the
record goes to the quarantine and everything else is loaded, instead of every later run failing at
the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from workable_elt.api.text import clean
from workable_elt.exits import WarehouseError
from workable_elt.settings import RESOURCES
from workable_elt.warehouse.failures import RefusedValueError
from workable_elt.warehouse.slices import Tables

MOST_FAILURES = 200
"""Packages that may fail while one slice is split; a single culprit of 20,000 rows takes 16."""

_UNREADABLE = "(not readable)"


@dataclass(frozen=True)
class Refused:
    """A record that the warehouse did not take.

    Attributes:
        resource: The raw table.
        record_id: Its key without the account, parts joined by ``:``.
        payload: Its row, column policy applied, without bookkeeping and nulls.
        reason: Which kind of refusal, and the column where the warehouse told; no values.
    """

    resource: str
    record_id: str
    payload: dict[str, Any]
    reason: str


class Splitter:
    """Loads a slice that was refused, except for its culprits.

    Parts that are good are committed on the way, so nothing may say yet that the slice was read.

    Args:
        send: Loads tables as one package; raises RefusedValueError when a value is refused.
        most_failures: How many packages may fail.
    """

    def __init__(
        self, send: Callable[[Tables], None], *, most_failures: int = MOST_FAILURES
    ) -> None:
        self._send = send
        self._left = most_failures
        self._refused: list[Refused] = []

    def load(self, tables: Tables) -> list[Refused]:
        """Load raw tables; return the records that were left out.

        Raises:
            WarehouseError: Too many records are refused to find them all, or the warehouse failed
                for another reason.
        """
        for name, parts in tables.items():
            table = pa.concat_tables(parts).combine_chunks()
            self._halve(name, table, _units(name, table))
        return self._refused

    def _halve(self, name: str, table: pa.Table, units: Sequence[Sequence[int]]) -> None:
        error = self._try(name, table, [row for unit in units for row in unit])
        if error is None:
            return
        if len(units) > 1:
            middle = len(units) // 2
            self._halve(name, table, units[:middle])
            self._halve(name, table, units[middle:])
        elif len(units[0]) == 1:
            self._refuse(name, table, units[0][0], error)
        else:
            self._leave_out_items(name, table, units[0])

    def _leave_out_items(self, name: str, table: pa.Table, unit: Sequence[int]) -> None:
        """Load a parent's rows without the refused ones: a later package replaces them all."""
        markers = [row for row in unit if table["_is_marker"][row].as_py()]
        items = [row for row in unit if row not in markers]
        culprits = self._culprits(name, table, markers, items)
        good = [row for row in items if row not in culprits]
        error = self._try(name, table, [*markers, *good])
        if error is not None:
            # Not an item but what all of them share.
            self._refuse(name, table, markers[0], error)
            return
        for row, why in culprits.items():
            self._refuse(name, table, row, why)

    def _culprits(
        self, name: str, table: pa.Table, markers: Sequence[int], items: Sequence[int]
    ) -> dict[int, RefusedValueError]:
        error = self._try(name, table, [*markers, *items]) if items else None
        if error is None:
            return {}
        if len(items) == 1:
            return {items[0]: error}
        middle = len(items) // 2
        return {
            **self._culprits(name, table, markers, items[:middle]),
            **self._culprits(name, table, markers, items[middle:]),
        }

    def _try(self, name: str, table: pa.Table, rows: Sequence[int]) -> RefusedValueError | None:
        try:
            self._send({name: [table.take(pa.array(rows, pa.int64()))]})
        except RefusedValueError as error:
            self._left -= 1
            if self._left <= 0:
                raise WarehouseError(
                    f"The warehouse refuses values of too many records of {name} ({error.reason}).",
                    "Nothing of them is marked as read. This is a fault of the connector: "
                    "please report it with this message.",
                ) from error
            return error
        return None

    def _refuse(self, name: str, table: pa.Table, row: int, error: RefusedValueError) -> None:
        values = {
            column: _plain(table[column], row)
            for column in table.column_names
            if not column.startswith("_")
        }
        key = [values.pop(column) for column in RESOURCES[name].key]
        shown = dict(zip(RESOURCES[name].key, key, strict=True)) | values
        del shown["account"]
        column = next((c for c in error.columns if c in table.column_names), None)
        where = f"{column}: " if column else ""
        self._refused.append(
            Refused(
                name,
                ":".join(str(part) for part in key if part is not None),
                {column: value for column, value in shown.items() if value is not None},
                f"{where}the warehouse refuses the value ({error.reason})",
            )
        )


def _units(name: str, table: pa.Table) -> list[list[int]]:
    """Group the rows that must stay in one package: one by one, or all of a parent."""
    resource = RESOURCES[name]
    if not resource.replaced_whole or resource.parent_key is None:
        return [[row] for row in range(table.num_rows)]
    by_parent: dict[Any, list[int]] = {}
    parents = pc.cast(table[resource.parent_key], pa.binary())
    for row, parent in enumerate(parents.to_pylist()):
        by_parent.setdefault(parent, []).append(row)
    return list(by_parent.values())


def _plain(column: pa.ChunkedArray, row: int) -> Any:
    """Give a value in a form that every warehouse takes as JSON."""
    value = column[row]
    try:
        if pa.types.is_string(column.type):
            raw = pc.cast(value, pa.binary()).as_py()
            return None if raw is None else clean(raw.decode(errors="replace"))
        known = value.as_py()
    except (ValueError, OverflowError):
        return _UNREADABLE
    return known if known is None or isinstance(known, (bool, int)) else str(known)
