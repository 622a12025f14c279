"""`purge`: one person's data out of everything, with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workable_elt.cli.answer import Answer
from workable_elt.cli.building import Builds
from workable_elt.cli.live import reporting
from workable_elt.cli.outcome import build_error, with_error
from workable_elt.cli.show_purge import show_purge
from workable_elt.cli.target import target_of
from workable_elt.config import Config, read_config
from workable_elt.exits import EXIT_FAILED, EXIT_OK, UsageError, UserError
from workable_elt.progress import Progress
from workable_elt.transform import NOT_BUILT, TESTED, BuildReport
from workable_elt.warehouse.copies import known_copies
from workable_elt.warehouse.erasure.purge import NOT_PROMISED, Purged, purge, settle_file, tidy
from workable_elt.warehouse.publish import check_publish, publish
from workable_elt.warehouse.run import new_run_id


@dataclass(frozen=True)
class PurgeRequest:
    """Who is to be removed, and where."""

    accounts: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    employees: tuple[str, ...] = ()
    whole_person: bool = False
    publish: Path | None = None
    destination: str | None = None


@dataclass
class _Rest:
    """What followed the removal."""

    built: BuildReport = NOT_BUILT
    published: list[Path] = field(default_factory=list)
    error: UserError | None = None


def purge_command(request: PurgeRequest, *, quiet: bool = False) -> Answer:
    """Remove people everywhere and give the receipt.

    Raises:
        UserError: nobody was named, nobody knows them, or somebody else is at work: nothing was
            removed then. Trouble after the removal is in the receipt.
    """
    if not request.candidates and not request.employees:
        raise UsageError("Nobody was named.", "Give --candidate ID or --employee ID.")
    config = read_config(destination=request.destination)
    accounts = config.select(request.accounts)
    copies = _copies(config, request.publish)
    builds = Builds(target_of(request.destination)) if config.destination in TESTED else None
    people = {"candidates": request.candidates, "employees": request.employees}
    with reporting(quiet=quiet) as progress:
        done = purge(
            config, accounts, people, whole_person=request.whole_person, run_id=new_run_id()
        )
        rest = _follow(config, builds, done, copies, progress)
    return _answer(done, rest)


def _copies(config: Config, asked: Path | None) -> list[Path]:
    """The published copies that are to be replaced, those that were asked for first."""
    copies = [check_publish(config, asked)] if asked else []
    known = known_copies(config.duckdb_file) if config.duckdb_file else []
    return list(dict.fromkeys([*copies, *known]))


def _follow(
    config: Config, builds: Builds | None, done: Purged, copies: Sequence[Path], progress: Progress
) -> _Rest:
    """Build anew, tidy up and publish; the first failure ends it, and the receipt tells."""
    rest = _Rest()
    try:
        tidy(config)
        if builds is not None:
            builds.begin()
            if done.was_built:
                rest.built = builds.build(as_of=None, progress=progress)
        settle_file(config)
        for copy in copies:
            rest.published.append(publish(config, copy, done.run_id))
    except UserError as error:
        rest.error = error
    return rest


def _answer(done: Purged, rest: _Rest) -> Answer:
    is_good = rest.error is None and rest.built.status != "failed"
    error = rest.error.to_json() if rest.error else build_error(rest.built)
    body: dict[str, Any] = with_error(
        {
            "status": "ok" if is_good else "failed",
            "run_id": done.run_id,
            "purged_at": done.at.isoformat() + "Z",
            "accounts": [removal.to_json() for removal in done.accounts],
            "dbt": rest.built.to_json(),
            "published": [str(copy) for copy in rest.published],
            "not_promised": list(NOT_PROMISED),
        },
        error,
    )
    return Answer(
        body, EXIT_OK if is_good else EXIT_FAILED, lambda console: show_purge(console, body)
    )
