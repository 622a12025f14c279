"""How much memory DuckDB may take while a load has its file open.

Left alone it takes up to four fifths of the machine's, and keeps what it has touched: a load grew with
the table that it loads into. A slice is 48 MB of rows, for whose merge this is plenty.
"""

from __future__ import annotations

import os
from typing import Any

from dlt.destinations.impl.duckdb.sql_client import DuckDbSqlClient
from dlt.destinations.sql_client import SqlClientBase

from workable_elt.warehouse.failures import causes

_KEY = "memory_limit"
_MEGABYTES, _MEGABYTES_PER_THREAD = 64, 32


def modest(chosen: dict[str, Any] | None) -> dict[str, Any]:
    """Give DuckDB's global settings with a limit, unless the user has chosen one.

    Args:
        chosen: The user's, ``destination.duckdb.credentials.global_config``.
    """
    threads = os.cpu_count() or 1
    return {_KEY: f"{_MEGABYTES + _MEGABYTES_PER_THREAD * threads}MB", **(chosen or {})}


def is_out_of_memory(error: BaseException) -> bool:
    """Whether DuckDB needed more than it may take."""
    return any(type(cause).__name__ == "OutOfMemoryException" for cause in causes(error))


def lift_limit(client: SqlClientBase[Any]) -> None:
    """Let DuckDB take as much as it does by itself until its file is closed; a user's limit stays."""
    assert isinstance(client, DuckDbSqlClient), "no other warehouse runs out of this memory"
    chosen = client.credentials.global_config or {}
    if chosen.get(_KEY) == modest(None)[_KEY]:
        client.execute_sql(f"RESET {_KEY}")
