"""Trouble on the way: what goes away when asked again costs nothing, what stays costs one resource."""

from __future__ import annotations

import pytest
from tests.faults.fault_kit import Account

from workable_elt.api.timeouts import Timeouts
from workable_elt.exits import EXIT_FAILED, EXIT_PARTIAL
from workable_elt.simulator.server.runner import Simulator


@pytest.fixture
def short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read may take half a second, an answer one."""
    monkeypatch.setattr("workable_elt.api.client.Timeouts", lambda: Timeouts(read=0.5, total=1.0))


def test_a_burst_of_429_is_waited_out_and_is_no_error(account: Account) -> None:
    account.inject("too_many", lasts=1, limit=10_000, retry_after=1, at_window_end=True)
    report = account.load()
    (hits,) = account.hits()
    assert hits >= 1
    assert report.rate_limited == hits
    account.assert_whole(report)


def test_500_502_503_and_504_that_pass_are_tried_again(account: Account) -> None:
    paths = {500: "/candidates", 502: "/jobs", 503: "/employees/*", 504: "/jobs/*/activities"}
    for status, path in paths.items():
        account.inject("status", path, status=status, times=3)
    account.assert_whole(account.load())
    assert account.hits() == [3, 3, 3, 3]


def test_trouble_that_stays_costs_one_resource_each_and_no_other(account: Account) -> None:
    stays = {
        "events": ("status", "server_failed"),
        "custom_attributes": ("html", "not_json"),
        "departments": ("empty", "truncated_body"),
        "requisitions": ("truncated", "truncated_body"),
        "recruiters": ("reset", "connection_broken"),
        "stages": ("refuse", "connection_broken"),
    }
    for resource, (kind, _) in stays.items():
        account.inject(kind, f"/{resource}")
    report = account.load()
    assert report.exit_code == EXIT_PARTIAL
    for one in report.accounts[0].resources:
        expected = ("failed", stays[one.name][1]) if one.name in stays else ("ok", None)
        assert account.outcome(report, one.name) == expected, one
    assert set(account.loads.differences()) <= stays.keys()
    account.assert_mends()


@pytest.mark.parametrize("kind", ["html", "empty", "truncated", "reset", "refuse"])
def test_broken_answers_that_pass_are_asked_for_again(account: Account, kind: str) -> None:
    account.inject(kind, "/candidates", times=2)
    account.inject(kind, "/jobs/*", times=3)
    account.inject(kind, "/timeoff/balances", times=2)
    account.assert_whole(account.load())
    assert account.hits() == [2, 3, 2]


def test_a_connection_refused_for_a_moment_is_tried_again(account: Account) -> None:
    account.inject("closed_port", "/candidates", seconds=0.15, times=1)
    account.inject("closed_port", "/employees/*", seconds=0.1, times=1)
    account.assert_whole(account.load())
    assert account.hits() == [1, 1]


def test_a_server_that_is_not_there_ends_the_run_with_a_clear_message(
    account: Account,
) -> None:
    stopped = account.simulator
    stopped.stop()
    report = account.load()
    assert report.exit_code == EXIT_FAILED
    error = report.accounts[0].error or {}
    assert "no connection to the host" in error["message"]
    assert "Check the subdomain or base_url" in error["hint"]
    port = int(stopped.root.rpartition(":")[2])
    with Simulator(tenants=[stopped.tenant], token=stopped.token, port=port) as again:
        account.control = account.loads.simulator.control = again.control
        account.assert_mends()


def test_a_slow_body_past_the_timeout_is_asked_for_again(
    account: Account, short_timeouts: None
) -> None:
    account.inject("slow", "/candidates", seconds=2, times=1)
    account.inject("delay", "/jobs", seconds=1.2, times=1)
    account.assert_whole(account.load())
    assert account.hits() == [1, 1]


@pytest.mark.full
def test_bodies_that_are_always_too_slow_fail_their_resource(
    account: Account, short_timeouts: None
) -> None:
    account.inject("delay", "/events", seconds=0.6)
    report = account.load(resources=["events", "stages"])
    assert report.exit_code == EXIT_PARTIAL
    assert account.outcome(report, "events") == ("failed", "timed_out")
    assert account.outcome(report, "stages") == ("ok", None)
    account.assert_mends()


def test_a_spurious_404_of_a_child_is_asked_again(account: Account) -> None:
    for path in ("/candidates/*", "/jobs/*/stages", "/employees/*", "/timeoff/balances"):
        account.inject("not_found", path, times=1)
    account.assert_whole(account.load())
    assert account.hits() == [1, 1, 1, 1]


@pytest.mark.full
def test_a_child_that_stays_unknown_keeps_its_row_and_is_read_later(account: Account) -> None:
    shortcode = account.control.truth()["jobs"][0]["shortcode"]
    account.inject("not_found", f"/jobs/{shortcode}/stages")
    report = account.load()
    assert report.exit_code == 0
    assert set(account.loads.differences()) == {"job_stages"}
    assert account.tombstones() == set()
    account.control.clear_faults()
    account.control.advance(8 * 86_400)
    account.assert_mends()
