"""`quarantine`: which records could not be read, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from workable_elt.cli.answer import Answer
from workable_elt.cli.show import grid
from workable_elt.config import read_config
from workable_elt.exits import EXIT_OK
from workable_elt.warehouse.quarantined import quarantined


def quarantine_command(
    accounts: Sequence[str],
    resources: Sequence[str],
    destination: str | None,
    *,
    include_resolved: bool,
) -> Answer:
    """List what is in quarantine; a record in there is no failure of the command.

    Raises:
        UserError: wrong names, nothing was loaded, or the warehouse fails.
    """
    found = quarantined(
        read_config(destination=destination),
        accounts=tuple(accounts),
        resources=tuple(resources),
        include_resolved=include_resolved,
    )
    body = {
        "status": "ok",
        "accounts": [
            {"account": label, "records": [record.to_json() for record in records]}
            for label, records in found.items()
        ],
    }
    return Answer(body, EXIT_OK, lambda console: show_quarantine(console, body))


def show_quarantine(console: Console, listed: Mapping[str, Any]) -> None:
    """Print records and reasons.

    Args:
        console: where.
        listed: the JSON form of the answer.
    """
    for account in listed["accounts"]:
        console.print(f"\n[bold]{escape(account['account'])}[/]")
        if not account["records"]:
            console.print("Every record could be read.")
            continue
        table = grid("table", "record", "first seen", "last seen", "resolved", "why")
        for record in account["records"]:
            table.add_row(
                escape(record["resource"]),
                escape(record["record_id"]),
                *(_moment(record[f"{when}_at"]) for when in ("first_seen", "last_seen")),
                _moment(record["resolved_at"]),
                escape(record["reason"] or ""),
            )
        console.print(table)


def _moment(text: str | None) -> str:
    return text[:16].replace("T", " ") if text else ""
