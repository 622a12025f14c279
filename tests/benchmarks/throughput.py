"""(a) Extract and load against two floors: DuckDB's JSON reader, and asking and throwing away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.accounts import Account, account, rows_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.measure import Cost, measure, worker
from tests.benchmarks.scale import Scale

# A shared machine is now quicker and now slower, by a fifth within a minute: of each measured thing
# the quickest of its runs counts, and they take turns. One run of the longest is long enough.
_RUNS = 2


def throughput(scale: Scale, folder: Path) -> list[Figure]:
    """Measure list loads of two sizes, and one with details and streams."""
    with account(scale.of(50_000), folder / "small") as small:
        quarter = [_load(small, "list", run)[0] for run in range(_RUNS)]
    with account(scale.of(200_000), folder / "lists") as lists:
        title = f"lists of {scale.of(200_000):,} candidates"
        whole, against_floors = _against_floors(title, lists, "list", _RUNS)
    figures = [*against_floors, _peak("list load", whole), _flat(quarter, whole)]
    with account(scale.of(20_000), folder / "deep") as deep:
        title = f"details and streams of {scale.of(20_000):,} candidates"
        costs, against_floors = _against_floors(title, deep, "full", 1)
    return [*figures, *against_floors, _peak("load with details and streams", costs)]


def _load(one: Account, depth: str, run: int) -> tuple[Cost, Path]:
    """Load into a new file; give the cost and the file of addresses that were asked for."""
    control = one.simulator.control
    control.reset_counters(recording=True)
    cost = one.call("load", "--depth", depth, file=_database(one, run))
    log = control.counters()["log"]
    control.reset_counters()
    urls = one.folder / "urls.txt"
    urls.write_text("\n".join(url for _, url, status in log if status == 200))
    return cost, urls


def _database(one: Account, run: int) -> Path:
    return one.folder / f"run-{run}.duckdb"


def _against_floors(
    title: str, one: Account, depth: str, runs: int
) -> tuple[list[Cost], list[Figure]]:
    """Load, and measure the floors of it; give the costs of all loads, and the figures."""
    ours: list[Cost] = []
    floors: list[tuple[Cost, Cost]] = []
    for run in range(runs):
        cost, urls = _load(one, depth, run)
        ours.append(cost)
        floors.append(_floors(one, urls, run))
    cost = _quickest(ours)
    asked, parsed = (_quickest(floor) for floor in zip(*floors, strict=True))
    rows = rows_of(cost)
    details = {
        "rows": rows,
        "requests": asked.told["requests"],
        "bytes": asked.told["bytes"],
        "warehouse_bytes": _database(one, 0).stat().st_size,
        "runs": [run.to_json() for run in ours],
        "ours": cost.to_json(),
        "ask_and_throw_away": asked.to_json(),
        "duckdb_read_json": parsed.to_json(),
    }
    return ours, [
        _ratio(f"{title}, wall", rows, cost.wall, max(asked.wall, parsed.wall), details),
        _ratio(f"{title}, CPU", rows, cost.cpu, max(asked.cpu, parsed.cpu), details, bound=False),
    ]


def _floors(one: Account, urls: Path, run: int) -> tuple[Cost, Cost]:
    """Ask for the same pages and throw them away; parse them from the disk with DuckDB."""
    server = {
        "root": one.simulator.root,
        "token": one.simulator.token,
        "urls": str(urls),
    }
    asked = measure(worker("read_pages", **server))
    pages = one.folder / "pages"
    if not pages.exists():
        pages.mkdir()
        measure(worker("save_pages", **server, folder=str(pages)))
    database = one.folder / f"floor-{run}.duckdb"
    return asked, measure(worker("read_json", folder=str(pages), database=str(database)))


def _quickest(runs: Sequence[Cost]) -> Cost:
    return min(runs, key=lambda run: run.wall)


def _ratio(
    name: str,
    rows: int,
    ours: float,
    floor: float,
    details: dict[str, object],
    *,
    bound: bool = True,
) -> Figure:
    return Figure(
        name,
        f"{rows / ours:,.0f} rows/s ({ours:.1f} s)",
        f"slower floor {floor:.1f} s",
        floor / ours,
        "at least" if bound else None,
        0.35 if bound else None,
        details,
    )


def _highest(runs: Sequence[Cost]) -> float:
    return max(run.peak for run in runs)


def _peak(what: str, runs: Sequence[Cost]) -> Figure:
    peak = _highest(runs)
    return Figure(f"{what}, peak MB", f"{peak:.0f} MB", None, peak, "at most", 600)


def _flat(quarter: Sequence[Cost], whole: Sequence[Cost]) -> Figure:
    small, large = _highest(quarter), _highest(whole)
    return Figure(
        "list load, peak at four times the size",
        f"{large:.0f} MB",
        f"{small:.0f} MB",
        large / small,
        "at most",
        1.15,
        {
            "quarter": [run.to_json() for run in quarter],
            "whole": [run.to_json() for run in whole],
        },
    )
