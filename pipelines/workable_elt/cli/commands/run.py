"""`run`: load, then build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.markup import escape

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.commands.load import load
from workable_elt.cli.live import reporting
from workable_elt.cli.outcome import build_error, with_error
from workable_elt.cli.requests import LoadRequest
from workable_elt.cli.show import show_build, show_load
from workable_elt.cli.target import target_of
from workable_elt.config import read_config
from workable_elt.exits import EXIT_FAILED, UserError
from workable_elt.progress import Progress
from workable_elt.transform import NOT_BUILT, BuildReport
from workable_elt.warehouse import LoadReport
from workable_elt.warehouse.publish import check_publish
from workable_elt.warehouse.publish import publish as publish_copy


def run_command(
    request: LoadRequest, *, publish: Path | None = None, quiet: bool = False
) -> Answer:
    """Load what changed and bring the tables up to date.

    Raises:
        UserError: nothing could begin. Trouble of dbt or of the copy after a load is in the
            answer, beside what was loaded.
    """
    builds = Builds(target_of(request.destination))
    config = read_config(destination=request.destination)
    copy = check_publish(config, publish) if publish else None
    built, published = NOT_BUILT, None
    with reporting(quiet=quiet) as progress:
        loaded = load(config, request, builds, progress)
        try:
            built = _build(loaded, builds, progress)
            if copy is not None and loaded.status != "failed" and built.status != "failed":
                published = publish_copy(config, copy, loaded.run_id)
        except UserError as error:
            return _answer(loaded, built, published, error)
    return _answer(loaded, built, published)


def _build(loaded: LoadReport, builds: Builds, progress: Progress) -> BuildReport:
    if loaded.status == "failed" or builds.is_current(loaded.as_of):
        return NOT_BUILT
    return builds.build(as_of=loaded.as_of, progress=progress)


def _answer(
    loaded: LoadReport,
    built: BuildReport,
    published: Path | None,
    error: UserError | None = None,
) -> Answer:
    status = "failed" if error or built.status == "failed" else loaded.status
    body = with_error(
        {
            **loaded.to_json(),
            "status": status,
            "dbt": built.to_json(),
            "published": str(published) if published else None,
        },
        error.to_json() if error else loaded.error or build_error(built),
    )

    def show(console: Any) -> None:
        show_load(console, body)
        if error is None and loaded.status != "failed":
            show_build(console, built)
        if published:
            console.print(f"Published to {escape(str(published))}.")

    return Answer(body, _exit_code(loaded, built, error), show)


def _exit_code(loaded: LoadReport, built: BuildReport, error: UserError | None) -> int:
    if error is not None:
        return error.exit_code
    return EXIT_FAILED if built.status == "failed" else loaded.exit_code
