"""An employee's detail: a vocabulary of its own, unset fields absent (notes: hris.md, section 2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.fields import TERMINATION_DATE, TERMINATION_LABELS, TERMINATION_REASON
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render.form import iso_day, signed_url
from workable_elt.simulator.state import Company

Json = dict[str, Any]

EMPTY_GROUPS = (
    "phone_group",
    "chat_group",
    "personal_email",
    "social_group",
    "employment_group",
    "salary_group",
    "education_group",
    "work_experience_group",
    "skills",
    "language",
    "contact_group",
)
"""Multi-value fields of the profile template: ``[]`` when unset; the others are left out."""


class DetailRenderer:
    """Renders ``/employees/:id``."""

    def __init__(self, company: Company, quirks: Quirks) -> None:
        self.company = company
        self.quirks = quirks

    def render(self, employee: r.Employee, status: str) -> Json:
        """The whole detail, as an HR admin reads it."""
        detail: Json = {"id": employee.id, "status": status}
        detail.update(self._plain(employee))
        for field_id, value in employee.singles.items():
            detail[field_id] = self._value(employee, value)
        for field_id in EMPTY_GROUPS:
            detail[field_id] = []
        for field_id in {**employee.rows, **employee.past_rows}:
            if self._is_shown(self.company.fields[field_id]):
                detail[field_id] = self._rows(employee, field_id)
        detail["direct_reports"] = [
            {
                "id": report.id,
                "name": f"{report.firstname} {report.lastname}",
                "job_title": report.job_title,
                "avatar": None,
                "state": report.state,
            }
            for report in self.company.direct_reports(employee.id)
            if report.state != "inactive"
        ]
        detail.update(self._custom(employee))
        return detail

    def _plain(self, employee: r.Employee) -> Json:
        """Single fields that have attributes of their own; unset ones are left out."""
        facts: Json = {
            "firstname": employee.firstname,
            "middle_name": employee.middle_name,
            "lastname": employee.lastname,
            "preferred_name": employee.preferred_name,
            "employee_number": employee.employee_number,
            "work_email": employee.work_email,
            "job_title": employee.job_title,
            "hire_date": employee.hire_date and iso_day(employee.hire_date),
            "start_date": iso_day(employee.start_date),
            "legal_entity": employee.legal_entity_id,
            "department": employee.department_id,
            "division": self._built_in_choice("division", employee.division_id),
            "team": self._built_in_choice("team", employee.team_id),
            "reports_to": employee.manager_id,
            "work_schedule": employee.work_schedule_id,
        }
        return {key: value for key, value in facts.items() if value is not None}

    def _built_in_choice(self, field_id: str, choice_id: str | None) -> str | None:
        if choice_id is None or self.quirks.division_team_values == "ids":
            return choice_id
        return _label_of(self.company.fields[field_id], choice_id)

    def _is_shown(self, field: r.EmployeeField) -> bool:
        if not field.is_custom:
            return True
        if field.label in TERMINATION_LABELS and self.quirks.termination_field == "absent":
            return False
        return self.quirks.employee_custom_values == "top_level"

    def _rows(self, employee: r.Employee, field_id: str) -> list[Json]:
        rows = [
            self._row(
                employee, row, row.number if self.quirks.history_of == "own" else None, place == 0
            )
            for place, row in enumerate(employee.rows.get(field_id, ()))
        ]
        if self.quirks.history_rows == "returned":
            rows += [
                self._row(employee, row, row.history_of or row.number, False)
                for row in employee.past_rows.get(field_id, ())
            ]
        return rows

    def _row(
        self, employee: r.Employee, row: r.Row, history_of: int | None, is_primary: bool
    ) -> Json:
        return {
            "row_id": f"{row.number:x}",
            "history_of": None if history_of is None else f"{history_of:x}",
            "is_primary": is_primary,
            "value": self._value(employee, row.value),
        }

    def _custom(self, employee: r.Employee) -> Json:
        """Single custom fields, under their hexadecimal ids."""
        values = dict(employee.custom)
        for field in self.company.fields.values():
            if field.label == TERMINATION_DATE and employee.left_on is not None:
                values[field.id] = employee.left_on
            if field.label == TERMINATION_REASON and employee.leave_reason is not None:
                values[field.id] = employee.leave_reason
        shown: Json = {}
        for field_id, value in values.items():
            field = self.company.fields[field_id]
            if not self._is_shown(field):
                continue
            if field.choices and self.quirks.custom_dropdown_values == "labels":
                value = _label_of(field, value)
            shown[field_id] = self._value(employee, value)
        return shown

    def _value(self, employee: r.Employee, value: Any) -> Any:
        """A stored value as JSON; a composite part by part."""
        if isinstance(value, dict):
            return {key: self._value(employee, part) for key, part in value.items()}
        if isinstance(value, r.CountryValue):
            return {"display": value.display, "value": value.code}
        if isinstance(value, r.FileValue):
            url = signed_url(f"employee-files/{value.name}", employee.version)
            return url if self.quirks.file_values == "url" else {"name": value.name, "url": url}
        if isinstance(value, r.Money):
            return self._money(value)
        if isinstance(value, date):
            return iso_day(value)
        return float(value) if isinstance(value, Decimal) else value

    def _money(self, money: r.Money) -> Any:
        """A pay rate, or an amount of money without a period."""
        if money.frequency is not None:
            return {
                "amount": money.amount,
                "currency": money.currency,
                "frequency": money.frequency,
            }
        if self.quirks.currency_values == "number":
            return money.amount
        return {"amount": money.amount, "currency": money.currency}


def _label_of(field: r.EmployeeField, choice_id: str) -> str:
    return next(choice.label for choice in field.choices if choice.id == choice_id)
