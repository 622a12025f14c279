"""Reads stored rows with the types that Arrow tables have, on every warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workable_elt.settings import RawColumn, Resource
from workable_elt.warehouse.erasure.references import Ids, mentions
from workable_elt.warehouse.erasure.subjects import SUBJECTS, chunks, places
from workable_elt.warehouse.sql import Reader

Stored = dict[str, Any]
"""One row by column; JSON as text."""
Key = tuple[str, ...]
Packages = Mapping[str, Sequence[str]]
"""Load ids by raw table."""

# Up to here the database looks for the ids itself; more of them are looked for in the texts.
_FEW_IDS = 40
_KEYS_AT_ONCE = 200


class StoredRows:
    """The raw rows of one account.

    Args:
        reader: The warehouse.
        account: Label of the account.
        but: Packages whose rows are left out.
    """

    def __init__(self, reader: Reader, account: str, but: Packages | None = None) -> None:
        self._reader = reader
        self._account = account
        self._but = but or {}

    def about(self, resource: Resource, ids: Sequence[str]) -> Iterator[Stored]:
        """Yield the rows that are about people of the table's kind."""
        expression = SUBJECTS[resource.name].expression
        for chunk in chunks(ids):
            yield from self._where(resource, f"{expression} in ({places(chunk)})", chunk)

    def of_parents(self, resource: Resource, parents: Sequence[str]) -> Iterator[Stored]:
        """Yield all rows of parent records."""
        for chunk in chunks(parents):
            yield from self._where(resource, f"{resource.parent_key} in ({places(chunk)})", chunk)

    def naming(self, resource: Resource, ids: Ids) -> Iterator[Stored]:
        """Yield the rows whose JSON has one of these ids somewhere, be they about whom they may."""
        found = list(self._keys_naming(resource, ids))
        for start in range(0, len(found), _KEYS_AT_ONCE):
            some = found[start : start + _KEYS_AT_ONCE]
            row = f"({places(resource.key)})"
            condition = f"({_names(resource.key)}) in ({', '.join([row] * len(some))})"
            yield from self._where(resource, condition, [part for one in some for part in one])

    def _keys_naming(self, resource: Resource, ids: Ids) -> Iterator[Key]:
        json_columns = [column for column in resource.columns if column.type == "json"]
        text = f"concat_ws(' ', {', '.join(map(_selected, json_columns))})"
        wanted = [one for of_kind in ids.values() for one in of_kind]
        searched: list[str] = wanted if len(wanted) <= _FEW_IDS else []
        conditions = " or ".join(["strpos(t.words, %s) > 0"] * len(searched)) or "1 = 1"
        own, of_account = self._own(resource)
        rows = self._reader.batches(
            f"select {_names(resource.key)}, t.words "
            f"from (select *, {text} as words from {resource.name} where {own}) t "
            f"where t.words <> '' and ({conditions})",
            *of_account,
            *searched,
        )
        for batch in rows:
            yield from (tuple(key) for *key, words in batch if mentions(words, ids))

    def _where(self, resource: Resource, condition: str, params: Sequence[Any]) -> Iterator[Stored]:
        names = [column.name for column in resource.columns]
        selected = ", ".join(_selected(column) for column in resource.columns)
        own, of_account = self._own(resource)
        rows = self._reader.rows(
            f"select {selected} from {resource.name} where {own} and {condition}",
            *of_account,
            *params,
        )
        for row in rows:
            yield dict(zip(names, row, strict=True))

    def _own(self, resource: Resource) -> tuple[str, list[Any]]:
        left_out = self._but.get(resource.name, ())
        but = f" and _dlt_load_id not in ({places(left_out)})" if left_out else ""
        return f"account = %s{but}", [self._account, *left_out]


def _selected(column: RawColumn) -> str:
    # psycopg2 would give JSON as objects, and lose what a number looked like.
    return f'cast("{column.name}" as varchar)' if column.type == "json" else f'"{column.name}"'


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
