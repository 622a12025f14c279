"""Removes people with the facts about them, by SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workable_elt.warehouse.erasure.service import keyed_by, resources_read_of
from workable_elt.warehouse.erasure.subjects import KINDS, SUBJECTS, People, chunks, places
from workable_elt.warehouse.sql import Client


def remove(client: Client, account: str, people: People) -> dict[str, int]:
    """Delete every raw row about people, facts included, in one transaction.

    Their tombstones stay: they hold ids alone, and keep the backlog from asking for them. Rows
    about others that name them are not touched; load what `blanked` gives first.

    Args:
        client: Of the raw dataset; nobody else writes it meanwhile.
        account: Label of the account.
        people: Ids by list.

    Returns:
        Rows deleted by table; tables without any are left out.
    """
    deleted: dict[str, int] = {}
    with client.begin_transaction():
        for kind in KINDS:
            for chunk in chunks(people.get(kind, ())):
                for table, condition, params in _conditions(kind, chunk):
                    count = _delete(client, table, condition, [account, *params])
                    if count:
                        deleted[table] = deleted.get(table, 0) + count
    return deleted


def _conditions(kind: str, ids: Sequence[str]) -> list[tuple[str, str, list[Any]]]:
    """Table, condition and parameters of everything that is about people of a kind."""
    among = places(ids)
    found: list[tuple[str, str, list[Any]]] = [
        (name, f"{subject.expression} in ({among})", list(ids))
        for name, subject in SUBJECTS.items()
        if subject.kind == kind
    ]
    visited = resources_read_of(kind)
    found.append(
        (
            "_visits",
            f"resource in ({places(visited)}) and parent_id in ({among})",
            [*visited, *ids],
        )
    )
    about = keyed_by(kind)
    found.append(
        (
            "_quarantine",
            f"resource in ({places(about)}) and split_part(record_id, ':', 1) in ({among})",
            [*about, *ids],
        )
    )
    return found


def _delete(client: Client, table: str, condition: str, params: list[Any]) -> int:
    where = f"where account = %s and {condition}"
    # Counted first, since what a driver says after a DELETE differs between drivers.
    rows = client.execute_sql(f"select count(*) from {table} {where}", *params)
    count = int(rows[0][0]) if rows else 0
    if count:
        client.execute_sql(f"delete from {table} {where}", *params)
    return count
