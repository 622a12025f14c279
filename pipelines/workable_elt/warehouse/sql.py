"""Reads the warehouse with SQL that DuckDB and Postgres both understand."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import dlt
from dlt.destinations.sql_client import SqlClientBase

from workable_elt.settings import SCHEMA_NAME
from workable_elt.warehouse.memory import is_out_of_memory, lift_limit

Row = tuple[Any, ...]
Client = SqlClientBase[Any]
OpenClient = Callable[[], contextlib.AbstractContextManager[Client]]


def entered(client: Client) -> contextlib.AbstractContextManager[Client]:
    """Give a client as what connects for the time of a ``with``."""
    # dlt declares its __exit__ with arguments that are never None, which they are.
    return cast(contextlib.AbstractContextManager[Client], client)


class Reader:
    """Queries on the raw dataset.

    Table names need no dataset: dlt's client has it as its search path. Parameters are ``%s``;
    a percent sign in the text itself is not allowed.

    Args:
        open_client: Opens dlt's client of the dataset.
    """

    def __init__(self, open_client: OpenClient) -> None:
        self._open = open_client

    @classmethod
    def of_pipeline(cls, pipeline: dlt.Pipeline) -> Reader:
        """Read what a pipeline writes."""
        # One client for all queries: making one resolves dlt's whole configuration, which takes
        # longer than most queries. It connects for each of them.
        client = pipeline.sql_client(SCHEMA_NAME)
        return cls(lambda: entered(client))

    def rows(self, sql: str, *params: Any) -> list[Row]:
        """Give all rows of a query.

        Args:
            sql: One statement.
            params: Values for its ``%s``; timestamps UTC without zone.
        """
        with self._open() as client:
            try:
                return _all_rows(client, sql, params)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                lift_limit(client)
                return _all_rows(client, sql, params)

    def batches(self, sql: str, *params: Any, size: int = 20_000) -> Iterator[Sequence[Row]]:
        """Yield the rows of a large query in batches."""
        with self._open() as client, client.execute_query(sql, *params) as cursor:
            while rows := cursor.fetchmany(size):
                yield rows

    def value(self, sql: str, *params: Any) -> Any:
        """Give the single value of a query; None where there is no row."""
        rows = self.rows(sql, *params)
        return rows[0][0] if rows else None

    def has_tables(self) -> bool:
        """Whether anything was ever loaded."""
        with self._open() as client:
            return bool(client.has_dataset())


def _all_rows(client: Client, sql: str, params: Sequence[Any]) -> list[Row]:
    with client.execute_query(sql, *params) as cursor:
        return [tuple(row) for row in cursor.fetchall()]
