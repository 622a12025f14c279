"""What a load tells its caller."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workable_elt.exits import ResourceStatus, Status, exit_code_of, overall_status


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
    """

    name: str
    status: ResourceStatus = "ok"
    rows: int = 0
    requests: int = 0
    error: dict[str, str] | None = None
    notes: list[str] = field(default_factory=list)
    quarantined: int = 0

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
    """

    account: str
    resources: list[ResourceReport] = field(default_factory=list)
    error: dict[str, str] | None = None
    exit_code: int = 1
    complete: bool = False
    completed_at: datetime | None = None
    backlog: int = 0

    @property
    def status(self) -> Status:
        """``failed`` when nothing was committed, ``partial`` when not everything was."""
        status = overall_status(resource.status for resource in self.resources)
        if self.error is None:
            return status
        committed = any(resource.status == "ok" for resource in self.resources)
        return "partial" if committed else "failed"

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "account": self.account,
            "status": self.status,
            "resources": [resource.to_json() for resource in self.resources],
            "error": self.error,
            "complete": self.complete,
            "backlog": self.backlog,
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
            "requests": self.requests,
            "rate_limited": self.rate_limited,
            "seconds": round(self.seconds, 3),
            "changed_tables": sorted(self.changed_tables),
            "as_of": self.as_of.isoformat() + "Z" if self.as_of else None,
            "database": self.database,
        }
