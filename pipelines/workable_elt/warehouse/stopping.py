"""A request to stop: whoever reads looks at it between any two pages or records."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Literal

from workable_elt.api import WorkableClient, stopped_by

Reason = Literal["signal", "max_requests", "max_minutes"]

# Most answers come within that; one that does not is read again by the next run.
_GRACE_SECONDS = 1.5
_LOOKS_EVERY = 0.2


class Stop:
    """Set once, by a signal or by a limit; safe from threads, not from signal handlers.

    Attributes:
        event: Set when the run is to stop; the client's waits wake by it.
        signalled: Set when a signal asked for it, which has no time for other runs to end.
        reason: ``signal``, ``max_requests`` or ``max_minutes``; None while nothing was asked.
    """

    def __init__(self) -> None:
        self.event = threading.Event()
        self.signalled = threading.Event()
        self.reason: Reason | None = None

    @property
    def requested(self) -> bool:
        """Whether the run is to stop."""
        return self.event.is_set()

    def request(self, reason: Reason) -> None:
        """Ask the run to stop; the first reason stays."""
        if self.reason is None:
            self.reason = reason
        if reason == "signal":
            self.signalled.set()
        self.event.set()


@contextlib.contextmanager
def stopped_after(stop: Stop, minutes: float | None) -> Iterator[None]:
    """Ask for a stop when so much time has passed inside."""
    if minutes is None:
        yield
        return
    timer = threading.Timer(minutes * 60, stop.request, ["max_minutes"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextlib.contextmanager
def ends_requests(stop: Stop, client: WorkableClient) -> Iterator[None]:
    """Let a stop end whatever this thread reads inside.

    From then on no request is sent, nobody waits to send one, and a request that is still under
    way after a short grace is dropped.

    Args:
        stop: The run's.
        client: Whose requests they are.
    """
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_LOOKS_EVERY):
            if stop.requested and not done.wait(_GRACE_SECONDS):
                client.drop_requests()

    watcher = threading.Thread(target=watch, name="stop", daemon=True)
    watcher.start()
    try:
        with stopped_by(stop.event):
            yield
    finally:
        done.set()
        watcher.join()
