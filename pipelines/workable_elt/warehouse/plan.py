"""``plan``: what the next load would read, in requests and in time at the rate limit."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from workable_elt.api import WorkableClient, WorkableError
from workable_elt.config import AccountConfig, Config, check_resources
from workable_elt.exits import Status, UserError
from workable_elt.settings import RESOURCES
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.sources.work import Work
from workable_elt.warehouse.assignment import Assignment, assign
from workable_elt.warehouse.backlog import Backlog
from workable_elt.warehouse.clock import server_time, time_at_first, utc_now
from workable_elt.warehouse.failures import api_failure
from workable_elt.warehouse.freshness import SMALLEST_LIMIT, budget, within
from workable_elt.warehouse.options import Options, is_list
from workable_elt.warehouse.pipeline import open_reader
from workable_elt.warehouse.run import database_name, open_client
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.status import iso
from workable_elt.warehouse.syncs import SyncHistory, estimated_server_time, read_history
from workable_elt.warehouse.viewpoint import Viewpoint

_ROWS_A_PAGE = 100
_WINDOW_SECONDS = 10


@dataclass(frozen=True)
class Interval:
    """Requests, between two bounds; ``high`` is None where nothing is known yet."""

    low: int
    high: int | None

    def __add__(self, other: Interval) -> Interval:
        """Add bound to bound."""
        known = self.high is not None and other.high is not None
        return Interval(
            self.low + other.low, (self.high or 0) + (other.high or 0) if known else None
        )

    def to_json(self) -> dict[str, int | None]:
        """Give the object of the machine interface."""
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class PlannedResource:
    """One raw table.

    Attributes:
        name: The raw table.
        mode: full, window or incremental for lists; backlog for details and children.
        watermark: What an incremental reading begins at, UTC, naive.
        due: Records whose detail or children are due.
        requests: What it will take.
        overdue: Records whose reading is too old, and which will be left to a later run.
    """

    name: str
    mode: str
    watermark: datetime | None
    due: int | None
    requests: Interval
    overdue: int = 0

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "name": self.name,
            "mode": self.mode,
            "watermark": iso(self.watermark),
            "due": self.due,
            "requests": self.requests.to_json(),
            "overdue": self.overdue,
        }


@dataclass(frozen=True)
class AccountPlan:
    """One account.

    Attributes:
        account: Its label.
        resources: In the order of reading.
        limit: Requests in 10 seconds.
        spent: Requests that this plan itself has cost.
        error: Why it could not be made.
    """

    account: str
    resources: list[PlannedResource] = field(default_factory=list)
    limit: int = SMALLEST_LIMIT
    spent: int = 0
    error: dict[str, str] | None = None

    @property
    def requests(self) -> Interval:
        """All resources together."""
        return sum((resource.requests for resource in self.resources), Interval(0, 0))

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        total = self.requests
        return {
            "account": self.account,
            "requests": total.to_json(),
            "seconds": {
                "low": self._seconds(total.low),
                "high": None if total.high is None else self._seconds(total.high),
            },
            "limit": {"requests": self.limit, "seconds": _WINDOW_SECONDS},
            "requests_spent": self.spent,
            "resources": [resource.to_json() for resource in self.resources],
            "error": self.error,
        }

    def _seconds(self, requests: int) -> int:
        # The first window's requests leave at once.
        return max(0, ceil(requests / self.limit) - 1) * _WINDOW_SECONDS


@dataclass(frozen=True)
class PlanReport:
    """All accounts.

    Attributes:
        accounts: In the order of the configuration.
        exact: Whether the lists were read for it.
        database: The warehouse, without a password.
    """

    accounts: list[AccountPlan]
    exact: bool
    database: str

    @property
    def status(self) -> Status:
        """``failed`` when no account could be planned."""
        failed = [account.error is not None for account in self.accounts]
        return "failed" if all(failed) else "partial" if any(failed) else "ok"

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "status": self.status,
            "exact": self.exact,
            "database": self.database,
            "accounts": [account.to_json() for account in self.accounts],
        }


def plan(
    config: Config,
    *,
    accounts: tuple[str, ...] = (),
    resources: tuple[str, ...] = (),
    full: bool = False,
    depth: str | None = None,
    exact: bool = False,
) -> PlanReport:
    """Say what a load with the same arguments would do.

    Args:
        config: Accounts and warehouse.
        accounts: Labels; default all.
        resources: Raw tables; default all that are enabled.
        full: As if everything were read again.
        depth: ``list`` or ``full``; default as configured.
        exact: Read the lists, which spends their requests, and count what follows from them.
            Without it nothing is asked of Workable, and history gives an interval.

    Raises:
        UserError: Wrong names, or a warehouse that fails.
    """
    chosen = config.select(accounts)
    options = Options(check_resources(resources), full, depth)
    plans = []
    with contextlib.ExitStack() as held:
        reader = _reader(config, held)
        for account in chosen:
            wanted = options.chosen(account.enabled, account.depth)
            if exact:
                plans.append(_exact(account, wanted, reader, full=full))
            else:
                plans.append(_from_history(account, wanted, reader, full=full))
    return PlanReport(plans, exact, database_name(config))


def _reader(config: Config, held: contextlib.ExitStack) -> Reader | None:
    try:
        return held.enter_context(open_reader(config))
    except UserError as error:
        if error.code != "nothing_loaded":
            raise
        return None


# ── from history ───────────────────────────────────────────────────────────────────────────────


def _from_history(
    account: AccountConfig, names: tuple[str, ...], reader: Reader | None, *, full: bool
) -> AccountPlan:
    if reader is None:
        return AccountPlan(account.account, [_unknown(name) for name in names])
    ours = utc_now()
    now = estimated_server_time(reader, account.account, ours)
    history = read_history(reader, account.account)
    assignment = assign(account, names, history, reader, now, full=full)
    lists = [
        _list_from_history(account.account, name, assignment, reader)
        for name in names
        if is_list(name)
    ]
    most = {
        name: _most_from_history(account.account, name, history, reader)
        for name in names
        if not is_list(name)
    }
    backlog = Backlog(reader, account.account, now, since=now if full else None)
    listed = sum((one.requests for one in lists), Interval(0, 0))
    children = _children_from_history(
        backlog, most, budget(account.freshness_minutes, None), listed
    )
    return AccountPlan(account.account, [*lists, *children])


def _unknown(name: str) -> PlannedResource:
    mode, low = ("full", 1) if is_list(name) else ("backlog", 0)
    return PlannedResource(name, mode, None, None, Interval(low, None))


def _list_from_history(
    account: str, name: str, assignment: Assignment, reader: Reader
) -> PlannedResource:
    mode = assignment.modes[name]
    watermark = assignment.work.updated_after.get(name)
    rows = int(reader.value(f"select count(*) from {name} where account = %s", account))
    whole = max(1, ceil(rows / _ROWS_A_PAGE))
    spent = _spent(reader, account, name, mode)
    if mode == "full":
        requests = Interval(min([whole, *spent]), max([whole + 1 + whole // 10, *spent]))
    else:
        # A window or an increment is one page at least and the whole list at most.
        requests = Interval(1, max([whole + 1, *spent]))
    return PlannedResource(name, mode, watermark, None, requests)


def _children_from_history(
    backlog: Backlog, most: dict[str, int | None], freshness: int, lists: Interval
) -> list[PlannedResource]:
    """Plan details and children.

    Args:
        backlog: What is due, as far as the warehouse knows.
        most: Requests that a resource can take, whatever the lists bring; None for any number.
        freshness: Requests of the run's budget for what is only old.
        lists: What the lists take.
    """
    changed = {name: backlog.tally(name).changed for name in most}
    aged = {name: backlog.aged(name) for name in most}
    chosen = within(aged, freshness - lists.low - sum(changed.values()))
    spent = sum((Interval(changed[name], high) for name, high in most.items()), lists).high
    # When everything else takes the most that it can.
    surely = {} if spent is None else within(aged, freshness - spent)
    planned = []
    for name, high in most.items():
        read = len(chosen.get(name, ()))
        low = changed[name] + len(surely.get(name, ()))
        due, left = changed[name] + read, len(aged[name]) - read
        planned.append(
            PlannedResource(name, "backlog", None, due, Interval(low, high), overdue=left)
        )
    return planned


def _most_from_history(account: str, name: str, history: SyncHistory, reader: Reader) -> int | None:
    parent = RESOURCES[str(RESOURCES[name].parent)]
    if parent.name not in history.newest:
        return None
    parents = int(reader.value(f"select count(*) from {parent.name} where account = %s", account))
    return max([_most_pages(name, parents), *_spent(reader, account, name, None)])


def _most_pages(name: str, parents: int) -> int:
    pages = 4 if name == "employee_documents" else 2 if name.endswith("activities") else 1
    return parents * pages


def _spent(reader: Reader, account: str, name: str, mode: str | None) -> list[int]:
    query = "select requests from _syncs where account = %s and resource = %s and complete"
    params = [account, name]
    if mode is not None:
        query += " and mode = %s"
        params.append(mode)
    return [int(row[0]) for row in reader.rows(query, *params) if row[0] is not None]


# ── exact ──────────────────────────────────────────────────────────────────────────────────────


def _exact(
    account: AccountConfig, names: tuple[str, ...], reader: Reader | None, *, full: bool
) -> AccountPlan:
    with contextlib.closing(open_client(account)) as client:
        try:
            return _read_and_count(account, names, reader, client, full=full)
        except WorkableError as error:
            problem = api_failure(error).to_json()
            return AccountPlan(account.account, [], spent=client.stats.requests, error=problem)


def _read_and_count(
    account: AccountConfig,
    names: tuple[str, ...],
    reader: Reader | None,
    client: WorkableClient,
    *,
    full: bool,
) -> AccountPlan:
    seen_by = Viewpoint.find(client, account, names).client
    if reader is None:
        assignment = Assignment(Work(), {n: "full" for n in names if is_list(n)})
    else:
        history = read_history(reader, account.account)
        began_at = time_at_first(client, reader, account.account)
        assignment = assign(account, names, history, reader, began_at, full=full)
    readings = Readings(
        seen_by,
        account=account.account,
        policy=ColumnPolicy(account.columns, account.hash_key),
        work=assignment.work,
    )
    changed: dict[str, set[str]] = {}
    planned = []
    for name in (n for n in names if is_list(n)):
        key = RESOURCES[name].key[0]
        changed[name] = {k for table in readings.take(name) for k in table[key].to_pylist()}
        spent = readings.outcome(name).requests
        watermark = assignment.work.updated_after.get(name)
        planned.append(
            PlannedResource(name, assignment.modes[name], watermark, None, Interval(spent, spent))
        )
    children = [name for name in names if not is_list(name)]
    due = {name: _changed(name, changed) for name in children}
    left: dict[str, int] = {}
    if reader is not None:
        now = server_time(seen_by)
        backlog = Backlog(reader, account.account, now, since=now if full else None)
        for name in children:
            due[name] |= {parent.key for parent in backlog.changed(name)}
        aged = {
            name: [one for one in backlog.aged(name) if one.parent.key not in due[name]]
            for name in children
        }
        freshness = budget(account.freshness_minutes, client.rate_limit)
        spent = client.stats.requests + sum(map(len, due.values()))
        chosen = within(aged, freshness - spent)
        left = {name: len(aged[name]) - len(chosen.get(name, ())) for name in children}
        for name, parents in chosen.items():
            due[name] |= {parent.key for parent in parents}
    for name in children:
        count = len(due[name])
        most = _most_pages(name, count) if name.endswith("activities") else count
        planned.append(
            PlannedResource(
                name, "backlog", None, count, Interval(count, most), overdue=left.get(name, 0)
            )
        )
    return AccountPlan(
        account.account, planned, client.rate_limit or SMALLEST_LIMIT, client.stats.requests
    )


def _changed(name: str, changed: dict[str, set[str]]) -> set[str]:
    """Give the parents whose list rows have just changed."""
    # Who has reached an offer is known from the activities, which are read first.
    return set() if name == "offers" else set(changed.get(str(RESOURCES[name].parent), ()))
