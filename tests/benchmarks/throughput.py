"""(a) Extract and load against two floors: DuckDB's JSON reader, and asking and throwing away."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.accounts import Account, account, rows_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.measure import Cost, measure, worker
from tests.benchmarks.scale import Scale


def throughput(scale: Scale, folder: Path) -> list[Figure]:
    """Measure list loads of two sizes, and one with details and streams."""
    with account(scale.of(50_000), folder / "small") as small:
        quarter, _ = _load(small, "list")
    figures: list[Figure] = []
    with account(scale.of(200_000), folder / "lists") as lists:
        whole, urls = _load(lists, "list")
        figures += _against_floors(f"lists of {scale.of(200_000):,} candidates", lists, whole, urls)
    figures.append(_peak("list load", whole))
    figures.append(_flat(quarter, whole))
    with account(scale.of(20_000), folder / "deep") as deep:
        cost, urls = _load(deep, "full")
        title = f"details and streams of {scale.of(20_000):,} candidates"
        figures += _against_floors(title, deep, cost, urls)
    figures.append(_peak("load with details and streams", cost))
    return figures


def _load(one: Account, depth: str) -> tuple[Cost, Path]:
    """Load once; give the cost and the file of addresses that were asked for."""
    control = one.simulator.control
    control.reset_counters(recording=True)
    cost = one.call("load", "--depth", depth)
    log = control.counters()["log"]
    control.reset_counters()
    urls = one.folder / "urls.txt"
    urls.write_text("\n".join(url for _, url, status in log if status == 200))
    return cost, urls


def _against_floors(title: str, one: Account, cost: Cost, urls: Path) -> list[Figure]:
    pages = one.folder / "pages"
    pages.mkdir()
    server = {
        "root": one.simulator.root,
        "token": one.simulator.token,
        "urls": str(urls),
    }
    asked = measure(worker("read_pages", **server))
    measure(worker("save_pages", **server, folder=str(pages)))
    parsed = measure(
        worker("read_json", folder=str(pages), database=str(one.folder / "floor.duckdb"))
    )
    rows = rows_of(cost)
    details = {
        "rows": rows,
        "requests": asked.told["requests"],
        "bytes": asked.told["bytes"],
        "warehouse_bytes": one.database.stat().st_size,
        "ours": cost.to_json(),
        "ask_and_throw_away": asked.to_json(),
        "duckdb_read_json": parsed.to_json(),
    }
    return [
        _ratio(f"{title}, wall", rows, cost.wall, max(asked.wall, parsed.wall), details),
        _ratio(f"{title}, CPU", rows, cost.cpu, max(asked.cpu, parsed.cpu), details, bound=False),
    ]


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


def _peak(what: str, cost: Cost) -> Figure:
    return Figure(f"{what}, peak MB", f"{cost.peak:.0f} MB", None, cost.peak, "at most", 600)


def _flat(quarter: Cost, whole: Cost) -> Figure:
    return Figure(
        "list load, peak at four times the size",
        f"{whole.peak:.0f} MB",
        f"{quarter.peak:.0f} MB",
        whole.peak / quarter.peak,
        "at most",
        1.15,
        {"quarter": quarter.to_json(), "whole": whole.to_json()},
    )
