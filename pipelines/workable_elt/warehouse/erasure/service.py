"""What the service tables hold of people: payloads that could not be read, and visits."""

from __future__ import annotations

from collections.abc import Callable

from workable_elt.settings import RESOURCES
from workable_elt.warehouse.erasure.references import Ids, mentions
from workable_elt.warehouse.erasure.subjects import KINDS, chunks, places
from workable_elt.warehouse.slices import ServiceRow
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.tables import QUARANTINE

Named = tuple[str, list[ServiceRow]]
"""A service table, and rows for it."""
ServiceRows = Callable[[Reader, str, Ids, Callable[[], int]], Named]


def emptied_quarantine(reader: Reader, account: str, ids: Ids, number: Callable[[], int]) -> Named:
    """Make the rows of records that are about people, or mention one, without their payload.

    Args:
        reader: The warehouse.
        account: Label of the account.
        ids: The people.
        number: Gives the next ``_read_seq``.
    """
    columns = [column.name for column in QUARANTINE.columns if column.name != "payload"]
    rows: list[ServiceRow] = []
    for payload, *values in reader.rows(
        f"select cast(payload as varchar), {', '.join(columns)} from _quarantine "
        "where account = %s and payload is not null",
        account,
    ):
        row: ServiceRow = dict(zip(columns, values, strict=True))
        if is_about(row["resource"], row["record_id"], ids) or mentions(payload, ids):
            rows.append({**row, "payload": None, "_read_seq": number()})
    return "_quarantine", rows


def is_about(resource: str, record_id: str, ids: Ids) -> bool:
    """Whether a record's key, parts joined by ``:``, begins with the id of one of these people."""
    first = record_id.split(":", 1)[0]
    return any(first in ids[kind] for kind in KINDS if resource in keyed_by(kind))


def keyed_by(kind: str) -> list[str]:
    """Name the resources whose keys begin with the id of a person."""
    return [kind, *resources_read_of(kind)]


def resources_read_of(kind: str) -> list[str]:
    """Name the resources that are read person by person."""
    return [name for name, resource in RESOURCES.items() if resource.parent == kind]


def forgotten_visits(reader: Reader, account: str, ids: Ids, number: Callable[[], int]) -> Named:
    """Make the rows of visits to people as if there had been none: without a time.

    So everything is due again for someone who comes back; a deleted record is never due.

    Args:
        reader: The warehouse.
        account: Label of the account.
        ids: The people.
        number: Gives the next ``_read_seq``.
    """
    rows: list[ServiceRow] = []
    for kind in KINDS:
        resources = resources_read_of(kind)
        for chunk in chunks(sorted(ids[kind])):
            found = reader.rows(
                "select resource, parent_id, found from _visits where account = %s "
                f"and resource in ({places(resources)}) and parent_id in ({places(chunk)})",
                account,
                *resources,
                *chunk,
            )
            rows += [
                {
                    "account": account,
                    "resource": resource,
                    "parent_id": parent,
                    "found": was_found,
                    "_read_seq": number(),
                }
                for resource, parent, was_found in found
            ]
    return "_visits", rows
