"""Records of the HR side. Time and id conventions: see the package's docstring.

An employee's profile fields beyond the few with attributes of their own are kept in three maps, by
the field ids of ``simulator.fields``, so that a field policy can be told by field alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(slots=True)
class LegalEntity:
    """A node of the three-level tree entity > location > site."""

    id: str
    name: str
    legal_name: str | None
    type: str
    parent_id: str | None
    timezone: str | None = None
    has_geofencing: bool = False
    is_sample: bool = False


@dataclass(slots=True, frozen=True)
class WorkDay:
    """One working day of a schedule: intervals as ("HH:MM", "HH:MM")."""

    day_of_week: str
    work_hours: Decimal
    break_duration: str
    work_intervals: tuple[tuple[str, str], ...]
    break_intervals: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class WorkSchedule:
    """A work schedule; only working days are listed."""

    number: int
    id: str
    name: str
    days: tuple[WorkDay, ...]
    status: str = "active"
    week_starts_on: str = "monday"
    is_sample: bool = False

    @property
    def weekly_hours(self) -> Decimal:
        """Hours of a week."""
        return sum((day.work_hours for day in self.days), Decimal("0.00"))


@dataclass(slots=True, frozen=True)
class FieldChoice:
    """A choice of a dropdown field."""

    id: str
    label: str


@dataclass(slots=True, frozen=True)
class SubField:
    """A part of a composite field."""

    id: str
    label: str
    type: str
    choices: tuple[FieldChoice, ...] = ()
    date_format: str | None = None


@dataclass(slots=True, frozen=True)
class EmployeeField:
    """The definition of a profile field, built in or custom (``is_custom``: a hexadecimal id)."""

    id: str
    label: str
    type: str
    is_multiple: bool = False
    keeps_history: bool = False
    is_custom: bool = False
    choices: tuple[FieldChoice, ...] = ()
    subfields: tuple[SubField, ...] = ()
    viewable_by: str = "all"
    """``all``, ``admin_or_employee``, ``manager``, ``admin``."""
    editable_by: str = "admin"
    date_format: str | None = None
    hint: str | None = None


@dataclass(slots=True, frozen=True)
class CountryValue:
    """A country: its name and ISO 3166 alpha-2 code."""

    display: str
    code: str


@dataclass(slots=True, frozen=True)
class FileValue:
    """A file in a profile field."""

    name: str


@dataclass(slots=True)
class Row:
    """One row of a multi-value field."""

    number: int
    value: Any
    """A scalar, or a map of subfields. Inside: date, Decimal, Money, CountryValue, FileValue, text,
    bool; for a dropdown the choice id."""
    is_primary: bool = True
    replaced_at: int | None = None
    """When a later row took its place (kept only for fields that keep history)."""
    history_of: int | None = None
    """Number of the first row of the chain this row continues; None for a first row."""


@dataclass(slots=True)
class Employee:
    """A profile. ``state`` is ``draft`` (still to start), ``published`` or ``inactive`` (left)."""

    number: int
    id: str
    person: int
    """Number of the real human being: ground truth for hires and rehires, never shown."""
    firstname: str
    lastname: str
    employee_number: str
    state: str
    job_title: str
    start_date: date
    created_at: int
    updated_at: int
    hire_date: date | None = None
    middle_name: str | None = None
    preferred_name: str | None = None
    work_email: str | None = None
    manager_id: str | None = None
    department_id: str | None = None
    division_id: str | None = None
    """Choice id of the field ``division``."""
    team_id: str | None = None
    legal_entity_id: str | None = None
    """Entity, location or site."""
    work_schedule_id: str | None = None
    candidate_id: str | None = None
    """What the API shows; mostly None even for a hire."""
    hired_candidate_id: str | None = None
    """The candidate this employee was hired as: ground truth, never shown."""
    previous_employee_id: str | None = None
    """The person's earlier record, for a rehire: ground truth, never shown."""
    holiday_calendar_number: int | None = None
    avatar_name: str | None = None
    is_sample: bool = False
    left_on: date | None = None
    """The last working day; shown only as a custom field, where a quirk says so."""
    leave_reason: str | None = None
    singles: dict[str, Any] = field(default_factory=dict)
    """Single fields, scalar or composite (a map of subfields), by field id."""
    rows: dict[str, list[Row]] = field(default_factory=dict)
    """Present rows of multi-value fields by field id, primary one first."""
    past_rows: dict[str, list[Row]] = field(default_factory=dict)
    """Replaced rows of the fields that keep history, oldest first."""
    custom: dict[str, Any] = field(default_factory=dict)
    """Values of custom fields by (hexadecimal) field id."""
    version: int = 0

    @property
    def personal_email(self) -> str | None:
        """The primary personal e-mail, which is what the API's list calls ``email``."""
        rows = self.rows.get("personal_email")
        return rows[0].value if rows else None

    @property
    def phone(self) -> str | None:
        """The primary phone number."""
        rows = self.rows.get("phone_group")
        return rows[0].value.get("phone") if rows else None


@dataclass(slots=True)
class TimeoffCategory:
    """A type of time off; two may share a name."""

    number: int
    id: str
    name: str
    is_paid: bool
    description: str | None


@dataclass(slots=True)
class TimeoffBalance:
    """One person's balance of one category, of the running cycle; ``unit`` is the policy's."""

    employee_id: str
    category_id: str
    unit: str
    """``full_days``, ``half_days`` or ``hours``."""
    available: Decimal
    carried_over: Decimal
    used: Decimal
    is_unlimited: bool = False


@dataclass(slots=True, frozen=True)
class HalfDay:
    """A half day of a request; ``half`` is ``first`` or ``second``."""

    day: date
    half: str


@dataclass(slots=True)
class TimeoffRequest:
    """A request. ``state`` is pending, approved, rejected or canceled."""

    number: int
    id: str
    employee_id: str
    category_id: str
    from_at: datetime
    to_at: datetime
    """The last day (at 00:00 or with a time of day), or the end instant of an hourly request."""
    unit: str
    total: Decimal
    state: str
    created_at: int
    updated_at: int
    updated_by: str
    half_days: tuple[HalfDay, ...] = ()
    pending_approvals: tuple[tuple[str, str], ...] = ()
    """(approval id, approver's UUID); empty once decided."""
    version: int = 0


@dataclass(slots=True)
class EmployeeDocument:
    """A file of an employee."""

    number: int
    id: str
    employee_id: str
    filename: str
    type: str
    """``simple_employee_document, signature_request_employee_document, timeoff_attachment,``
    ``i_9_form_document``."""
    size: int
    created_at: int
    updated_at: int
    created_by: str


@dataclass(slots=True)
class TimeEntry:
    """A worked stretch; ``clock_out`` None while the clock runs."""

    uuid: str
    employee_id: str
    type: str
    clock_in: int
    clock_out: int | None
    timezone: str
    note: str | None = None
