"""(c) Full builds of the dbt project at a size and at twice that, against reading every raw row."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.benchmarks.accounts import Account, account
from tests.benchmarks.figures import Figure
from tests.benchmarks.measure import Cost, measure, worker
from tests.benchmarks.scale import Scale

RAW = "workable_raw"
_CANDIDATES = 20_000
# So many have two million activities together.
_COPIES = 12


def dbt_builds(scale: Scale, folder: Path) -> list[Figure]:
    """Build from nothing with half and with all of 2 million activities of 240,000 candidates."""
    size = scale.of(_CANDIDATES)
    with account(size, folder / "dbt") as one:
        one.call("load")
        half, _, _ = _build(one, _COPIES // 2)
        whole, floor, counted = _build(one, _COPIES)
    activities = counted["candidate_activities"] + counted["job_activities"]
    details = {
        "candidates": counted["candidates"],
        "activities": activities,
        "raw_rows": floor.told["rows"],
        "half": half.to_json(),
        "whole": whole.to_json(),
        "slowest": whole.told["dbt"]["slowest"],
        "read_every_row": floor.to_json(),
    }
    return [
        Figure(
            f"dbt build, {counted['candidates']:,} candidates, wall",
            f"{whole.wall:.1f} s",
            f"half the rows {half.wall:.1f} s",
            whole.wall / half.wall,
            "at most",
            2.2,
            details,
        ),
        Figure(
            "dbt build, CPU",
            f"{whole.cpu:.1f} s",
            f"half the rows {half.cpu:.1f} s",
            whole.cpu / half.cpu,
            "at most",
            2.2,
        ),
        Figure(
            "dbt build against reading every raw row once, CPU",
            f"{whole.cpu:.1f} s",
            f"{floor.cpu:.1f} s",
            whole.cpu / floor.cpu,
        ),
        Figure("dbt build, peak MB", f"{whole.peak:.0f} MB", None, whole.peak),
    ]


def _build(one: Account, copies: int) -> tuple[Cost, Cost, dict[str, int]]:
    file = one.folder / f"x{copies}.duckdb"
    shutil.copyfile(one.database, file)
    counted = measure(worker("copy_accounts", database=str(file), schema=RAW, copies=copies)).told
    floor = measure(worker("read_raw", database=str(file), schema=RAW))
    cost = one.call("build", file=file)
    file.unlink()
    return cost, floor, counted
