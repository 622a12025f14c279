"""(e) What a call costs that has nothing to do."""

from __future__ import annotations

import statistics
from pathlib import Path

from tests.benchmarks.accounts import account
from tests.benchmarks.figures import Figure
from tests.benchmarks.measure import Cost, command_line, measure
from tests.benchmarks.scale import Scale

_TIMES = 5
_CANDIDATES = 300


def startup(_: Scale, folder: Path) -> list[Figure]:
    """Measure ``--help``, and ``run`` in a warehouse that is up to date."""
    helped = [measure(command_line("--help")) for _ in range(_TIMES)]
    with account(_CANDIDATES, folder / "idle") as one:
        one.call("run")
        idle = [one.call("run") for _ in range(_TIMES)]
    if not all(cost.told["dbt"]["skipped"] for cost in idle):
        raise RuntimeError("dbt had work in a run without changes")
    return [
        _figure("workable-elt --help", helped, "wall", 0.4),
        _figure("workable-elt --help", helped, "cpu", 0.4),
        _figure("run with nothing changed", idle, "cpu", 5.0),
        _figure("run with nothing changed", idle, "wall", None),
    ]


def _figure(name: str, costs: list[Cost], what: str, target: float | None) -> Figure:
    values = [getattr(cost, what) for cost in costs]
    middle = statistics.median(values)
    return Figure(
        f"{name}, {'CPU' if what == 'cpu' else what}",
        f"{middle:.2f} s (least {min(values):.2f} s)",
        None,
        middle,
        None if target is None else "at most",
        target,
        {"all": [cost.to_json() for cost in costs]},
    )
