"""How work is stopped from outside: waits end, requests under way are dropped, none are sent.

Nothing here raises in the middle of somebody else's code: whoever waits or sends asks.
"""

from __future__ import annotations

import contextlib
import contextvars
import socket
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from workable_elt.api.errors import Cancelled

_LOOKS_EVERY = 0.1


class Cancellation(Protocol):
    """What says that the work is stopped; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether it is."""

    def wait(self, timeout: float) -> bool:
        """Wait some seconds for it; say whether it is."""


class _Either:
    """Set as soon as one of two is."""

    def __init__(self, one: Cancellation, other: Cancellation) -> None:
        self._one = one
        self._other = other

    def is_set(self) -> bool:
        return self._one.is_set() or self._other.is_set()

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while not self.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._one.wait(min(left, _LOOKS_EVERY))
        return True


stop_signal: contextvars.ContextVar[Cancellation | None] = contextvars.ContextVar(
    "stop_signal", default=None
)
"""What stops the work of the current thread, waits for the rate limit included."""


def either(one: Cancellation, other: Cancellation | None) -> Cancellation:
    """Give what is set as soon as one of two is."""
    return one if other is None else _Either(one, other)


@contextlib.contextmanager
def stopped_by(stop: Cancellation) -> Iterator[None]:
    """Let an event stop whatever this thread reads inside, and the threads that it starts for it.

    Args:
        stop: once it is set no request is sent any more; whoever waits to send one gets
            `Cancelled`.
    """
    token = stop_signal.set(either(stop, stop_signal.get()))
    try:
        yield
    finally:
        stop_signal.reset(token)


def stoppable_sleep(seconds: float) -> None:
    """Sleep, unless the work is stopped.

    Raises:
        Cancelled: it was stopped.
    """
    stop = stop_signal.get()
    if stop is None:
        time.sleep(seconds)
    elif stop.wait(seconds):
        raise Cancelled("the work was stopped while a request waited for its next try.")


class Allowance:
    """How many requests may be sent, by any number of clients and threads; retries count.

    Args:
        requests: that many.
    """

    def __init__(self, requests: int) -> None:
        self._requests = requests
        self._left = requests
        self._lock = threading.Lock()

    def take(self) -> None:
        """Take one request.

        Raises:
            Cancelled: there is none left.
        """
        with self._lock:
            if self._left <= 0:
                raise Cancelled(f"the {self._requests} requests that were allowed are spent.")
            self._left -= 1

    def give_back(self) -> None:
        """Return one that was not sent."""
        with self._lock:
            self._left += 1


class OpenConnections:
    """The connections of one client, so that another thread can cut them.

    httpx offers no way to end a request that waits for its answer in another thread; a socket
    that is shut down wakes whoever reads from it.
    """

    def __init__(self) -> None:
        self._streams: weakref.WeakSet[Any] = weakref.WeakSet()
        self._lock = threading.Lock()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a connection; httpx calls it, as the ``trace`` extension of a request."""
        # With TLS the socket of the first event is replaced by that of the second.
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._streams.add(info["return_value"])

    def cut(self) -> None:
        """Shut all of them down."""
        with self._lock:
            streams = list(self._streams)
        for stream in streams:
            sock = stream.get_extra_info("socket")
            # One that has been closed meanwhile needs nothing.
            with contextlib.suppress(OSError):
                # Past the TLS layer, whose own shutdown is not for two threads at once.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
