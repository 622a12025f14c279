"""`load`: the raw tables from Workable."""

from __future__ import annotations

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.live import reporting
from workable_elt.cli.outcome import with_error
from workable_elt.cli.requests import LoadRequest
from workable_elt.cli.show import show_load
from workable_elt.cli.target import target_of
from workable_elt.config import Config, read_config
from workable_elt.exits import BusyError
from workable_elt.progress import Progress
from workable_elt.transform import TESTED
from workable_elt.warehouse import LoadReport
from workable_elt.warehouse import load as load_raw


def load_command(request: LoadRequest, *, quiet: bool = False) -> Answer:
    """Load what changed.

    Raises:
        UserError: a wrong option or configuration, no warehouse, or somebody else is at work.
    """
    config = read_config(destination=request.destination)
    builds = Builds(target_of(request.destination)) if config.destination in TESTED else None
    with reporting(quiet=quiet) as progress:
        report = load(config, request, builds, progress)
    body = with_error(report.to_json(), report.error)
    return Answer(body, report.exit_code, lambda console: show_load(console, body))


def load(
    config: Config, request: LoadRequest, builds: Builds | None, progress: Progress
) -> LoadReport:
    """Load, and remember whether the built tables are outdated by it.

    Args:
        config: accounts and warehouse.
        request: what was asked for.
        builds: the builds of the warehouse, None where dbt cannot build in it.
        progress: told of every page.
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
            progress=progress,
        )
    except BusyError:
        if builds is not None:
            builds.nothing_changed()
        raise
    if builds is not None and not report.changed_tables:
        builds.nothing_changed()
    return report
