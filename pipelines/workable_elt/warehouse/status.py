"""``status``: what the warehouse holds of each account, and how fresh it is. Asks Workable nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workable_elt.config import AccountConfig, Config
from workable_elt.exits import Status
from workable_elt.warehouse.backlog import Backlog, Tally
from workable_elt.warehouse.clock import utc_now
from workable_elt.warehouse.options import is_list
from workable_elt.warehouse.phases import BACKLOG_RESOURCES
from workable_elt.warehouse.pipeline import open_reader
from workable_elt.warehouse.run import database_name
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import (
    COMMITTED,
    estimated_server_time,
    last_complete_run,
    read_history,
)


@dataclass(frozen=True)
class ResourceState:
    """One raw table of one account.

    Attributes:
        name: The raw table.
        status: Of the newest reading; None where it was never read.
        error: Why that was not ok.
        completed_at: End of the newest complete reading, server's clock, UTC, naive.
        watermark: Where the next incremental reading begins; None for what is read whole.
        rows: Rows in the table.
        age_seconds: Since ``completed_at``.
        backlog: Records whose detail or children are to be read.
        quarantined: Records that could not be read.
        deleted: Records that Workable no longer has.
        not_listed: Records that its list lacks, though they answer when asked for by id.
        held: Deletes that the newest reading found, and that wait to be accepted.
        overdue: Of the backlog, records that did not change, for all that is known, but whose
            reading is too old.
        oldest_at: When the oldest of these was read, UTC, naive.
    """

    name: str
    status: str | None
    error: str | None
    completed_at: datetime | None
    watermark: datetime | None
    rows: int
    age_seconds: int | None
    backlog: int
    quarantined: int
    deleted: int
    not_listed: int = 0
    held: int = 0
    overdue: int = 0
    oldest_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "name": self.name,
            "status": self.status,
            "error": self.error,
            "completed_at": iso(self.completed_at),
            "watermark": iso(self.watermark),
            "rows": self.rows,
            "age_seconds": self.age_seconds,
            "backlog": self.backlog,
            "quarantined": self.quarantined,
            "deleted": self.deleted,
            "not_listed": self.not_listed,
            "held": self.held,
            "overdue": self.overdue,
            "oldest_at": iso(self.oldest_at),
        }


@dataclass(frozen=True)
class AccountState:
    """One account.

    Attributes:
        account: Its label.
        complete_at: End of the newest run that read all lists, UTC, naive.
        resources: Its raw tables.
    """

    account: str
    complete_at: datetime | None
    resources: list[ResourceState]

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "account": self.account,
            "complete_at": iso(self.complete_at),
            "backlog": sum(resource.backlog for resource in self.resources),
            "overdue": sum(resource.overdue for resource in self.resources),
            "quarantined": sum(resource.quarantined for resource in self.resources),
            "resources": [resource.to_json() for resource in self.resources],
        }


@dataclass(frozen=True)
class StatusReport:
    """All accounts.

    Attributes:
        accounts: In the order of the configuration.
        database: The warehouse, without a password.
    """

    accounts: list[AccountState] = field(default_factory=list)
    database: str = ""

    @property
    def status(self) -> Status:
        """``ok`` when every account was read completely once."""
        complete = [account.complete_at is not None for account in self.accounts]
        return "ok" if all(complete) else "partial" if any(complete) else "failed"

    @property
    def as_of(self) -> datetime | None:
        """The newest moment up to which an account is complete, UTC, naive."""
        ends = [account.complete_at for account in self.accounts if account.complete_at]
        return max(ends, default=None)

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "status": self.status,
            "database": self.database,
            "as_of": iso(self.as_of),
            "accounts": [account.to_json() for account in self.accounts],
        }


def status(config: Config, *, accounts: tuple[str, ...] = ()) -> StatusReport:
    """Describe what was loaded.

    Args:
        config: Accounts and warehouse.
        accounts: Labels; default all.

    Raises:
        UserError: Nothing was loaded yet, a load has the file open, or the warehouse fails.
    """
    chosen = config.select(accounts)
    ours = utc_now()
    with open_reader(config) as reader:
        states = [
            _account(reader, account, estimated_server_time(reader, account.account, ours))
            for account in chosen
        ]
    return StatusReport(states, database_name(config))


def as_of(config: Config) -> datetime | None:
    """Give the newest moment up to which an account is complete, UTC, naive; None for none.

    Raises:
        UserError: As `status`.
    """
    with open_reader(config) as reader:
        return StatusReport([_account_end(reader, account) for account in config.accounts]).as_of


def enabled_lists(account: AccountConfig) -> list[str]:
    """Name the lists that make an account complete."""
    return [name for name in account.enabled if is_list(name)]


def iso(moment: datetime | None) -> str | None:
    """Write a naive UTC instant."""
    return None if moment is None else moment.isoformat() + "Z"


def _account_end(reader: Reader, account: AccountConfig) -> AccountState:
    span = last_complete_run(reader, account.account, enabled_lists(account))
    return AccountState(account.account, span[1] if span else None, [])


def _account(reader: Reader, account: AccountConfig, now: datetime) -> AccountState:
    label = account.account
    history = read_history(reader, label)
    newest = _newest(reader, label)
    open_records = _counts(
        reader, "_quarantine where resolved_at is null and _dlt_load_id in", label
    )
    deleted = _counts(reader, "_tombstones where resolved_at is null and _dlt_load_id in", label)
    hidden = _counts(reader, "_tombstones where reason = 'not_listed' and _dlt_load_id in", label)
    backlog = Backlog(reader, label, now)
    resources = []
    for name in account.enabled:
        sync = history.newest.get(name)
        ended = sync.completed_at if sync else None
        reading, error, held = newest.get(name, (None, None, None))
        is_due = name in BACKLOG_RESOURCES and account.depth == "full" and reading != "skipped"
        tally = backlog.tally(name) if is_due else Tally()
        resources.append(
            ResourceState(
                name=name,
                status=reading,
                error=error,
                completed_at=ended,
                watermark=sync.watermark if sync else None,
                rows=int(reader.value(f"select count(*) from {name} where account = %s", label)),
                age_seconds=int((now - ended).total_seconds()) if ended else None,
                backlog=tally.due,
                quarantined=open_records.get(name, 0),
                deleted=deleted.get(name, 0),
                not_listed=hidden.get(name, 0),
                held=held or 0,
                overdue=tally.overdue,
                oldest_at=tally.oldest_at,
            )
        )
    return AccountState(label, _account_end(reader, account).complete_at, resources)


_Newest = tuple[str | None, str | None, int | None]


def _newest(reader: Reader, account: str) -> dict[str, _Newest]:
    rows = reader.rows(
        f"select resource, status, error, held from _syncs where account = %s "
        f"and _dlt_load_id in ({COMMITTED}) order by run_id",
        account,
    )
    return {resource: (reading, error, held) for resource, reading, error, held in rows}


def _counts(reader: Reader, what: str, account: str) -> dict[str, int]:
    rows = reader.rows(
        f"select resource, count(*) from {what} ({COMMITTED}) and account = %s group by resource",
        account,
    )
    return {resource: int(count) for resource, count in rows}
