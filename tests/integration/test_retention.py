"""Service tables forget what no later run needs; everything that decides something stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import DEFAULT_TABLES, LABEL, Loads, configure

from workable_elt.settings import RESOURCES, SCHEMA_NAME
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse.lock import exclusive
from workable_elt.warehouse.pipeline import create_tables, open_pipeline
from workable_elt.warehouse.retention import forget_old

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=4)
pytestmark = pytest.mark.full_on("postgres")

COUNTED = ("_syncs", "_requests", "_visits", "_tombstones", "_quarantine", "_dlt_loads")


@pytest.fixture
def loads(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    url = os.environ.get("DESTINATION__POSTGRES__CREDENTIALS") if warehouse == "postgres" else None
    with Simulator(PLAN, token=TOKEN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch), url)


def forget(loads: Loads, after: timedelta, kept_runs: int) -> int:
    """Do as if so much time had passed since everything was loaded."""
    with exclusive(loads.config, (LABEL,), "a-test") as gate, gate:
        pipeline = open_pipeline(loads.config, LABEL)
        create_tables(pipeline)
        now = datetime.now(timezone.utc) + after
        with pipeline.sql_client(SCHEMA_NAME) as client:
            return forget_old(client, LABEL, now, kept_runs=kept_runs)


def counts(loads: Loads) -> dict[str, int]:
    return {
        table: loads.query(f"select count(*) from workable_raw.{table}")[0][0] for table in COUNTED
    }


def test_what_is_younger_than_a_year_stays(loads: Loads) -> None:
    loads.run(depth="list")
    before = counts(loads)
    assert forget(loads, timedelta(days=365), kept_runs=1) == 0
    assert counts(loads) == before


def test_old_runs_go_and_the_next_run_is_as_if_they_were_there(loads: Loads) -> None:
    loads.begin()
    for _ in range(2):
        loads.run(depth="list", resources=["departments"])
    loads.run()
    before = counts(loads)
    assert before["_requests"] > 0

    assert forget(loads, timedelta(days=500), kept_runs=1) > 0

    after = counts(loads)
    # Of departments' four readings the newest stays, and the newest run as a whole; what is read
    # by its watermark keeps the first run, its newest whole reading.
    departments = "select count(*) from workable_raw._syncs where resource = 'departments'"
    assert loads.query(departments) == [(2,)]
    assert after["_requests"] == 0
    assert (after["_visits"], after["_tombstones"]) == (before["_visits"], before["_tombstones"])
    assert 0 < after["_dlt_loads"] < before["_dlt_loads"]

    report = loads.run()
    # A page for each list and the member; nothing for each record.
    lists = [name for name in DEFAULT_TABLES if RESOURCES[name].reading == "list"]
    assert report.requests <= len(lists) + 4, "watermarks or visits were forgotten"
    assert report.changed_tables == set()
    assert loads.differences() == {}


def test_open_quarantine_stays_and_resolved_goes(loads: Loads) -> None:
    simulator = loads.simulator
    bad = {"kind": "malformed", "field": "name", "value": {"not": "a name"}, "times": 1}
    simulator.control.inject({**bad, "path": "/departments"})
    loads.run(depth="list")
    loads.run(depth="list")
    simulator.control.inject({**bad, "path": "/stages"})
    loads.run(depth="list", resources=["stages"])
    rows = "select resource, resolved_at is null from workable_raw._quarantine order by resource"
    assert loads.query(rows) == [("departments", False), ("stages", True)]
    forget(loads, timedelta(days=500), kept_runs=1)
    assert loads.query(rows) == [("stages", True)]
