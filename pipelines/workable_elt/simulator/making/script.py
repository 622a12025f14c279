"""Collecting events out of order, then putting them in order and giving out their numbers.

The parts of the generator each tell their own story (one candidate, one employee) from beginning to
end. Numbers of what is stored as time goes by (candidates, activities, calendar events, requests)
must grow over all stories, so stories use keys of their own until `Script.finish`.
"""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

from workable_elt.simulator import events as ev
from workable_elt.simulator.log import EventLog

FIRST_NUMBERS = {
    "candidate": 0x27270000,
    "activity": 0x1A3F0000,
    "event": 0x2A10000,
    "member": 0x1F9C00,
    "recruiter": 0x2B100,
    "reason": 0x41200,
    "question": 0x53100,
    "choice": 0x62000,
    "job": 0x5C01F0,
    "job_url": 4_602_000,
    "stage": 5_272_000,
    "requisition": 0x30C100,
    "attribute": 0x77A00,
    "offer": 0x8C100,
    "department": 0x98120,
    "schedule": 0x71A0,
    "field": 0x11A00,
    "field_choice": 0x12B00,
    "category": 0x10010 - 1_234,
    "employee": 0x274120,
    "employee_number": 1,
    "row": 0x3D0AA00,
    "request": 0x72800,
    "approval": 0xD4000,
    "document": 0xB3F00,
}
_SPI_OFFSET = 1_234


def spi_key(number: int) -> str:
    """The id that HR shows for an internal number (hris.md, 0.1)."""
    return f"{number + _SPI_OFFSET:x}"


class Script:
    """Events of all stories of one company, and what stories share."""

    def __init__(self, log: EventLog, rng: random.Random) -> None:
        self.log = log
        self.rng = rng
        log.counters.update(FIRST_NUMBERS)
        self._scenes: list[tuple[int, int, ev.LogEvent]] = []
        self._keys = 0
        self._edits: list[tuple[ev.RatingEdited, ev.Rated]] = []

    def add(self, event: ev.LogEvent, *, stored_at: int | None = None) -> None:
        """Write an event down; ``stored_at`` where the server stored it later than it happened."""
        scenes = self._scenes
        scenes.append((event.at if stored_at is None else stored_at, len(scenes), event))

    def add_edit(self, edit: ev.RatingEdited, rated: ev.Rated) -> None:
        """Write down that a rating was edited."""
        self._edits.append((edit, rated))
        self.add(edit)

    def number(self, kind: str) -> int:
        """The next number of a kind."""
        return self.log.next_number(kind)

    def key(self) -> str:
        """A provisional id."""
        self._keys += 1
        return f"?{self._keys}"

    def uuid(self) -> str:
        """A random UUID, version 4."""
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def finish(self) -> EventLog:
        """Sort the events into the log and give out final numbers and ids."""
        self._scenes.sort()
        numbering = _Numbering(self.log)
        for _, _, event in self._scenes:
            numbering.assign(event)
        for edit, rated in self._edits:
            edit.activity = rated.activity
        self.log.events.extend(event for _, _, event in self._scenes)
        self._scenes = []
        return self.log


class _Numbering:
    """Gives out numbers in stored order, and replaces provisional ids."""

    def __init__(self, log: EventLog) -> None:
        self._next = log.next_number
        self._ids: dict[str, str] = {}
        self._special: dict[type, Any] = {
            ev.CandidateEntered: self._new_candidate,
            ev.Copied: self._copied,
            ev.Relocated: self._relocated,
            ev.EventScheduled: self._scheduled,
            ev.EventCancelled: self._cancelled,
            ev.OfferMade: self._offer,
            ev.EmployeeCreated: self._employee,
            ev.RequisitionCreated: self._new_requisition,
            ev.RequisitionChanged: self._requisition,
            ev.TimeoffRequested: self._request,
            ev.TimeoffDecided: self._decided,
            ev.DocumentAdded: self._document,
        }

    def assign(self, event: Any) -> None:
        """Number one event."""
        special = self._special.get(event.__class__)
        if special is not None:
            special(event)
        elif isinstance(event, ev.CandidateEvent):
            event.candidate = self._ids[event.candidate]
        if getattr(event, "activity", None) == 0 and event.__class__ is not ev.RatingEdited:
            event.activity = self._next("activity")

    def _final(self, key: str | None) -> str | None:
        return None if key is None else self._ids[key]

    def _new_candidate(self, event: Any) -> None:
        candidate_id = f"{self._next('candidate'):08x}"
        self._ids[event.candidate] = candidate_id
        event.candidate = candidate_id

    def _copied(self, event: ev.Copied) -> None:
        self._new_candidate(event)
        event.original = self._ids[event.original]

    def _relocated(self, event: ev.Relocated) -> None:
        self._new_candidate(event)
        event.old = self._ids[event.old]

    def _scheduled(self, event: ev.EventScheduled) -> None:
        calendar_event = event.event
        event.candidate = calendar_event.candidate_id = self._ids[event.candidate]
        calendar_event.number = self._next("event")
        self._ids[calendar_event.id] = f"{calendar_event.number:x}"
        calendar_event.id = self._ids[calendar_event.id]

    def _cancelled(self, event: ev.EventCancelled) -> None:
        event.candidate = self._ids[event.candidate]
        event.event_id = self._ids[event.event_id]

    def _offer(self, event: ev.OfferMade) -> None:
        event.candidate = event.offer.candidate_id = self._ids[event.candidate]
        event.offer.number = self._next("offer")
        event.offer.id = f"{event.offer.number:x}"

    def _employee(self, event: ev.EmployeeCreated) -> None:
        employee = event.employee
        employee.candidate_id = self._final(employee.candidate_id)
        employee.hired_candidate_id = self._final(employee.hired_candidate_id)

    def _new_requisition(self, event: ev.RequisitionCreated) -> None:
        event.requisition.number = self._next("requisition")
        event.requisition.id = f"{event.requisition.number:x}"

    def _requisition(self, event: ev.RequisitionChanged) -> None:
        if "candidate_id" in event.changes:
            event.changes["candidate_id"] = self._final(event.changes["candidate_id"])

    def _request(self, event: ev.TimeoffRequested) -> None:
        request = event.request
        request.number = self._next("request")
        self._ids[request.id] = spi_key(request.number)
        request.id = self._ids[request.id]
        request.pending_approvals = tuple(
            (spi_key(self._next("approval")), approver) for _, approver in request.pending_approvals
        )

    def _decided(self, event: ev.TimeoffDecided) -> None:
        event.request_id = self._ids[event.request_id]

    def _document(self, event: ev.DocumentAdded) -> None:
        event.document.number = self._next("document")
        event.document.id = spi_key(event.document.number)
