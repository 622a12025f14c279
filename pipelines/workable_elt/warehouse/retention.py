"""How long the service tables remember: what no later run needs does not grow for ever.

Kept whatever its age: every tombstone, every visit, what is still in quarantine, the newest runs,
and the readings that watermarks and decisions rest on. dlt's own list of packages keeps those that
any service row refers to, since such a row counts only while its package is in that list.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from workable_elt.settings import SCHEMA_NAME
from workable_elt.warehouse.sql import Client

KEPT_FOR = timedelta(days=400)
"""A little more than a year, so that a month can be compared with the same one a year ago."""

KEPT_RUNS = 100
"""So many of the newest runs of an account stay, however old they are."""

# Tables whose rows count only while their package is in dlt's list.
_REFERRING = ("_syncs", "_visits", "_tombstones", "_quarantine")

_NEEDED_RUNS = """
    select run_id from (
        select
            run_id,
            row_number() over (partition by resource, complete, mode, reconciled
                               order by _dlt_load_id desc) as place
        from _syncs where account = %s
    ) newest_of_each_kind
    where place = 1
    union
    select run_id from (
        select run_id from _syncs where account = %s
        group by run_id order by max(_dlt_load_id) desc limit %s
    ) newest_runs"""


def forget_old(
    client: Client,
    account: str,
    now: datetime,
    *,
    kept_for: timedelta = KEPT_FOR,
    kept_runs: int = KEPT_RUNS,
) -> int:
    """Delete what is older than is kept, in one transaction.

    Args:
        client: Opened on the raw dataset; nobody else writes meanwhile.
        account: Label of the account whose rows are looked through.
        now: Our clock, UTC, aware: packages are named by it.
        kept_for: How long rows stay.
        kept_runs: How many of the newest runs stay whatever their age.

    Returns:
        How many rows went.
    """
    # dlt names a package by the seconds since 1970 at which it began.
    oldest = f"{(now - kept_for).timestamp():.6f}"
    if not _any(client, "_dlt_loads where load_id < %s", oldest):
        return 0
    own = "account = %s and _dlt_load_id < %s"
    needed = f"run_id not in ({_NEEDED_RUNS})"
    referred = " union ".join(f"select _dlt_load_id from {table}" for table in _REFERRING)
    with client.begin_transaction():
        gone = _delete(client, f"_requests where {own}", account, oldest)
        gone += _delete(
            client, f"_quarantine where {own} and resolved_at is not null", account, oldest
        )
        gone += _delete(
            client, f"_syncs where {own} and {needed}", account, oldest, account, account, kept_runs
        )
        # Last, since what went above refers to no package any more.
        return gone + _delete(
            client,
            f"_dlt_loads where load_id < %s and schema_name = %s and load_id not in ({referred})",
            oldest,
            SCHEMA_NAME,
        )


def _any(client: Client, what: str, *params: Any) -> bool:
    return bool(client.execute_sql(f"select 1 from {what} limit 1", *params))


def _delete(client: Client, what: str, *params: Any) -> int:
    found = client.execute_sql(f"select count(*) from {what}", *params)
    count = int(found[0][0]) if found else 0
    if count:
        client.execute_sql(f"delete from {what}", *params)
    return count
