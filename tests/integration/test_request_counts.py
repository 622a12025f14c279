"""What a sync costs: real requests against the fewest that could do, as `design.md` has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.integration import request_minimum as minimum
from tests.integration.load_kit import Loads, configure

from workable_elt.simulator.changes import SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

SMALL = CompanyPlan(candidates=60, jobs=4, employees=12, years=1, seed=2)
LARGE = CompanyPlan(candidates=1_500, jobs=25, employees=80, years=2, seed=3)


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def loads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(request.param, rate_limit=False) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


def spent(loads: Loads, **options: object) -> int:
    """Load, and give the requests that the server counted."""
    loads.simulator.control.reset_counters()
    report = loads.run(**options)
    counted: int = loads.simulator.control.counters()["total"]
    assert report.requests == counted
    return counted


def assert_cheap(real: int, fewest: int) -> None:
    assert fewest <= real <= 1.02 * fewest + 3, (real, fewest)


def now(loads: Loads) -> datetime:
    return loads.simulator.control.now().replace(tzinfo=None)


def test_each_kind_of_sync_costs_what_it_must(loads: Loads) -> None:
    control = loads.simulator.control
    first = control.truth()
    lists = spent(loads, depth="list")
    assert_cheap(lists, minimum.list_load(first))
    # The lists land first, so what they cost a second time is all that the whole load adds.
    rest = spent(loads)
    assert_cheap(
        lists + rest, minimum.first_load(first) + minimum.later_load(first, first, now(loads))
    )

    control.advance(1_200)
    assert_cheap(spent(loads), minimum.later_load(first, first, now(loads)))

    control.apply_changes(n=len(first["candidates"]) // 20, seed=1, kinds=SIGNALLED, advance=3_600)
    changed = control.truth()
    assert_cheap(spent(loads), minimum.later_load(first, changed, now(loads)))

    control.advance(1_200)
    assert_cheap(spent(loads, reconcile=True), minimum.reconcile(changed))
