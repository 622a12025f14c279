"""Shows progress: a live table on a terminal, plain lines in a log file. Always on stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from workable_elt.progress import NullProgress, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_PLAIN_EVERY_SECONDS = 10.0


@contextmanager
def reporting(stream: TextIO | None = None, *, quiet: bool = False) -> Iterator[Progress]:
    """Give the reporter that suits standard error: live on a terminal, else plain lines.

    Args:
        stream: where to write instead of standard error.
        quiet: whether to say nothing at all.
    """
    if quiet:
        yield NullProgress()
        return
    stream = stream or sys.stderr
    if not stream.isatty():
        yield PlainProgress(stream)
        return
    from rich.console import Console

    live = LiveProgress(Console(file=stream, highlight=False))
    with live.bars:
        yield live


@dataclass
class _Count:
    """What one resource of one account, or dbt, has done so far."""

    began: float
    total: int | None = None
    rows: int = 0
    requests: int = 0

    def left(self, now: float) -> float | None:
        """Seconds until it ends at the pace so far; None where that cannot be said."""
        if not self.total or not self.requests:
            return None
        return (now - self.began) / self.requests * max(self.total - self.requests, 0)


class PlainProgress:
    """One line when a resource ends, and one every ten seconds while it lasts."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._counts: dict[tuple[str, str], _Count] = {}
        self._limits: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()
        self._last_line = clock()

    def resource_started(self, account: str, resource: str, requests: int | None) -> None:
        """Begin to count."""
        with self._lock:
            count = self._counts.setdefault((account, resource), _Count(self._clock()))
            count.total = requests if requests is None else count.requests + requests

    def advanced(self, account: str, resource: str, rows: int, requests: int) -> None:
        """Count, and write a line when the last one is ten seconds old."""
        with self._lock:
            now = self._clock()
            count = self._counts.setdefault((account, resource), _Count(now))
            count.rows += rows
            count.requests += requests
            if now - self._last_line >= _PLAIN_EVERY_SECONDS:
                self._write(f"{account}: {resource}: {self._so_far(account, count, now)}")

    def limit(self, account: str, used: int, limit: int) -> None:
        """Remember it for the next line."""
        with self._lock:
            self._limits[account] = (used, limit)

    def resource_finished(self, account: str, resource: str, status: str, rows: int) -> None:
        """Write the line that stays."""
        with self._lock:
            count = self._counts.pop((account, resource), None)
            requests = f", {_many(count.requests, 'request')}" if count else ""
            self._write(f"{account}: {resource}: {status}, {_many(rows, 'row')}{requests}")

    def built(self, done: int, total: int, node: str) -> None:  # noqa: ARG002 - the protocol's
        """Write a line every ten seconds and at the end."""
        with self._lock:
            if done == total or self._clock() - self._last_line >= _PLAIN_EVERY_SECONDS:
                self._write(f"dbt: {done} of {total} models and tests")

    def message(self, text: str) -> None:
        """Write it."""
        with self._lock:
            self._write(text)

    def _so_far(self, account: str, count: _Count, now: float) -> str:
        of_total = f" of {count.total:,}" if count.total else ""
        parts = [_many(count.rows, "row"), f"{count.requests:,}{of_total} requests"]
        if account in self._limits:
            used, limit = self._limits[account]
            parts.append(f"{used} of {limit} requests of the rate window used")
        left = count.left(now)
        if left is not None:
            parts.append(f"about {duration(left)} left")
        return ", ".join(parts)

    def _write(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()
        self._last_line = self._clock()


class LiveProgress:
    """A bar for each resource at work; what has ended scrolls away above."""

    def __init__(self, console: object) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        if not isinstance(console, Console):
            raise TypeError(f"expected a rich console, got {type(console).__name__}")
        self.bars: Bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}"),
            TextColumn("[dim]{task.fields[limit]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self._tasks: dict[tuple[str, str], TaskID] = {}
        self._counts: dict[tuple[str, str], _Count] = {}
        self._lock = threading.Lock()

    def resource_started(self, account: str, resource: str, requests: int | None) -> None:
        """Add a bar, or make the one of an earlier slice longer."""
        with self._lock:
            task = self._task(account, resource)
            count = self._counts[(account, resource)]
            count.total = None if requests is None else count.requests + requests
            self.bars.update(task, total=count.total)

    def advanced(self, account: str, resource: str, rows: int, requests: int) -> None:
        """Move the bar by the requests, show the rows."""
        with self._lock:
            task = self._task(account, resource)
            count = self._counts[(account, resource)]
            count.rows += rows
            count.requests += requests
            text = f"{_many(count.rows, 'row')}, {_many(count.requests, 'request')}"
            self.bars.update(task, completed=count.requests, count=text)

    def limit(self, account: str, used: int, limit: int) -> None:
        """Show it beside every bar of the account."""
        with self._lock:
            for (owner, _), task in self._tasks.items():
                if owner == account:
                    self.bars.update(task, limit=f"limit {used}/{limit}")

    def resource_finished(self, account: str, resource: str, status: str, rows: int) -> None:
        """Replace the bar by a line that stays."""
        with self._lock:
            task = self._tasks.pop((account, resource), None)
            self._counts.pop((account, resource), None)
            if task is not None:
                self.bars.remove_task(task)
        from rich.markup import escape

        mark = {"ok": "[green]✓[/]", "failed": "[red]✗[/]"}.get(status, "[yellow]•[/]")
        note = "" if status == "ok" else f"  {status}"
        line = escape(f"{account}  {resource}  {_many(rows, 'row')}{note}")
        self.bars.console.print(f"{mark} {line}")

    def built(self, done: int, total: int, node: str) -> None:
        """Move the bar of dbt."""
        with self._lock:
            task = self._task("dbt", "models and tests")
            self.bars.update(task, completed=done, total=total, count=f"{done} of {total}  {node}")
            if done == total:
                self.bars.remove_task(self._tasks.pop(("dbt", "models and tests")))

    def message(self, text: str) -> None:
        """Write it above the bars."""
        self.bars.console.print(text, markup=False)

    def _task(self, account: str, resource: str) -> TaskID:
        key = (account, resource)
        if key not in self._tasks:
            from rich.markup import escape

            name = escape(f"{account}  {resource}")
            self._tasks[key] = self.bars.add_task(name, total=None, count="", limit="")
            self._counts[key] = _Count(time.monotonic())
        return self._tasks[key]


def duration(seconds: float) -> str:
    """Give a span of time as people say it: ``8 s``, ``4 min 20 s``, ``1 h 32 min``, ``2 d 3 h``."""
    whole = round(seconds)
    for unit, size, smaller, part in (
        ("d", 86400, "h", 3600),
        ("h", 3600, "min", 60),
        ("min", 60, "s", 1),
    ):
        if whole >= size:
            rest = whole % size // part
            return f"{whole // size} {unit} {rest} {smaller}" if rest else f"{whole // size} {unit}"
    return f"{whole} s" if seconds >= 1 or not seconds else f"{seconds:.1f} s"


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
