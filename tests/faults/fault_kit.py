"""One small account in one DuckDB file, and what a load under a fault told and left."""

from __future__ import annotations

import pickle
from functools import cache
from typing import Any

from tests.integration.load_kit import Loads

from workable_elt.exits import EXIT_OK
from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.server.world import Tenant
from workable_elt.warehouse import LoadReport, load

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=3)


@cache
def _pickled_log() -> bytes:
    return pickle.dumps(generate(PLAN))


def small_account() -> Tenant:
    """The same small company for every test, and new each time."""
    return Tenant.from_log(pickle.loads(_pickled_log()))


class Account:
    """An account in trouble.

    Args:
        loads: The account and its warehouse.
    """

    def __init__(self, loads: Loads) -> None:
        self.loads = loads
        self.simulator = loads.simulator
        self.control = loads.simulator.control

    def inject(self, kind: str, path: str = "*", **more: Any) -> None:
        """Make answers fail: attributes of the simulator's `FaultRule`."""
        self.control.inject({"kind": kind, "path": path, **more}, seed=5)

    def hits(self) -> list[int]:
        """How often each fault has hit."""
        return [rule["hits"] for rule in self.control.faults()]

    def load(self, **options: Any) -> LoadReport:
        """Load, whatever comes of it."""
        return load(self.loads.config, **options)

    def outcome(self, report: LoadReport, resource: str) -> tuple[str, str | None]:
        """The status of a resource and the code of its error."""
        (account,) = report.accounts
        one = next(each for each in account.resources if each.name == resource)
        return one.status, one.error["code"] if one.error else None

    def assert_whole(self, report: LoadReport) -> None:
        """The run met trouble, and nobody need know: all is there, and nothing is said."""
        assert report.exit_code == EXIT_OK, report.to_json()
        assert report.status == "ok"
        differences = self.loads.differences()
        assert differences == {}, differences

    def assert_mends(self, **options: Any) -> None:
        """Without the faults one more run gives what the account holds."""
        self.control.clear_faults()
        self.assert_whole(self.load(**options))
        left = self.open_quarantine()
        assert left == set(), left

    def open_quarantine(self) -> set[tuple[str, str]]:
        """Resource and id of every record that is put aside."""
        rows = self.loads.query(
            "select resource, record_id from workable_raw._quarantine where resolved_at is null"
        )
        return {(resource, record_id) for resource, record_id in rows}

    def tombstones(self) -> set[tuple[str, str]]:
        """Resource and id of every record that counts as deleted."""
        rows = self.loads.query(
            "select resource, record_id from workable_raw._tombstones where resolved_at is null"
        )
        return {(resource, record_id) for resource, record_id in rows}
