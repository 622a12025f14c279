"""`demo`: run it, and show it in a way that invites to look further."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from workable_elt.cli.answer import Answer
from workable_elt.cli.company import CompanySize
from workable_elt.cli.live import duration, reporting
from workable_elt.cli.outcome import build_error, with_error
from workable_elt.cli.show import grid, show_build
from workable_elt.cli.target import target_at
from workable_elt.config import home_folder
from workable_elt.demo import DemoReport, Summary, run_demo
from workable_elt.demo.answers import Answer as ExampleAnswer
from workable_elt.demo.summary import NEXT_QUERIES
from workable_elt.exits import UsageError, exit_code_of

_MOST_ROWS = 8
_MOST_ANSWER_ROWS = 5


def demo_command(
    size: CompanySize, database: Path, accounts: Sequence[str], *, quiet: bool = False
) -> Answer:
    """Run the demo.

    Raises:
        UserError: the options make no company, a setting of `transform` is malformed, the file
            cannot be written, or the load failed.
    """
    if len(accounts) > 1:
        raise UsageError("The demo has one account.", "Give --account once, or not at all.")
    label = accounts[0] if accounts else None
    with reporting(quiet=quiet) as progress:
        report = run_demo(
            size.plan(),
            database.absolute(),
            target=target_at("duckdb", str(database), home_folder() / "demo"),
            account=label,
            progress=progress,
        )
    body = with_error(report.to_json(), build_error(report.built) or report.loaded.error)
    code = 1 if report.built.status == "failed" else exit_code_of(report.loaded.status)
    return Answer(body, code, lambda console: _show(console, report))


def _show(console: Console, report: DemoReport) -> None:
    summary = report.summary
    _show_tables(console, summary)
    _show_stages(console, summary)
    _show_jobs(console, summary)
    _show_headcount(console, summary)
    _show_away(console, summary)
    for answer in report.answers:
        _show_answer(console, answer)
    _show_cost(console, report)
    _show_next(console, report.database)


def _title(console: Console, text: str) -> None:
    console.print(f"\n[bold cyan]{escape(text)}[/]")


def _show_tables(console: Console, summary: Summary) -> None:
    _title(console, f"{len(summary.tables)} unified tables")
    names = list(summary.tables)
    half = (len(names) + 1) // 2
    table = grid("", "", "", "", numbers=(1, 3))
    table.show_header = False
    for left in range(half):
        cells: list[str] = []
        for name in names[left::half]:
            cells += [name, f"{summary.tables[name]:,}"]
        table.add_row(*cells)
    console.print(table)


def _show_stages(console: Console, summary: Summary) -> None:
    total = sum(row["candidates"] for row in summary.stages)
    _title(console, f"{total:,} candidates in progress, by stage")
    most = max((row["candidates"] for row in summary.stages), default=1)
    table = grid("", "", "", numbers=(1,))
    table.show_header = False
    for row in summary.stages:
        bar = "█" * max(1, round(row["candidates"] / most * 40))
        table.add_row(escape(row["stage"]), f"{row['candidates']:,}", f"[cyan]{bar}[/]")
    console.print(table)


def _show_jobs(console: Console, summary: Summary) -> None:
    _title(console, f"{len(summary.open_jobs)} open jobs")
    table = grid("job", "department", "candidates", numbers=(2,))
    for row in summary.open_jobs[:_MOST_ROWS]:
        table.add_row(
            escape(row["title"] or ""), escape(row["department"] or ""), f"{row['candidates']:,}"
        )
    console.print(table)
    _more(console, len(summary.open_jobs))


def _show_headcount(console: Console, summary: Summary) -> None:
    total = sum(row["employees"] for row in summary.headcount)
    _title(console, f"{total:,} employees, by department")
    table = grid("", "", numbers=(1,))
    table.show_header = False
    for row in summary.headcount[:_MOST_ROWS]:
        table.add_row(escape(row["department"]), f"{row['employees']:,}")
    console.print(table)
    _more(console, len(summary.headcount))


def _show_away(console: Console, summary: Summary) -> None:
    monday, sunday = summary.week
    _title(console, f"Out this week ({monday:%d %b} to {sunday:%d %b %Y}, the demo's present)")
    table = grid("employee", "time off", "from", "to")
    for row in summary.away[:_MOST_ROWS]:
        table.add_row(
            escape(row["employee"] or ""),
            escape(row["type"] or ""),
            f"{row['start_date']:%a %d %b}",
            f"{row['end_date']:%a %d %b}",
        )
    console.print(table)
    _more(console, len(summary.away))


def _show_answer(console: Console, answer: ExampleAnswer) -> None:
    _title(console, answer.question)
    columns: dict[str, list[Any]] = {
        name: [row[name] for row in answer.rows[:_MOST_ANSWER_ROWS]]
        for name in (answer.rows[0] if answer.rows else ())
        if any(row[name] is not None for row in answer.rows)
    }
    words = [any(isinstance(value, str | date) for value in values) for values in columns.values()]
    table = grid(
        *(name.replace("_", " ") for name in columns),
        numbers=[at for at, is_words in enumerate(words) if not is_words],
    )
    for cells in zip(*columns.values(), strict=True):
        table.add_row(*("" if value is None else escape(str(value)) for value in cells))
    console.print(table)
    _more(console, len(answer.rows), _MOST_ANSWER_ROWS)
    console.print(f"[dim]How to read it: {escape(_short(answer.file))}[/]")


def _more(console: Console, rows: int, most: int = _MOST_ROWS) -> None:
    if rows > most:
        console.print(f"[dim]and {rows - most} more[/]")


def _show_cost(console: Console, report: DemoReport) -> None:
    _title(console, "What it took")
    console.print(
        f"{report.loaded.requests:,} requests. Load {duration(report.loaded.seconds)}, "
        f"dbt {duration(report.built.seconds)}, in all {duration(report.seconds)}."
    )
    console.print(
        "At Workable's own limit (10 requests in 10 seconds) the same first sync takes about "
        f"[bold]{duration(report.seconds_at_workable)}[/]; later ones read only what changed."
    )
    show_build(console, report.built)


def _show_next(console: Console, database: Path) -> None:
    shown = _short(database)
    _title(console, f"Everything is in {shown}. Ask it:")
    for question, sql in NEXT_QUERIES:
        console.print(f"\n[dim]# {escape(question)}[/]")
        code = f"import duckdb; duckdb.connect('{shown}').sql(\\\"{sql}\\\").show()"
        text = f'{_short(Path(sys.executable))} -c "{code}"'
        console.print(text, markup=False, soft_wrap=True)


def _short(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    try:
        return os.fspath(path.relative_to(Path.cwd()))
    except ValueError:
        return os.fspath(path)
