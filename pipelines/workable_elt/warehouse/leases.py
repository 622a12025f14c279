"""Leases in a server: who loads an account, and who writes into the dataset at this moment.

They are rows of ``_leases``. The server's clock alone decides when one has expired, so the clocks
of the machines do not matter. A holder renews its leases from a thread; when it dies it does not,
and others take them over. A holder that was suspended finds that out before it writes again.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING

from workable_elt.config import LeaseTerms
from workable_elt.exits import BusyError
from workable_elt.warehouse.failures import warehouse_failure
from workable_elt.warehouse.stopping import Stop

if TYPE_CHECKING:
    # Its driver is an extra, which a DuckDB user lacks.
    from workable_elt.warehouse.server import Server

# How long a package waits for others once a signal came: the whole run has ten seconds to end.
_SECONDS_AFTER_SIGNAL = 3.0

_LOG = logging.getLogger(__name__)

_NOW = "(clock_timestamp() at time zone 'utc')"
_UNTIL = f"({_NOW} + make_interval(secs => %s))"


@dataclass(frozen=True)
class Holder:
    """Who has a lease; times are the server's, UTC, naive."""

    owner: str
    acquired_at: datetime
    expires_at: datetime

    def __str__(self) -> str:
        since, until = (f"{at:%Y-%m-%d %H:%M:%S}" for at in (self.acquired_at, self.expires_at))
        return f"{self.owner}, since {since} UTC; it expires at {until} UTC unless it is renewed"


class Leases:
    """The leases of one run.

    Args:
        server: Holds the table.
        owner: Run, host and process; different for every run.
        terms: How long a lease lasts.

    Attributes:
        failures: What all methods but `give_back` raise when the server fails.
    """

    def __init__(self, server: Server, owner: str, terms: LeaseTerms) -> None:
        self._server = server
        self.failures = server.failures
        self._owner = owner
        self._terms = terms
        self._table = server.table("_leases")
        self._held: set[str] = set()
        self._changes = threading.Lock()

    def take(self, name: str) -> Holder | None:
        """Take a lease if it is free or has expired.

        Returns:
            None when it is ours now, else who has it.
        """
        with self._changes:
            got = self._server.rows(
                f"insert into {self._table} as held "
                "(lease, owner, acquired_at, heartbeat_at, expires_at) "
                f"values (%s, %s, {_NOW}, {_NOW}, {_UNTIL}) "
                "on conflict (lease) do update set owner = excluded.owner, "
                "acquired_at = excluded.acquired_at, heartbeat_at = excluded.heartbeat_at, "
                "expires_at = excluded.expires_at "
                f"where held.expires_at <= {_NOW} or held.owner = excluded.owner returning owner",
                name,
                self._owner,
                self._terms.expiry,
            )
            if got:
                self._held.add(name)
                return None
        holder = self.holder(name)
        # It was given back between the two statements.
        return holder if holder is not None else self.take(name)

    def holder(self, name: str) -> Holder | None:
        """Give who has a lease, expired or not."""
        found = self._server.rows(
            f"select owner, acquired_at, expires_at from {self._table} where lease = %s", name
        )
        return Holder(*found[0]) if found else None

    def renew(self) -> set[str]:
        """Show a sign of life.

        Returns:
            The leases that are ours no more.
        """
        # Under the lock, so that a lease which is being given back does not look like a lost one.
        with self._changes:
            if not self._held:
                return set()
            still = self._server.rows(
                f"update {self._table} set heartbeat_at = {_NOW}, expires_at = {_UNTIL} "
                "where owner = %s and lease = any(%s) returning lease",
                self._terms.expiry,
                self._owner,
                sorted(self._held),
            )
            return self._held - {row[0] for row in still}

    def give_back(self, name: str) -> bool:
        """Let others have a lease; without the server it simply expires.

        Returns:
            Whether it was ours to the end, as far as is known.
        """
        with self._changes:
            self._held.discard(name)
            try:
                gone = self._server.rows(
                    f"delete from {self._table} where lease = %s and owner = %s returning lease",
                    name,
                    self._owner,
                )
            except self.failures as error:
                _LOG.info("The lease %s was not given back: %s", name, type(error).__name__)
                return True
        return bool(gone)


@contextlib.contextmanager
def account_leases(leases: Leases, accounts: Iterable[str], terms: LeaseTerms) -> Iterator[None]:
    """Hold the leases of whole runs, and keep every lease of this run alive meanwhile.

    Args:
        leases: Of this run.
        accounts: Labels; taken in alphabetical order, given back at the end.
        terms: How often to show a sign of life.

    Raises:
        BusyError: Another run has one of the accounts; all are given back.
    """
    with contextlib.ExitStack() as held:
        for account in sorted(accounts):
            name = f"run:{account}"
            holder = leases.take(name)
            if holder is not None:
                raise BusyError(
                    f"Another run is at work on account {account!r} ({holder}).",
                    "Nothing was touched; try again later.",
                )
            held.callback(leases.give_back, name)
        held.enter_context(_heartbeat(leases, terms.heartbeat))
        yield


@contextlib.contextmanager
def _heartbeat(leases: Leases, every: float) -> Iterator[None]:
    done = threading.Event()

    def beat() -> None:
        try:
            leases.renew()
        except leases.failures as error:
            # Whoever writes next finds out what it means; the server may be back by then.
            _LOG.info("No sign of life could be shown: %s", type(error).__name__)

    def go_on() -> None:
        while not done.wait(every):
            beat()

    thread = threading.Thread(target=go_on, name="lease heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


class LoadGate:
    """Lets one package at a time into a dataset, over all processes and machines.

    Args:
        leases: Of this run.
        name: The dataset's lease.
        terms: How long to wait for others.
        stop: A signal leaves a few seconds of that; what was not loaded is read again.
    """

    def __init__(
        self, leases: Leases, name: str, terms: LeaseTerms, stop: Stop | None = None
    ) -> None:
        self._leases = leases
        self._name = name
        self._terms = terms
        self._signalled = (stop or Stop()).signalled
        self._inside = threading.Lock()

    def __enter__(self) -> None:
        """Wait for everybody else, and make sure that this run may still write.

        Raises:
            BusyError: Others did not come to an end, or have taken over from this run.
            WarehouseError: The server cannot be asked.
        """
        self._inside.acquire()
        try:
            self._wait()
            self._insist()
        except BaseException as error:
            self._leases.give_back(self._name)
            self._inside.release()
            if isinstance(error, self._leases.failures):
                raise warehouse_failure(error) from error
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the next one in.

        Raises:
            BusyError: This machine slept meanwhile, and somebody else has written.
        """
        try:
            kept = self._leases.give_back(self._name)
        finally:
            self._inside.release()
        if not kept and error is None:
            raise _lost(self._name, None)

    def _wait(self) -> None:
        began = time.monotonic()
        deadline = began + self._terms.patience
        hurried = False
        while (holder := self._leases.take(self._name)) is not None:
            now = time.monotonic()
            if self._signalled.is_set() and not hurried:
                deadline, hurried = min(deadline, now + _SECONDS_AFTER_SIGNAL), True
            if now >= deadline:
                raise BusyError(
                    f"Another run has been loading for {now - began:.0f} seconds ({holder}).",
                    "What this run had committed is kept; try again later.",
                    touched=True,
                )
            time.sleep(self._terms.poll)

    def _insist(self) -> None:
        for name in sorted(self._leases.renew()):
            raise _lost(name, self._leases.holder(name))


def _lost(name: str, holder: Holder | None) -> BusyError:
    by = f" to {holder}" if holder else ""
    return BusyError(
        f"This run gave no sign of life for too long and has lost its lease {name!r}{by}.",
        "What it had committed is kept; run the same command again when the other one is done.",
        touched=True,
    )
