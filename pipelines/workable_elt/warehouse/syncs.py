"""What is known of earlier readings, and the rows that record this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from workable_elt.warehouse.slices import ServiceRow
from workable_elt.warehouse.sql import Reader

OVERLAP = timedelta(minutes=10)
"""A watermark is set back by this: clocks differ, and the API's filter may be exclusive."""

COMMITTED = "select load_id from _dlt_loads where status = 0"
"""A package is not one transaction; what it wrote counts once this row is there, written last."""


@dataclass(frozen=True)
class Sync:
    """A complete reading of a resource.

    Attributes:
        began_at: When the listing began, server's clock, UTC, naive.
        completed_at: When it ended.
        mode: full, window or incremental.
        viewpoint: Whose eyes it was read with.
        watermark: Where the next incremental reading begins.
    """

    began_at: datetime
    completed_at: datetime
    mode: str
    viewpoint: str | None
    watermark: datetime | None


@dataclass(frozen=True)
class SyncHistory:
    """The newest committed readings of one account.

    Attributes:
        newest: The newest complete reading of each resource.
        newest_whole: The newest that saw the whole list.
        reconciled: The newest that saw the whole list and after which it was decided what had
            vanished from it.
    """

    newest: dict[str, Sync]
    newest_whole: dict[str, Sync]
    reconciled: dict[str, Sync] = field(default_factory=dict)

    def watermark(self, resource: str) -> datetime | None:
        """Give where an incremental reading begins; None where there was no complete one."""
        sync = self.newest.get(resource)
        return sync.watermark if sync else None


def read_history(reader: Reader, account: str) -> SyncHistory:
    """Read the history of an account from the warehouse."""
    newest: dict[str, Sync] = {}
    whole: dict[str, Sync] = {}
    reconciled: dict[str, Sync] = {}
    for resource, is_reconciled, *values in reader.rows(
        "select resource, reconciled, began_at, completed_at, mode, viewpoint, watermark from _syncs "
        f"where account = %s and complete and _dlt_load_id in ({COMMITTED}) "
        "order by began_at, completed_at",
        account,
    ):
        sync = Sync(*values)
        newest[resource] = sync
        if sync.mode == "full":
            whole[resource] = sync
            if is_reconciled:
                reconciled[resource] = sync
    return SyncHistory(newest, whole, reconciled)


def last_complete_run(
    reader: Reader, account: str, lists: Iterable[str]
) -> tuple[datetime, datetime] | None:
    """Find the newest run that read all lists of an account to their end.

    Args:
        reader: The warehouse.
        account: Label of the account.
        lists: Names of its enabled lists; those that were never read, for want of a scope, have
            no row and do not count.

    Returns:
        When its first listing began and its last one ended (server's clock, UTC, naive); None
        where there is no such run.
    """
    wanted = set(lists)
    runs: dict[str, dict[str, tuple[datetime, datetime]]] = {}
    for run_id, resource, began_at, completed_at in reader.rows(
        "select run_id, resource, began_at, completed_at from _syncs "
        f"where account = %s and complete and _dlt_load_id in ({COMMITTED})",
        account,
    ):
        if resource in wanted:
            runs.setdefault(run_id, {})[resource] = (began_at, completed_at)
    known = {resource for read in runs.values() for resource in read}
    complete = [read.values() for read in runs.values() if known <= set(read)]
    spans = [(min(a for a, _ in times), max(b for _, b in times)) for times in complete if times]
    return max(spans, key=lambda span: span[1], default=None)


def estimated_server_time(reader: Reader, account: str, ours: datetime) -> datetime:
    """Give the server's clock without asking it: ours, moved by the last known difference.

    Args:
        reader: The warehouse.
        account: Label of the account.
        ours: Our clock, UTC, naive.
    """
    rows = reader.rows(
        "select s.completed_at, r.last_at from "
        "(select run_id, max(completed_at) as completed_at from _syncs where account = %s "
        "group by run_id) s join "
        "(select run_id, max(last_at) as last_at from _requests where account = %s "
        "group by run_id) r on r.run_id = s.run_id "
        "where s.completed_at is not null order by s.run_id desc limit 1",
        account,
        account,
    )
    if not rows:
        return ours
    theirs, sent_at = rows[0]
    difference: timedelta = theirs - sent_at
    # A package takes a while to load, so small differences say nothing about clocks.
    return ours + difference if abs(difference) > timedelta(minutes=2) else ours


def sync_row(
    account: str,
    resource: str,
    run_id: str,
    *,
    mode: str,
    viewpoint: str,
    began_at: datetime | None,
    completed_at: datetime | None,
    rows: int,
    requests: int,
    has_watermark: bool,
    status: str,
    error: str | None,
    reconciled: bool = False,
    held: int | None = None,
) -> ServiceRow:
    """Make the row of a resource in this run; a later one of the same run replaces it."""
    watermark = began_at - OVERLAP if has_watermark and began_at and completed_at else None
    return {
        "account": account,
        "resource": resource,
        "run_id": run_id,
        "mode": mode,
        "viewpoint": viewpoint,
        "began_at": began_at,
        "completed_at": completed_at,
        "complete": completed_at is not None,
        "rows": rows,
        "requests": requests,
        "watermark": watermark,
        "status": status,
        "error": error,
        "reconciled": reconciled,
        "held": held,
    }
