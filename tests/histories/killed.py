"""A process that dies at a chosen point of a load, as by ``kill -9``: nothing is tidied up.

The load runs in a forked child, so the start costs milliseconds, and everything that dies with a
process dies here too: connections, locks, threads, open transactions. Points are counted, not
timed, so a history that failed fails again.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import httpx
from dlt.common.storages.file_storage import FileStorage
from dlt.destinations.impl.duckdb.sql_client import DuckDbSqlClient
from dlt.destinations.impl.postgres.sql_client import Psycopg2SqlClient
from dlt.load.load import Load

Where = Literal["anywhere", "package"]
"""Count every request, statement and file move of a run, or only those that load a package."""

_PATIENCE = 120.0
_CLIENTS = (DuckDbSqlClient, Psycopg2SqlClient)


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
    return _run_in_child(work, lambda: _plant(point, where))


def run_and_kill_after(work: Callable[[], object], statement: str) -> bool:
    """Do some work in a child process that is killed as soon as it has sent a statement.

    Args:
        work: What to do.
        statement: A regular expression; the first statement that begins like this is the last one.

    Returns:
        Whether it was killed.

    Raises:
        AssertionError: It failed before, or neither ended nor died.
    """
    return _run_in_child(work, lambda: _plant_after(statement))


def _run_in_child(work: Callable[[], object], plant: Callable[[], None]) -> bool:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _be_the_child(work, plant)
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


def _be_the_child(work: Callable[[], object], plant: Callable[[], None]) -> None:
    """Never returns: what follows in this process is the parent's business."""
    code = 1
    try:
        plant()
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

    for client in _CLIENTS:
        _wrap_statement(client, lambda _: tick(), lambda _: tick())
        _take_apart(client)
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


def _plant_after(statement: str) -> None:
    def die_of(sent: str) -> None:
        if re.match(statement, sent.strip(), re.IGNORECASE):
            os.kill(os.getpid(), signal.SIGKILL)

    for client in _CLIENTS:
        _wrap_statement(client, lambda _: None, die_of)
        _take_apart(client)


def _wrap_statement(
    client: Any, before: Callable[[str], None], after: Callable[[str], None]
) -> None:
    original = client.execute_query

    @contextlib.contextmanager
    def execute_query(self: Any, query: str, *args: Any, **kwargs: Any) -> Iterator[Any]:
        before(query)
        with original(self, query, *args, **kwargs) as cursor:
            yield cursor
        after(query)

    client.execute_query = execute_query


def _take_apart(client: Any) -> None:
    """Send the statements of a script one by one: a process may die between any two of them."""

    def execute_many(self: Any, statements: Sequence[str]) -> None:
        for statement in statements:
            self.execute_sql(statement)

    client.execute_many = execute_many


def _wrap_call(owner: Any, name: str, tick: Callable[[], None]) -> None:
    original = getattr(owner, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        tick()
        return original(*args, **kwargs)

    setattr(owner, name, call)
