"""The hiring marts after loads that saw people come, move, go and be moved elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from tests.dbt.kit import Warehouse as Dbt
from tests.integration.built import Warehouse
from tests.oracle.compare import differences
from tests.oracle.hiring_fills import looks_of
from tests.oracle.hiring_marts import MARTS, HiringOracle

from workable_elt.simulator import events as ev
from workable_elt.simulator.changes.candidates import is_here
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.call import millis
from workable_elt.simulator.server.runner import Simulator
from workable_elt.simulator.state import Company

PLAN = CompanyPlan(candidates=180, jobs=10, employees=20, years=2, seed=11)
ZONE = "Europe/Athens"
A_DAY_AND_AN_HOUR = 25 * 3600
A_MINUTE = 60
GONE = ("deleted", "relocated")
# Relocations are among them: some are moved twice before the next load.
MOVED = (
    *("applied", "sourced", "copied", "moved", "hired", "disqualified", "reverted", "relocated"),
    *("commented", "messaged", "rated", "event_scheduled", "event_cancelled"),
)


# Requisitions of that company: not open yet when it is first seen, and open since before.
LATER, BEFORE = "REQ-6", "Αίτημα-5"
UNNAMED = "REQ 7/27"


@dataclass(frozen=True)
class Changed:
    """A warehouse that was loaded several times, and the company as it is now."""

    warehouse: Warehouse
    company: Company
    oracle: HiringOracle


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """Load, let people vanish, let everything else happen; build the hiring marts alone.

    Builds of the requisitions' history alone lie between the loads.
    """
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("changed")))
    builds: list[datetime] = []
    with Simulator(PLAN, rate_limit=False) as sim:
        sim.control.set_clock(frozen=True)
        warehouse.call(sim, "load")
        builds.append(_build(warehouse, "+snapshot_requisitions"))
        sim.control.apply_changes(18, 1, kinds=GONE, advance=A_DAY_AND_AN_HOUR)
        warehouse.call(sim, "reconcile")
        _open_positions(sim)
        sim.control.advance(A_MINUTE)
        warehouse.call(sim, "load", "--resource", "requisitions")
        builds.append(_build(warehouse, "ats_requisitions", "snapshot_requisitions"))
        sim.control.advance(2 * A_DAY_AND_AN_HOUR)
        _change(sim, LATER, state="on_hold")
        sim.control.advance(A_MINUTE)
        warehouse.call(sim, "load", "--resource", "requisitions")
        builds.append(_build(warehouse, "ats_requisitions", "snapshot_requisitions"))
        sim.control.apply_changes(140, 3, kinds=MOVED, advance=A_DAY_AND_AN_HOUR)
        _think_again_of_hires(sim)
        _fill_positions(sim)
        sim.control.advance(A_MINUTE)
        warehouse.call(sim, "load")
        company, account, log = sim.tenant.company, sim.subdomain, sim.tenant.log
    builds.append(_build(warehouse, "+path:models/marts/hiring"))
    stones = warehouse.rows(
        "select record_id, deleted_at from workable_raw._tombstones"
        " where resource = 'candidates' and resolved_at is null"
    )
    gone = {
        stone["record_id"]: stone["deleted_at"]
        for stone in stones
        if company.candidates[stone["record_id"]].deleted_at is not None
    }
    looks = looks_of(log.events, builds)
    oracle = HiringOracle(company, Quirks(), account, builds[-1], ZONE, gone, looks)
    return Changed(warehouse, company, oracle)


def _build(warehouse: Warehouse, *selected: str) -> datetime:
    """Build some of the models; gives what the build called now, naive UTC."""
    Dbt(warehouse.folder).build_selected(
        *selected,
        variables=f"{{reporting_time_zone: {ZONE}}}",
        DESTINATION__DUCKDB__CREDENTIALS=str(warehouse.file),
    )
    syncs = warehouse.rows("select max(completed_at) as at from workable_raw._syncs where complete")
    now: datetime = syncs[0]["at"]
    return now


def _change(sim: Simulator, code: str, **changes: object) -> None:
    """Facts of a requisition change now."""
    at = millis(sim.control.now())
    sim.tenant.record(ev.RequisitionChanged(at, None, code, changes))


def _open_positions(sim: Simulator) -> None:
    """One requisition opens, and a new one that is open at once."""
    at, like = millis(sim.control.now()), sim.tenant.company.requisitions[LATER]
    number = sim.tenant.log.next_number("requisition")
    new = replace(like, number=number, id=f"{number:x}", code=UNNAMED, created_at=at, updated_at=at)
    sim.tenant.record(ev.RequisitionCreated(at, None, new))
    for code in (LATER, UNNAMED):
        _change(sim, code, state="open")


def _fill_positions(sim: Simulator) -> None:
    """Three hires of the last day fill a requisition each, one of them without being named."""
    company, since = sim.tenant.company, millis(sim.control.now()) - A_DAY_AND_AN_HOUR * 1000
    named = {requisition.candidate_id for requisition in company.requisitions.values()}
    hires = [
        candidate
        for candidate in company.candidates.values()
        if candidate.stage.kind == "hired"
        and is_here(candidate)
        and not candidate.is_disqualified
        and candidate.id not in named
        and max(a.created_at for a in company.activities_by_candidate[candidate.id]) > since
    ]
    jobs = Counter(candidate.job_shortcode for candidate in hires)
    alone = next(hire for hire in hires if jobs[hire.job_shortcode] == 1)
    others = [hire for hire in hires if hire is not alone]
    for code, hire in ((LATER, others[0]), (BEFORE, others[1])):
        _change(sim, code, state="filled", candidate_id=hire.id, job_shortcode=hire.job_shortcode)
    _change(sim, UNNAMED, state="filled", job_shortcode=alone.job_shortcode)


def _think_again_of_hires(sim: Simulator) -> None:
    """One hire is moved back and hired again, one is moved back for good, one withdraws."""
    company = sim.tenant.company
    member = next(m.id for m in company.members.values() if m.is_active and m.is_super_admin)
    hired = [
        candidate.id
        for candidate in company.candidates.values()
        if candidate.stage.kind == "hired" and is_here(candidate) and not candidate.is_disqualified
    ]
    reason = next(reason.id for reason in company.reasons.values() if reason.is_withdrawal)
    with httpx.Client(
        base_url=sim.base_url, headers={"Authorization": f"Bearer {sim.token}"}
    ) as client:
        for candidate, action, facts in (
            (hired[0], "move", {"target_stage": "offer"}),
            (hired[0], "move", {"target_stage": "hired"}),
            (hired[1], "move", {"target_stage": "offer"}),
            (hired[2], "disqualify", {"disqualify_reason_id": reason, "withdrew": True}),
        ):
            answer = client.post(
                f"/candidates/{candidate}/{action}", json={"member_id": member, **facts}
            )
            answer.raise_for_status()


@pytest.mark.parametrize("mart", list(MARTS))
def test_the_mart_equals_what_the_records_say(changed: Changed, mart: str) -> None:
    key, rows = MARTS[mart]
    found = differences(
        mart, rows(changed.oracle), changed.warehouse.table(mart, "workable_marts"), key
    )
    assert not found, "\n".join(found)


def test_everything_that_is_easily_counted_wrong_has_happened(changed: Changed) -> None:
    oracle, candidates = changed.oracle, changed.company.candidates
    exits = Counter(stay.exit for stays in oracle.stays.values() for stay in stays)
    hired_again = [
        stay
        for stays in oracle.stays.values()
        for stay in stays
        if stay.stage.kind == "hired" and stay.visit > 1
    ]
    relocated = [c.relocated_to for c in candidates.values() if c.relocated_to]
    reversals = [
        before
        for stays in oracle.stays.values()
        for before, after in pairwise(stays)
        if before.exited_at != after.entered_at
    ]

    fills = Counter(basis for _, basis in map(oracle.fill, oracle.counted))
    named = {q.candidate_id: q.code for q in changed.company.requisitions.values()}
    held = next(c for c in oracle.counted if named.get(c.id) == LATER)
    since_before = next(c for c in oracle.counted if named.get(c.id) == BEFORE)

    # Open for three days and a bit; one of them, until the last build, on hold.
    assert fills["requisition_seen_open"] == 2
    assert oracle.fill(held) == (2, "requisition_seen_open")
    assert oracle.fill(since_before)[1] == "job_created"
    assert exits["moved_back"] > 0
    assert exits["deleted"] > 0
    assert any(oracle.stays[key][-1].exit != "deleted" for key in oracle.gone)
    assert hired_again
    assert sum(row["hire_undone"] for row in oracle.time_to_hire()) > 0
    assert sum(row["fell_back"] for row in oracle.funnel()) > 0
    assert sum(row["skipped"] for row in oracle.funnel()) > 0
    assert any(candidates[successor].relocated_to for successor in relocated)
    assert any(candidate.copied_from for candidate in oracle.counted)
    assert reversals
