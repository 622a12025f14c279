"""``load``: brings the raw tables up to date."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import dlt

from workable_elt.api import Allowance, WorkableClient
from workable_elt.api import ConfigurationError as ApiConfigurationError
from workable_elt.config import AccountConfig, Config, check_resources
from workable_elt.exits import UserError
from workable_elt.leftovers import is_gone, must_not_stay
from workable_elt.progress import NullProgress, Progress
from workable_elt.settings import SCHEMA_NAME
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.warehouse.account_load import AccountJob, load_account
from workable_elt.warehouse.clock import utc_now
from workable_elt.warehouse.failures import api_failure, warehouse_failure
from workable_elt.warehouse.ledger import Ledger
from workable_elt.warehouse.lock import Gate, exclusive
from workable_elt.warehouse.options import Options
from workable_elt.warehouse.pipeline import create_tables, open_pipeline
from workable_elt.warehouse.report import AccountReport, LoadReport
from workable_elt.warehouse.retention import forget_old
from workable_elt.warehouse.slices import SliceLimits
from workable_elt.warehouse.sql import Client, entered
from workable_elt.warehouse.stopping import Stop, ends_requests, stopped_after

_MOST_ACCOUNTS = 8


def load(
    config: Config,
    *,
    accounts: Sequence[str] = (),
    resources: Sequence[str] = (),
    full: bool = False,
    depth: str | None = None,
    since: datetime | None = None,
    reconcile: bool = False,
    accept_deletes: Sequence[str] = (),
    max_requests: int | None = None,
    max_minutes: float | None = None,
    stop: Stop | None = None,
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
        since: Read what has changed since then, whatever the watermarks say; UTC, naive.
        reconcile: Read every list whole, to find what was deleted.
        accept_deletes: Raw tables whose vanished records are taken for deleted, however many.
        max_requests: Stop cleanly after so many requests, counted over all accounts.
        max_minutes: Stop cleanly after so much time.
        stop: Stops the run cleanly from outside.
        progress: Told of everything; default nobody.
        limits: How much one load package holds.

    Returns:
        What was done. Failures of single resources and accounts are in it.

    Raises:
        UserError: Nothing can be done: wrong names, a wrong configuration, a warehouse that
            fails, or somebody else at work.
    """
    began = time.monotonic()
    options = Options(
        resources=check_resources(resources),
        full=full,
        depth=depth,
        limits=limits or SliceLimits(),
        since=since,
        reconcile=reconcile,
        accept_deletes=check_resources(accept_deletes),
        max_requests=max_requests,
        max_minutes=max_minutes,
    )
    stop = stop or Stop()
    chosen = config.select(accounts)
    policies = [_policy(account) for account in chosen]
    report = LoadReport(new_run_id(), database=database_name(config))
    labels = tuple(account.account for account in chosen)
    with exclusive(config, labels, report.run_id, stop) as gate:
        run = _Run(config, report.run_id, options, progress or NullProgress(), stop, gate)
        loaded = run.all(list(zip(chosen, policies, strict=True)))
    for one in loaded:
        report.accounts.append(one.report)
        report.changed_tables |= one.changed
        report.requests += one.requests
        report.rate_limited += one.rate_limited
    report.seconds = time.monotonic() - began
    ends = [account.completed_at for account in report.accounts if account.completed_at]
    report.as_of = max(ends, default=None)
    return report


@dataclass(frozen=True)
class _Loaded:
    """What came of one account."""

    report: AccountReport
    changed: set[str] = field(default_factory=set)
    requests: int = 0
    rate_limited: int = 0


_Job = tuple[AccountConfig, ColumnPolicy]


class _Run:
    """Loads accounts side by side: each has a budget of requests of its own."""

    def __init__(
        self,
        config: Config,
        run_id: str,
        options: Options,
        progress: Progress,
        stop: Stop,
        gate: Gate,
    ) -> None:
        self._config = config
        self._run_id = run_id
        self._options = options
        self._progress = progress
        self._stop = stop
        # Reading goes on in parallel, loading does not: packages of two accounts write the same
        # tables, and schema changes of one would break the other.
        self._gate = gate
        most = options.max_requests
        self._allowance = None if most is None else Allowance(most)

    def all(self, jobs: Sequence[_Job]) -> list[_Loaded]:
        """Load accounts; the failure of one among several leaves the others alone."""
        # Also a single account is loaded in a thread of its own: signals reach the main thread
        # alone, so no handler ever raises in the middle of a driver's or dlt's work.
        one = self._one if len(jobs) == 1 else self._one_of_several
        with (
            stopped_after(self._stop, self._options.max_minutes),
            ThreadPoolExecutor(max_workers=min(_MOST_ACCOUNTS, len(jobs))) as pool,
        ):
            return list(pool.map(lambda job: one(*job), jobs))

    def _one_of_several(self, account: AccountConfig, policy: ColumnPolicy) -> _Loaded:
        try:
            return self._one(account, policy)
        except UserError as error:
            failed = AccountReport(
                account.account, error=error.to_json(), exit_code=error.exit_code
            )
            return _Loaded(failed)

    def _one(self, account: AccountConfig, policy: ColumnPolicy) -> _Loaded:
        pipeline = self._prepare(account)
        warehouse = pipeline.sql_client(SCHEMA_NAME)
        ledger = Ledger(account.account, self._run_id, utc_now)
        with (
            closing(open_client(account, ledger, self._allowance)) as client,
            ends_requests(self._stop, client),
            # dlt opens a file for each query as long as nobody has it open.
            entered(warehouse) if self._config.duckdb_file else nullcontext(),
        ):
            job = AccountJob(
                account=account,
                pipeline=pipeline,
                client=client,
                ledger=ledger,
                policy=policy,
                run_id=self._run_id,
                options=self._options,
                progress=self._progress,
                gate=self._gate,
                stop=self._stop,
            )
            must_not_stay(Path(pipeline.working_dir))
            try:
                done, changed = load_account(job)
                if done.complete:
                    self._forget_old(warehouse, account.account)
            finally:
                # Nothing of a package, least of all of one that failed, stays on this machine.
                pipeline.drop()
                is_gone(Path(pipeline.working_dir))
            return _Loaded(done, changed, client.stats.requests, client.stats.rate_limited)

    def _forget_old(self, warehouse: Client, account: str) -> None:
        opened = nullcontext() if self._config.duckdb_file else entered(warehouse)
        try:
            with self._gate, opened:
                forget_old(warehouse, account, datetime.now(timezone.utc))
        except Exception as error:
            raise warehouse_failure(error, file=self._config.duckdb_file) from error

    def _prepare(self, account: AccountConfig) -> dlt.Pipeline:
        with self._gate:
            pipeline = open_pipeline(self._config, account.account)
            try:
                create_tables(pipeline)
            except Exception as error:
                raise warehouse_failure(error, file=self._config.duckdb_file) from error
        return pipeline


def open_client(
    account: AccountConfig, ledger: Ledger | None = None, allowance: Allowance | None = None
) -> WorkableClient:
    """Open the client of an account.

    Args:
        account: Its configuration.
        ledger: Counts its requests.
        allowance: Bounds them.

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
            allowance=allowance,
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
