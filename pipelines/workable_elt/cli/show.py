"""Shows reports to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from workable_elt.cli.live import duration
from workable_elt.transform import BuildReport

_COLOURS = {"ok": "green", "partial": "yellow", "failed": "red", "skipped": "yellow", "off": "dim"}
_MOST_FAILURES = 20


def mark(status: str) -> str:
    """Give a status in its colour."""
    colour = _COLOURS.get(status, "default")
    return f"[{colour}]{escape(status)}[/]"


def grid(*headers: str, numbers: Iterable[int] = ()) -> Table:
    """Give a plain table; the columns at the positions `numbers` are right-aligned."""
    right = set(numbers)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for position, header in enumerate(headers):
        table.add_column(header, justify="right" if position in right else "left")
    return table


def show_load(console: Console, loaded: Mapping[str, Any]) -> None:
    """Print what a load did, one line a resource.

    Args:
        console: where.
        loaded: the JSON form of a load report.
    """
    for account in loaded["accounts"]:
        console.print(f"\n[bold]{escape(account['account'])}[/]")
        table = grid("table", "rows", "requests", "", numbers=(1, 2))
        for resource in account["resources"]:
            table.add_row(
                escape(resource["name"]),
                f"{resource['rows']:,}",
                f"{resource['requests']:,}",
                _status_and_reason(resource),
            )
        console.print(table)
    show_what_is_left(console, loaded)
    console.print(
        f"\nLoad {mark(loaded['status'])}: {loaded['requests']:,} requests "
        f"({loaded['rate_limited']:,} refused by the rate limit) in {duration(loaded['seconds'])}."
    )


def show_what_is_left(console: Console, loaded: Mapping[str, Any]) -> None:
    """Print why a load ended early and what is overdue; nothing where neither is so.

    Args:
        console: where.
        loaded: the JSON form of a load report.
    """
    stopped = loaded.get("stopped")
    if stopped:
        line = f"stopped: {stopped['reason']}, {stopped['backlog']:,} records left to read"
        console.print(f"\n[yellow]{line}[/]")
        if stopped["hint"]:
            console.print(escape(stopped["hint"]), soft_wrap=True)
    for account in loaded["accounts"]:
        if account["overdue"]:
            console.print(f"[yellow]{escape(_overdue(account))}[/]", soft_wrap=True)


def _overdue(account: Mapping[str, Any]) -> str:
    parts = [
        f"{resource} {one['records']:,} (oldest {moment(one['oldest_at'])})"
        for resource, one in account["overdue"].items()
    ]
    return f"{account['account']}: overdue, left to the next runs: {', '.join(parts)}"


def moment(text: str | None) -> str:
    """Give an ISO instant as people read it, UTC, to the minute; nothing for None."""
    return text[:16].replace("T", " ") if text else ""


def _status_and_reason(resource: Mapping[str, Any]) -> str:
    error = resource.get("error")
    if not error:
        return mark(resource["status"])
    return f"{mark(resource['status'])}  {escape(error_text(error))}"


def error_text(error: object) -> str:
    """Give the words of an error, which is an object of the machine interface or a text."""
    if isinstance(error, Mapping):
        return " ".join(str(error[key]) for key in ("message", "hint") if error.get(key))
    return str(error)


def show_build(console: Console, report: BuildReport) -> None:
    """Print what dbt did, and for each finding how to look closer."""
    if report.skipped:
        console.print("dbt was not needed: nothing has changed since the last good build.")
        return
    left_out = f", {report.not_run} left out" if report.not_run else ""
    console.print(
        f"Build {mark(report.status)}: {report.models} models; {report.tests} tests: "
        f"{report.passed} passed, {report.failed} failed, {report.warned} warned{left_out}, "
        f"in {duration(report.seconds)}."
    )
    for failure in report.failures[:_MOST_FAILURES]:
        word = "[red]failed[/]" if failure.severity == "error" else "[yellow]warned[/]"
        console.print(f"  {word} {failure.kind} [bold]{escape(failure.name)}[/]")
        console.print(f"    {escape(failure.message)}", soft_wrap=True)
        if failure.compiled:
            console.print(f"    its SQL: {escape(failure.compiled)}", soft_wrap=True)
    more = len(report.failures) - _MOST_FAILURES
    if more > 0:
        console.print(f"  and {more} more; --json lists them all.")
