"""``load``: brings the raw tables up to date."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timezone

from workable_elt.api import ConfigurationError as ApiConfigurationError
from workable_elt.api import WorkableClient
from workable_elt.config import AccountConfig, Config, check_resources
from workable_elt.progress import NullProgress, Progress
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.warehouse.account_load import AccountLoad, Options
from workable_elt.warehouse.failures import api_failure, warehouse_failure
from workable_elt.warehouse.ledger import Ledger
from workable_elt.warehouse.lock import exclusive
from workable_elt.warehouse.pipeline import create_tables, open_pipeline
from workable_elt.warehouse.report import LoadReport
from workable_elt.warehouse.slices import SliceLimits


def load(
    config: Config,
    *,
    accounts: Sequence[str] = (),
    resources: Sequence[str] = (),
    full: bool = False,
    depth: str | None = None,
    progress: Progress | None = None,
    limits: SliceLimits | None = None,
) -> LoadReport:
    """Load what has changed since the last run.

    Args:
        config: Accounts and warehouse.
        accounts: Labels; default all.
        resources: Raw tables; default all that are enabled. A child is read for the records
            that the warehouse knows.
        full: Read everything again; nothing is dropped first.
        depth: ``list`` or ``full``; default as configured.
        progress: Told of everything; default nobody.
        limits: How much one load package holds.

    Returns:
        What was done. Failures of single resources and accounts are in it.

    Raises:
        UserError: Nothing can be done: wrong names, a wrong configuration, a warehouse that
            fails, or somebody else at work.
    """
    began = time.monotonic()
    options = Options(check_resources(resources), full, depth, limits or SliceLimits())
    chosen = config.select(accounts)
    policies = [_policy(account) for account in chosen]
    report = LoadReport(new_run_id(), database=database_name(config))
    with exclusive(config, tuple(account.account for account in chosen), report.run_id):
        for account, policy in zip(chosen, policies, strict=True):
            _load_account(config, account, policy, options, report, progress or NullProgress())
    report.seconds = time.monotonic() - began
    ends = [account.completed_at for account in report.accounts if account.completed_at]
    report.as_of = max(ends, default=None)
    return report


def _load_account(
    config: Config,
    account: AccountConfig,
    policy: ColumnPolicy,
    options: Options,
    report: LoadReport,
    progress: Progress,
) -> None:
    pipeline = open_pipeline(config, account.account)
    try:
        create_tables(pipeline)
    except Exception as error:
        raise warehouse_failure(error, file=config.duckdb_file) from error
    ledger = Ledger(account.account, report.run_id, _utc_now)
    client = open_client(account, ledger)
    with closing(client):
        run = AccountLoad(
            account, pipeline, client, ledger, policy, report.run_id, options, progress
        )
        done, changed = run.execute()
        report.accounts.append(done)
        report.changed_tables |= changed
        report.requests += client.stats.requests
        report.rate_limited += client.stats.rate_limited


def open_client(account: AccountConfig, ledger: Ledger | None = None) -> WorkableClient:
    """Open the client of an account.

    Args:
        account: Its configuration.
        ledger: Counts its requests.

    Raises:
        UserError: The configuration cannot be right.
    """
    try:
        return WorkableClient(
            account.subdomain,
            account.access_token,
            base_url=account.base_url,
            client_id=account.client_id,
            account=account.account,
            member_id=account.member_id,
            on_request=ledger.record if ledger else None,
        )
    except ApiConfigurationError as error:
        raise api_failure(error) from None


def new_run_id() -> str:
    """Give the name of a run: when it began, and something random."""
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def database_name(config: Config) -> str:
    """Name the warehouse for people: the file, or the kind of server."""
    return str(config.duckdb_file) if config.duckdb_file else config.destination


def _policy(account: AccountConfig) -> ColumnPolicy:
    try:
        return ColumnPolicy(account.columns, account.hash_key)
    except ApiConfigurationError as error:
        raise api_failure(error) from None


def _utc_now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None)
