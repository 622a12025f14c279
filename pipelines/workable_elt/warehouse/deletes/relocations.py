"""Which record a vanished candidate lives on in: relocating to another job gives a new id.

The record under the new id keeps the activities and ``created_at`` (ats.md section 3). Evidence is
taken in the order of its strength: what the new record says of its origin, activities that now
stand under another candidate, and the same person created at the same instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workable_elt.api import (
    NotFound,
    RequestRejected,
    ResponseError,
    ScopeMissing,
    ServerFailed,
    TransportError,
)
from workable_elt.warehouse.deletes.scene import Scene
from workable_elt.warehouse.erasure.subjects import chunks, places
from workable_elt.warehouse.sql import Row

_MISSING = (
    NotFound, RequestRejected, ResponseError, ScopeMissing, ServerFailed, TransportError,
)  # fmt: skip
_CONCURRENCY = 8
_ACTIVITIES = """
    select id, candidate_id, action from candidate_activities where account = %s
    union all
    select id, (candidate ->> 'id') as candidate_id, action from job_activities
    where account = %s and (candidate ->> 'id') is not null"""
_BY_ORIGIN = """
    select d.originating_candidate_id, d.id from candidate_details d
    where d.account = %s and d.originating_candidate_id in ({ids}) and d.id in (
        select candidate_id from ({activities}) a where action = 'moved')"""
_BY_ACTIVITIES = """
    select distinct old.candidate_id, new.candidate_id
    from ({activities}) old inner join ({activities}) new
      on new.id = old.id and new.candidate_id <> old.candidate_id
    where old.candidate_id in ({ids})"""
_BY_PERSON = """
    select old.id, new.id from candidates old inner join candidates new
      on new.account = old.account and new.id <> old.id and new.created_at = old.created_at
     and lower(trim(new.email)) = lower(trim(old.email))
    where old.account = %s and trim(old.email) <> '' and new._read_at >= %s
      and old.id in ({ids})"""
# Moved here from another job, and not looked into yet.
_ARRIVED = """
    select distinct c.id from candidates c
    inner join ({activities}) a on a.candidate_id = c.id and a.action = 'moved'
    left join _visits v on v.account = c.account and v.parent_id = c.id
      and v.resource = 'candidate_activities' and v.read_at >= c._read_at
    where c.account = %s and v.parent_id is null"""


@dataclass(frozen=True)
class _Claim:
    """Something that makes one record another's successor; of the smaller rank the stronger."""

    old: str
    new: str
    rank: int


def successors(
    scene: Scene, vanished: Iterable[str], gone: Mapping[str, object], since: datetime | None
) -> dict[str, str]:
    """Find the records in which vanished candidates live on.

    Where the warehouse does not tell, records that have arrived in a job lately, and were not read
    yet, are asked for: two requests each.

    Args:
        scene: The account.
        vanished: Ids that a whole list lacked.
        gone: Ids of records with a tombstone: they are nobody's successors.
        since: When the list was last read whole and settled; a successor was read later.

    Returns:
        Successor by id; who has none that can be told is left out.

    Raises:
        WorkableError: What concerns the account as a whole.
    """
    ids = sorted(vanished)
    claims = [claim for claim in _stored(scene, ids, since) if claim.new not in gone]
    if {claim.old for claim in claims} < set(ids):
        claims += [claim for claim in _asked(scene, ids) if claim.new not in gone]
    return _strongest(claims)


def _strongest(claims: Sequence[_Claim]) -> dict[str, str]:
    """Choose the strongest claim; of several the next record, since one may be moved again."""
    chosen: dict[str, str] = {}
    by_old: dict[str, list[_Claim]] = {}
    for claim in claims:
        if _number(claim.new) > _number(claim.old):
            by_old.setdefault(claim.old, []).append(claim)
    for old, of_old in by_old.items():
        best = min(claim.rank for claim in of_old)
        chosen[old] = min((c.new for c in of_old if c.rank == best), key=_number)
    return chosen


def _stored(scene: Scene, ids: Sequence[str], since: datetime | None) -> list[_Claim]:
    label = scene.label
    claims: list[_Claim] = []

    def take(rank: int, rows: Iterable[Row]) -> None:
        claims.extend(_Claim(str(old), str(new), rank) for old, new in rows)

    for chunk in chunks(ids):
        given = {"ids": places(chunk), "activities": _ACTIVITIES}
        rows = scene.reader.rows
        take(1, rows(_BY_ORIGIN.format(**given), label, *chunk, label, label))
        take(2, rows(_BY_ACTIVITIES.format(**given), *[label] * 4, *chunk))
        take(3, rows(_BY_PERSON.format(**given), label, since or datetime.min, *chunk))
    return claims


def _asked(scene: Scene, ids: Sequence[str]) -> list[_Claim]:
    """Look into records that arrived in a job and that no earlier run has read."""
    query = _ARRIVED.format(activities=_ACTIVITIES)
    arrived = [str(row[0]) for row in scene.reader.rows(query, *[scene.label] * 3)]
    arrived = sorted(set(arrived) - set(ids))
    if not arrived:
        return []
    owners, vanished = _owners(scene, ids), set(ids)
    claims: list[_Claim] = []
    for new, (origin, activities) in scene.client.map(
        lambda new: _look_into(scene, new), arrived, _CONCURRENCY
    ):
        if origin in vanished:
            claims.append(_Claim(origin, new, 1))
        olds = {owners[activity] for activity in activities if activity in owners}
        claims.extend(_Claim(old, new, 2) for old in olds)
    return claims


def _look_into(scene: Scene, candidate_id: str) -> tuple[str, set[str]]:
    """Ask for a record's origin (empty where it tells none) and the ids of its activities."""
    try:
        detail = scene.client.one("candidate_details", id=candidate_id)
        activities = {
            str(row.get("id"))
            for page in scene.client.list("candidate_activities", id=candidate_id)
            for row in page.rows
        }
    except _MISSING:
        return "", set()
    return str(detail.get("originating_candidate_id") or ""), activities


def _owners(scene: Scene, ids: Sequence[str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for chunk in chunks(ids):
        query = f"select id, candidate_id from ({_ACTIVITIES}) a where candidate_id in ({{}})"
        rows = scene.reader.rows(query.format(places(chunk)), scene.label, scene.label, *chunk)
        owners.update({str(activity): str(owner) for activity, owner in rows})
    return owners


def _number(record_id: str) -> int:
    """Ids are base-16 numbers (ats.md section 1); what is none comes first."""
    try:
        return int(record_id, 16)
    except ValueError:
        return -1
