"""Runs that meet in one Postgres: real processes, of which one is suspended or killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from tests.integration.load_kit import DEFAULT_TABLES, Loads, configure
from tests.integration.raw_truth import differences, expected_table, loaded_table

from workable_elt.config import read_config
from workable_elt.exits import EXIT_BUSY, EXIT_OK, BusyError
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=14)
SOON = "2"
LATE = "600"

# A load that suspends itself when it has read its candidates, between two packages.
SLEEPER = """
import os, signal, sys
from dataclasses import replace
from workable_elt.config import LeaseTerms, read_config
from workable_elt.exits import UserError
from workable_elt.progress import NullProgress
from workable_elt.warehouse import load

class Suspended(NullProgress):
    def resource_finished(self, account, resource, status, rows):
        if resource == "candidates":
            os.kill(os.getpid(), signal.SIGSTOP)

lease = LeaseTerms(heartbeat=0.2, expiry=float(sys.argv[1]))
try:
    report = load(replace(read_config(), lease=lease), progress=Suspended())
except UserError as error:
    print(error.message)
    sys.exit(error.exit_code)
sys.exit(report.exit_code)
"""
COMMAND = [sys.executable, "-c", "from workable_elt.cli import main; main()", "load", "--json"]


@pytest.fixture
def loads(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", postgres_url)
    with Simulator(PLAN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch), postgres_url)


@contextlib.contextmanager
def suspended(expiry: str) -> Iterator[subprocess.Popen[str]]:
    """A load that is at work and suspended; it is dead at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", SLEEPER, expiry], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status), "it came to its end"
            yield process
        finally:
            process.kill()


def wait_until_expired(loads: Loads) -> None:
    deadline = time.monotonic() + 60
    expired = (
        "select count(*) from workable_raw._leases where lease = 'run:acme' "
        "and expires_at <= clock_timestamp() at time zone 'utc'"
    )
    while loads.query(expired) != [(1,)]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_second_process_of_an_account_exits_4_and_touches_nothing(loads: Loads) -> None:
    with suspended(LATE) as first:
        before = loads.simulator.control.counters()
        second = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
        assert second.returncode == EXIT_BUSY, second.stderr
        error = json.loads(second.stdout)["error"]
        assert error["code"] == "busy"
        assert f"process {first.pid}" in error["message"]
        assert loads.simulator.control.counters() == before
        first.send_signal(signal.SIGCONT)
        assert first.wait(120) == EXIT_OK
    assert loads.differences() == {}


def test_killed_run_is_taken_over_when_its_lease_has_expired(loads: Loads) -> None:
    with suspended(SOON) as dead:
        dead.kill()
        dead.wait()
    wait_until_expired(loads)
    loads.run()
    assert loads.differences() == {}


def test_killed_run_still_keeps_others_out_until_then(loads: Loads) -> None:
    with suspended(LATE) as dead:
        dead.kill()
        dead.wait()
    with pytest.raises(BusyError, match=f"process {dead.pid} "):
        load(loads.config)


def test_suspended_run_finds_out_that_it_was_taken_over_and_overwrites_nothing(
    loads: Loads,
) -> None:
    with suspended(SOON) as old:
        loads.simulator.control.apply_changes(30, 5)
        wait_until_expired(loads)
        loads.run()
        packages = loads.query("select count(*) from workable_raw._dlt_loads")
        old.send_signal(signal.SIGCONT)
        told, _ = old.communicate(timeout=120)
        assert old.returncode == EXIT_BUSY
        assert "lost its lease 'run:acme'" in told
    assert loads.query("select count(*) from workable_raw._dlt_loads") == packages
    assert loads.differences() == {}


def test_accounts_load_in_parallel_processes_into_one_empty_database(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", postgres_url)
    plans = {
        label: CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=seed)
        for seed, label in enumerate(("north", "south", "west"), 21)
    }
    with ExitStack() as stack:
        simulators = {label: stack.enter_context(Simulator(plan)) for label, plan in plans.items()}
        accounts = [
            {
                "account": label,
                "subdomain": simulator.subdomain,
                "access_token": simulator.token,
                "base_url": simulator.base_url,
            }
            for label, simulator in simulators.items()
        ]
        monkeypatch.setenv("SOURCES__WORKABLE__ACCOUNTS", json.dumps(accounts))
        processes = [
            stack.enter_context(
                subprocess.Popen([*COMMAND, "--account", label], stdout=subprocess.PIPE, text=True)
            )
            for label in plans
        ]
        answers = [process.communicate(timeout=300)[0] for process in processes]
        assert [process.returncode for process in processes] == [EXIT_OK] * 3, answers
        query = Loads(simulators["north"], read_config(), postgres_url).query
        for label, simulator in simulators.items():
            truth = simulator.control.truth()
            for name in DEFAULT_TABLES:
                found = loaded_table(name, query, label)
                assert differences(expected_table(name, truth), found) == [], (label, name)
        assert query("select count(*) from workable_raw._leases") == [(0,)]
