"""A small company behind real HTTP, and readings of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from workable_elt.api import RetryPolicy, WorkableClient
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.sources import ColumnPolicy, Readings, Work

PLAN = CompanyPlan(candidates=80, jobs=6, employees=14, years=1, seed=11)


@contextmanager
def reading(
    simulator: Simulator,
    work: Work | None = None,
    *,
    token: str | None = None,
    columns: dict[str, Any] | None = None,
    **more: Any,
) -> Iterator[Readings]:
    """Open readings of the simulator's account, closed at the end."""
    client = WorkableClient(
        simulator.subdomain,
        token or simulator.token,
        base_url=simulator.base_url,
        retry=RetryPolicy(attempts=2, first_pause=0.01),
    )
    with client:
        readings = Readings(
            client,
            account="acme",
            policy=ColumnPolicy(columns, "a key"),
            work=work or Work(),
            find_member=True,
            **more,
        )
        yield readings
        readings.close()


def rows(readings: Readings, resource: str, until: Any = None) -> list[dict[str, Any]]:
    """Take a resource's rows, markers left out."""
    taken = [row for table in readings.take(resource, until) for row in table.to_pylist()]
    return [row for row in taken if not row.get("_is_marker")]
