"""The declared columns as dlt hints, and the dlt schema of the whole raw dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import dlt
from dlt.common.normalizers.typing import TNormalizersConfig
from dlt.common.schema.typing import (
    TColumnSchema,
    TDeleteInsertStrategyDict,
    TFileFormat,
    TTableSchema,
)
from dlt.common.schema.utils import new_table

from workable_elt.settings import RESOURCES, SCHEMA_NAME, RawColumn, Resource
from workable_elt.sources.describe import describe

# The default strategy of dlt, named because it must not change: it takes the newest of several
# rows with one key (dedup_sort), where `upsert` fails on them.
WRITE_DISPOSITION: TDeleteInsertStrategyDict = {
    "disposition": "merge",
    "strategy": "delete-insert",
}

# Rows are Arrow tables, which are parquet files as they are. On Postgres it also decides that a
# JSON column is `json`, for COPY cannot fill `jsonb`; so it must not change after the first load.
FILE_FORMAT: TFileFormat = "parquet"


class TableSpec(Protocol):
    """What the schema needs to know of a table that is no resource."""

    @property
    def name(self) -> str:
        """The table."""

    @property
    def key(self) -> tuple[str, ...]:
        """Its whole primary key."""

    @property
    def columns(self) -> tuple[RawColumn, ...]:
        """Its columns."""

    @property
    def description(self) -> str:
        """What it holds, and its grain."""


# Rows come as Arrow tables, which have no nested ones that would need the key of their parent. What
# dlt notes for those, table by table, it would check again dozens of times a package.
_NORMALIZERS: TNormalizersConfig = {
    "json": {
        "module": "dlt.common.normalizers.json.relational",
        "config": {"root_key_propagation": False},
    }
}


def declared_schema(service_tables: Iterable[TableSpec] = ()) -> dlt.Schema:
    """Return the dlt schema with every raw table, all columns declared.

    Args:
        service_tables: further tables for the same dataset.
    """
    schema = dlt.Schema(SCHEMA_NAME, normalizers=_NORMALIZERS)
    for resource in RESOURCES.values():
        schema.update_table(resource_table(resource))
    for table in service_tables:
        schema.update_table(service_table(table))
    return schema


def resource_table(resource: Resource) -> TTableSchema:
    """Return the dlt table of a resource, with keys and merge hints."""
    return _table(resource.name, column_hints(resource), describe(resource))


def service_table(table: TableSpec) -> TTableSchema:
    """Return the dlt table of a service table, merged on its key."""
    columns = _column_hints(table.columns, primary_key=table.key)
    return _table(table.name, columns, table.description)


def merge_key(resource: Resource) -> tuple[str, ...]:
    """Return the columns by which one reading replaces what is stored of its parent.

    Such a table has no primary key for dlt: dlt would delete by "this key or that key", which
    no database can do with a hash join, and a reading holds each item once anyway.
    """
    if not resource.replaced_whole or resource.parent_key is None:
        return ()
    return ("account", resource.parent_key)


def column_hints(resource: Resource) -> list[TColumnSchema]:
    """Return the dlt hints of a resource's columns, keys and ``_dlt_load_id`` included."""
    merged = merge_key(resource)
    return _column_hints(
        resource.columns,
        primary_key=() if merged else resource.primary_key,
        merge_key=merged,
    )


def _column_hints(
    columns: Sequence[RawColumn], *, primary_key: Sequence[str] = (), merge_key: Sequence[str] = ()
) -> list[TColumnSchema]:
    hints = [_hint(column, primary_key, merge_key) for column in columns]
    load_id: TColumnSchema = {
        "name": "_dlt_load_id",
        "data_type": "text",
        "nullable": True,
        # As dlt itself declares it; else the first load would change the schema.
        "precision": 64,
        "description": "Load identifier linking this row to its load operation",
    }
    return [*hints, load_id]


def _hint(column: RawColumn, primary_key: Sequence[str], merge_key: Sequence[str]) -> TColumnSchema:
    hint: dict[str, Any] = {
        "name": column.name,
        "data_type": column.type,
        "nullable": column.nullable,
        "description": column.description,
        **_TYPE_HINTS.get(column.type, {}),
    }
    if column.name in primary_key:
        hint["primary_key"] = True
    if column.name in merge_key:
        hint["merge_key"] = True
    if column.name == "_read_seq" and primary_key:
        hint["dedup_sort"] = "desc"
    if column.name == "_is_marker":
        hint["hard_delete"] = True
    if column.personal:
        hint["x-personal-data"] = True
    return hint  # type: ignore[return-value]


_TYPE_HINTS: dict[str, dict[str, Any]] = {
    "decimal": {"precision": 38, "scale": 9},
    "timestamp": {"timezone": False, "precision": 6},
}


def _table(name: str, columns: list[TColumnSchema], description: str) -> TTableSchema:
    table = new_table(
        name,
        write_disposition="merge",
        columns=columns,
        resource=name,
        file_format=FILE_FORMAT,
    )
    table["description"] = description
    table["x-merge-strategy"] = "delete-insert"  # type: ignore[typeddict-unknown-key]
    return table
