"""Finds people who are gone and about whom a later reading has brought something back.

A list may go on showing an event with somebody who was deleted, and a stream read from its
beginning may still hold what they did.
"""

from __future__ import annotations

from workable_elt.settings import RESOURCES
from workable_elt.warehouse.erasure.subjects import KINDS, SUBJECTS
from workable_elt.warehouse.sql import Reader


def told_again(reader: Reader, account: str) -> dict[str, list[str]]:
    """Give people with a tombstone about whom a row was written since they were de-identified.

    Only tables that are not read person by person can have such rows: the others are read for
    records that are there.

    Args:
        reader: The warehouse.
        account: Label of the account.

    Returns:
        Ids by list; lists without any are left out.
    """
    found: dict[str, set[str]] = {}
    for name, subject in SUBJECTS.items():
        if name in KINDS or RESOURCES[name].parent in KINDS:
            continue
        rows = reader.rows(
            f"select distinct t.record_id from {name} r join _tombstones t "
            f"on t.account = r.account and t.resource = %s and t.record_id = {subject.expression} "
            "where r.account = %s and r._content_hash is not null "
            "and t.reason = 'deleted' and t.resolved_at is null",
            subject.kind,
            account,
        )
        if rows:
            found.setdefault(subject.kind, set()).update(str(row[0]) for row in rows)
    return {kind: sorted(ids) for kind, ids in found.items()}
