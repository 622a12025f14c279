"""Reads the warehouse with SQL that DuckDB and Postgres both understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import dlt

from workable_elt.settings import SCHEMA_NAME

Row = tuple[Any, ...]


class Reader:
    """Queries on the raw dataset.

    Table names need no dataset: dlt's client has it as its search path. Parameters are ``%s``;
    a percent sign in the text itself is not allowed.
    """

    def __init__(self, pipeline: dlt.Pipeline) -> None:
        self._pipeline = pipeline

    def rows(self, sql: str, *params: Any) -> list[Row]:
        """Give all rows of a query.

        Args:
            sql: One statement.
            params: Values for its ``%s``; timestamps UTC without zone.
        """
        with (
            self._pipeline.sql_client(SCHEMA_NAME) as client,
            client.execute_query(sql, *params) as cursor,
        ):
            return [tuple(row) for row in cursor.fetchall()]

    def batches(self, sql: str, *params: Any, size: int = 20_000) -> Iterator[Sequence[Row]]:
        """Yield the rows of a large query in batches."""
        with (
            self._pipeline.sql_client(SCHEMA_NAME) as client,
            client.execute_query(sql, *params) as cursor,
        ):
            while rows := cursor.fetchmany(size):
                yield rows

    def value(self, sql: str, *params: Any) -> Any:
        """Give the single value of a query; None where there is no row."""
        rows = self.rows(sql, *params)
        return rows[0][0] if rows else None

    def is_prepared(self) -> bool:
        """Whether the dataset exists."""
        with self._pipeline.sql_client(SCHEMA_NAME) as client:
            return bool(client.has_dataset())
