"""A malformed item of a list that is replaced whole keeps its last good row meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from tests.integration.load_kit import Loads, configure

from workable_elt.exits import EXIT_OK
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=3)


@pytest.fixture
def loads(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN) as simulator:
        url = os.environ.get("DESTINATION__POSTGRES__CREDENTIALS")
        yield Loads(simulator, configure(simulator, monkeypatch), url)


@pytest.mark.full_on("postgres")
def test_stages_that_cannot_be_read_stay_as_they_were_last_read(loads: Loads) -> None:
    loads.run(resources=["jobs"])
    loads.run(resources=["job_stages"])
    before = loads.table("job_stages")
    assert before
    control = loads.simulator.control
    control.inject(
        {"kind": "malformed", "path": "/jobs/*/stages", "field": "position", "value": []}, seed=5
    )
    report = load(loads.config, resources=["job_stages"], full=True)
    assert report.exit_code == EXIT_OK
    bad = loads.query(
        "select record_id from workable_raw._quarantine where resource = 'job_stages' "
        "and resolved_at is null"
    )
    assert bad
    assert loads.table("job_stages") == before

    control.clear_faults()
    loads.run(resources=["job_stages"])
    assert loads.table("job_stages") == before
    assert loads.query(
        "select count(*) from workable_raw._quarantine where resolved_at is null"
    ) == [(0,)]
