"""One writer at a time: leases in a server, a lock on ``FILE.lock`` for a database file.

DuckDB lets one process open a file, so there a lock beside the file is lease enough. A Postgres
server keeps leases for all machines. Other destinations, which no test has seen, get a lock in the
home folder, which keeps two runs of one machine apart.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from workable_elt.config import Config
from workable_elt.exits import BusyError, WarehouseError
from workable_elt.settings import RAW_DATASET
from workable_elt.warehouse.copies import read_a_copy
from workable_elt.warehouse.destination import server_dsn
from workable_elt.warehouse.failures import warehouse_failure
from workable_elt.warehouse.leases import Leases, LoadGate, account_leases
from workable_elt.warehouse.stopping import Stop

Gate = contextlib.AbstractContextManager[object]
"""Held around each package and each change of the schema; one at a time may."""

_HELD_ELSEWHERE = "Could not set lock on file"
_PROCESS = re.compile(r"\(PID (\d+)\)")


@contextlib.contextmanager
def exclusive(
    config: Config, accounts: tuple[str, ...], run_id: str, stop: Stop | None = None
) -> Iterator[Gate]:
    """Hold everything that a run must have for itself; give it back at the end.

    Args:
        config: Where the warehouse is, and how long to wait for a file that is open elsewhere.
        accounts: Labels of the accounts of this run.
        run_id: Told to others that come while it runs.
        stop: A signal ends the waiting for others.

    Returns:
        What must be held around each package and each change of the schema; it is no lock to be
        taken twice by one thread.

    Raises:
        BusyError: Another run is at work, or another process has the database file open.
        WarehouseError: The file or its folder cannot be written, or is no database; the server
            cannot be reached.
    """
    stop = stop or Stop()
    with contextlib.ExitStack() as held:
        if _is_postgres(config):
            yield held.enter_context(_leased(config, accounts, run_id, stop))
            return
        for path in _lock_files(config, accounts):
            held.enter_context(_locked(path, run_id))
        if config.duckdb_file is not None:
            # Held open to the end, so that no stranger gets in between two load packages.
            wait = stop.signalled.wait
            held.enter_context(opened(config.duckdb_file, config.wait_seconds, sleep=wait))
        yield threading.Lock()


@contextlib.contextmanager
def _leased(config: Config, accounts: tuple[str, ...], run_id: str, stop: Stop) -> Iterator[Gate]:
    # Its driver is an extra; server_dsn says so where it is missing.
    dsn = _server_address(config)
    from workable_elt.warehouse.server import Server

    server = Server(dsn, RAW_DATASET)
    terms = config.lease
    leases = Leases(server, _name_of(run_id), terms)
    with contextlib.ExitStack() as held:
        held.callback(server.close)
        try:
            server.prepare_leases()
            held.enter_context(account_leases(leases, accounts, terms))
        except server.failures as error:
            raise warehouse_failure(error) from error
        yield LoadGate(leases, f"load:{RAW_DATASET}", terms, stop)


def _server_address(config: Config) -> str:
    try:
        return server_dsn(config)
    except Exception as error:
        raise warehouse_failure(error) from error


def _is_postgres(config: Config) -> bool:
    return config.duckdb_file is None and config.destination.split(".")[-1] == "postgres"


def _name_of(run_id: str) -> str:
    return f"run {run_id}, process {os.getpid()} on {socket.gethostname()}"


def refuse_during_run(config: Config) -> None:
    """Tell a reader of a DuckDB file at once that a load has it, instead of letting it wait.

    Raises:
        BusyError: A run is at work.
    """
    if config.duckdb_file is None:
        return
    (path,) = _lock_files(config, ())
    if not path.exists():
        return
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"A load is at work{_owner(path)}, and DuckDB lets nobody read meanwhile.",
            _or_later(config.duckdb_file),
        ) from None
    except OSError:
        # Who may not write beside the file may still read it.
        return
    lock.release()


def _or_later(database: Path) -> str:
    copy = read_a_copy(database)
    return f"{copy}, or try again when it is done." if copy else "Try again when it is done."


def opened(
    file: Path,
    wait_seconds: float,
    *,
    read_only: bool = False,
    sleep: Callable[[float], object] = time.sleep,
) -> duckdb.DuckDBPyConnection:
    """Open a database file, waiting a while for a process that has it.

    Args:
        file: The file; it is made when it does not exist, unless ``read_only``.
        wait_seconds: How long to try.
        read_only: Share the file with other readers.
        sleep: Waits some seconds; says true when there is no more time to wait.

    Returns:
        A connection, which is a context manager that closes it.

    Raises:
        BusyError: It is still open elsewhere; the message has the process id.
        WarehouseError: It cannot be opened or written, or is no database.
    """
    deadline = time.monotonic() + wait_seconds
    gives_up = False
    while True:
        try:
            return duckdb.connect(str(file), read_only=read_only)
        except duckdb.Error as error:
            if _HELD_ELSEWHERE not in str(error):
                raise warehouse_failure(error, file=file) from None
            if gives_up or time.monotonic() >= deadline:
                raise _busy(file, str(error)) from None
        gives_up = bool(sleep(min(0.5, max(0.05, wait_seconds / 20))))


def _busy(file: Path, message: str) -> BusyError:
    process = _PROCESS.search(message)
    who = f"process {process.group(1)}" if process else "another process"
    return BusyError(
        f"{file.name} is open in {who}.",
        "Close it there (a DuckDB file is open in one process at a time), or read a copy.",
    )


def _lock_files(config: Config, accounts: tuple[str, ...]) -> list[Path]:
    if config.duckdb_file is not None:
        return [config.duckdb_file.with_name(config.duckdb_file.name + ".lock")]
    folder = config.home / "locks"
    # Sorted, so that two runs with several accounts cannot wait for each other in a circle.
    return [folder / f"{_digest(config.destination, label)}.lock" for label in sorted(accounts)]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@contextlib.contextmanager
def _locked(path: Path, run_id: str) -> Iterator[None]:
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"Another run is at work{_owner(path)}.", "Nothing was touched; try again later."
        ) from None
    except OSError as error:
        raise WarehouseError(
            f"{path.parent} cannot be written: {error.strerror}.", "Check the folder's rights."
        ) from None
    try:
        since = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
        # Courtesy only: where the lock keeps even its holder from writing, nobody is named.
        with contextlib.suppress(OSError):
            path.write_text(f"{_name_of(run_id)}, {since}")
        yield
    finally:
        lock.release()


def _owner(path: Path) -> str:
    try:
        owner = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return f" ({owner})" if owner else ""
