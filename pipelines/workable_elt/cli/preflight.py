"""Looks whether there is anything to build from, before dbt is started for nothing.

dbt would create an empty database file, or fail at every single model.
"""

from __future__ import annotations

from pathlib import Path

from workable_elt.exits import UserError, WarehouseError
from workable_elt.settings import RAW_DATASET
from workable_elt.transform import Target, postgres_environment
from workable_elt.warehouse.lock import opened

_WAIT_SECONDS = 30.0
_RAW_SCHEMA = "select 1 from information_schema.schemata where schema_name = '{schema}'"


def require_raw_tables(target: Target) -> None:
    """Make sure that the warehouse can be reached and that something was loaded into it.

    Raises:
        UserError: nothing was loaded, the file is no database, somebody else has it open, or the
            server cannot be reached.
    """
    if target.destination == "duckdb":
        found = _in_duckdb(Path(target.credentials))
    else:
        found = _in_postgres(target.credentials)
    if not found:
        raise UserError(
            "nothing_loaded",
            "There are no raw tables in the warehouse yet, so there is nothing to build from.",
            "Run `workable-elt load` first, or `workable-elt run`, which does both.",
        )


def _in_duckdb(file: Path) -> bool:
    if not file.exists():
        return False
    with opened(file, _WAIT_SECONDS, read_only=True) as connection:
        query = _RAW_SCHEMA.format(schema=RAW_DATASET)
        return connection.execute(query).fetchone() is not None


def _in_postgres(url: str) -> bool:
    import psycopg2

    parts = postgres_environment(url)
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
            cursor.execute(_RAW_SCHEMA.format(schema=RAW_DATASET))
            return cursor.fetchone() is not None
    finally:
        connection.close()
