"""Scale on paper: what larger accounts cost, from the figures of a report.

``python -m tests.benchmarks.paper benchmarks.json`` prints the table of ``docs/performance.md``.
All is linear in candidates: jobs and employees of the measured companies grow with them.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SIZES = ((10_000, 1), (100_000, 1), (1_000_000, 1), (10_000, 100))
"""Candidates of an account, and accounts."""
_CHANGED_A_DAY = 0.01
_REQUESTS_A_CHANGE = 2.01
"""Detail, stream, and a hundredth of a list page."""
_WHOLE_LIST = 0.01
"""Requests a candidate of the list that a daily run reads the changed part of only."""
_AGED_A_DAY = 2 / 50
"""Details and balances of each employee, fifty candidates to one, are read anew once a day."""
_LIMITS = (10, 50)
_WINDOWS_AN_HOUR = 360
COLUMNS = (
    "accounts x candidates",
    "first load, lists",
    "first load, all",
    *(f"hours at {limit}" for limit in _LIMITS),
    "daily run",
    *(f"minutes at {limit}" for limit in _LIMITS),
    "bytes read",
    "raw tables",
    "memory",
)


@dataclass(frozen=True)
class Measured:
    """What one candidate costs, and the memory of a list load at two sizes.

    Attributes:
        list_requests: Requests a candidate of a load of the lists.
        requests: The same of a load with details and streams.
        size: Bytes of answers a candidate, details and streams included.
        stored: Bytes of the DuckDB file a candidate.
        peaks: Megabytes by candidates.
    """

    list_requests: float
    requests: float
    size: float
    stored: float
    peaks: tuple[tuple[int, float], tuple[int, float]]

    @property
    def daily_requests(self) -> float:
        """Requests a candidate of a run a day after the last."""
        lists = self.list_requests - _WHOLE_LIST
        return lists + _CHANGED_A_DAY * _REQUESTS_A_CHANGE + _AGED_A_DAY

    def memory(self, candidates: int) -> float:
        """Give megabytes of a list load, on the straight line through the two that were measured."""
        (small, low), (large, high) = self.peaks
        slope = max(0.0, (high - low) / (large - small))
        return high + (candidates - large) * slope


def measured(report: dict[str, Any]) -> Measured:
    """Take the figures from a report that has the part ``throughput``."""
    lists, deep, flat = (
        _details(report, word) for word in ("lists of", "details and", "four times")
    )
    share = report["scale"]
    return Measured(
        lists["requests"] / (200_000 * share),
        deep["requests"] / (20_000 * share),
        deep["bytes"] / (20_000 * share),
        deep["warehouse_bytes"] / (20_000 * share),
        (
            (round(50_000 * share), max(run["peak_mb"] for run in flat["quarter"])),
            (round(200_000 * share), max(run["peak_mb"] for run in flat["whole"])),
        ),
    )


def _details(report: dict[str, Any], word: str) -> dict[str, Any]:
    found = [one for one in report["figures"]["throughput"] if word in one["name"]]
    details: dict[str, Any] = found[0]["details"]
    return details


def lines(one: Measured) -> list[tuple[str, ...]]:
    """Give the table's lines, each account with a budget of its own and all side by side."""
    told = []
    for candidates, accounts in _SIZES:
        whole = candidates * accounts
        daily = candidates * one.daily_requests
        windows = [candidates * one.requests / limit for limit in _LIMITS]
        told.append(
            (
                f"{accounts} x {candidates:,}",
                f"{whole * one.list_requests:,.0f}",
                f"{whole * one.requests:,.0f}",
                *(f"{count / _WINDOWS_AN_HOUR:,.1f}" for count in windows),
                f"{daily * accounts:,.0f}",
                *(f"{daily / limit / 6:,.1f}" for limit in _LIMITS),
                f"{whole * one.size / 1e9:,.2f} GB",
                f"{whole * one.stored / 1e9:,.2f} GB",
                f"{one.memory(candidates):,.0f} MB",
            )
        )
    return told


def main() -> None:
    report = json.loads(Path(sys.argv[1]).read_text())
    table = [COLUMNS, ("---",) * len(COLUMNS), *lines(measured(report))]
    print("\n".join(f"| {' | '.join(line)} |" for line in table))


if __name__ == "__main__":
    main()
