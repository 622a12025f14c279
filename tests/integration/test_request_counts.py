"""What a sync costs: real requests against the fewest that could do, as `design.md` has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.integration import request_minimum as minimum
from tests.integration.load_kit import Loads, configure

from workable_elt.simulator.changes import SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import plan
from workable_elt.warehouse.plan import Interval

SMALL = CompanyPlan(candidates=60, jobs=4, employees=12, years=1, seed=2)
LARGE = CompanyPlan(candidates=1_500, jobs=25, employees=80, years=2, seed=3)

ONE_REQUEST_EACH = {
    "candidate_details": "GET /candidates/:id",
    "job_details": "GET /jobs/:shortcode",
    "job_stages": "GET /jobs/:shortcode/stages",
    "job_application_forms": "GET /jobs/:shortcode/application_form",
    "job_members": "GET /jobs/:shortcode/members",
    "employee_details": "GET /employees/:id",
    "timeoff_balances": "GET /timeoff/balances",
}
STREAMS = {
    "candidate_activities": "GET /candidates/:id/activities",
    "job_activities": "GET /jobs/:shortcode/activities",
}


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def loads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(request.param, rate_limit=False) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


def spent(loads: Loads, **options: Any) -> int:
    """Load, and give the requests that the server counted, which the plan's interval must hold."""
    planned = plan(loads.config, depth=options.get("depth")).accounts[0].requests
    loads.simulator.control.reset_counters()
    report = loads.run(**options)
    counted: int = loads.simulator.control.counters()["total"]
    assert report.requests == counted
    if not options.get("reconcile"):  # which a plan does not know of
        assert holds(planned, counted), (planned, counted)
    return counted


def holds(planned: Interval, real: int) -> bool:
    return planned.low <= real and (planned.high is None or real <= planned.high)


def spent_as_counted_before(loads: Loads) -> int:
    """Load after a plan that has read the lists: what follows from them it knows to the request."""
    exact = {one.name: one for one in plan(loads.config, exact=True).accounts[0].resources}
    loads.simulator.control.reset_counters(recording=True)
    real = spent(loads)
    endpoints = loads.simulator.control.counters()["requests"]
    for name, endpoint in ONE_REQUEST_EACH.items():
        count = exact[name].requests
        assert (count.low, count.high) == (endpoints.get(endpoint, 0),) * 2, name
    streams = sum(endpoints.get(endpoint, 0) for endpoint in STREAMS.values())
    assert sum(exact[name].requests.low for name in STREAMS) <= streams
    assert streams <= sum(exact[name].requests.high or 0 for name in STREAMS)
    return real


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
    assert_cheap(spent_as_counted_before(loads), minimum.later_load(first, changed, now(loads)))

    control.advance(1_200)
    assert_cheap(spent(loads, reconcile=True), minimum.reconcile(changed))
