from __future__ import annotations

import itertools
import threading
import time

import httpx
import pytest
from canned import Script, client_for, ok

from workable_elt.api import Cancelled, RateLimiter, RequestBudget, RetryPolicy, ServerFailed
from workable_elt.api.concurrency import ordered_map


def test_results_come_in_order_although_work_ends_out_of_order() -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.02 if number % 4 == 0 else 0)
        return number * number

    assert list(ordered_map(slow_first, range(20), 4)) == [(n, n * n) for n in range(20)]


def test_work_runs_side_by_side() -> None:
    meeting = threading.Barrier(3, timeout=5)  # breaks unless three are there at once
    assert len(list(ordered_map(lambda _: meeting.wait(), range(3), 3))) == 3


def test_only_a_bounded_part_of_the_items_is_taken_ahead() -> None:
    taken = itertools.count()
    results = ordered_map(lambda n: n, taken, 3)
    assert [item for item, _ in itertools.islice(results, 5)] == [0, 1, 2, 3, 4]
    results.close()  # type: ignore[attr-defined]
    assert next(taken) <= 5 + 2 * 3


def test_an_error_is_raised_in_its_turn_and_ends_the_work() -> None:
    def fail_on_three(number: int) -> int:
        if number == 3:
            raise ServerFailed("no")
        return number

    results = ordered_map(fail_on_three, range(1000), 2)
    assert [next(results) for _ in range(3)] == [(0, 0), (1, 1), (2, 2)]
    with pytest.raises(ServerFailed):
        next(results)
    assert list(results) == []


def test_closing_wakes_threads_that_wait_for_the_rate_limit() -> None:
    limiter = RateLimiter(RequestBudget())
    limiter.acquire()  # one request before any answer: everybody else waits for it without end
    client = client_for(Script(ok([])), limiter=limiter)
    waiting, stopped = threading.Event(), threading.Event()

    def read(number: int) -> None:
        if number == 0:
            return
        waiting.set()
        try:
            client.get("/departments")
        except Cancelled:
            stopped.set()
            raise

    results = ordered_map(read, range(100), 2)
    next(results)
    assert waiting.wait(5)
    results.close()  # type: ignore[attr-defined]
    assert stopped.is_set()


def test_closing_wakes_threads_that_pause_before_a_retry() -> None:
    patient = RetryPolicy(first_pause=60.0, longest_pause=60.0, spread=lambda low, high: high)
    failing = Script(httpx.Response(503))
    client = client_for(failing, retry=patient)

    def read(number: int) -> object:
        return client.get("/departments") if number else None

    results = ordered_map(read, range(100), 2)
    next(results)
    while not failing.requests:
        time.sleep(0.01)
    began = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 5
