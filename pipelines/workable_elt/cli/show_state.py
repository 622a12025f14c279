"""Shows the answers of `check`, `plan` and `status` to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

from workable_elt.cli.live import duration
from workable_elt.cli.show import error_text, grid, mark, moment

_GRANTS = {
    "granted": "[green]granted[/]",
    "missing": "[yellow]missing[/]",
    "absent": "[dim]the account does not have it[/]",
    "unclear": "[yellow]unclear[/]",
}


def show_check(console: Console, checked: Mapping[str, Any]) -> None:
    """Print scopes, sight and warehouse.

    Args:
        console: where.
        checked: the JSON form of a check report.
    """
    for account in checked["accounts"]:
        console.print(f"\n[bold]{escape(account['account'])}[/]  {mark(account['status'])}")
        if account["error"]:
            console.print(f"  {escape(error_text(account['error']))}", soft_wrap=True)
            continue
        table = grid("scope", "", "switched off without it")
        for scope in account["scopes"]:
            off = ", ".join(scope["switched_off"])
            table.add_row(escape(scope["scope"]), _GRANTS.get(scope["grant"], ""), escape(off))
        console.print(table)
        if account["member_id"]:
            console.print(f"HR data is read as member {escape(account['member_id'])}.")
        if account["limit"]:
            console.print(f"Rate limit: {account['limit']} requests in 10 seconds.")
        if account["token_expires_at"]:
            console.print(f"The token expires on {account['token_expires_at']}.")
        for warning in account["warnings"]:
            console.print(f"[yellow]Note:[/] {escape(warning)}", soft_wrap=True)
    warehouse = checked["warehouse"]
    console.print(f"\nWarehouse {escape(warehouse['database'])}: {mark(warehouse['status'])}")


def show_plan(console: Console, planned: Mapping[str, Any]) -> None:
    """Print requests and time, by resource and in all.

    Args:
        console: where.
        planned: the JSON form of a plan report.
    """
    for account in planned["accounts"]:
        console.print(f"\n[bold]{escape(account['account'])}[/]")
        if account["error"]:
            console.print(f"  {escape(error_text(account['error']))}", soft_wrap=True)
            continue
        table = grid(
            *("table", "reading", "since", "due", "left overdue", "requests"), numbers=(3, 4, 5)
        )
        for resource in account["resources"]:
            due = resource["due"]
            table.add_row(
                escape(resource["name"]),
                resource["mode"],
                moment(resource["watermark"]),
                "" if due is None else f"{due:,}",
                _unless_zero(resource["overdue"]),
                _span(resource["requests"]),
            )
        console.print(table)
        console.print(
            f"In all {_span(account['requests'])} requests, {_time(account['seconds'])} at "
            f"{account['limit']['requests']} requests in {account['limit']['seconds']} seconds."
        )
        if account["requests_spent"]:
            console.print(f"This plan has cost {account['requests_spent']:,} requests itself.")
    if not planned["exact"]:
        console.print("From what earlier runs needed; --exact asks Workable, at a cost.")


def show_status(console: Console, state: Mapping[str, Any]) -> None:
    """Print how fresh each table is.

    Args:
        console: where.
        state: the JSON form of a status report.
    """
    for account in state["accounts"]:
        complete = moment(account["complete_at"]) or "never"
        console.print(f"\n[bold]{escape(account['account'])}[/]  complete as of {complete}")
        table = grid(
            *("table", "rows", "read", "age", "watermark", "to read", "overdue"),
            *("unreadable", "deleted", "held back", ""),
            numbers=(1, 3, 5, 6, 7, 8, 9),
        )
        for resource in account["resources"]:
            age = resource["age_seconds"]
            table.add_row(
                escape(resource["name"]),
                f"{resource['rows']:,}",
                moment(resource["completed_at"]),
                "" if age is None else duration(max(age, 0)),
                moment(resource["watermark"]),
                _unless_zero(resource["backlog"]),
                _unless_zero(resource["overdue"]),
                _unless_zero(resource["quarantined"]),
                _unless_zero(resource["deleted"]),
                _unless_zero(resource["held"]),
                _reading(resource),
            )
        console.print(table)
    console.print(f"\nIn {escape(state['database'])}")


def _reading(resource: Mapping[str, Any]) -> str:
    if resource["status"] is None:
        return "[dim]never read[/]"
    reason = f"  {escape(resource['error'])}" if resource["error"] else ""
    return f"{mark(resource['status'])}{reason}"


def _unless_zero(number: int) -> str:
    return f"{number:,}" if number else ""


def _span(bounds: Mapping[str, int | None]) -> str:
    low, high = bounds["low"], bounds["high"]
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _time(bounds: Mapping[str, int | None]) -> str:
    low, high = bounds["low"] or 0, bounds["high"]
    if high is None:
        return f"{duration(low)} or more"
    return duration(low) if low == high else f"{duration(low)} to {duration(high)}"
