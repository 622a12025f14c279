"""A Postgres server, asked in plain SQL beside dlt, over a connection of its own."""

from __future__ import annotations

import contextlib
import threading
from typing import Any

import psycopg2
from psycopg2 import sql

_CONNECT_SECONDS = 10
# A statement on a table of a few rows; whoever waits longer for it learns that something is wrong.
_STATEMENT_SECONDS = 30

_LEASES = """
create table if not exists {table} (
    lease varchar not null,
    owner varchar,
    acquired_at timestamp (6) without time zone,
    heartbeat_at timestamp (6) without time zone,
    expires_at timestamp (6) without time zone,
    _dlt_load_id varchar (64)
)
"""


class Server:
    """One connection, shared by threads, and made again when it was lost.

    Args:
        dsn: As libpq takes it.
        dataset: Schema of the raw tables.
    """

    failures: tuple[type[Exception], ...] = (psycopg2.Error,)

    def __init__(self, dsn: str, dataset: str) -> None:
        self._dsn = dsn
        self._dataset = dataset
        self._connection: Any = None
        self._one_at_a_time = threading.Lock()

    def table(self, name: str) -> str:
        """Give the quoted name of a table, schema included."""
        return f'"{self._dataset}"."{name}"'

    def rows(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        """Execute one statement and commit it; a lost connection is made again, once.

        Every statement must bear being executed twice, since an answer may be lost on its way.

        Raises:
            psycopg2.Error: The server cannot be reached, or refuses.
        """
        with self._one_at_a_time:
            fresh = self._connection is None
            try:
                return self._execute(statement, params)
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                self._forget()
                if fresh:
                    raise
            return self._execute(statement, params)

    def prepare_leases(self) -> None:
        """Make the table of leases, which must be there before anything else is.

        Two processes may do so at the same moment. Nothing is asked of the server that needs
        rights where everything exists.
        """
        if self.rows(
            "select 1 from pg_indexes where schemaname = %s and indexname = %s",
            self._dataset,
            "_leases_lease",
        ):
            return
        with self._one_at_a_time, self._transaction() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", (self.table("_leases"),))
            cursor.execute("select 1 from pg_namespace where nspname = %s", (self._dataset,))
            if cursor.fetchone() is None:
                schema = sql.Identifier(self._dataset)
                cursor.execute(sql.SQL("create schema {}").format(schema))
            cursor.execute(_LEASES.format(table=self.table("_leases")))
            # A table that dlt made has no key of its own.
            cursor.execute(
                f"create unique index if not exists _leases_lease on {self.table('_leases')} (lease)"
            )

    def close(self) -> None:
        """Close the connection."""
        with self._one_at_a_time:
            self._forget()

    def _execute(self, statement: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._connected().cursor() as cursor:
            cursor.execute(statement, params)
            return [] if cursor.description is None else cursor.fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Any:
        connection = self._connected()
        connection.autocommit = False
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.autocommit = True

    def _connected(self) -> Any:
        if self._connection is None:
            connection = psycopg2.connect(self._dsn, connect_timeout=_CONNECT_SECONDS)
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"set statement_timeout = '{_STATEMENT_SECONDS}s'")
            self._connection = connection
        return self._connection

    def _forget(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(psycopg2.Error):
                self._connection.close()
            self._connection = None
