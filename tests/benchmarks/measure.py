"""Runs a command in a process of its own and takes the operating system's word for what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cost:
    """What one process has taken.

    Attributes:
        wall: Seconds from start to end.
        cpu: Seconds of processor time, user and system, in all threads and ended children.
        peak: Megabytes (10^6 bytes) of memory at the most.
        told: The JSON object that the process printed last.
    """

    wall: float
    cpu: float
    peak: float
    told: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Give the object of the report."""
        return {"wall": round(self.wall, 2), "cpu": round(self.cpu, 2), "peak_mb": int(self.peak)}


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed; the message has the end of what it said.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            stdout=out,
            stderr=err,
            env={**os.environ, **(environment or {})},
            cwd=ROOT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said, complained = _text(out), _text(err)
    if process.returncode != 0:
        raise RuntimeError(
            f"{command}: exit {process.returncode}\n{said[-2000:]}{complained[-2000:]}"
        )
    lines = said.strip().splitlines()
    told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    # ru_maxrss is in KiB on Linux and in bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6, told)


def command_line(*arguments: str) -> list[str]:
    """Give the command that calls ``workable-elt``."""
    return [str(Path(sys.executable).with_name("workable-elt")), *arguments]


def worker(name: str, **arguments: Any) -> list[str]:
    """Give the command that runs a function of `workers`."""
    return [sys.executable, "-m", "tests.benchmarks.workers", name, json.dumps(arguments)]


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "replace"))
