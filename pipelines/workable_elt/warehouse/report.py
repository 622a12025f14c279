"""What a load tells its caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from workable_elt.exits import ResourceStatus, Status, exit_code_of, overall_status
from workable_elt.warehouse.freshness import Overdue
from workable_elt.warehouse.phases import PhaseName
from workable_elt.warehouse.stopping import Reason


class Stopped(TypedDict):
    """The object of the machine interface about a run that ended early."""

    reason: Reason
    backlog: int
    hint: str


_OPTIONS: dict[Reason | None, str] = {
    "max_requests": "--max-requests",
    "max_minutes": "--max-minutes",
}
_NOT_REACHED: dict[PhaseName | None, str] = {
    "lists": "streams and details",
    "streams": "details",
}


@dataclass
class ResourceReport:
    """One raw table in one run.

    Attributes:
        name: The raw table.
        status: ok, partial, skipped, failed or off.
        rows: Rows written.
        requests: Requests spent.
        error: Code, message and hint where it is not ok.
        notes: What a reader should know, such as a narrower view than asked for.
        quarantined: Records that could not be read.
        deletes: For lists, what became of records that it lacked or showed again, in numbers.
    """

    name: str
    status: ResourceStatus = "ok"
    rows: int = 0
    requests: int = 0
    error: dict[str, str] | None = None
    notes: list[str] = field(default_factory=list)
    quarantined: int = 0
    deletes: dict[str, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "name": self.name,
            "rows": self.rows,
            "requests": self.requests,
            "status": self.status,
            "error": self.error,
            "notes": self.notes,
            "quarantined": self.quarantined,
            "deletes": self.deletes,
        }


@dataclass
class AccountReport:
    """One account in one run.

    Attributes:
        account: Its label.
        resources: In the order in which they were read.
        error: What ended the account early, if anything did.
        exit_code: What that error alone would end the process with.
        complete: Whether every enabled list was read to its end.
        completed_at: When, by the server's clock (UTC, naive).
        backlog: Details and children that are still to be read.
        stopped: What ended the run before its end (``signal``, ``max_requests``,
            ``max_minutes``); None when nothing did.
        reached: Where it was then: at the lists, the streams of jobs, or the backlog.
        cut: The list that it was reading then, which begins again next time.
        overdue: By resource, records whose reading is too old and for which the freshness budget
            did not suffice.
    """

    account: str
    resources: list[ResourceReport] = field(default_factory=list)
    error: dict[str, str] | None = None
    exit_code: int = 1
    complete: bool = False
    completed_at: datetime | None = None
    backlog: int = 0
    stopped: Reason | None = None
    reached: PhaseName | None = None
    cut: str | None = None
    overdue: dict[str, Overdue] = field(default_factory=dict)

    @property
    def hints(self) -> list[str]:
        """What the stop means for the next run, in sentences."""
        said = []
        if self.cut is not None:
            raised = f": raise {_OPTIONS[self.stopped]}" if self.stopped in _OPTIONS else ""
            said.append(f"the list of {self.cut} was cut off and begins again next time{raised}.")
        if self.reached in _NOT_REACHED:
            said.append(f"{_NOT_REACHED[self.reached]} were not reached.")
        return [f"{self.account}: {sentence}" for sentence in said]

    @property
    def status(self) -> Status:
        """``failed`` when nothing was committed, ``partial`` when not everything was.

        A run that its own limit has stopped did what was asked of it, and is ``ok``.
        """
        if self.stopped == "signal" and self.error is None:
            return "partial"
        status = overall_status(self._statuses())
        if self.error is None:
            return status
        committed = any(resource.status == "ok" for resource in self.resources)
        return "partial" if committed else "failed"

    def _statuses(self) -> Iterator[str]:
        for resource in self.resources:
            left = resource.status == "partial" and resource.error is None
            yield "ok" if left and self.stopped else resource.status

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "account": self.account,
            "status": self.status,
            "resources": [resource.to_json() for resource in self.resources],
            "error": self.error,
            "complete": self.complete,
            "backlog": self.backlog,
            "stopped": self.stopped,
            "reached": self.reached,
            "cut": self.cut,
            "overdue": self.overdue,
        }


@dataclass
class LoadReport:
    """One run.

    Attributes:
        run_id: Names it in ``_syncs`` and ``_requests``.
        accounts: In the order of the configuration.
        requests: Sent, retries included.
        rate_limited: Answers with 429.
        seconds: It took.
        changed_tables: Raw tables with new rows; service tables do not count.
        as_of: Newest moment up to which an account is complete, UTC, naive.
        database: The warehouse, without a password.
    """

    run_id: str
    accounts: list[AccountReport] = field(default_factory=list)
    requests: int = 0
    rate_limited: int = 0
    seconds: float = 0.0
    changed_tables: set[str] = field(default_factory=set)
    as_of: datetime | None = None
    database: str = ""

    @property
    def status(self) -> Status:
        """The statuses of the accounts, summed up."""
        return overall_status(account.status for account in self.accounts)

    @property
    def stopped(self) -> Stopped | None:
        """Why it ended early, and what is left for the next run; None when it did not."""
        reasons = [account.stopped for account in self.accounts if account.stopped]
        if not reasons:
            return None
        hints = [hint for account in self.accounts for hint in account.hints]
        return {
            "reason": reasons[0],
            "backlog": sum(one.backlog for one in self.accounts),
            "hint": " ".join(hints),
        }

    @property
    def error(self) -> dict[str, str] | None:
        """What to say first when something failed."""
        for account in self.accounts:
            if account.error:
                return account.error
        problems = [r.error for a in self.accounts for r in a.resources if r.status == "failed"]
        return next((problem for problem in problems if problem), None)

    @property
    def exit_code(self) -> int:
        """0 all good, 1 nothing usable, 3 partly."""
        if self.status == "failed" and len(self.accounts) == 1 and self.accounts[0].error:
            return self.accounts[0].exit_code
        return exit_code_of(self.status)

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "status": self.status,
            "run_id": self.run_id,
            "accounts": [account.to_json() for account in self.accounts],
            "stopped": self.stopped,
            "requests": self.requests,
            "rate_limited": self.rate_limited,
            "seconds": round(self.seconds, 3),
            "changed_tables": sorted(self.changed_tables),
            "as_of": self.as_of.isoformat() + "Z" if self.as_of else None,
            "database": self.database,
        }
