"""What the sources are told to read in this run: watermarks, windows and known hashes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from workable_elt.config import AccountConfig
from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.work import Key, Work
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import SyncHistory

Mode = Literal["full", "window", "incremental"]

# Lists without a filter on changes, of which a run reads the recent part and a week the whole.
_WINDOWS = {
    "events": timedelta(days=30),
    "timeoff_requests": timedelta(days=90),
    "time_entries": timedelta(days=90),
}


@dataclass(frozen=True)
class Assignment:
    """What is to be read.

    Attributes:
        work: For the sources; parents come later, from the backlog.
        modes: How each list is read: ``full`` is everything that the configuration asks for.
    """

    work: Work
    modes: dict[str, Mode]


def assign(
    account: AccountConfig,
    names: Iterable[str],
    history: SyncHistory,
    reader: Reader,
    now: datetime,
    *,
    full: bool = False,
    reconcile: bool = False,
    since: datetime | None = None,
) -> Assignment:
    """Say how much of each list is to be read.

    Args:
        account: Its start date holds for everything.
        names: The resources of this run.
        history: Earlier complete readings.
        reader: The warehouse, asked for the hashes of what is stored.
        now: Server's clock, UTC, naive.
        full: Read everything as if it were the first time, and write it again.
        reconcile: Read every list whole, and write what has changed.
        since: Where to begin at the latest, whatever the watermarks say; UTC, naive.
    """
    work = Work(follow_lists=False, read_before=frozenset(history.newest))
    modes: dict[str, Mode] = {}
    for resource in (RESOURCES[name] for name in names):
        if resource.reading != "list":
            continue
        modes[resource.name] = "full"
        whole = full or reconcile or sweep_is_due(resource.name, history, now, account)
        if resource.has_updated_after:
            watermark = None if whole else history.watermark(resource.name)
            if watermark is not None:
                modes[resource.name] = "incremental"
                work.updated_after[resource.name] = min(watermark, since or watermark)
            elif account.start_date is not None:
                work.updated_after[resource.name] = datetime.combine(account.start_date, time.min)
        elif resource.name in _WINDOWS:
            if not whole:
                first_day = _first_day(resource.name, now, since)
                modes[resource.name] = "window"
                work.from_date[resource.name] = max(first_day, account.start_date or first_day)
            elif account.start_date is not None:
                work.from_date[resource.name] = account.start_date
        if not full:
            work.known[resource.name] = _known(reader, account.account, resource, work)
    return Assignment(work, modes)


def sweep_is_due(
    resource: str, history: SyncHistory, now: datetime, account: AccountConfig
) -> bool:
    """Whether a list that is otherwise read in part is to be read whole, to find what vanished.

    Only a whole reading that was settled postpones the next one: what a list lacked when a run was
    stopped, or where deletes are held back, is decided by the next run.
    """
    whole = history.newest_whole.get(resource)
    if whole is None or whole != history.reconciled.get(resource):
        return True
    return whole.began_at <= now - timedelta(days=account.reconcile_every)


def _first_day(resource: str, now: datetime, since: datetime | None) -> date:
    first = now - _WINDOWS[resource]
    return min(first, since or first).date()


def _known(reader: Reader, account: str, resource: Resource, work: Work) -> dict[Key, str]:
    """Give the hashes of the live rows: what comes back is written whatever its hash."""
    columns = ", ".join(f"r.{name}" for name in resource.key)
    query = (
        f"select {columns}, r._content_hash from {resource.name} r left join _tombstones t "
        "on t.account = r.account and t.resource = %s and t.resolved_at is null "
        f"and t.record_id = r.{resource.key[0]} where r.account = %s and t.record_id is null"
    )
    params: list[object] = [resource.name, account]
    since = work.updated_after.get(resource.name)
    if since is not None:
        query += " and r.updated_at >= %s"
        params.append(since)
    known: dict[Key, str] = {}
    for rows in reader.batches(query, *params):
        known.update({tuple(row[:-1]): row[-1] for row in rows})
    return known
