"""Runs dbt inside this process and reports what it did."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workable_elt.exits import UserError
from workable_elt.progress import NullProgress, Progress
from workable_elt.transform.arguments import shared_arguments, target_folder
from workable_elt.transform.preflight import busy_file
from workable_elt.transform.project import project_dir, project_version
from workable_elt.transform.report import BuildReport
from workable_elt.transform.results import report_of
from workable_elt.transform.target import Target

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

# dbt keeps its flags, its adapter and its invocation in globals, and profiles.yml reads the
# environment of the process: one run at a time.
_LONGEST_MESSAGE = 600
# No variable: dbt would read the whole project anew whenever it changes (macros/time.sql).
_AS_OF = "DBT_ENV_CUSTOM_ENV_WORKABLE_AS_OF"
_INSTANT = "%Y-%m-%d %H:%M:%S.%f"
_ONE_AT_A_TIME = threading.Lock()


def build(
    target: Target,
    *,
    as_of: datetime | None = None,
    select: Sequence[str] = (),
    full_refresh: bool = False,
    progress: Progress | None = None,
    project: Path | None = None,
) -> BuildReport:
    """Build and test the dbt models.

    Args:
        target: the warehouse; its raw tables exist.
        as_of: "now" of every model, UTC; None takes the newest complete sync.
        select: dbt nodes in dbt's syntax; all when empty.
        full_refresh: whether incremental models are rebuilt from nothing.
        progress: told of each finished node.
        project: folder of another dbt project with the same profile; default our own.

    Returns:
        The report; failing tests and models are in it and raise nothing.

    Raises:
        UserError: dbt could not start: no connection, a broken project, an unknown selection.
    """
    source = project or project_dir()
    arguments = _arguments(target, source, select, full_refresh=full_refresh)
    environment = {**target.environment(), _AS_OF: f"{as_of:{_INSTANT}}" if as_of else ""}
    began = time.monotonic()
    with _ONE_AT_A_TIME, _environment(environment):
        forget_other_release(target_folder(target), source)
        outcome = _invoke(arguments, progress or NullProgress())
    if outcome.exception is not None:
        raise _cannot_start(outcome.exception, target)
    results = getattr(outcome.result, "results", None) or []
    return report_of(results, seconds=time.monotonic() - began)


def _arguments(
    target: Target,
    project: Path,
    select: Sequence[str],
    *,
    full_refresh: bool,
) -> list[str]:
    arguments = ["build", *shared_arguments(target, project)]
    # Unit tests prove the logic, on rows of their own: that is our CI's business, and would cost
    # every run in a user's warehouse.
    arguments += ["--exclude-resource-type", "unit_test"]
    if not target.data_tests:
        arguments += ["--exclude-resource-type", "test"]
    for node in select:
        arguments += ["--select", node]
    if full_refresh:
        arguments.append("--full-refresh")
    return arguments


def forget_other_release(folder: Path, project: Path) -> None:
    """Drop dbt's parse of the project as it was before an upgrade.

    dbt can stumble over a model whose description has moved to another file since ("two schema.yml
    entries for the same resource").

    Args:
        folder: dbt's target folder.
        project: folder of the dbt project.
    """
    known, version = folder / "project_version", project_version(project)
    if known.is_file() and known.read_text() == version:
        return
    (folder / "partial_parse.msgpack").unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    known.write_text(version)


def _invoke(arguments: list[str], progress: Progress) -> dbtRunnerResult:
    os.environ.setdefault("DO_NOT_TRACK", "1")
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner
    from dbt_common.events.functions import reset_metadata_vars

    reset_metadata_vars()  # a process with an earlier build remembers those of then
    try:
        return dbtRunner(callbacks=[_listener(progress)]).invoke(arguments)
    finally:
        _close_duckdb()
        reset_adapters()  # type: ignore[no-untyped-call]


def _close_duckdb() -> None:
    """Let go of the database file, which dbt-duckdb otherwise holds until the process ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    environment = DuckDBConnectionManager._ENV  # the adapter offers no public way
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if environment is not None:
        environment.close()
    del environment
    gc.collect()


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _listener(progress: Progress) -> Any:
    """A dbt callback that counts finished nodes; dbt calls it from its worker threads."""
    total = done = 0
    lock = threading.Lock()

    def listen(event: Any) -> None:
        nonlocal total, done
        data = event.data
        with lock:
            if event.info.name in ("LogStartLine", "LogHookStartLine"):
                total = max(total, getattr(data, "total", 0))
            elif event.info.name == "NodeFinished":
                done += 1
                progress.built(done, max(total, done), data.node_info.node_name)

    return listen


def _cannot_start(problem: BaseException, target: Target) -> BaseException:
    """What to raise when dbt stopped before it built anything."""
    if isinstance(problem, UserError) or not isinstance(problem, Exception):
        return problem
    words = " ".join(str(problem).split())
    in_project = any(kind in words for kind in ("Compilation Error", "Parsing Error"))
    error = busy_file(Path(target.credentials), problem) or UserError(
        "dbt",
        f"dbt could not start: {words[:_LONGEST_MESSAGE]}",
        "The dbt project is not as it was shipped: install workable-elt again."
        if in_project
        else "Try `workable-elt check`, which looks at the warehouse.",
    )
    error.__cause__ = problem
    return error
