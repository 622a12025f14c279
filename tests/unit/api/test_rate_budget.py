"""The budget against a virtual server whose windows it can only infer."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_server import SlidingServer, VirtualServer, run

from workable_elt.api.headers import ServerHeaders
from workable_elt.api.ratelimit import RequestBudget, Ticket

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


@pytest.mark.parametrize("skew", [-300.0, 123.4, 300.0])
@pytest.mark.parametrize("limit", [10, 50])
def test_an_hour_of_work_at_300_ms_uses_what_the_windows_allow(limit: int, skew: float) -> None:
    server = VirtualServer(limit, skew)
    latency = jittered(random.Random(limit + int(skew)), 0.04, 0.16)  # three legs, 0.3 s in all

    done = run(server, RequestBudget(), requests=limit * 360, workers=8, latency=latency)

    assert server.refused == 0
    # 360 windows are an hour; the first may have begun just before the work did.
    assert done.seconds <= 3_600 / 0.95
    inner = inner_windows(server)
    assert len(inner) >= 355
    assert sum(inner) >= 0.95 * limit * len(inner)


@pytest.mark.parametrize("limit", [10, 50])
def test_a_window_that_others_have_spent_costs_that_window_and_no_more(limit: int) -> None:
    alone, shared = VirtualServer(limit, 7.0), VirtualServer(limit, 7.0)
    taken = math.floor((1000.0 + 7.0) / 10) + 3
    shared.counts[taken] = limit  # all of it, before any of ours arrives

    quick, slow = (
        run(
            server,
            RequestBudget(),
            requests=limit * 10,
            workers=4,
            latency=jittered(random.Random(5), 0.01, 0.1),
        )
        for server in (alone, shared)
    )

    assert 1 <= shared.refused <= 4  # those that were under way
    assert slow.seconds <= quick.seconds + 10.5


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


@settings(max_examples=30, deadline=None)
@given(skew=SKEWS, seed=st.integers(0, 2**32), spent=st.integers(0, 9))
def test_what_an_earlier_run_spent_in_the_first_window_is_respected(
    skew: float, seed: int, spent: int
) -> None:
    server = VirtualServer(10, skew)
    for _ in range(spent):
        server.arrive(1000.0)

    run(
        server,
        RequestBudget(),
        requests=40,
        workers=8,
        latency=jittered(random.Random(seed), 0.0, 0.2),
    )

    assert server.refused == 0


@settings(max_examples=30, deadline=None)
@given(skew=SKEWS, seed=st.integers(0, 2**32), date_skew=st.floats(-1.5, 1.5))
def test_a_limiter_that_runs_off_the_date_costs_little(
    skew: float, seed: int, date_skew: float
) -> None:
    # The edge that stamps Date need not be the machine that counts.
    server = VirtualServer(10, skew, date_skew=date_skew)

    run(
        server,
        RequestBudget(),
        requests=300,
        workers=4,
        latency=jittered(random.Random(seed), 0.01, 0.1),
    )

    assert server.refused <= 16  # found out within the first windows, and then never again
    late = [server.counts[w] for w in sorted(server.counts)[-12:-1]]
    assert sum(late) >= 0.85 * 10 * len(late)


@pytest.mark.parametrize(("workers", "refusals_a_window"), [(1, 0.4), (4, 1.6)])
@settings(max_examples=30, deadline=None)
@given(skew=SKEWS, seed=st.integers(0, 2**32))
def test_somebody_else_on_the_token_is_made_room_for(
    workers: int, refusals_a_window: float, skew: float, seed: int
) -> None:
    rng = random.Random(seed)
    server = VirtualServer(10, skew)

    done = run(
        server,
        RequestBudget(),
        requests=150,
        workers=workers,
        latency=jittered(rng, 0.01, 0.1),
        strangers=lambda: rng.uniform(1.0, 5.0),
    )

    # Some three in ten requests are the stranger's: a blind limiter would earn three refusals a
    # window. What the stranger sends between our asking and our answer cannot be known.
    assert server.refused <= refusals_a_window * done.seconds / 10 + 2


@settings(max_examples=20, deadline=None)
@given(skew=SKEWS, seed=st.integers(0, 2**32), limit=st.sampled_from([10, 50]))
def test_without_a_date_any_ten_seconds_stay_within_the_limit(
    skew: float, seed: int, limit: int
) -> None:
    server = VirtualServer(limit, skew, sends_date=False)

    run(
        server,
        RequestBudget(),
        requests=limit * 12,
        workers=8,
        latency=jittered(random.Random(seed), 0.001, 0.1),
    )

    assert server.refused == 0
    inner = inner_windows(server)
    assert sum(inner) >= 0.9 * limit * len(inner)


@settings(max_examples=20, deadline=None)
@given(skew=SKEWS, seed=st.integers(0, 2**32))
def test_windows_that_slide_are_found_out(skew: float, seed: int) -> None:
    server = SlidingServer(10, skew)
    budget = RequestBudget()
    latency = jittered(random.Random(seed), 0.001, 0.3)

    run(server, budget, requests=300, workers=4, latency=latency)

    # Two surprises, each with up to four requests under way; a blind limiter earns hundreds.
    assert server.refused <= 16


def test_before_the_first_answer_only_one_request_leaves() -> None:
    budget = RequestBudget()
    assert isinstance(budget.ask(0.0), Ticket)
    assert budget.ask(0.0) == math.inf
    assert budget.ask(100.0) == math.inf


def test_a_first_request_that_gets_no_answer_lets_the_next_one_go() -> None:
    budget = RequestBudget()
    first = ticket(budget, 0.0)
    budget.failed(first, 5.0)
    assert isinstance(budget.ask(5.0), Ticket)
    assert budget.ask(5.0) == math.inf


def test_a_server_without_rate_headers_is_not_throttled_after_ten_answers() -> None:
    budget = RequestBudget(always_limited=False)
    silent = ServerHeaders(date=1_800_000_000.0)
    for _ in range(10):
        budget.answered(ticket(budget, 0.0), 0.01, silent)
    tickets = [ticket(budget, 0.02) for _ in range(1000)]
    for one in tickets:
        budget.answered(one, 0.03, silent)
    assert budget.effective_limit is None
    assert isinstance(budget.ask(0.03), Ticket)


def test_workable_is_limited_even_when_its_answers_do_not_say_so() -> None:
    # The headers were missing from small answers in the recordings (ats.md, open questions).
    budget = RequestBudget(always_limited=True)
    for _ in range(10):
        budget.answered(ticket(budget, 0.0), 0.01, ServerHeaders(date=1_800_000_000.0))
    wait = budget.ask(0.01)
    assert isinstance(wait, float)
    assert 8.9 < wait <= 10.1  # the window runs to 1_800_000_010 and Date is cut to the second


def test_a_429_that_names_no_limit_slows_down_for_a_while_and_then_longer() -> None:
    budget = RequestBudget(always_limited=False)
    now = answer_until_free(budget, 0.0)[1]
    slow = []
    for _ in range(3):
        budget.answered(ticket(budget, now), now, ServerHeaders(), refused=True)
        assert budget.ask(now) == pytest.approx(10.0)
        answers, now = answer_until_free(budget, now)
        slow.append(answers)
    assert slow == [20, 40, 80]
    assert now == pytest.approx(140.0)  # ten answers every ten seconds


def test_an_answer_without_headers_does_not_lift_a_known_limit() -> None:
    budget = RequestBudget(always_limited=False)
    date = 1_800_000_000.0
    budget.answered(ticket(budget, 0.0), 0.0, ServerHeaders(date=date, limit=10, remaining=9))
    for _ in range(9):
        budget.answered(ticket(budget, 0.0), 0.01, ServerHeaders(date=date))
    assert isinstance(budget.ask(0.01), float)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"reset": 1_800_000_013.0}, 10.0),  # now + 10, as mostly
        ({"reset": 1_800_000_012.0}, 9.0),
        ({"reset": 1_799_999_993.0}, None),  # in the past: the next window instead
        ({"reset": 1_800_009_999.0}, None),  # absurd
        ({"retry_after": 3.0, "reset": 1_800_000_013.0}, 3.0),
        ({"retry_after": 0.0}, 0.0),
        ({"retry_after": 86_400.0}, None),
        ({}, None),
    ],
)
def test_after_a_429_the_servers_word_counts_if_it_makes_sense(
    headers: dict[str, float], expected: float | None
) -> None:
    budget = RequestBudget()
    refused = ServerHeaders(date=1_800_000_003.0, limit=10, remaining=0, **headers)
    budget.answered(ticket(budget, 0.0), 0.0, refused, refused=True)
    wait = budget.ask(0.0)
    if expected is None:
        # Date 3 means 3.0 to 4.0 on the server: the window's end at 10 is sure after 7 seconds.
        assert wait == pytest.approx(7.0, abs=0.3)
    elif expected == 0.0:
        assert wait == pytest.approx(7.0, abs=0.3)  # no pause, and this window is spent
    else:
        assert wait == pytest.approx(expected)


def test_a_clock_that_jumps_at_the_server_does_not_stop_the_work() -> None:
    budget = RequestBudget()
    for n in range(10):
        headers = ServerHeaders(date=1_800_000_001.0, limit=10, remaining=9 - n)
        budget.answered(ticket(budget, 1.0), 1.0, headers)
    later = next_ticket(budget, 1.0)
    budget.answered(later, later.sent, ServerHeaders(date=1_700_000_005.0, limit=10, remaining=9))
    assert isinstance(budget.ask(later.sent), Ticket)


def test_state_stays_small_over_a_long_backfill() -> None:
    server = VirtualServer(50, 12.3)
    budget = RequestBudget()
    run(server, budget, requests=20_000, workers=8, latency=lambda: (0.05, 0.05, 0.05))
    assert len(budget._closed) <= 150
    assert len(budget._others) <= 3


def ticket(budget: RequestBudget, now: float) -> Ticket:
    verdict = budget.ask(now)
    assert isinstance(verdict, Ticket)
    return verdict


def answer_until_free(budget: RequestBudget, now: float) -> tuple[int, float]:
    """Let requests be answered without headers until there is no limit; how many, and when."""
    answers = 0
    while budget.effective_limit is not None:
        one = next_ticket(budget, now)
        now = one.sent
        budget.answered(one, now, ServerHeaders())
        answers += 1
    return answers, now


def next_ticket(budget: RequestBudget, now: float) -> Ticket:
    verdict = budget.ask(now)
    while not isinstance(verdict, Ticket):
        now += verdict
        verdict = budget.ask(now)
    return verdict
