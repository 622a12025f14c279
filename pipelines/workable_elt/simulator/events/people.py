"""Events of employees and time off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.events.base import LogEvent


@dataclass(slots=True)
class WorkScheduleAdded(LogEvent):
    """A work schedule was made."""

    schedule: r.WorkSchedule


@dataclass(slots=True)
class FieldAdded(LogEvent):
    """A profile field exists, built in or custom."""

    field: r.EmployeeField


@dataclass(slots=True)
class TimeoffCategoryAdded(LogEvent):
    """A category of time off was made."""

    category: r.TimeoffCategory


@dataclass(slots=True)
class EmployeeCreated(LogEvent):
    """A profile was made; a snapshot, published or (a starter to come) draft."""

    employee: r.Employee


@dataclass(slots=True)
class EmployeePublished(LogEvent):
    """A draft became an active profile."""

    employee_id: str


@dataclass(slots=True)
class EmployeeChanged(LogEvent):
    """Facts of a profile changed: attribute of `records.Employee` -> new value.

    Keys ``singles.<field id>`` and ``custom.<field id>`` address the two maps.
    """

    employee_id: str
    changes: dict[str, Any]


@dataclass(slots=True)
class RowAdded(LogEvent):
    """A row of a multi-value field became the primary one; the old one is history.

    For a field that keeps no history the old row is gone.
    """

    employee_id: str
    field_id: str
    row: r.Row


@dataclass(slots=True)
class EmployeeLeft(LogEvent):
    """A person left; ``left_on`` is the last working day."""

    employee_id: str
    left_on: date
    reason: str
    """Choice id of the custom field that holds termination reasons."""


@dataclass(slots=True)
class CycleStarted(LogEvent):
    """A person's entitlement for one category and calendar year."""

    employee_id: str
    category_id: str
    year: int
    unit: str
    entitled: Decimal
    carried_over: Decimal
    is_unlimited: bool = False


@dataclass(slots=True)
class TimeoffRequested(LogEvent):
    """Time off was asked for; a snapshot in state pending."""

    request: r.TimeoffRequest


@dataclass(slots=True)
class TimeoffDecided(LogEvent):
    """A request became approved, rejected or canceled."""

    request_id: str
    state: str
    by: str
    """Full name of who did it, as the API shows it."""


@dataclass(slots=True)
class DocumentAdded(LogEvent):
    """A document was added to a profile."""

    document: r.EmployeeDocument


@dataclass(slots=True)
class TimeEntryAdded(LogEvent):
    """Working time was recorded."""

    entry: r.TimeEntry
