"""(b) The same four resources with ours and with dlt's generic REST source, twice each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.accounts import Account, account, rows_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.measure import Cost, measure, worker
from tests.benchmarks.scale import Scale

RESOURCES = ("candidates", "candidate_details", "jobs", "employees")


def peers(scale: Scale, folder: Path) -> list[Figure]:
    """Measure a first run, then a second after one candidate in a hundred has changed."""
    size = scale.of(10_000)
    with account(size, folder / "peer") as one:
        first = _both(one)
        one.simulator.control.apply_changes(n=size // 100, seed=3, advance=3_600)
        second = _both(one)
    return [
        *_figures(f"first run, {size:,} candidates", *first),
        *_figures("second run, 1 % changed", *second),
    ]


Run = tuple[Cost, int, int]
"""Cost, rows, requests."""


def _both(one: Account) -> tuple[Run, Run]:
    chosen = [word for name in RESOURCES for word in ("--resource", name)]
    ours, requests = _counted(one, lambda: one.call("load", *chosen))
    generic = worker(
        "load_generic",
        root=one.simulator.root,
        token=one.simulator.token,
        database=str(one.folder / "generic-source.duckdb"),
        folder=str(one.folder / "generic"),
    )
    environment = {"RUNTIME__DLTHUB_TELEMETRY": "false"}
    theirs, asked = _counted(one, lambda: measure(generic, environment))
    return (ours, rows_of(ours), requests), (theirs, theirs.told["rows"], asked)


def _counted(one: Account, work: Callable[[], Cost]) -> tuple[Cost, int]:
    one.simulator.control.reset_counters()
    cost = work()
    return cost, int(one.simulator.control.counters()["total"])


def _figures(title: str, ours: Run, theirs: Run) -> list[Figure]:
    (cost, rows, requests), (other, other_rows, other_requests) = ours, theirs
    details = {
        "ours": {**cost.to_json(), "rows": rows, "requests": requests},
        "dlt_rest_api": {**other.to_json(), "rows": other_rows, "requests": other_requests},
    }
    return [
        Figure(
            f"{title}: wall",
            f"{rows / cost.wall:,.0f} rows/s ({cost.wall:.1f} s)",
            f"{other_rows / other.wall:,.0f} rows/s ({other.wall:.1f} s)",
            other.wall / cost.wall,
            details=details,
        ),
        Figure(f"{title}: CPU", f"{cost.cpu:.1f} s", f"{other.cpu:.1f} s", other.cpu / cost.cpu),
        Figure(f"{title}: requests", str(requests), str(other_requests), other_requests / requests),
        Figure(
            f"{title}: peak", f"{cost.peak:.0f} MB", f"{other.peak:.0f} MB", other.peak / cost.peak
        ),
    ]
