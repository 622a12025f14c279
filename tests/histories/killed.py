"""A process that dies at a chosen point of a load, as by ``kill -9``: nothing is tidied up.

The load runs in a forked child, so the start costs milliseconds, and everything that dies with a
process dies here too: connections, locks, threads, open transactions. Points are counted, not
timed, so a history that failed fails again.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Literal

import httpx
from dlt.common.storages.file_storage import FileStorage
from dlt.destinations.impl.duckdb.sql_client import DuckDbSqlClient
from dlt.destinations.impl.postgres.sql_client import Psycopg2SqlClient
from dlt.load.load import Load

Where = Literal["anywhere", "package"]
"""Count every request, statement and file move of a run, or only those that load a package."""

_PATIENCE = 120.0


def run_and_kill(work: Callable[[], object], point: int, where: Where) -> bool:
    """Do some work in a child process that is killed at a point of it.

    Args:
        work: What to do.
        point: The first point is 1; work that has fewer is done to its end.
        where: Which points count.

    Returns:
        Whether it was killed.

    Raises:
        AssertionError: It failed before that point, or neither ended nor died.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _be_the_child(work, point, where)
    status = _wait(child)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"the load died of {os.WTERMSIG(status)}"
        return True
    assert os.WEXITSTATUS(status) == 0, "the load failed before it was killed; see above"
    return False


def _wait(child: int) -> int:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError(f"the load was not done within {_PATIENCE} seconds")


def _be_the_child(work: Callable[[], object], point: int, where: Where) -> None:
    """Never returns: what follows in this process is the parent's business."""
    code = 1
    try:
        _plant(point, where)
        work()
        code = 0
    except BaseException:  # noqa: BLE001, a child must not fall back into the parent's test run
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _plant(point: int, where: Where) -> None:
    """Put a counter into everything that reaches beyond this process."""
    counter = itertools.count(1)
    in_package = [where == "anywhere"]

    def tick() -> None:
        if in_package[0] and next(counter) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    for client in (DuckDbSqlClient, Psycopg2SqlClient):
        _wrap_statement(client, tick)
    for owner, name in ((httpx.Client, "send"), (FileStorage, "atomic_rename")):
        _wrap_call(owner, name, tick)
    original = Load.load_single_package

    def load_single_package(self: Load, *args: Any) -> None:
        in_package[0] = True
        try:
            original(self, *args)
        finally:
            in_package[0] = where == "anywhere"

    Load.load_single_package = load_single_package  # type: ignore[method-assign]


def _wrap_statement(client: Any, tick: Callable[[], None]) -> None:
    original = client.execute_query

    @contextlib.contextmanager
    def execute_query(self: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        tick()
        with original(self, *args, **kwargs) as cursor:
            yield cursor
        tick()

    client.execute_query = execute_query


def _wrap_call(owner: Any, name: str, tick: Callable[[], None]) -> None:
    original = getattr(owner, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        tick()
        return original(*args, **kwargs)

    setattr(owner, name, call)
