"""`load`: the raw tables from Workable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.live import reporting
from workable_elt.cli.outcome import with_error
from workable_elt.cli.requests import LoadRequest
from workable_elt.cli.show import show_load
from workable_elt.cli.signals import interrupted, signal_received, stoppable
from workable_elt.cli.target import target_of
from workable_elt.config import Config, read_config
from workable_elt.exits import BusyError, UserError
from workable_elt.progress import Progress
from workable_elt.transform import TESTED
from workable_elt.warehouse import LoadReport
from workable_elt.warehouse import load as load_raw
from workable_elt.warehouse.stopping import Stop

if TYPE_CHECKING:
    from rich.console import Console


def load_command(request: LoadRequest, *, quiet: bool = False) -> Answer:
    """Load what changed.

    Raises:
        UserError: a wrong option or configuration, no warehouse, or somebody else is at work.
    """
    config = read_config(destination=request.destination)
    builds = Builds(target_of(request.destination)) if config.destination in TESTED else None
    with reporting(quiet=quiet) as progress, stoppable() as stop:
        report = load(config, request, builds, progress, stop)
    return load_answer(report, show_load)


def load_answer(
    loaded: LoadReport,
    show: Callable[[Console, Mapping[str, Any]], None],
    more: Mapping[str, Any] | None = None,
) -> Answer:
    """Give the answer of a load, be it at its end or stopped.

    Args:
        loaded: what it did.
        show: shows its object to a person.
        more: further keys of the object.
    """
    ended = interruption(loaded)
    status = "partial" if ended else loaded.status
    error = ended.to_json() if ended else loaded.error
    body = with_error({**loaded.to_json(), "status": status, **(more or {})}, error)
    code = ended.exit_code if ended else loaded.exit_code
    return Answer(body, code, lambda console: show(console, body))


def interruption(loaded: LoadReport) -> UserError | None:
    """Give what a signal makes of a load's end; None when there was no signal."""
    sent = signal_received()
    if sent is None:
        return None
    return interrupted(sent, sum(account.backlog for account in loaded.accounts))


def load(
    config: Config,
    request: LoadRequest,
    builds: Builds | None,
    progress: Progress,
    stop: Stop,
) -> LoadReport:
    """Load, and remember whether the built tables are outdated by it.

    Args:
        config: accounts and warehouse.
        request: what was asked for.
        builds: the builds of the warehouse, None where dbt cannot build in it.
        progress: told of every page.
        stop: ends it early.
    """
    if builds is not None:
        builds.begin()
    try:
        report = load_raw(
            config,
            accounts=request.accounts,
            resources=request.resources,
            full=request.full,
            depth=request.depth,
            since=request.since,
            reconcile=request.reconcile,
            accept_deletes=request.accept_deletes,
            max_requests=request.max_requests,
            max_minutes=request.max_minutes,
            stop=stop,
            progress=progress,
        )
    except BusyError as busy:
        if builds is not None and not busy.touched:
            builds.nothing_changed()
        raise
    if builds is not None and not report.changed_tables:
        builds.nothing_changed()
    return report
