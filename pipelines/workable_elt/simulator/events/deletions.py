"""Events by which records vanish, parts of a record are taken away, and records come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workable_elt.simulator.events.base import LogEvent
from workable_elt.simulator.events.candidates import CandidateEvent


@dataclass(slots=True)
class CandidateRestored(CandidateEvent):
    """A deleted candidate is there again, under the same id and with all that hung on it."""


@dataclass(slots=True)
class EventDeleted(CandidateEvent):
    """A calendar event was deleted, which is more than cancelled: no list has it any more."""

    event_id: str


@dataclass(slots=True)
class JobDeleted(LogEvent):
    """A job was deleted with its candidates; requisitions stay and lose their job."""

    shortcode: str


@dataclass(slots=True)
class JobRestored(LogEvent):
    """A deleted job is there again, with its candidates and its requisitions."""

    shortcode: str


@dataclass(slots=True)
class JobPartsChanged(LogEvent):
    """Form or team of a job changed: attribute of `records.Job` -> new value.

    Unlike `JobChanged` it may leave the job's ``updated_at`` alone, which is a quirk.
    """

    shortcode: str
    changes: dict[str, Any]


@dataclass(slots=True)
class RequisitionDeleted(LogEvent):
    """A requisition left the hiring plan for good."""

    code: str


@dataclass(slots=True)
class StageRemoved(LogEvent):
    """A stage in which nobody stands left its pipeline; the others keep their positions."""

    pipeline: str
    stage: int


@dataclass(slots=True)
class ReasonDeleted(LogEvent):
    """A disqualification reason was deleted; candidates keep its text."""

    reason_id: str


@dataclass(slots=True)
class CustomAttributeDeleted(LogEvent):
    """A candidate attribute was deleted; candidates keep the values that they have."""

    attribute_id: str


@dataclass(slots=True)
class EmployeeDeleted(LogEvent):
    """A profile to which nobody reports was deleted, with all that hung on it."""

    employee_id: str


@dataclass(slots=True)
class EmployeeRestored(LogEvent):
    """A deleted profile is there again, with all that hung on it."""

    employee_id: str


@dataclass(slots=True)
class CycleEnded(LogEvent):
    """A person no longer has this category of time off: the balance is gone."""

    employee_id: str
    category_id: str


@dataclass(slots=True)
class TimeoffRequestDeleted(LogEvent):
    """A request was deleted; what it had taken from the balance is given back."""

    request_id: str
