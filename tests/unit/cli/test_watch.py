"""How the main thread waits for a command and for signals, whichever thread they reach."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from workable_elt.cli import signals
from workable_elt.cli.signals import Interrupted, Watch, stoppable

LONG = 60.0


@pytest.fixture
def watch() -> Iterator[Watch]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    listening = Watch()
    listening.listen()
    yield listening
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def end() -> Iterator[threading.Event]:
    """Ends the work that a test has left behind."""
    event = threading.Event()
    yield event
    event.set()


def signal_here() -> None:
    """Send a signal to this thread alone, which is not the one that Python's handlers run in."""
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)


def test_a_signal_that_reaches_another_thread_asks_for_a_stop(watch: Watch) -> None:
    def work() -> bool:
        with stoppable() as stop:
            signal_here()
            return stop.signalled.wait(LONG)

    assert watch.run(work) is True
    assert watch.first is signal.SIGTERM


def test_work_that_does_not_stop_in_time_is_left(
    watch: Watch, end: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "GRACE_SECONDS", 0.3)

    def work() -> None:
        with stoppable():
            signal_here()
            end.wait(LONG)

    with pytest.raises(Interrupted):
        watch.run(work)
    assert not end.is_set()


def test_work_that_cannot_stop_is_left_at_once(watch: Watch, end: threading.Event) -> None:
    def work() -> None:
        signal_here()
        end.wait(LONG)

    with pytest.raises(Interrupted) as left:
        watch.run(work)
    assert left.value.sent is signal.SIGTERM
    assert watch.first is signal.SIGTERM
