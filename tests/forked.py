"""Commands in processes of their own that need not import anything any more.

A command imports dlt, and often dbt, for two to six seconds of CPU before it begins, which is most
of what the suite's shorter commands cost. Here a process that has imported them and done nothing
else is forked (multiprocessing's fork server) for each. Tests of signals, kills and the
installation start real interpreters.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.context import ForkServerContext
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired

_IMPORTED = (
    "babel.dates",
    "daff",
    "dbt.parser.sql",
    "dbt.runners",
    "dbt.task.build",
    "httpcore",
    "sqlparse.sql",
    "workable_elt.cli.building",
    "workable_elt.cli.live",
    "workable_elt.cli.show",
    "workable_elt.cli.app",
    "workable_elt.warehouse",
    "workable_elt.transform.build",
    "dlt.destinations.impl.duckdb.factory",
    "dlt.destinations.impl.postgres.factory",
    "dlt.pipeline.pipeline",
    "pyarrow.parquet",
    "dbt.cli.main",
    "dbt.adapters.duckdb.impl",
    "dbt.adapters.postgres.impl",
)


def workable_elt(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    timeout: float = 900,
) -> CompletedProcess[str]:
    """Run ``workable-elt`` to its end.

    Args:
        arguments: Without the program's name.
        folder: The working folder.
        environment: All of its environment.
        timeout: Seconds until it is killed.

    Returns:
        As `subprocess.run` gives it.

    Raises:
        TimeoutExpired: It was killed.
    """
    return _run(_workable_elt, arguments, folder, environment, timeout)


def dbt(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], *, timeout: float = 900
) -> CompletedProcess[str]:
    """Run ``dbt`` to its end; arguments as of `workable_elt`."""
    return _run(_dbt, arguments, folder, environment, timeout)


def _workable_elt() -> None:
    from workable_elt.cli import main

    main()


def _dbt() -> None:
    from dbt.cli.main import cli

    from workable_elt.garbage import look_less_often

    look_less_often()
    cli()


def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_IMPORTED])
    return context


def _run(
    entry: Callable[[], None],
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    timeout: float,
) -> CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="command-") as place:
        told = [Path(place) / "out", Path(place) / "err"]
        process = _server().Process(
            target=_become,
            args=(entry, [*arguments], str(folder), {**environment}, [str(t) for t in told]),
        )
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired([*arguments], timeout)
        out, err = (path.read_text() for path in told)
        code = process.exitcode
        process.close()
        return CompletedProcess([*arguments], code, out, err)


def _become(
    entry: Callable[[], None],
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
    told: list[str],
) -> None:
    """Take the place of a process that a shell has started, and never return."""
    for descriptor, path in enumerate(told, start=1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, descriptor)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = [entry.__name__.strip("_"), *arguments]
    code: object = 0
    try:
        entry()
    except SystemExit as end:
        code = end.code
    # multiprocessing ends its processes without what an interpreter does at its end.
    with contextlib.suppress(ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    atexit._run_exitfuncs()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)
