"""``kill -9`` at random moments: the same command afterwards ends in the exact state.

Each warehouse goes through groups: the account changes, then the same command is started and killed
a few times, then it runs to its end and everything is compared with the truth. Load-only processes
are forked from this one, so that the kills fall into reading, normalising and loading and not into
imports; ``run`` is the real command line with dbt.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.histories.killed import run_and_kill_after
from tests.integration.load_kit import Loads, account_environment, configure

from workable_elt.config import LeaseTerms
from workable_elt.exits import BusyError
from workable_elt.simulator.changes import QUIET, SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import LoadReport, load
from workable_elt.warehouse.slices import SliceLimits

PLAN = CompanyPlan(candidates=40, jobs=4, employees=12, years=0.5, seed=9)
VISIBLE = [kind for kind in (*SIGNALLED, *QUIET) if kind != "rating_edited"]
ALL_DUE = 8 * 24 * 3600
LIMITS = SliceLimits(size=20_000)
"""Small packages, so that a kill may fall into one or between two."""
GROUPS, KILLS = 5, 4
RUN_KILLS = 4
# The lease of a run that was killed is waited for.
TERMS = LeaseTerms(heartbeat=0.3, expiry=2.0)
PATIENCE = 60.0


@pytest.fixture
def loads(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN) as simulator:
        url = os.environ.get("DESTINATION__POSTGRES__CREDENTIALS")
        config = replace(configure(simulator, monkeypatch), lease=TERMS)
        yield Loads(simulator, config, url)


def run_when_free(loads: Loads) -> LoadReport:
    """Run the command; where a killed run's lease is in the way, again until it has expired."""
    deadline = time.monotonic() + PATIENCE
    while (report := unless_busy(loads)) is None:
        assert time.monotonic() < deadline, "the lease of a dead run does not expire"
        time.sleep(0.1)
    assert report.status == "ok", report.to_json()
    return report


def unless_busy(loads: Loads) -> LoadReport | None:
    try:
        return load(loads.config, limits=LIMITS)
    except BusyError:
        return None


def killed_after(seconds: float, loads: Loads) -> bool:
    """Start a load in a process of its own and kill it; give whether it was still at work."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run_when_free(loads)
            code = 0
        except BaseException:  # noqa: BLE001, a child must not fall back into the parent's test run
            traceback.print_exc()
        finally:
            os._exit(code)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            assert status == 0, "the load failed before it was killed"
            return False
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


@pytest.mark.full_on("postgres")
@pytest.mark.parametrize(
    "table",
    [
        "job_stages",
        pytest.param("departments", marks=pytest.mark.full),
        pytest.param("employee_details", marks=pytest.mark.full),
        "_visits",
    ],
)
def test_a_load_killed_between_a_tables_delete_and_its_insert_has_lost_no_row(
    loads: Loads, table: str
) -> None:
    loads.begin()
    rows = loads.query(f"select count(*) from workable_raw.{table}")
    assert rows[0][0] > 0

    delete = rf'DELETE FROM \S*"workable_raw"\."{table}"'
    assert run_and_kill_after(lambda: load(loads.config, full=True), delete)

    assert loads.differences() == {}
    assert loads.query(f"select count(*) from workable_raw.{table}") == rows


def test_killed_loads_leave_nothing_that_the_next_one_cannot_mend(loads: Loads) -> None:
    draw = random.Random(1)
    kills = 0
    longest = 4.0
    for group in range(GROUPS):
        if group:
            loads.simulator.control.apply_changes(n=12, seed=group, kinds=VISIBLE, advance=ALL_DUE)
        while kills < KILLS * (group + 1):
            if killed_after(draw.uniform(0.02, longest), loads):
                kills += 1
            else:
                # It was done before it was to be killed: give the next one something to do.
                longest = max(0.3, longest * 0.7)
                loads.simulator.control.apply_changes(
                    n=12, seed=100 + kills, kinds=VISIBLE, advance=ALL_DUE
                )
        run_when_free(loads)
        assert loads.differences() == {}, f"after {kills} kills"
    assert kills >= GROUPS * KILLS


def test_killed_runs_of_the_command_are_mended_by_the_same_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw = random.Random(2)
    command = [Path(sys.executable).with_name("workable-elt"), "run", "--json"]
    with Simulator(PLAN) as simulator:
        config = configure(simulator, monkeypatch)
        loads = Loads(simulator, config)
        environment = {**os.environ, **account_environment(simulator)}
        kills = 0
        for stage in (0.25, 0.4, 0.6, 0.8):
            process = subprocess.Popen(
                command,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                process.wait(30 * stage * draw.uniform(0.6, 1))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                kills += 1
        assert kills > 0
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:]
        assert loads.differences() == {}
        truth = simulator.control.truth()
        built = loads.query("select count(*) from workable.ats_candidates")
        assert built == [(len(truth["candidates"]),)]
