"""The budget against a virtual server whose windows it can only infer."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_server import VirtualServer, run

from workable_elt.api.ratelimit import RequestBudget

SKEWS = st.floats(-300, 300, allow_nan=False)


def jittered(rng: random.Random, low: float, high: float):  # type: ignore[no-untyped-def]
    return lambda: (rng.uniform(low, high), rng.uniform(low, high), rng.uniform(low, high))


def inner_windows(server: VirtualServer) -> list[int]:
    """Requests of each window between the first and the last, which are cut short."""
    windows = range(min(server.counts) + 1, max(server.counts))
    return [server.counts[window] for window in windows]


@settings(max_examples=60, deadline=None)
@given(
    skew=SKEWS,
    limit=st.sampled_from([10, 50]),
    seed=st.integers(0, 2**32),
    slowest=st.floats(0.005, 0.25),
)
def test_no_429_is_earned_and_every_window_is_spent(
    skew: float, limit: int, seed: int, slowest: float
) -> None:
    server = VirtualServer(limit, skew)
    rng = random.Random(seed)

    run(
        server,
        RequestBudget(),
        requests=limit * 25,
        workers=8,
        latency=jittered(rng, 0.001, slowest),
    )

    assert server.refused == 0
    inner = inner_windows(server)
    assert sum(inner) >= 0.95 * limit * len(inner)


@settings(max_examples=40, deadline=None)
@given(
    skew=SKEWS,
    limit=st.sampled_from([10, 50]),
    seed=st.integers(0, 2**32),
    workers=st.integers(1, 20),
    slowest=st.floats(0.5, 3.0),
)
def test_no_429_is_earned_however_slow_the_answers(
    skew: float, limit: int, seed: int, workers: int, slowest: float
) -> None:
    server = VirtualServer(limit, skew)
    rng = random.Random(seed)

    run(
        server,
        RequestBudget(),
        requests=limit * 6,
        workers=workers,
        latency=jittered(rng, 0.0, slowest),
    )

    assert server.refused == 0


@settings(max_examples=40, deadline=None)
@given(skew=SKEWS, seed=st.integers(0, 2**32))
def test_one_slow_worker_uses_nine_windows_in_ten(skew: float, seed: int) -> None:
    # One request at a time and 0.9 s for each: a window is spent to its last second, so the
    # request that straddles its end must not be charged to both sides for good.
    server = VirtualServer(10, skew)
    rng = random.Random(seed)

    run(
        server,
        RequestBudget(),
        requests=200,
        workers=1,
        latency=lambda: (0.1, rng.uniform(0.5, 0.9), 0.1),
    )

    assert server.refused == 0
    inner = inner_windows(server)
    assert sum(inner) >= 0.9 * 10 * len(inner)
