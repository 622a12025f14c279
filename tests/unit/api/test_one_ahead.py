from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from canned import Script, client_for, ok

from workable_elt.api import (
    Cancelled,
    RateLimiter,
    RequestBudget,
    ServerFailed,
    Tally,
    counted_by,
)
from workable_elt.api.concurrency import one_ahead


def test_items_come_in_order_and_none_is_lost() -> None:
    assert list(one_ahead(range(50))) == list(range(50))
    assert list(one_ahead([])) == []


def test_the_next_item_is_made_while_this_one_is_worked_on() -> None:
    second = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        second.set()
        yield 2

    for item in one_ahead(items()):
        assert item == 2 or second.wait(5)


def test_no_more_than_one_is_made_ahead() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    ahead = one_ahead(items())
    next(ahead)
    time.sleep(0.05)
    assert made == [0, 1]
    ahead.close()  # type: ignore[attr-defined]
    assert made == [0, 1]


def test_an_error_comes_in_its_turn() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise ServerFailed("no")

    ahead = one_ahead(items())
    assert [next(ahead), next(ahead)] == [1, 2]
    with pytest.raises(ServerFailed):
        next(ahead)
    assert list(ahead) == []


def test_closing_wakes_the_thread_that_waits_for_the_rate_limit() -> None:
    limiter = RateLimiter(RequestBudget())
    limiter.acquire()  # one request before any answer: everybody else waits for it without end
    client = client_for(Script(ok([])), limiter=limiter)
    waiting, stopped = threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        yield 1
        waiting.set()
        try:
            client.get("/departments")
        except Cancelled:
            stopped.set()
            raise

    ahead = one_ahead(items())
    next(ahead)
    assert waiting.wait(5)
    ahead.close()  # type: ignore[attr-defined]
    assert stopped.is_set()


def test_requests_are_counted_for_whoever_asked_for_them() -> None:
    """Those of other threads, too, and whenever they are sent."""
    client = client_for(Script(httpx.Response(503), ok([])))
    one, other, outside = Tally(), Tally(), Tally()

    def items() -> Iterator[int]:
        for number in range(3):
            client.get("/departments")
            yield number

    with counted_by(outside):
        with counted_by(one):
            ahead = one_ahead(items())
            assert next(ahead) == 0
        with counted_by(other):
            list(client.map(lambda _: client.get("/jobs"), range(5), 3))
        with counted_by(one):
            assert list(ahead) == [1, 2]
        client.get("/departments")
    # One of the three was asked for twice.
    assert (one.requests, other.requests, outside.requests) == (4, 5, 1)
    assert client.stats.requests == 10
