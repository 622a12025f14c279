"""Rows to Arrow tables with exactly the declared columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pyarrow as pa

from workable_elt.settings import RESOURCES, RawColumn
from workable_elt.sources.records import Values

_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "bool": pa.bool_(),
    "bigint": pa.int64(),
    "decimal": pa.decimal128(38, 9),
    "timestamp": pa.timestamp("us"),
    "json": pa.string(),
}


def schema_of(columns: Sequence[RawColumn]) -> pa.Schema:
    """Return the Arrow schema of declared columns: timestamps without zone, JSON as text."""
    return pa.schema(
        [pa.field(column.name, _TYPES[column.type], column.nullable) for column in columns]
    )


@cache
def resource_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of a raw table."""
    return schema_of(RESOURCES[name].columns)


def to_table(schema: pa.Schema, rows: Sequence[Values]) -> pa.Table:
    """Make a table of rows whose values stand in the order of the schema.

    Raises:
        ValueError: there are no rows. An empty file would fail a load on Postgres for ever.
    """
    if not rows:
        raise ValueError("a table needs at least one row")
    columns = zip(*rows, strict=True)
    arrays = [
        pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
