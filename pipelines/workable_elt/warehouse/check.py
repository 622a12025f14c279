"""``check``: is everything there that a load needs."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from workable_elt.api import Grant, Probe, WorkableError
from workable_elt.config import AccountConfig, Config
from workable_elt.exits import Status, UserError, WarehouseError, overall_status
from workable_elt.settings import RAW_DATASET, RESOURCES
from workable_elt.warehouse.failures import api_failure, warehouse_failure
from workable_elt.warehouse.lock import opened
from workable_elt.warehouse.pipeline import destination_client
from workable_elt.warehouse.run import database_name, open_client

_WARN_DAYS = 14


@dataclass(frozen=True)
class ScopeCheck:
    """One scope.

    Attributes:
        scope: Its name.
        grant: granted, missing, absent (the account lacks the feature) or unclear.
        switched_off: Raw tables that cannot be read without it.
    """

    scope: str
    grant: str
    switched_off: list[str]


@dataclass(frozen=True)
class AccountCheck:
    """One account.

    Attributes:
        account: Its label.
        scopes: What the token may read.
        limit: Requests in 10 seconds, where the server says.
        member_id: Whose eyes HR reads use.
        expires_at: When the token ends, as configured.
        warnings: What will be trouble, or is less than it could be.
        error: Why nothing can be read.
    """

    account: str
    scopes: list[ScopeCheck] = field(default_factory=list)
    limit: int | None = None
    member_id: str | None = None
    expires_at: date | None = None
    warnings: list[str] = field(default_factory=list)
    error: dict[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "account": self.account,
            "status": "failed" if self.error else "ok",
            "token_expires_at": self.expires_at.isoformat() if self.expires_at else None,
            "limit": self.limit,
            "member_id": self.member_id,
            "scopes": [
                {"scope": s.scope, "grant": s.grant, "switched_off": s.switched_off}
                for s in self.scopes
            ],
            "warnings": self.warnings,
            "error": self.error,
        }


@dataclass(frozen=True)
class CheckReport:
    """All accounts, and the warehouse.

    Attributes:
        accounts: In the order of the configuration.
        database: The warehouse, without a password.
        warehouse_error: Why it cannot be written.
        warehouse_exit_code: What that alone would end the process with.
    """

    accounts: list[AccountCheck]
    database: str
    warehouse_error: dict[str, str] | None = None
    warehouse_exit_code: int = 0

    @property
    def status(self) -> Status:
        """``failed`` when no load could work."""
        if self.warehouse_error:
            return "failed"
        return overall_status("failed" if account.error else "ok" for account in self.accounts)

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "status": self.status,
            "accounts": [account.to_json() for account in self.accounts],
            "warehouse": {
                "database": self.database,
                "status": "failed" if self.warehouse_error else "ok",
                "error": self.warehouse_error,
            },
        }


def check(config: Config, *, accounts: tuple[str, ...] = ()) -> CheckReport:
    """Try what a load needs; costs about ten requests an account and writes nothing.

    Args:
        config: Accounts and warehouse.
        accounts: Labels; default all.

    Raises:
        UserError: There is no such account.
    """
    checked = [_account(account) for account in config.select(accounts)]
    try:
        check_warehouse(config)
    except UserError as error:
        return CheckReport(checked, database_name(config), error.to_json(), error.exit_code)
    return CheckReport(checked, database_name(config))


def check_warehouse(config: Config) -> None:
    """Make sure that the warehouse can be reached and written; leaves nothing behind.

    Raises:
        UserError: It cannot.
    """
    if config.duckdb_file is not None and not config.duckdb_file.exists():
        folder = config.duckdb_file.parent
        try:
            with tempfile.TemporaryFile(dir=folder):
                return
        except OSError as error:
            raise WarehouseError(
                f"No file can be made in {folder}: {error.strerror}.",
                "Make the folder, or give another in DESTINATION__DUCKDB__CREDENTIALS.",
            ) from None
    with contextlib.ExitStack() as held:
        if config.duckdb_file is not None:
            held.enter_context(opened(config.duckdb_file, config.wait_seconds))
        try:
            _try_to_write(config)
        except Exception as error:
            raise warehouse_failure(error, file=config.duckdb_file) from error


class _Undo(Exception):  # noqa: N818 - it is no error
    """Rolls a trial back."""


def _try_to_write(config: Config) -> None:
    with destination_client(config) as client, _undone(), client.begin_transaction():
        client.execute_sql(f"create schema {client.escape_column_name(RAW_DATASET + '_check')}")
        raise _Undo


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    with contextlib.suppress(_Undo):
        yield


def _account(account: AccountConfig) -> AccountCheck:
    warnings = _expiry(account, datetime.now(timezone.utc).date())
    with contextlib.closing(open_client(account)) as client:
        try:
            probe = client.probe()
        except WorkableError as error:
            return AccountCheck(
                account.account,
                expires_at=account.token_expires_at,
                warnings=warnings,
                error=api_failure(error).to_json(),
            )
    if probe.member_id is None and any(RESOURCES[n].family == "hris" for n in account.enabled):
        warnings.append(
            "No member with full HR rights was found: an account token may see published "
            "employees and public fields only. Set member_id."
        )
    return AccountCheck(
        account.account,
        scopes=_scopes(probe, account.enabled),
        limit=probe.rate_limit,
        member_id=probe.member_id,
        expires_at=account.token_expires_at,
        warnings=warnings,
    )


def _scopes(probe: Probe, enabled: tuple[str, ...]) -> list[ScopeCheck]:
    checks = []
    for scope, grant in probe.scopes.items():
        off = [name for name in enabled if RESOURCES[name].scope == scope]
        usable = grant in (Grant.GRANTED, Grant.UNCLEAR)
        checks.append(ScopeCheck(scope, grant.value, [] if usable else off))
    return checks


def _expiry(account: AccountConfig, today: date) -> list[str]:
    if account.token_expires_at is None:
        return []
    days = (account.token_expires_at - today).days
    if days > _WARN_DAYS:
        return []
    when = f"in {days} days" if days >= 0 else f"{-days} days ago"
    return [f"The token expires {when} ({account.token_expires_at}); make a new one in Workable."]
