"""SIGINT and SIGTERM: how a command ends when somebody or something wants it to.

Nothing is ever raised in the middle of somebody's code: a library that catches and wraps it would
turn an interruption into an error of its own. The command works in a thread, and the main thread,
which alone gets signals, waits for it. The first signal asks work that can stop to do so, and
gives it a few seconds; other work, and everything at the second signal, is left as it is, which
is as safe as a killed process: what was committed stays.
"""

from __future__ import annotations

import contextlib
import contextvars
import math
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from workable_elt.exits import UserError

if TYPE_CHECKING:
    # Imported where it is made: `--help` does without the warehouse.
    from workable_elt.warehouse.stopping import Stop

T = TypeVar("T")

GRACE_SECONDS = 9.0
"""From the first signal to the end of the process at most; ten is what containers are given."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

# The kernel may hand a signal to another thread, as it does when a suspended process goes on. Its
# handler runs as soon as the main thread does anything, which therefore never waits for long.
_LOOKS_EVERY = 0.2


class Interrupted(BaseException):
    """The command was left where it was; raised in the main thread, and nowhere else.

    Attributes:
        sent: The signal.
    """

    def __init__(self, sent: signal.Signals) -> None:
        super().__init__(sent.name)
        self.sent = sent


class Watch:
    """One command at work, and the signals that came meanwhile."""

    def __init__(self) -> None:
        # Its `put` may be called by a handler at any moment, which no lock or event allows.
        self._news: queue.SimpleQueue[signal.Signals | None] = queue.SimpleQueue()
        self._stop: Stop | None = None
        self._changes = threading.Lock()
        self.first: signal.Signals | None = None

    def listen(self) -> None:
        """Take the signals of this process from now on; only the main thread may."""

        def note(number: int, _frame: FrameType | None) -> None:
            self._news.put(signal.Signals(number))

        # Also where a shell has left SIGINT ignored, as it does for background jobs: what is
        # sent to this process is meant for it.
        for number in _SIGNALS:
            signal.signal(number, note)

    def run(self, work: Callable[[], T]) -> T:
        """Do the work in a thread, and wait for it.

        Args:
            work: The command.

        Raises:
            Interrupted: It was left where it was; its thread may still be at it.
        """
        done: list[T] = []
        failed: list[BaseException] = []

        def do() -> None:
            try:
                done.append(work())
            except BaseException as error:  # noqa: BLE001 - raised again in the main thread
                failed.append(error)
            finally:
                self._news.put(None)

        context = contextvars.copy_context()
        context.run(_CURRENT.set, self)
        thread = threading.Thread(target=context.run, args=(do,), name="command", daemon=True)
        thread.start()
        self._wait()
        thread.join()
        if failed:
            raise failed[0]
        return done[0]

    @contextlib.contextmanager
    def stoppable(self) -> Iterator[Stop]:
        """Say that a stop is seen inside, and leads to an orderly end soon."""
        from workable_elt.warehouse.stopping import Stop

        stop = Stop()
        with self._changes:
            self._stop = stop
            if self.first is not None:
                stop.request("signal")
        try:
            yield stop
        finally:
            with self._changes:
                self._stop = None

    def _wait(self) -> None:
        deadline = math.inf
        while True:
            try:
                sent = self._news.get(timeout=_LOOKS_EVERY)
            except queue.Empty:
                if time.monotonic() < deadline:
                    continue
                sent = self.first
            if sent is None:
                return
            if self.first is not None or not self._ask_to_stop(sent):
                self.first = self.first or sent
                raise Interrupted(self.first)
            deadline = time.monotonic() + GRACE_SECONDS

    def _ask_to_stop(self, sent: signal.Signals) -> bool:
        with self._changes:
            if self._stop is None:
                return False
            self.first = sent
            self._stop.request("signal")
            return True


_CURRENT: contextvars.ContextVar[Watch | None] = contextvars.ContextVar("watch", default=None)


@contextlib.contextmanager
def stoppable() -> Iterator[Stop]:
    """Within, the first signal asks for a stop instead of ending the command.

    Yields:
        What to look at.
    """
    watch = _CURRENT.get()
    if watch is None:
        from workable_elt.warehouse.stopping import Stop

        yield Stop()
        return
    with watch.stoppable() as stop:
        yield stop


def signal_received() -> signal.Signals | None:
    """Give the first signal that the command got; None while there was none."""
    watch = _CURRENT.get()
    return watch.first if watch else None


def interrupted(sent: signal.Signals, backlog: int | None = None) -> UserError:
    """Give what a person is told.

    Args:
        sent: The signal that came.
        backlog: How many details and streams are left for the next run, where that is known.
    """
    left = "" if backlog is None else f" Still to be read: {backlog:,} details and streams."
    return UserError(
        "interrupted",
        f"Interrupted. What was committed stays; nothing is half-written.{left}",
        "Run the same command again: it goes on where this one stopped.",
        exit_code=128 + sent,
    )
