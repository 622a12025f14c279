"""Looks whether there is anything to build from, before dbt is started for nothing.

dbt would create an empty database file, or fail at every single model.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from workable_elt.exits import BusyError, UserError, WarehouseError
from workable_elt.transform.target import Target, postgres_environment

RAW_SCHEMA = "workable_raw"
"""The default of the dbt variable ``workable_raw_schema``."""

_QUERY = f"select 1 from information_schema.schemata where schema_name = '{RAW_SCHEMA}'"
_TRY_AGAIN_SECONDS = 0.5


def require_raw_tables(target: Target, *, wait_seconds: float = 30.0) -> None:
    """Make sure that the warehouse can be reached and that something was loaded into it.

    Args:
        target: the warehouse.
        wait_seconds: how long to wait for a database file that somebody else has open.

    Raises:
        UserError: nothing was loaded, the file is no database, somebody else has it open, or the
            server cannot be reached.
    """
    if target.destination == "duckdb":
        found = _in_duckdb(Path(target.credentials), wait_seconds)
    else:
        found = _in_postgres(target)
    if not found:
        raise UserError(
            "nothing_loaded",
            "There are no raw tables in the warehouse yet, so there is nothing to build from.",
            "Run `workable-elt load` first, or `workable-elt run`, which does both.",
        )


def _in_duckdb(file: Path, wait_seconds: float) -> bool:
    import duckdb

    if not file.exists():
        return False
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            # Not read-only: dbt will write, so a reader elsewhere is in its way, too.
            with duckdb.connect(str(file)) as connection:
                return connection.execute(_QUERY).fetchone() is not None
        except duckdb.Error as error:
            busy = busy_file(file, error)
            if busy is None:
                raise WarehouseError(
                    f"{file.name} cannot be opened as a DuckDB database.",
                    "Give another file in DESTINATION__DUCKDB__CREDENTIALS, or see whether this "
                    "one may be written; nothing in it was changed.",
                ) from error
            if time.monotonic() >= deadline:
                raise busy from None
        time.sleep(_TRY_AGAIN_SECONDS)


def busy_file(file: Path, error: BaseException) -> BusyError | None:
    """Give what to say when an error of DuckDB means that another process has the file open."""
    words = str(error)
    if "Could not set lock on file" not in words:
        return None
    process = re.search(r"PID (\d+)", words)
    who = f"process {process[1]}" if process else "another process"
    return BusyError(
        f"{file.name} is open in {who}.",
        "Close it there (a DuckDB file is open in one process at a time), or read a copy.",
    )


def _in_postgres(target: Target) -> bool:
    import psycopg2

    parts = postgres_environment(target.credentials)
    try:
        connection = psycopg2.connect(
            host=parts["WORKABLE_ELT_PG_HOST"],
            port=parts["WORKABLE_ELT_PG_PORT"],
            user=parts["WORKABLE_ELT_PG_USER"],
            password=parts["WORKABLE_ELT_PG_PASSWORD"],
            dbname=parts["WORKABLE_ELT_PG_DATABASE"],
            connect_timeout=10,
        )
    except psycopg2.OperationalError as error:
        words = " ".join(str(error).split())
        raise WarehouseError(
            f"The Postgres server cannot be reached: {words}",
            "Look at DESTINATION__POSTGRES__CREDENTIALS, and whether the server is running.",
        ) from error
    try:
        with connection.cursor() as cursor:
            cursor.execute(_QUERY)
            return cursor.fetchone() is not None
    finally:
        connection.close()
