"""What becomes of records that vanish from Workable, through real loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.histories.closing import all_differences, unresolved
from tests.integration.load_kit import LABEL, Loads, configure

from workable_elt.exits import EXIT_OK, EXIT_PARTIAL
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import LoadReport, load

PLAN = CompanyPlan(candidates=40, jobs=4, employees=12, years=1, seed=3)
LATER = 3600


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


def change(loads: Loads, *kinds: str, n: int = 1, seed: int = 1) -> list[str]:
    """Let things happen; gives the ids of the records."""
    made = loads.simulator.control.apply_changes(n=n, seed=seed, kinds=kinds, advance=LATER)
    return [one["id"] for one in made]


def stones(loads: Loads, resource: str = "candidates") -> dict[str, tuple[Any, ...]]:
    """The tombstones of a list: reason, successor, whether it is open."""
    rows = loads.query(
        "select record_id, reason, replaced_by_id, resolved_at is null "
        f"from workable_raw._tombstones where account = '{LABEL}' and resource = '{resource}'"
    )
    return {row[0]: row[1:] for row in rows}


def deletes(report: LoadReport, resource: str = "candidates") -> dict[str, int]:
    found = next(r for r in report.accounts[0].resources if r.name == resource)
    assert found.deletes is not None
    return {name: count for name, count in found.deletes.items() if count and name != "listed"}


def assert_exact(loads: Loads) -> None:
    assert all_differences(loads, loads.simulator.control.truth(), set()) == []


def test_deleted_candidates_get_exactly_their_tombstones(loads: Loads) -> None:
    loads.run()
    listed = {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    gone = change(loads, "deleted", n=3)
    report = loads.run(reconcile=True)
    assert set(gone) < listed and len(set(gone)) == 3
    assert stones(loads) == {candidate: ("deleted", None, True) for candidate in gone}
    assert deletes(report) == {"vanished": 3, "deleted": 3}
    assert unresolved(loads.query)["candidates"] == set(gone)
    assert_exact(loads)
