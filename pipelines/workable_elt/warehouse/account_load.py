"""Loads one account: lists, then the jobs' streams, then the backlog."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import dlt

from workable_elt.api import WorkableClient, WorkableError
from workable_elt.config import AccountConfig
from workable_elt.exits import UserError
from workable_elt.progress import Progress
from workable_elt.settings import RESOURCES
from workable_elt.sources.outcome import Outcome
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.warehouse.assignment import assign
from workable_elt.warehouse.backlog import Backlog
from workable_elt.warehouse.failures import api_failure
from workable_elt.warehouse.ledger import Ledger
from workable_elt.warehouse.quarantine import Quarantine
from workable_elt.warehouse.recorder import Identity, Recorder
from workable_elt.warehouse.report import AccountReport, ResourceReport
from workable_elt.warehouse.slices import Slice, SliceLimits
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import SyncHistory, last_complete_run, read_history
from workable_elt.warehouse.viewpoint import Viewpoint

STREAMS = ("job_activities",)
# Details before streams of candidates: each class of the backlog in the order of its use.
BACKLOG = (
    "job_details",
    "job_stages",
    "job_application_forms",
    "job_members",
    "offers",
    "candidate_details",
    "employee_details",
    "timeoff_balances",
    "candidate_files",
    "employee_documents",
    "candidate_activities",
)
BACKLOG_RESOURCES = (*STREAMS, *BACKLOG)


@dataclass(frozen=True)
class Options:
    """How a run differs from an ordinary one.

    Attributes:
        resources: Raw tables to read; empty is all that the account has enabled.
        full: Read everything again.
        depth: Overrides the account's.
        limits: Size of a package.
    """

    resources: tuple[str, ...] = ()
    full: bool = False
    depth: str | None = None
    limits: SliceLimits = field(default_factory=SliceLimits)


class AccountLoad:
    """One account in one run.

    Args:
        account: Its configuration.
        pipeline: Its pipeline; the tables exist.
        client: Reads it; closing it is the caller's business.
        ledger: Counts the client's requests.
        policy: Column policy.
        run_id: The run.
        options: How this run differs.
        progress: Told of everything.
        gate: Held while a package is loaded, so that accounts do not write at the same time.
    """

    def __init__(
        self,
        account: AccountConfig,
        pipeline: dlt.Pipeline,
        client: WorkableClient,
        ledger: Ledger,
        policy: ColumnPolicy,
        run_id: str,
        options: Options,
        progress: Progress,
        gate: threading.Lock,
    ) -> None:
        self._account = account
        self._pipeline = pipeline
        self._client = client
        self._ledger = ledger
        self._policy = policy
        self._run_id = run_id
        self._options = options
        self._progress = progress
        self._gate = gate
        self._reader = Reader.of_pipeline(pipeline)
        self._names = self._chosen()
        self._report = AccountReport(account.account)

    def execute(self) -> tuple[AccountReport, set[str]]:
        """Read and load.

        Returns:
            The report, and the raw tables that have new rows.

        Raises:
            UserError: The warehouse failed. What Workable refuses is in the report.
        """
        try:
            viewpoint = Viewpoint.find(self._client, self._account, self._names)
        except WorkableError as error:
            return self._stopped(api_failure(error)), set()
        self._client = viewpoint.client
        self._history = read_history(self._reader, self._account.account)
        self._began_at = self._now()
        self._assignment = assign(
            self._account, self._names, self._history, self._reader, self._began_at,
            full=self._options.full,
        )  # fmt: skip
        self._readings = Readings(
            self._client,
            account=self._account.account,
            policy=self._policy,
            work=self._assignment.work,
            on_progress=self._advanced,
        )
        self._recorder = Recorder(
            self._pipeline,
            Identity(self._account.account, self._run_id, viewpoint.digest),
            self._readings,
            self._assignment,
            self._ledger,
            Quarantine(self._reader, self._account.account),
            self._now,
            self._gate,
        )
        self._slice = Slice(self._options.limits)
        names = [name for name in self._names if name not in viewpoint.blind]
        try:
            self._read_all(names)
        except WorkableError as error:
            self._stopped(api_failure(error))
        finally:
            self._readings.close()
        self._recorder.load(self._slice)
        self._sum_up(names, viewpoint)
        return self._report, self._recorder.changed_tables

    # reading

    def _chosen(self) -> tuple[str, ...]:
        names = self._options.resources or self._account.enabled
        depth = self._options.depth or self._account.depth
        if depth == "list":
            names = tuple(name for name in names if RESOURCES[name].reading == "list")
        return names

    def _read_all(self, names: Sequence[str]) -> None:
        lists = [name for name in names if RESOURCES[name].reading == "list"]
        for phase in (lists, STREAMS, BACKLOG):
            chosen = [name for name in phase if name in names]
            self._recorder.begin_phase()
            self._find_parents(chosen)
            for name in chosen:
                self._read(name)
            if self._recorder.has_news(self._slice):
                self._commit()

    def _find_parents(self, names: Iterable[str]) -> None:
        since = self._began_at if self._options.full else None
        backlog = Backlog(self._reader, self._account.account, self._now(), since=since)
        for name in names:
            if RESOURCES[name].reading != "list":
                self._assignment.work.parents[name] = backlog.parents(name)

    def _read(self, name: str) -> None:
        self._progress.resource_started(self._account.account, name, self._expected(name))
        while not self._readings.is_finished(name):
            self._recorder.touch(name)
            self._take(name)
            if self._slice.is_full():
                self._commit()
        self._recorder.finish(name)
        outcome = self._readings.outcome(name)
        self._progress.resource_finished(self._account.account, name, outcome.status, outcome.rows)

    def _take(self, name: str) -> None:
        try:
            for table in self._readings.take(name, self._is_enough):
                self._slice.add(name, table)
                self._recorder.saw(table)
        except WorkableError:
            self._recorder.abandon(name)
            raise

    def _is_enough(self, _rows: int, size: int) -> bool:
        return self._slice.is_full(size)

    def _commit(self) -> None:
        self._recorder.load(self._slice)
        self._slice = Slice(self._options.limits)

    def _expected(self, name: str) -> int | None:
        parents = self._assignment.work.parents.get(name)
        return None if parents is None else len(parents)

    def _advanced(self, resource: str, rows: int, requests: int) -> None:
        self._progress.advanced(self._account.account, resource, rows, requests)
        if self._client.rate_limit is not None:
            used = min(self._ledger.lately(), self._client.rate_limit)
            self._progress.limit(self._account.account, used, self._client.rate_limit)

    def _now(self) -> datetime:
        return server_time(self._client)

    # reporting

    def _stopped(self, error: UserError) -> AccountReport:
        self._report.error = error.to_json()
        self._report.exit_code = error.exit_code
        self._progress.message(f"{self._account.account}: {error.message}")
        return self._report

    def _sum_up(self, names: Sequence[str], viewpoint: Viewpoint) -> None:
        report = self._report
        report.resources = [
            resource_report(name, self._readings.outcome(name), self._history)
            if name in names
            else ResourceReport(name, "failed", error=viewpoint.problem)
            for name in self._names
        ]
        lists = [r for r in report.resources if RESOURCES[r.name].reading == "list"]
        enabled = {n for n in self._account.enabled if RESOURCES[n].reading == "list"}
        read = {r.name for r in lists if r.status in ("ok", "skipped")}
        report.complete = report.error is None and enabled <= read
        if report.complete:
            span = last_complete_run(self._reader, self._account.account, enabled)
            report.completed_at = span[1] if span else None
        backlog = Backlog(self._reader, self._account.account, self._now())
        report.backlog = sum(
            backlog.count(r.name) for r in report.resources
            if RESOURCES[r.name].reading != "list" and r.status != "skipped"
        )  # fmt: skip


def resource_report(name: str, outcome: Outcome, history: SyncHistory) -> ResourceReport:
    """Describe what came of a resource.

    A scope that was never granted leaves the resource out; one that was lost is a failure, since
    what is stored of it goes stale.
    """
    problem = outcome.problem
    error = (
        {"code": problem.code, "message": problem.message, "hint": problem.hint or ""}
        if problem
        else None
    )
    status = outcome.status
    if status == "skipped" and name in history.newest:
        status = "failed"
        error = {
            "code": "scope_lost",
            "message": f"The token may no longer read it. {problem.message if problem else ''}",
            "hint": problem.hint or "" if problem else "",
        }
    return ResourceReport(
        name=name,
        status=status,
        rows=outcome.rows,
        requests=outcome.requests,
        error=error,
        notes=list(outcome.notes),
        quarantined=outcome.quarantined,
    )


def server_time(client: WorkableClient, now: Callable[[], datetime] | None = None) -> datetime:
    """Give the server's clock, UTC, naive, whole seconds; ours where it never told."""
    ours = now() if now else datetime.now(timezone.utc)
    theirs = ours + (client.server_clock_offset or timedelta())
    return theirs.replace(tzinfo=None, microsecond=0)
