"""Runs the benchmarks, prints the table, writes the JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.dbt_builds import dbt_builds
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.limits import limits
from tests.benchmarks.peers import peers
from tests.benchmarks.scale import Scale
from tests.benchmarks.startup import startup
from tests.benchmarks.throughput import throughput

SECTIONS: dict[str, Callable[[Scale, Path], list[Figure]]] = {
    "startup": startup,
    "throughput": throughput,
    "peers": peers,
    "dbt": dbt_builds,
    "limits": limits,
}


def main() -> int:
    options = _options()
    scale = Scale(options.scale, options.limit_seconds)
    began, loads = time.perf_counter(), [os.getloadavg()[0]]
    figures: dict[str, list[Figure]] = {}
    with tempfile.TemporaryDirectory(prefix="workable-bench-") as folder:
        for name in options.only or SECTIONS:
            print(f"{name} ...", file=sys.stderr, flush=True)
            figures[name] = SECTIONS[name](scale, Path(folder))
            loads.append(os.getloadavg()[0])
    seconds = time.perf_counter() - began
    report = {
        "scale": scale.share,
        "seconds": round(seconds),
        "machine": {
            "processors": os.cpu_count(),
            "processor": _processor(),
            "python": platform.python_version(),
            # More than the two or so processes of a benchmark: somebody else was at work.
            "load_average": [round(load, 1) for load in loads],
        },
        "figures": {name: [one.to_json() for one in part] for name, part in figures.items()},
    }
    options.json.write_text(json.dumps(report, indent=2) + "\n")
    print(table([figure for part in figures.values() for figure in part]))
    print(f"\nscale {scale.share:g}, {seconds:.0f} s, details in {options.json}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full sizes")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="a part; repeatable")
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"), help="the report")
    parser.add_argument("--limit-seconds", type=int, default=120, help="time at each rate limit")
    return parser.parse_args()


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return platform.processor()
    names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
    return names[0].partition(": ")[2] if names else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
