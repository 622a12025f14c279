"""Makes a warehouse larger: more accounts with the same rows.

Every key of every table begins with the account, so twelve accounts are twelve times the rows of one
to every join, window and test; reading two million activities through the API would take longer than
all other benchmarks together.
"""

from __future__ import annotations

from typing import Any


def copy_accounts(database: str, schema: str, copies: int) -> dict[str, Any]:
    """Add accounts ``acme-2``, ``acme-3``, ... until there are so many in all."""
    import duckdb

    with duckdb.connect(database) as connection:
        tables = connection.execute(
            "select table_name from information_schema.columns "
            "where table_schema = ? and column_name = 'account'",
            [schema],
        ).fetchall()
        for (name,) in tables:
            connection.execute(
                f"insert into {schema}.\"{name}\" select t.* replace (t.account || '-' || n "
                f'as account) from {schema}."{name}" as t, range(2, {copies + 1}) as r(n) '
                "where t.account = 'acme'"
            )
        counted = {
            name: (connection.execute(f"select count(*) from {schema}.{name}").fetchone() or (0,))[
                0
            ]
            for name in ("candidates", "candidate_activities", "job_activities")
        }
    return counted
