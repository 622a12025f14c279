"""Freshness by budget: what changed is read, then what is overdue longest, the rest is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import duckdb
import pytest
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import Loads, configure

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import plan, status

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=11)
# All that has a maximum age of 24 hours and nothing else; the second list is read with the details.
AGING = ("employees", "employee_fields", "employee_details", "timeoff_balances")
DAY_AND_A_HALF = 36 * 3600
Visit = tuple[str, str]


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN, token=TOKEN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


def with_budget(loads: Loads, requests: int) -> Loads:
    """The same with a budget of so many requests: at 10 in 10 seconds a minute has sixty."""
    (account,) = loads.config.accounts
    account = replace(account, freshness_minutes=requests / 60)
    return Loads(loads.simulator, replace(loads.config, accounts=(account,)))


def employees(loads: Loads) -> int:
    """How many there are: those that the plan asks for, and who was hired meanwhile."""
    return len(loads.simulator.control.truth()["employees"])


def visits(loads: Loads) -> dict[Visit, datetime]:
    """When the details and balances of each employee were read."""
    rows = loads.query(
        "select resource, parent_id, read_at from workable_raw._visits "
        "where resource in ('employee_details', 'timeoff_balances')"
    )
    return {(resource, key): read_at for resource, key, read_at in rows}


def spread_ages(loads: Loads) -> list[Visit]:
    """Give every reading an age of its own, and the readings, oldest first."""
    order = sorted(visits(loads), key=lambda visit: (visit[1], visit[0]))
    with duckdb.connect(str(loads.config.duckdb_file)) as connection:
        for minutes, (resource, key) in enumerate(order, start=1):
            connection.execute(
                "update workable_raw._visits set read_at = read_at + to_minutes(?) "
                "where resource = ? and parent_id = ?",
                [minutes * 2, resource, key],
            )
    return order


def read_between(before: dict[Visit, datetime], after: dict[Visit, datetime]) -> set[Visit]:
    return {visit for visit, read_at in after.items() if before.get(visit) != read_at}


def test_the_longest_overdue_are_read_as_far_as_the_budget_goes_and_the_others_are_named(
    loads: Loads,
) -> None:
    count = employees(loads)
    loads.run(resources=AGING)
    oldest_first = spread_ages(loads)
    loads.simulator.control.advance(DAY_AND_A_HALF)
    nothing = with_budget(loads, 0).run(resources=AGING)
    before = visits(loads)
    assert nothing.accounts[0].overdue == {
        name: {
            "records": count,
            "oldest_at": min(at for (of, _), at in before.items() if of == name).isoformat() + "Z",
        }
        for name in ("employee_details", "timeoff_balances")
    }
    assert (nothing.exit_code, nothing.accounts[0].backlog) == (0, 2 * count)

    small = with_budget(loads, nothing.requests + 5)
    first = small.run(resources=AGING)
    between = visits(loads)
    assert read_between(before, between) == set(oldest_first[:5])
    assert first.requests == nothing.requests + 5
    left = {name: one["records"] for name, one in first.accounts[0].overdue.items()}
    assert sum(left.values()) == first.accounts[0].backlog == 2 * count - 5

    small.run(resources=AGING)
    assert read_between(between, visits(loads)) == set(oldest_first[5:10])

    rest = loads.run(resources=AGING)
    assert read_between(before, visits(loads)) == set(oldest_first)
    assert (rest.accounts[0].overdue, rest.accounts[0].backlog) == ({}, 0)


def test_what_changed_is_read_whatever_the_budget(loads: Loads) -> None:
    count = employees(loads)
    loads.begin()
    before = visits(loads)
    control = loads.simulator.control
    (moved,) = control.apply_changes(1, 3, kinds=["employee_moved"], advance=DAY_AND_A_HALF)
    control.apply_changes(1, 4, kinds=["commented"])
    report = with_budget(loads, 0).run()
    read = read_between(before, visits(loads))
    assert {key for _, key in read} == {moved["id"]}
    assert {name for name, _ in read} == {"employee_details", "timeoff_balances"}
    for name in ("employees", "candidate_details", "candidate_activities", "job_details"):
        assert name not in loads.differences()
    overdue = report.accounts[0].overdue
    assert overdue["employee_details"]["records"] == count - 1
    # Streams of open jobs are due daily; forms and teams are younger than their 7 days.
    assert "job_activities" in overdue
    assert not {"job_stages", "job_members", "job_application_forms"} & set(overdue)


@pytest.mark.full
def test_full_run_reads_everything_whatever_the_budget(loads: Loads) -> None:
    count = employees(loads)
    loads.run(resources=AGING)
    before = visits(loads)
    loads.simulator.control.advance(DAY_AND_A_HALF)
    report = with_budget(loads, 0).run(resources=AGING, full=True)
    assert len(read_between(before, visits(loads))) == 2 * count
    assert report.accounts[0].overdue == {}


def test_max_requests_leaves_what_is_old_to_a_later_run(loads: Loads) -> None:
    count = employees(loads)
    loads.run(resources=AGING)
    loads.simulator.control.advance(DAY_AND_A_HALF)
    lists = with_budget(loads, 0).run(resources=AGING).requests
    report = loads.run(resources=AGING, max_requests=lists + 3)
    assert report.stopped is None
    assert report.requests == lists + 3
    assert report.accounts[0].backlog == 2 * count - 3


@pytest.mark.full
def test_plan_and_status_name_what_the_budget_leaves_over(loads: Loads) -> None:
    count = employees(loads)
    loads.run(resources=AGING)
    loads.simulator.control.advance(DAY_AND_A_HALF)
    lists = with_budget(loads, 0).run(resources=AGING).requests
    small = with_budget(loads, lists + 5)

    (state,) = status(small.config).accounts
    by_name = {resource.name: resource for resource in state.resources}
    assert by_name["employee_details"].overdue == by_name["employee_details"].backlog == count
    assert by_name["employee_details"].oldest_at == min(
        at for (name, _), at in visits(loads).items() if name == "employee_details"
    )

    estimated = plan(small.config, resources=AGING).accounts[0]
    exact = plan(small.config, resources=AGING, exact=True).accounts[0]
    children = [one for one in exact.resources if one.mode == "backlog"]
    assert sum(one.due or 0 for one in children) == 5
    assert sum(one.overdue for one in children) == 2 * count - 5
    report = small.run(resources=AGING)
    assert exact.requests.high is not None
    assert exact.requests.low <= report.requests <= exact.requests.high + 1
    assert estimated.requests.high is not None
    assert estimated.requests.low <= report.requests <= estimated.requests.high + 1
