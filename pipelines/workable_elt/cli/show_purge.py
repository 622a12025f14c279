"""Shows the receipt of a purge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from workable_elt.cli.show import grid, mark


def show_purge(console: Console, receipt: Mapping[str, Any]) -> None:
    """Print the receipt.

    Args:
        console: where.
        receipt: its JSON form.
    """
    console.print(f"Purge {mark(receipt['status'])} at {receipt['purged_at']}.")
    for account in receipt["accounts"]:
        _show_account(console, account)
    dbt = receipt["dbt"]
    console.print(
        "\nThe built tables were made anew." if dbt["models"] else "\nNo built table was made anew."
    )
    for copy in receipt["published"]:
        console.print(f"Published copy replaced: {escape(copy)}")
    console.print("\nNot promised:")
    for words in receipt["not_promised"]:
        console.print(f"  - {escape(words)}")


def _show_account(console: Console, account: Mapping[str, Any]) -> None:
    console.print(f"\n[bold]{escape(account['account'])}[/]")
    for kind in ("candidates", "employees"):
        if account[kind]:
            console.print(f"{kind}: {escape(', '.join(account[kind]))}")
    table = grid("table", "rows removed", "names blanked", numbers=(1, 2))
    removed, blanked = account["removed"], account["blanked"]
    for name in sorted({*removed, *blanked}):
        table.add_row(escape(name), f"{removed.get(name, 0):,}", f"{blanked.get(name, 0):,}")
    console.print(table)
    shown = account["still_in_workable"]
    if shown is None:
        console.print(
            "[yellow]Workable could not be asked whether it still shows them.[/] "
            "If it does, the next load brings them back."
        )
    elif shown:
        console.print(
            f"[yellow]Workable still shows {escape(', '.join(shown))}.[/] "
            "Delete them there, or the next load brings them back."
        )
