"""Counts what a piece of work costs in requests, whichever threads send them and whenever."""

from __future__ import annotations

import contextlib
import contextvars
import threading
from collections.abc import Iterator


class Tally:
    """Requests that were sent for one piece of work, retries and refused ones included.

    Attributes:
        requests: so many up to now; one that is still under way is not among them.
    """

    def __init__(self) -> None:
        self.requests = 0
        self._lock = threading.Lock()

    def count(self) -> None:
        """Note a request; safe from threads."""
        with self._lock:
            self.requests += 1


_tally: contextvars.ContextVar[Tally | None] = contextvars.ContextVar("tally", default=None)


@contextlib.contextmanager
def counted_by(tally: Tally) -> Iterator[None]:
    """Count what this thread asks inside, and the threads that it starts for it.

    Work inside that is counted by another tally is left to that one.
    """
    token = _tally.set(tally)
    try:
        yield
    finally:
        _tally.reset(token)


def count_request() -> None:
    """Note a request of the current thread's work, if anybody counts it."""
    tally = _tally.get()
    if tally is not None:
        tally.count()
