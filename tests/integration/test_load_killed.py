"""A load that is killed costs a slice: the same command afterwards ends in the exact state."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from tests.integration.load_kit import Loads, configure

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=60, jobs=5, employees=12, years=1, seed=9)
# Small packages, so that a kill may fall into reading, loading or between two packages.
LOAD = """
from workable_elt.config import read_config
from workable_elt.warehouse import load
from workable_elt.warehouse.slices import SliceLimits
load(read_config(), limits=SliceLimits(size=60_000))
"""


@pytest.fixture
def loads(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN) as simulator:
        url = os.environ.get("DESTINATION__POSTGRES__CREDENTIALS")
        yield Loads(simulator, configure(simulator, monkeypatch), url)


def killed_after(seconds: float) -> bool:
    """Start a load in a process of its own and kill it; give whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD], stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def packages(loads: Loads) -> int:
    """Committed packages so far; none before there are tables."""
    found = loads.query(
        "select count(*) from information_schema.tables where table_name = '_dlt_loads' "
        "and table_schema = 'workable_raw'"
    )
    if found == [(0,)]:
        return 0
    return int(loads.query("select count(*) from workable_raw._dlt_loads")[0][0])


def test_killed_loads_leave_nothing_that_the_next_one_cannot_mend(loads: Loads) -> None:
    began = time.monotonic()
    kills = sum(killed_after(seconds) for seconds in (2.5, 4.0, 5.5))
    assert kills > 0, f"every load was done within {time.monotonic() - began} seconds"
    loads.run()
    assert loads.differences() == {}
    assert packages(loads) > 0
