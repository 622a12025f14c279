"""The second brake: a record that a list lacks is asked for once more."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from workable_elt.api import (
    NotFound,
    RequestRejected,
    ResponseError,
    ScopeMissing,
    ServerFailed,
    TransportError,
    Unreachable,
    WorkableClient,
)
from workable_elt.sources.outcome import Outcome
from workable_elt.sources.readings import Readings
from workable_elt.sources.work import Work
from workable_elt.warehouse.deletes.scene import Scene

BY_ID = {
    "candidates": ("candidate_details", "id"),
    "jobs": ("job_details", "shortcode"),
    "employees": ("employee_details", "id"),
    "requisitions": ("requisition_details", "code"),
    "events": ("event_details", "id"),
}
"""Lists whose records have an address of their own (ats.md section 2, hris.md section 2)."""

_CONCURRENCY = 8


class Finding(Enum):
    """What became of a record."""

    GONE = auto()
    HERE = auto()
    BLANK = auto()  # it answers, without personal data
    ELSEWHERE = auto()  # another record answers
    REFUSED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Found:
    """A record that was asked for.

    Attributes:
        record_id: Its id.
        finding: What came.
        other_id: For ``ELSEWHERE``, who answered.
    """

    record_id: str
    finding: Finding
    other_id: str | None = None


def ask_each(client: WorkableClient, resource: str, ids: Iterable[str]) -> Iterator[Found]:
    """Ask for records by their ids, several at a time, answers in order.

    A 404 is asked for again at once by the client: single spurious ones have been seen.

    Args:
        client: Reads the account.
        resource: A list of `BY_ID`.
        ids: The records.

    Raises:
        WorkableError: What concerns the account as a whole.
    """
    endpoint, name = BY_ID[resource]

    def ask(record_id: str) -> Found:
        path: dict[str, Any] = {name: record_id}
        try:
            row = client.one(endpoint, **path)
        except NotFound:
            return Found(record_id, Finding.GONE)
        except (ScopeMissing, RequestRejected):
            return Found(record_id, Finding.REFUSED)
        except (ServerFailed, TransportError, ResponseError):
            return Found(record_id, Finding.FAILED)
        answered = str(row.get(name) or record_id)
        if answered != record_id:
            return Found(record_id, Finding.ELSEWHERE, answered)
        is_blank = resource == "candidates" and row.get("anonymized") is True
        return Found(record_id, Finding.BLANK if is_blank else Finding.HERE)

    for _, found in client.map(ask, ids, _CONCURRENCY):
        yield found


def listed_again(scene: Scene, resource: str) -> set[str] | None:
    """Read a list a second time, for records that have no address of their own.

    Returns:
        The ids that it shows; None where it could not be read whole.

    Raises:
        WorkableError: What concerns the account as a whole.
    """
    asked = scene.assignment.work
    work = Work(follow_lists=False, updated_after=asked.updated_after, from_date=asked.from_date)
    readings = Readings(scene.client, account=scene.label, policy=scene.policy, work=work)
    try:
        deque(readings.take(resource), maxlen=0)
    except Unreachable:
        return None
    finally:
        readings.close()
    outcome = readings.outcome(resource)
    if outcome.status != "ok" or not outcome.complete:
        return None
    if outcome.narrowed and not _shows_the_same_people(scene, resource, outcome):
        return None
    return outcome.seen_ids


def _shows_the_same_people(scene: Scene, resource: str, again: Outcome) -> bool:
    first = scene.outcome(resource).people_asked
    return first is not None and again.people_asked is not None and first <= again.people_asked
