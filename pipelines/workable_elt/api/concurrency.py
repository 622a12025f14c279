"""Runs requests side by side, and gives the results in the order of the questions."""

from __future__ import annotations

import contextvars
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from workable_elt.api.cancellation import either, stop_signal

T = TypeVar("T")
R = TypeVar("R")


def ordered_map(
    func: Callable[[T], R], items: Iterable[T], concurrency: int
) -> Iterator[tuple[T, R]]:
    """Yield each item with `func(item)`, in the order of `items`.

    At 50 requests a window one request at a time cannot spend the budget; the rate limit itself is
    kept below, whatever the concurrency. At most ``2 * concurrency`` items are taken ahead of the
    one yielded, so `items` may be endless. What `func` raises is raised here in its item's turn;
    then, and when the iterator is closed, items not begun are dropped and threads that wait for
    the rate limit are woken.

    Args:
        func: called in worker threads.
        items: taken as needed.
        concurrency: worker threads, at least 1.
    """
    stop = threading.Event()
    pending: deque[tuple[T, Future[R]]] = deque()
    upcoming = iter(items)
    executor = ThreadPoolExecutor(concurrency, thread_name_prefix="workable")
    try:
        while True:
            while len(pending) < 2 * concurrency:
                try:
                    item = next(upcoming)
                except StopIteration:
                    break
                context = contextvars.copy_context()
                context.run(stop_signal.set, either(stop, stop_signal.get()))
                pending.append((item, executor.submit(context.run, func, item)))
            if not pending:
                return
            item, future = pending.popleft()
            yield item, future.result()
    finally:
        stop.set()
        executor.shutdown(wait=True, cancel_futures=True)
