"""Loads one account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import dlt

from workable_elt.api import Cancelled, WorkableClient, WorkableError
from workable_elt.config import AccountConfig
from workable_elt.progress import Progress
from workable_elt.settings import RESOURCES, SCHEMA_NAME
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.warehouse.assignment import assign
from workable_elt.warehouse.backlog import Backlog
from workable_elt.warehouse.clock import server_time, time_at_first, utc_now
from workable_elt.warehouse.deletes import Scene, Settling
from workable_elt.warehouse.erasure import People, built_tables, remove, remove_built
from workable_elt.warehouse.failures import api_failure
from workable_elt.warehouse.freshness import budget, overdue
from workable_elt.warehouse.ledger import Ledger
from workable_elt.warehouse.lock import Gate
from workable_elt.warehouse.options import Options, is_list
from workable_elt.warehouse.phases import Phases
from workable_elt.warehouse.recorder import Identity, Recorder
from workable_elt.warehouse.report import AccountReport, ResourceReport
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.stopping import Stop
from workable_elt.warehouse.syncs import SyncHistory, last_complete_run, read_history
from workable_elt.warehouse.viewpoint import Viewpoint


@dataclass(frozen=True)
class AccountJob:
    """One account in one run.

    Attributes:
        account: Its configuration.
        pipeline: Its pipeline; the tables exist.
        client: Reads it; closing it is the caller's business.
        ledger: Counts the client's requests.
        policy: Column policy.
        run_id: The run.
        options: How this run differs.
        progress: Told of everything.
        gate: Held while a package is loaded, so that accounts do not write at the same time.
        stop: Ends the run early; what was read is loaded.
    """

    account: AccountConfig
    pipeline: dlt.Pipeline
    client: WorkableClient
    ledger: Ledger
    policy: ColumnPolicy
    run_id: str
    options: Options
    progress: Progress
    gate: Gate
    stop: Stop

    @property
    def label(self) -> str:
        """The account's label."""
        return self.account.account

    @property
    def names(self) -> tuple[str, ...]:
        """What is to be read."""
        return self.options.chosen(self.account.enabled, self.account.depth)


def load_account(job: AccountJob) -> tuple[AccountReport, set[str]]:
    """Read and load an account.

    Returns:
        The report, and the raw tables that have new rows.

    Raises:
        UserError: The warehouse failed. What Workable refuses is in the report.
    """
    try:
        viewpoint = Viewpoint.find(job.client, job.account, job.names)
    except Cancelled:
        return _not_begun(job), set()
    except WorkableError as error:
        report = AccountReport(job.label)
        _stop(report, error, job.progress)
        return report, set()
    return _Load(job, viewpoint).execute()


def _not_begun(job: AccountJob) -> AccountReport:
    """Describe an account of which the stop left nothing to be read."""
    job.stop.request("max_requests")
    report = AccountReport(job.label, stopped=job.stop.reason)
    report.resources = [ResourceReport(name, "partial") for name in job.names]
    backlog = Backlog(Reader.of_pipeline(job.pipeline), job.label, server_time(job.client))
    tallies = {name: backlog.tally(name) for name in job.names if not is_list(name)}
    report.backlog = sum(tally.due for tally in tallies.values())
    report.overdue = overdue(tallies)
    report.reached = "lists"
    return report


class _Load:
    """The load of an account, once it is known whose eyes it is read with."""

    def __init__(self, job: AccountJob, viewpoint: Viewpoint) -> None:
        self._job = job
        self._viewpoint = viewpoint
        self._reader = Reader.of_pipeline(job.pipeline)
        self._history = read_history(self._reader, job.label)
        self._began_at = utc_now()
        self._assignment = assign(
            job.account,
            job.names,
            self._history,
            self._reader,
            time_at_first(job.client, self._reader, job.label),
            full=job.options.full,
            reconcile=job.options.reconcile,
            since=job.options.since,
        )
        self._readings = Readings(
            viewpoint.client,
            account=job.label,
            policy=job.policy,
            work=self._assignment.work,
            on_progress=self._advanced,
            concurrency=job.options.concurrency,
        )
        self._recorder = Recorder(
            job.pipeline,
            Identity(job.label, job.run_id, viewpoint.sight),
            self._readings,
            self._assignment,
            job.ledger,
            self._reader,
            self._now,
            job.gate,
        )
        self._settling = Settling(self._scene())
        self._report = AccountReport(job.label)

    def execute(self) -> tuple[AccountReport, set[str]]:
        """Read, load and sum up."""
        names = self._visible_names()
        phases = Phases(
            self._readings,
            self._recorder,
            self._assignment.work,
            self._job.options.limits,
            self,
            self._job.stop,
            self._settling,
            self._spare,
        )
        try:
            phases.read(names, self._backlog)
        except Cancelled:
            self._job.stop.request("max_requests")
        except WorkableError as error:
            _stop(self._report, error, self._job.progress)
        finally:
            self._readings.close()
        phases.finish()
        self._sum_up()
        if self._report.stopped is not None:
            self._report.reached, self._report.cut = phases.reached, phases.cut
        return self._report, self._recorder.changed_tables

    def _visible_names(self) -> tuple[str, ...]:
        return tuple(name for name in self._job.names if name not in self._viewpoint.blind)

    def _scene(self) -> Scene:
        job = self._job
        return Scene(
            account=job.account,
            names=self._visible_names(),
            client=self._viewpoint.client,
            sight=self._viewpoint.sight,
            policy=job.policy,
            reader=self._reader,
            readings=self._readings,
            assignment=self._assignment,
            history=self._history,
            recorder=self._recorder,
            remove=self._remove,
            stop=job.stop,
            clock=self._now,
            accepted=job.options.accept_deletes,
            asks_all=job.options.reconcile or job.options.full,
        )

    def _remove(self, people: People) -> None:
        snapshots = [table for table in built_tables(self._reader) if table.is_snapshot]
        with self._job.gate, self._job.pipeline.sql_client(SCHEMA_NAME) as client:
            # Everything else that was built is built anew. First, since a later run knows by their
            # raw rows whom one that was killed has left.
            remove_built(client, snapshots, self._job.label, people)
            removed = remove(client, self._job.label, people)
        self._recorder.changed_tables |= {name for name in removed if name in RESOURCES}

    def began(self, resource: str, expected: int | None) -> None:
        """Pass it on."""
        self._job.progress.resource_started(self._job.label, resource, expected)

    def ended(self, resource: str) -> None:
        """Pass it on."""
        outcome = self._readings.outcome(resource)
        self._job.progress.resource_finished(
            self._job.label, resource, outcome.status, outcome.rows
        )

    def _advanced(self, resource: str, rows: int, requests: int) -> None:
        progress, limit = self._job.progress, self._viewpoint.client.rate_limit
        progress.advanced(self._job.label, resource, rows, requests)
        if limit is not None:
            progress.limit(self._job.label, min(self._job.ledger.lately(), limit), limit)

    def _backlog(self) -> Backlog:
        now = self._now()
        if not self._job.options.full:
            return Backlog(self._reader, self._job.label, now)
        since = now - (utc_now() - self._began_at)
        return Backlog(self._reader, self._job.label, now, since=since, loaded_since=self._began_at)

    def _spare(self) -> int:
        """Give the requests that are left for what is only old."""
        client, options = self._viewpoint.client, self._job.options
        minutes = self._job.account.freshness_minutes
        if options.max_minutes is not None:
            minutes = min(minutes, options.max_minutes)
        most = budget(minutes, client.rate_limit)
        if options.max_requests is not None:
            most = min(most, options.max_requests)
        return most - client.stats.requests

    def _now(self) -> datetime:
        return server_time(self._viewpoint.client)

    def _sum_up(self) -> None:
        report = self._report
        report.resources = [self._resource_report(name) for name in self._job.names]
        lists = {name for name in self._job.account.enabled if is_list(name)}
        # A list whose deletes are held back was read to its end all the same.
        held = self._settling.problems
        read = {r.name for r in report.resources if r.status in ("ok", "skipped") or r.name in held}
        report.complete = report.error is None and lists <= read
        if report.complete:
            span = last_complete_run(self._reader, self._job.label, lists)
            report.completed_at = span[1] if span else None
        backlog = Backlog(self._reader, self._job.label, self._now())
        children = [r for r in report.resources if not is_list(r.name) and r.status != "skipped"]
        tallies = {resource.name: backlog.tally(resource.name) for resource in children}
        report.backlog = sum(tally.due for tally in tallies.values())
        report.overdue = overdue(tallies)
        report.stopped = self._job.stop.reason

    def _resource_report(self, name: str) -> ResourceReport:
        if name in self._viewpoint.blind:
            return ResourceReport(name, "failed", error=self._viewpoint.problem)
        report = resource_report(name, self._readings, self._history)
        if name in self._settling.counts:
            report.deletes = self._settling.counts[name].to_json()
            report.notes += self._settling.notes.get(name, ())
        if name in self._settling.problems:
            report.status, report.error = "failed", self._settling.problems[name]
        if report.status == "partial" and report.error is None and self._report.error is not None:
            report.status, report.error = "failed", self._report.error
        return report


def resource_report(name: str, readings: Readings, history: SyncHistory) -> ResourceReport:
    """Describe what came of a resource.

    A scope that was never granted leaves the resource out; one that was lost is a failure, since
    what is stored of it goes stale.
    """
    outcome = readings.outcome(name)
    status, problem = outcome.status, outcome.problem
    error = None
    if problem is not None:
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint or ""}
        if status == "skipped" and name in history.newest:
            status = "failed"
            error["code"] = "scope_lost"
            error["message"] = f"It was read before, and is refused now. {problem.message}"
    return ResourceReport(
        name=name,
        status=status,
        rows=outcome.rows,
        requests=outcome.requests,
        error=error,
        notes=list(outcome.notes),
        quarantined=outcome.quarantined,
    )


def _stop(report: AccountReport, error: WorkableError, progress: Progress) -> None:
    failure = api_failure(error)
    report.error = failure.to_json()
    report.exit_code = failure.exit_code
    progress.message(f"{report.account}: {failure.message}")
