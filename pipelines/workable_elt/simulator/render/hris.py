"""HR objects as the API sends them (notes: hris.md, sections 1 to 10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.fields import TERMINATION_LABELS
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render.employee_detail import DetailRenderer
from workable_elt.simulator.render.form import (
    iso_day,
    iso_local,
    iso_milliseconds,
    signed_url,
)
from workable_elt.simulator.state import Company

Json = dict[str, Any]

STATUS = {"published": "status_active", "draft": "status_draft", "inactive": "status_inactive"}
_MASKS = {"admin": 4, "manager": 6, "admin_or_employee": 7, "employee": 7, "all": 15}


class HrisRenderer:
    """Renders the HR side of one company under one set of quirks."""

    def __init__(self, company: Company, quirks: Quirks) -> None:
        self.company = company
        self.quirks = quirks
        self._detail = DetailRenderer(company, quirks)

    # Employees

    def employee_row(self, employee: r.Employee) -> Json:
        """A row of ``/employees``: null where unset, ``email`` is the private address."""
        row: Json = {
            "id": employee.id,
            "firstname": employee.firstname,
            "lastname": employee.lastname,
            "email": employee.personal_email,
            "start_date": iso_day(employee.start_date),
            "state": employee.state,
            "employee_number": employee.employee_number,
            "phone": employee.phone,
            "job_title": employee.job_title,
            "manager_id": employee.manager_id,
            "department_id": employee.department_id,
            "template_id": None,
            "division_id": None,
            "candidate_id": employee.candidate_id,
            "legal_entity_id": employee.legal_entity_id,
            "work_schedule_id": employee.work_schedule_id,
            "work_email": employee.work_email,
            "preferred_name": employee.preferred_name,
            "onboarding_member_id": None,
            "sample": employee.is_sample,
            "holiday_calendar_id": employee.holiday_calendar_number,
            "avatar_processed": employee.avatar_name is not None,
            "status_semantic_type": STATUS[employee.state],
            "reporting_line": [m.number for m in self.company.managers_above(employee)],
            "birthdate": None,
        }
        if employee.avatar_name is not None:
            row["avatar"] = signed_url(f"avatars/{employee.avatar_name}", self.company.version)
        return row

    def employee_detail(self, employee: r.Employee, *, sees_all: bool = True) -> Json:
        """The answer of ``/employees/:id``.

        Args:
            employee: The record.
            sees_all: Whether the caller has an HR admin's eyes; others get public fields only.
        """
        detail = self._detail.render(employee, STATUS[employee.state])
        if sees_all:
            return detail
        fields = self.company.fields
        return {
            key: value
            for key, value in detail.items()
            if key == "id" or fields[key].viewable_by == "all"
        }

    def employee_fields(self) -> list[Json]:
        """The answer of ``/employee_fields``."""
        hidden = TERMINATION_LABELS if self.quirks.termination_field == "absent" else frozenset()
        return [
            _field_row(field) for field in self.company.fields.values() if field.label not in hidden
        ]

    def document(self, document: r.EmployeeDocument) -> Json:
        """A row of ``/employees/:id/documents``."""
        return {
            "id": document.id,
            "filename": document.filename,
            "filepath": signed_url(f"documents/{document.id}", self.company.version, 3600),
            "created_at": iso_milliseconds(document.created_at),
            "updated_at": iso_milliseconds(document.updated_at),
            "filesize": document.size,
            "type": document.type,
            "created_by": document.created_by,
        }

    # Time off

    def timeoff_category(self, category: r.TimeoffCategory) -> Json:
        """A row of ``/timeoff/categories``."""
        return {
            "id": self._category_id(category.id),
            "name": category.name,
            "type": "paid" if category.is_paid else "unpaid",
            "description": category.description,
        }

    def _category_id(self, category_id: str) -> str | int:
        numeric = self.quirks.timeoff_category_ids == "numbers" and category_id.isdecimal()
        return int(category_id) if numeric else category_id

    def timeoff_balance(self, balance: r.TimeoffBalance) -> Json:
        """A row of ``/timeoff/balances``; it does not say whose it is."""
        category = self.company.timeoff_categories[balance.category_id]
        return {
            "units_available": f"{balance.available:.2f}",
            "units_carry_over_available": f"{balance.carried_over:.2f}",
            "units_used": f"{balance.used:.2f}",
            "has_unlimited_timeoff": balance.is_unlimited,
            "category_id": self._category_id(category.id),
            "time_off_tracking_unit": balance.unit,
            "name": category.name,
            "description": category.description,
        }

    def timeoff_request(self, request: r.TimeoffRequest) -> Json:
        """A row of ``/timeoff/requests``: the category by name only."""
        total = request.total
        return {
            "id": request.id,
            "employee_id": request.employee_id,
            "from_date": iso_local(request.from_at),
            "to_date": iso_local(request.to_at),
            "formatted_period": _period(request),
            "state": request.state,
            "requesting_total": int(total) if total == int(total) else float(total),
            "timeoff_tracking_unit": request.unit,
            "half_days": [
                {"date": f"{half.day.isoformat()}T00:00:00.000", "half": half.half}
                for half in request.half_days
            ],
            # Kept after their profile was deleted, a request names nobody.
            "updated_by": request.updated_by
            if request.employee_id in self.company.employees
            else None,
            "updated_at": iso_milliseconds(request.updated_at),
            "category_name": self.company.timeoff_categories[request.category_id].name,
            "pending_approvals": [
                {"id": key, "approver_id": approver} for key, approver in request.pending_approvals
            ],
        }

    # Time tracking and schedules

    def time_entry(self, entry: r.TimeEntry) -> Json:
        """A row of ``/time-tracking/time-entries``."""
        out = entry.clock_out
        return {
            "uuid": entry.uuid,
            "employee_id": entry.employee_id,
            "type": entry.type,
            "clock_in_time": iso_milliseconds(entry.clock_in),
            "clock_out_time": None if out is None else iso_milliseconds(out),
            "worked_minutes": None if out is None else (out - entry.clock_in) // 60_000,
            "is_active": out is None,
            "note": entry.note,
            "timezone": entry.timezone,
        }

    def work_schedule(self, schedule: r.WorkSchedule) -> Json:
        """An entry of ``/work_schedules``."""
        return {
            "id": schedule.id,
            "name": schedule.name,
            "status": schedule.status,
            "work_days": [_work_day(day) for day in schedule.days],
            "week_starts_on": schedule.week_starts_on,
            "work_hours": f"{schedule.weekly_hours:.2f}",
            "sample": schedule.is_sample,
        }


def _period(request: r.TimeoffRequest) -> str:
    """The period in words, with the time of day for hourly requests."""

    def shown(moment: datetime) -> str:
        day = f"{moment.day} {moment:%b %Y}"
        return f"{day} ({moment:%H:%M})" if request.unit == "hours" else day

    return f"{shown(request.from_at)} - {shown(request.to_at)}"


def _work_day(day: r.WorkDay) -> Json:
    return {
        "day_of_week": day.day_of_week,
        "work_hours": f"{day.work_hours:.2f}",
        "break_duration": day.break_duration,
        "work_intervals": [{"from_time": a, "to_time": b} for a, b in day.work_intervals],
        "break_intervals": [{"from_time": a, "to_time": b} for a, b in day.break_intervals],
    }


def _field_row(field: r.EmployeeField) -> Json:
    row: Json = {
        "id": field.id,
        "label": field.label,
        "hint": field.hint,
        "type": field.type,
        "approvable_by": "admin",
        "editable_by": field.editable_by,
        "viewable_by": field.viewable_by,
        "editable_by_new": _MASKS[field.editable_by],
        "viewable_by_new": _MASKS[field.viewable_by],
        "editable_by_roles": ["hris.admin"],
        "viewable_by_roles": ["hris.admin"],
        "keep_history": field.keeps_history,
        "is_multiple": field.is_multiple,
    }
    if field.id == "employee_number":
        row["autogenerate"] = True
    if field.date_format is not None:
        row["date_format"] = field.date_format
    if field.type == "dropdown":
        row["choices"] = _choices(field.choices)
    if field.subfields:
        row["subfields"] = [
            _subfield_row(subfield, position, field)
            for position, subfield in enumerate(field.subfields)
        ]
    return row


def _subfield_row(subfield: r.SubField, position: int, parent: r.EmployeeField) -> Json:
    row: Json = {
        "id": subfield.id,
        "label": subfield.label,
        "hint": None,
        "type": subfield.type,
        "position": position,
        "editable_by_new": _MASKS[parent.editable_by],
        "viewable_by_new": _MASKS[parent.viewable_by],
    }
    if subfield.choices:
        row["choices"] = _choices(subfield.choices)
    if subfield.date_format is not None:
        row["date_format"] = subfield.date_format
    return row


def _choices(choices: tuple[r.FieldChoice, ...]) -> list[Json]:
    return [
        {"id": choice.id, "label": choice.label, "position": position}
        for position, choice in enumerate(choices)
    ]
