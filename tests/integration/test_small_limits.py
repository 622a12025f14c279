"""Runs with a limit that is small for the account: they say what was cut, and others go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_process import Cli
from tests.integration.load_kit import Loads, configure
from tests.integration.raw_truth import differences, expected_table

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load
from workable_elt.warehouse.options import Options

SMALL = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=11)
BIG = CompanyPlan(candidates=900, jobs=8, employees=12, years=1, seed=11)
PAGES = 9
LONG_STREAMS = CompanyPlan(candidates=150, jobs=8, employees=12, years=1, seed=11)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(SMALL) as running:
        yield running


@pytest.fixture
def big() -> Iterator[Simulator]:
    with Simulator(BIG) as running:
        yield running


def test_list_that_the_limit_cuts_is_named_and_begins_again(
    big: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(big, configure(big, monkeypatch))
    for _ in range(2):
        report = load(loads.config, resources=["candidates"], max_requests=PAGES - 2)
        (account,) = report.accounts
        assert (report.exit_code, account.cut, account.reached) == (0, "candidates", "lists")
        assert report.stopped == {
            "reason": "max_requests",
            "backlog": 0,
            "hint": "acme: the list of candidates was cut off and begins again next time: "
            "raise --max-requests. acme: streams and details were not reached.",
        }
    report = load(loads.config, resources=["candidates"], max_requests=PAGES + 3)
    assert (report.stopped, report.accounts[0].cut, report.accounts[0].reached) == (None,) * 3
    assert "candidates" not in loads.differences()


def test_stop_before_the_details_says_so(
    simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(simulator, configure(simulator, monkeypatch))
    lists = loads.in_file(tmp_path / "lists.duckdb").run(depth="list").requests
    report = load(loads.config, max_requests=lists + 2)
    (account,) = report.accounts
    assert (report.exit_code, account.cut, account.reached) == (0, None, "streams")
    assert report.stopped is not None
    assert report.stopped["hint"] == "acme: details were not reached."
    assert report.stopped["backlog"] == account.backlog > 0

    report = load(loads.config, max_requests=lists + 10)
    assert report.stopped is not None
    assert (report.accounts[0].reached, report.stopped["hint"]) == ("backlog", "")


def test_long_streams_end_one_by_one_where_few_requests_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Simulator(LONG_STREAMS) as simulator:
        # A dozen pages for the longest one, three for each if all were read side by side.
        simulator.control.set_quirks(largest_page="10")
        loads = Loads(simulator, configure(simulator, monkeypatch))
        for _ in range(10):
            report = load(loads.config, resources=["jobs", "job_activities"], max_requests=24)
            assert report.exit_code == 0
            if report.stopped is None:
                break
        assert report.stopped is None
        expected = expected_table("job_activities", simulator.control.truth())
        assert differences(expected, loads.table("job_activities")) == []


def test_runs_of_sixty_requests_reach_the_truth(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(simulator, configure(simulator, monkeypatch))
    backlogs = []
    for _ in range(10):
        report = load(loads.config, max_requests=60)
        backlogs.append(report.accounts[0].backlog)
        if report.stopped is None:
            break
    assert report.stopped is None
    assert backlogs == sorted(set(backlogs), reverse=True), "each run takes something off"
    assert loads.differences() == {}


@pytest.mark.parametrize(
    ("most", "side_by_side"), [(None, 8), (1, 1), (60, 1), (149, 2), (400, 8), (9000, 8)]
)
def test_few_requests_are_sent_a_few_at_a_time(most: int | None, side_by_side: int) -> None:
    assert Options(max_requests=most).concurrency == side_by_side


@pytest.mark.full
def test_a_person_reads_why_it_stopped_and_what_is_overdue(
    simulator: Simulator, tmp_path: Path
) -> None:
    cli = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
    stopped = cli.run("load", "--max-requests", "10")
    assert stopped.code == 0, stopped.err
    text = " ".join(stopped.out.split())
    assert "stopped: max_requests," in text
    assert "records left to read" in text
    assert "begins again next time: raise --max-requests." in text

    assert cli.run("load", "--json").code == 0
    simulator.control.advance(30 * 3600)
    rested = cli.run("load", freshness_minutes="0")
    assert rested.code == 0, rested.err
    employees = len(simulator.control.truth()["employees"])
    text = " ".join(rested.out.split())
    assert "overdue, left to the next runs: " in text
    assert f"employee_details {employees} (oldest 20" in text
    assert "stopped" not in text
