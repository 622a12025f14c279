"""Shows a person what became of records that lists lacked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from workable_elt.cli.live import duration
from workable_elt.cli.show import error_text, grid, mark, show_what_is_left

_COLUMNS = {
    "listed": "listed",
    "vanished": "vanished",
    "deleted": "deleted",
    "relocated": "relocated",
    "not_listed": "still there",
    "undecided": "undecided",
    "held": "held back",
    "returned": "came back",
}


def show_reconciled(console: Console, loaded: Mapping[str, Any]) -> None:
    """Print one line a list: what it showed, what it lacked, and what was decided.

    Args:
        console: where.
        loaded: the JSON form of a load report.
    """
    for account in loaded["accounts"]:
        console.print(f"\n[bold]{escape(account['account'])}[/]")
        if account["error"]:
            console.print(escape(error_text(account["error"])))
        table = grid("table", *_COLUMNS.values(), "", numbers=range(1, 1 + len(_COLUMNS)))
        remarks: list[str] = []
        for resource in account["resources"]:
            counts = resource["deletes"]
            if counts is None:
                continue
            numbers = [f"{counts[name]:,}" if counts[name] else "" for name in _COLUMNS]
            table.add_row(escape(resource["name"]), *numbers, mark(resource["status"]))
            remarks += [f"{resource['name']}: {note}" for note in resource["notes"]]
            if resource["error"]:
                remarks.append(f"{resource['name']}: {error_text(resource['error'])}")
        console.print(table)
        for remark in remarks:
            console.print(escape(remark), soft_wrap=True)
    show_what_is_left(console, loaded)
    console.print(
        f"\nReconcile {mark(loaded['status'])}: {loaded['requests']:,} requests "
        f"in {duration(loaded['seconds'])}."
    )
