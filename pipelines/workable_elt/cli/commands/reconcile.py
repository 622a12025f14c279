"""`reconcile`: a load that reads every list whole, to find what was deleted."""

from __future__ import annotations

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.commands.load import load, load_answer
from workable_elt.cli.live import reporting
from workable_elt.cli.requests import LoadRequest
from workable_elt.cli.show_deletes import show_reconciled
from workable_elt.cli.signals import stoppable
from workable_elt.cli.target import target_of
from workable_elt.config import read_config
from workable_elt.transform import TESTED


def reconcile_command(request: LoadRequest, *, quiet: bool = False) -> Answer:
    """Read every list whole, decide what is gone, and read on like any load.

    What a deleted, returned or relocated record leaves to be read is read, too, so that the
    account is afterwards as after a load.

    Args:
        request: What to read; `reconcile` is set in it.
        quiet: Whether to show no progress.

    Raises:
        UserError: a wrong option or configuration, no warehouse, or somebody else is at work.
    """
    config = read_config(destination=request.destination)
    builds = Builds(target_of(request.destination)) if config.destination in TESTED else None
    with reporting(quiet=quiet) as progress, stoppable() as stop:
        report = load(config, request, builds, progress, stop)
    return load_answer(report, show_reconciled)
