"""`build`: the unified tables from the raw ones."""

from __future__ import annotations

from collections.abc import Sequence

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.live import reporting
from workable_elt.cli.outcome import build_error, with_error
from workable_elt.cli.show import show_build
from workable_elt.cli.target import target_of
from workable_elt.exits import exit_code_of
from workable_elt.transform import require_raw_tables


def build_command(
    destination: str | None,
    accounts: Sequence[str],
    select: Sequence[str],
    *,
    full_refresh: bool,
    quiet: bool = False,
) -> Answer:
    """Build and test the tables of a warehouse.

    Raises:
        UserError: there is nothing to build from, dbt has no adapter for it, or cannot start.
    """
    target = target_of(destination)
    if accounts:
        from workable_elt.config import read_config

        read_config(destination=destination).select(accounts)
    require_raw_tables(target)
    with reporting(quiet=quiet) as progress:
        report = Builds(target).build(
            as_of=None, select=select, full_refresh=full_refresh, progress=progress
        )
    return Answer(
        with_error({"status": report.status, "dbt": report.to_json()}, build_error(report)),
        exit_code_of(report.status),
        lambda console: show_build(console, report),
    )
