"""`run`: load, then build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.markup import escape

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.commands.load import interruption, load, load_answer
from workable_elt.cli.live import reporting
from workable_elt.cli.outcome import build_error, with_error
from workable_elt.cli.requests import LoadRequest
from workable_elt.cli.show import show_build, show_load
from workable_elt.cli.signals import stoppable
from workable_elt.cli.target import target_of
from workable_elt.config import Config, read_config
from workable_elt.exits import EXIT_FAILED, UserError
from workable_elt.progress import Progress
from workable_elt.transform import NOT_BUILT, BuildReport
from workable_elt.warehouse import LoadReport
from workable_elt.warehouse.copies import known_copies
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
    asked = [check_publish(config, publish)] if publish else []
    built = NOT_BUILT
    published: list[Path] = []
    with reporting(quiet=quiet) as progress:
        with stoppable() as stop:
            loaded = load(config, request, builds, progress, stop)
        if interruption(loaded):
            more = {"dbt": NOT_BUILT.to_json(), "published": []}
            return load_answer(loaded, show_load, more)
        try:
            built = _build(loaded, builds, progress)
            if loaded.status != "failed" and built.status != "failed":
                copies = _copies(config, asked, built)
                published.extend(publish_copy(config, copy, loaded.run_id) for copy in copies)
        except UserError as error:
            return _answer(loaded, built, published, error)
    return _answer(loaded, built, published)


def _copies(config: Config, asked: list[Path], built: BuildReport) -> list[Path]:
    """Those that were asked for; all there are after a build, or deleted people would stay in one."""
    known = known_copies(config.duckdb_file) if built.models and config.duckdb_file else []
    return list(dict.fromkeys([*asked, *known]))


def _build(loaded: LoadReport, builds: Builds, progress: Progress) -> BuildReport:
    if loaded.status == "failed" or builds.is_current(loaded.as_of):
        return NOT_BUILT
    return builds.build(as_of=loaded.as_of, progress=progress)


def _answer(
    loaded: LoadReport,
    built: BuildReport,
    published: list[Path],
    error: UserError | None = None,
) -> Answer:
    status = "failed" if error or built.status == "failed" else loaded.status
    body = with_error(
        {
            **loaded.to_json(),
            "status": status,
            "dbt": built.to_json(),
            "published": [str(copy) for copy in published],
        },
        error.to_json() if error else loaded.error or build_error(built),
    )

    def show(console: Any) -> None:
        show_load(console, body)
        if error is None and loaded.status != "failed":
            show_build(console, built)
        for copy in published:
            console.print(f"Published to {escape(str(copy))}.")

    return Answer(body, _exit_code(loaded, built, error), show)


def _exit_code(loaded: LoadReport, built: BuildReport, error: UserError | None) -> int:
    if error is not None:
        return error.exit_code
    return EXIT_FAILED if built.status == "failed" else loaded.exit_code
