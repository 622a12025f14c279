"""The hiring marts after loads that saw people come, move, go and be moved elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from tests.dbt.kit import Warehouse as Dbt
from tests.integration.built import Warehouse
from tests.oracle.compare import differences
from tests.oracle.hiring_marts import MARTS, HiringOracle

from workable_elt.simulator.changes.candidates import is_here
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.runner import Simulator
from workable_elt.simulator.state import Company

PLAN = CompanyPlan(candidates=180, jobs=10, employees=20, years=2, seed=11)
ZONE = "Europe/Athens"
A_DAY_AND_AN_HOUR = 25 * 3600
GONE = ("deleted", "relocated")
# Relocations are among them: some are moved twice before the next load.
MOVED = (
    *("applied", "sourced", "copied", "moved", "hired", "disqualified", "reverted", "relocated"),
    *("commented", "messaged", "rated", "event_scheduled", "event_cancelled"),
)


@dataclass(frozen=True)
class Changed:
    """A warehouse that was loaded three times, and the company as it is now."""

    warehouse: Warehouse
    company: Company
    oracle: HiringOracle


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """Load, let people vanish, let everything else happen; build the hiring marts alone."""
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("changed")))
    with Simulator(PLAN, rate_limit=False) as sim:
        sim.control.set_clock(frozen=True)
        warehouse.call(sim, "load")
        sim.control.apply_changes(18, 1, kinds=GONE, advance=A_DAY_AND_AN_HOUR)
        warehouse.call(sim, "reconcile")
        sim.control.apply_changes(140, 3, kinds=MOVED, advance=A_DAY_AND_AN_HOUR)
        _think_again_of_hires(sim)
        warehouse.call(sim, "load")
        company, account = sim.tenant.company, sim.subdomain
    Dbt(warehouse.folder).dbt(
        *("build", "--quiet", "--resource-type", "seed"),
        *("--resource-type", "snapshot", "--resource-type", "model"),
        *("--select", "+path:models/marts/hiring"),
        *("--vars", f"{{reporting_time_zone: {ZONE}}}"),
        DESTINATION__DUCKDB__CREDENTIALS=str(warehouse.file),
    )
    syncs = warehouse.rows("select max(completed_at) as at from workable_raw._syncs where complete")
    stones = warehouse.rows(
        "select record_id, deleted_at from workable_raw._tombstones"
        " where resource = 'candidates' and resolved_at is null"
    )
    gone = {
        stone["record_id"]: stone["deleted_at"]
        for stone in stones
        if company.candidates[stone["record_id"]].deleted_at is not None
    }
    oracle = HiringOracle(company, Quirks(), account, syncs[0]["at"], ZONE, gone)
    return Changed(warehouse, company, oracle)


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
