"""Employees, groups and time off."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracle.account import AccountOracle
from tests.oracle.values import Row, email_key, instant, number

from workable_elt.simulator import records as r
from workable_elt.simulator import visible

STATUSES = {"published": "active", "draft": "pending", "inactive": "inactive"}
EMPLOYMENT_TYPES = {
    "employement_type_full_time": "full_time",
    "employement_type_part_time": "part_time",
    "employement_type_contractor": "contract",
}
REQUEST_STATES = {
    "pending": "requested",
    "approved": "approved",
    "rejected": "declined",
    "canceled": "cancelled",
}
UNITS = {"full_days": "days", "half_days": "days", "hours": "hours"}
FULL_TIME_HOURS = Decimal(40)
HIRED_BEFORE_START = timedelta(days=180)
HIRED_AFTER_START = timedelta(days=30)


class EmployeeOracle(AccountOracle):
    """Expected rows of the HR tables, read with an HR administrator's eyes."""

    def listed(self) -> list[r.Employee]:
        """The people whom `/employees` lists."""
        return visible.employees(self.company, self.quirks)

    def employees(self) -> list[Row]:
        """hris_employees, without the links to the ATS."""
        return [self._employee(employee) for employee in self.listed()]

    def _employee(self, employee: r.Employee) -> Row:
        contract = self._primary(employee, "employment_group") or {}
        schedule = self.company.work_schedules.get(employee.work_schedule_id or "")
        hours = schedule.weekly_hours if schedule else None
        country = employee.singles.get("country")
        first_name, last_name = employee.firstname.strip(), employee.lastname.strip()
        names = {f"{first} {last_name}" for first in (employee.preferred_name, first_name) if first}
        return {
            "employee_key": self.key(employee.id),
            "employee_id": employee.id,
            "employee_number": employee.employee_number,
            "first_name": first_name,
            "middle_name": employee.middle_name,
            "last_name": last_name,
            "preferred_name": employee.preferred_name,
            "full_name": names,
            "work_email": employee.work_email,
            "personal_email": employee.personal_email,
            "phone": employee.phone,
            "job_title": employee.job_title.strip(),
            "status": STATUSES[employee.state],
            "employment_type": EMPLOYMENT_TYPES.get(contract.get("employment_status") or ""),
            "hire_date": employee.hire_date,
            "start_date": employee.start_date,
            "manager_key": self.optional_key(employee.manager_id),
            "department_key": self.optional_key(employee.department_id),
            **self._places(employee),
            "country_code": country.code if country else None,
            "work_schedule_key": self.optional_key(employee.work_schedule_id),
            "weekly_hours": number(hours),
            "full_time_equivalent": number(min(Decimal(1), hours / FULL_TIME_HOURS))
            if hours is not None
            else None,
            "is_sample": employee.is_sample,
            "is_deleted": False,
        }

    @staticmethod
    def _primary(employee: r.Employee, field: str) -> Any:
        rows = [row for row in employee.rows.get(field, []) if row.is_primary]
        return rows[0].value if rows else None

    def _places(self, employee: r.Employee) -> Row:
        """The entity, location and site above (and at) the node that the profile points to."""
        path = (
            self.company.legal_entity_path(employee.legal_entity_id)
            if employee.legal_entity_id
            else []
        )
        keys = {
            node.type: self.key(node.type if node.type != "entity" else "legal_entity", node.id)
            for node in path
        }
        return {
            "legal_entity_key": keys.get("entity"),
            "location_key": keys.get("location"),
            "site_key": keys.get("site"),
        }

    def links(self) -> dict[str, str]:
        """The candidate of each employee who can be linked: employee key to candidate key."""
        found: dict[str, str] = {}
        people = self.listed()
        hires = [c for c in self._hired() if email_key(c.email)]
        for employee in people:
            if employee.candidate_id:
                found[self.key(employee.id)] = self.key(employee.candidate_id)
        taken_candidates = set(found.values())
        pairs = [
            (self.key(employee.id), self.key(candidate.id))
            for employee in people
            for candidate in hires
            if self.key(employee.id) not in found
            and self.key(candidate.id) not in taken_candidates
            and self._fits(employee, candidate)
        ]
        for employee_key, candidate_key in pairs:
            alone = sum(e == employee_key or c == candidate_key for e, c in pairs) == 1
            if alone:
                found[employee_key] = candidate_key
        return found

    def _hired(self) -> list[r.Candidate]:
        return [
            candidate
            for candidate in self.company.candidate_order
            if visible.candidate_is_listed(candidate, self.quirks)
            and not visible.candidate_is_blank(candidate)
            and candidate.job_shortcode
            and candidate.stage.kind == "hired"
            and not candidate.is_disqualified
        ]

    def _fits(self, employee: r.Employee, candidate: r.Candidate) -> bool:
        email = email_key(candidate.email)
        if email not in {email_key(employee.personal_email), email_key(employee.work_email)}:
            return False
        hired = instant(candidate.hired_at)
        if hired is None:
            return False
        earliest = employee.start_date - HIRED_BEFORE_START
        return earliest <= hired.date() <= employee.start_date + HIRED_AFTER_START

    def schedules(self) -> list[Row]:
        """hris_work_schedules."""
        return [
            {
                "work_schedule_key": self.key(schedule.id),
                "name": schedule.name.strip(),
                "weekly_hours": number(schedule.weekly_hours),
                "is_sample": schedule.is_sample,
            }
            for schedule in self.company.work_schedules.values()
        ]

    def groups(self) -> list[Row]:
        """hris_groups: departments and legal entities (choices of fields are another rule)."""
        departments = [
            {
                "group_key": self.key("department", department.id),
                "group_type": "department",
                "name": department.name.strip(),
                "parent_group_key": self.optional_key("department", department.parent_id),
                "depth": len(self.company.department_path(department.id)),
            }
            for department in self.company.departments.values()
        ]
        return departments + [
            self._place(entity) for entity in self.company.legal_entities.values()
        ]

    def _place(self, entity: r.LegalEntity) -> Row:
        path = self.company.legal_entity_path(entity.id)
        above = path[-2] if len(path) > 1 else None
        return {
            "group_key": self.key(_group_type(entity), entity.id),
            "group_type": _group_type(entity),
            "name": entity.name.strip(),
            "parent_group_key": self.key(_group_type(above), above.id) if above else None,
            "path": " > ".join(node.name.strip() for node in path),
            "depth": len(path),
            "time_zone": entity.timezone,
        }

    def timeoff_types(self) -> list[Row]:
        """hris_timeoff_types."""
        return [
            {
                "timeoff_type_key": self.key(category.id),
                "name": category.name.strip(),
                "is_paid": category.is_paid,
            }
            for category in self.company.timeoff_categories.values()
        ]

    def balances(self) -> list[Row]:
        """hris_timeoff_balances of the people who are listed."""
        return [
            {
                "timeoff_balance_key": self.key(employee.id, balance.category_id),
                "employee_key": self.key(employee.id),
                "timeoff_type_key": self.key(balance.category_id),
                "unit": UNITS[balance.unit],
                "unit_raw": balance.unit,
                "available": number(balance.available),
                "used": number(balance.used),
                "carried_over": number(balance.carried_over),
                "is_unlimited": balance.is_unlimited,
            }
            for employee in self.listed()
            for balance in self.company.timeoff_balances.get(employee.id, {}).values()
        ]

    def requests(self) -> list[Row]:
        """hris_timeoff_requests."""
        return [
            self._request(request)
            for request in visible.timeoff_requests(self.company, self.quirks)
        ]

    def _request(self, request: r.TimeoffRequest) -> Row:
        categories = self.company.timeoff_categories
        name = categories[request.category_id].name.strip()
        same = [c.id for c in categories.values() if c.name.strip() == name]
        hourly = request.unit == "hours"
        halves = {half.day: half.half for half in request.half_days}
        return {
            "timeoff_request_key": self.key(request.id),
            "employee_key": self.key(request.employee_id),
            "timeoff_type_key": self.key(same[0]) if len(same) == 1 else None,
            "status": REQUEST_STATES[request.state],
            "start_date": request.from_at.date(),
            "end_date": request.to_at.date(),
            "starts_at_local": request.from_at if hourly else None,
            "ends_at_local": request.to_at if hourly else None,
            "start_half": _half(halves, request.from_at.date()),
            "end_half": _half(halves, request.to_at.date()),
            "amount": number(request.total),
            "unit": UNITS[request.unit],
            "unit_raw": request.unit,
            "updated_at": instant(request.updated_at),
        }


def _group_type(entity: r.LegalEntity) -> str:
    return "legal_entity" if entity.type == "entity" else entity.type


def _half(halves: dict[date, str], day: date) -> str | None:
    return halves.get(day)
