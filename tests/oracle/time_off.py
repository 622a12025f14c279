"""Time off by date and what is added up from it, from the simulator's own records.

Nothing of the SQL is shared: requests are spread with fractions and weekdays of `datetime`, spells
are walked day by day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.dates import each_date
from tests.oracle.employees import REQUEST_STATES, UNITS, EmployeeOracle
from tests.oracle.values import Row, instant, ratio

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company

KINDS = {
    "Paid time off": "vacation",
    "Sick leave": "sick",
    "Parental leave": "parental",
    "Unpaid leave": "other",
    "Άδεια σπουδών": "other",
    "Volunteering": "other",
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL = {weekday: Fraction(8) for weekday in range(5)}
NOTHING = Decimal(0)
CALENDAR_DAYS = 90


@dataclass(frozen=True)
class Off:
    """One date of one request."""

    request: r.TimeoffRequest
    employee_key: str
    department_key: str | None
    day: date
    kind: str
    unit: str
    status: str
    fraction: Decimal
    share: Decimal
    basis: str


def nine_decimals(value: Fraction) -> Decimal:
    """Round half up, as the column's description says."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("1e-9"), ROUND_HALF_UP)


def month(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


class TimeOffOracle(EmployeeOracle):
    """Expected rows of the time-off marts.

    Args:
        company: The account.
        quirks: The switches.
        account: Its label.
        today: The local date of the build's `as_of`.
        zone: The reporting time zone.
        before: Departments by employee as an earlier build saw them, until today.
        active_before: Employees whom an earlier build saw active: those who are inactive now have
            left today.
    """

    def __init__(
        self,
        company: Company,
        quirks: Quirks,
        account: str,
        today: date,
        zone: str = "UTC",
        before: Mapping[str, str | None] | None = None,
        active_before: Collection[str] = (),
    ) -> None:
        super().__init__(company, quirks, account)
        self.today = today
        self.zone = ZoneInfo(zone)
        self.before = before or {}
        self.active_before = active_before
        self.people = {employee.id: employee for employee in self.listed()}
        self.offs = [off for request in self.counted() for off in self._spread(request)]

    def counted(self) -> list[r.TimeoffRequest]:
        """The requests that marts count: those of demo people are out."""
        return [
            request
            for request in visible.timeoff_requests(self.company, self.quirks)
            if not self._is_sample(request.employee_id)
        ]

    def _is_sample(self, employee_id: str) -> bool:
        employee = self.people.get(employee_id)
        return employee is not None and employee.is_sample

    def _department(self, employee_id: str, day: date) -> str | None:
        """The department on a date; a change was seen today, and holds from today on."""
        employee = self.people.get(employee_id)
        if employee is None:
            return None
        if day < self.today and employee_id in self.before:
            return self.optional_key(self.before[employee_id])
        return self.optional_key(employee.department_id)

    def hours(self, employee_id: str) -> dict[int, Fraction]:
        """Hours of each weekday (0 is Monday) that somebody is scheduled for."""
        employee = self.people.get(employee_id)
        schedule = self.company.work_schedules.get((employee and employee.work_schedule_id) or "")
        if schedule is None or not schedule.days:
            return USUAL
        return {WEEKDAYS.index(d.day_of_week): Fraction(d.work_hours) for d in schedule.days}

    def _kind(self, request: r.TimeoffRequest) -> str:
        return KINDS[self.company.timeoff_categories[request.category_id].name.strip()]

    def _spread(self, request: r.TimeoffRequest) -> list[Off]:
        """The dates of a request and what falls on each."""
        unit, amount = UNITS[request.unit], Fraction(request.total)
        hours = self.hours(request.employee_id)
        dates = list(each_date(request.from_at.date(), request.to_at.date()))
        halves = {half.day for half in request.half_days}
        by_date = {day: Fraction(1, 2) if day in halves else Fraction(1) for day in dates}
        weights = (
            {day: hours.get(day.weekday(), Fraction(0)) for day in dates}
            if unit == "hours"
            else by_date
        )
        scheduled = [day for day in dates if hours.get(day.weekday())]
        of_schedule = {day: weights[day] for day in scheduled}
        if len(dates) == 1:
            basis, parts = "one_day", {dates[0]: Fraction(1)}
        elif sum(of_schedule.values()) == amount:
            basis, parts = "schedule", of_schedule or by_date
        elif sum(weights.values()) == amount:
            basis, parts = "calendar", weights
        else:
            basis, parts = "pro_rata", of_schedule or by_date
        whole, so_far, given = sum(parts.values()), Fraction(0), NOTHING
        offs = []
        for day in sorted(parts):
            so_far += parts[day]
            until = nine_decimals(amount * so_far / whole)
            offs.append(self._off(request, day, until - given, basis, hours))
            given = until
        return offs

    def _off(
        self,
        request: r.TimeoffRequest,
        day: date,
        fraction: Decimal,
        basis: str,
        hours: dict[int, Fraction],
    ) -> Off:
        unit, that_day = UNITS[request.unit], hours.get(day.weekday(), Fraction(0))
        share = Fraction(0)
        if that_day:
            share = Fraction(fraction) / (that_day if unit == "hours" else 1)
        return Off(
            request,
            self.key(request.employee_id),
            self._department(request.employee_id, day),
            day,
            self._kind(request),
            unit,
            REQUEST_STATES[request.state],
            fraction,
            nine_decimals(min(Fraction(1), share)),
            basis,
        )

    def _timing(self, off: Off) -> str | None:
        if off.status != "approved":
            return None
        return "taken" if off.day <= self.today else "planned"

    def days(self) -> list[Row]:
        """time_off_days."""
        return [
            {
                "timeoff_request_key": self.key(off.request.id),
                "date": off.day,
                "employee_key": off.employee_key,
                "department_key": off.department_key,
                "kind": off.kind,
                "unit": off.unit,
                "status": off.status,
                "timing": self._timing(off),
                "fraction": off.fraction,
                "share_of_day": off.share,
                "basis": off.basis,
                "is_half_day": off.day in {half.day for half in off.request.half_days},
            }
            for off in self.offs
        ]

    def monthly(self) -> list[Row]:
        """time_off_monthly."""
        cells: dict[tuple[Any, ...], dict[str, Any]] = defaultdict(lambda: defaultdict(int))
        for off in self.offs:
            timing = self._timing(off)
            if timing:
                cell = cells[month(off.day), off.department_key, off.kind, off.unit]
                cell[timing] += off.fraction
        for request in self.counted():
            status = REQUEST_STATES[request.state]
            if status in ("approved", "declined"):
                first = request.from_at.date()
                where = self._department(request.employee_id, first)
                cell = cells[month(first), where, self._kind(request), UNITS[request.unit]]
                cell["requests" if status == "approved" else "declined"] += 1
                cell["amount"] += request.total if status == "approved" else NOTHING
        return [
            {
                "month": first,
                "department_key": department,
                "kind": kind,
                "unit": unit,
                "taken": cell["taken"],
                "planned": cell["planned"],
                "requests": cell["requests"],
                "declined": cell["declined"],
                "mean_length": ratio(cell["amount"], cell["requests"]),
                "approval_rate": ratio(cell["requests"], cell["requests"] + cell["declined"]),
            }
            for (first, department, kind, unit), cell in cells.items()
        ]

    def employed(self) -> list[r.Employee]:
        """Who counts as employed today or later."""
        return [e for e in self.people.values() if e.state == "published" and not e.is_sample]

    def left_today(self) -> list[r.Employee]:
        """Who was seen active and is inactive now; nobody knows when the other inactive ones left."""
        return [
            e
            for e in self.people.values()
            if e.state == "inactive" and e.id in self.active_before and not e.is_sample
        ]

    def liability(self) -> list[Row]:
        """time_off_liability."""
        cells: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
        for employee in self.employed():
            if employee.start_date > self.today:
                continue
            for balance in self.company.timeoff_balances.get(employee.id, {}).values():
                is_paid = self.company.timeoff_categories[balance.category_id].is_paid
                if is_paid and not balance.is_unlimited:
                    department = self._department(employee.id, self.today)
                    cell = department, self.key(balance.category_id), UNITS[balance.unit]
                    cells[cell].append(balance.available)
        return [
            {
                "department_key": department,
                "timeoff_type_key": type_key,
                "unit": unit,
                "people": len(left),
                "people_overdrawn": sum(one < 0 for one in left),
                "owed": sum((one for one in left if one > 0), NOTHING),
                "overdrawn": sum((one for one in left if one < 0), NOTHING),
            }
            for (department, type_key, unit), left in cells.items()
        ]

    def balances_used(self) -> list[Row]:
        """time_off_employees: what is left, what was taken in twelve months, vacations."""
        names = [c.name.strip() for c in self.company.timeoff_categories.values()]
        year_ago = _a_year_before(self.today)
        taken: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(
            lambda: {"days": NOTHING, "hours": NOTHING}
        )
        vacations: dict[str, list[date]] = defaultdict(list)
        for off in self.offs:
            if off.status != "approved":
                continue
            if off.kind == "vacation":
                vacations[off.request.employee_id].append(off.day)
            name = self.company.timeoff_categories[off.request.category_id].name.strip()
            if names.count(name) == 1 and year_ago < off.day <= self.today:
                taken[off.request.employee_id, off.request.category_id][off.unit] += off.fraction
        pairs = {
            (employee_id, category_id)
            for employee_id in self.people
            for category_id in self.company.timeoff_balances.get(employee_id, {})
        }
        return [
            self._balance_used(
                self.people[one], category_id, taken[one, category_id], vacations[one]
            )
            for one, category_id in sorted(pairs | {p for p in taken if p[0] in self.people})
            if not self.people[one].is_sample
        ]

    def _balance_used(
        self, employee: r.Employee, category_id: str, taken: dict[str, Decimal], away: list[date]
    ) -> Row:
        balance = self.company.timeoff_balances.get(employee.id, {}).get(category_id)
        last = max((day for day in away if day <= self.today), default=None)
        return {
            "time_off_employee_key": self.key(employee.id, category_id),
            "unit": UNITS[balance.unit] if balance else None,
            "available": balance.available if balance else None,
            "used": balance.used if balance else None,
            "is_unlimited": balance.is_unlimited if balance else None,
            "available_at_last_month_end": None,
            "taken_days_twelve_months": taken["days"],
            "taken_hours_twelve_months": taken["hours"],
            "last_vacation_date": last,
            "next_vacation_date": min((day for day in away if day > self.today), default=None),
            "days_since_vacation": (self.today - last).days if last else None,
        }

    def pending(self) -> list[Row]:
        """time_off_pending."""
        return [
            self._pending(request)
            for request in self.counted()
            if request.state == "pending" and request.employee_id in self.people
        ]

    def _pending(self, request: r.TimeoffRequest) -> Row:
        key = self.key(request.employee_id)
        own = {off.day: off.department_key for off in self.offs if off.request is request}
        others = [
            off
            for off in self.offs
            if off.day in own
            and off.department_key is not None
            and off.department_key == own[off.day]
            and off.employee_key != key
            and off.status in ("approved", "requested")
        ]
        changed = instant(request.updated_at)
        assert changed is not None
        changed_on = changed.replace(tzinfo=timezone.utc).astimezone(self.zone).date()
        return {
            "timeoff_request_key": self.key(request.id),
            "days_until_start": (request.from_at.date() - self.today).days,
            "overlapping_people": len({o.employee_key for o in others if o.status == "approved"}),
            "overlapping_people_if_all_approved": len({o.employee_key for o in others}),
            "days_since_last_change": (self.today - changed_on).days,
        }

    def _workdays(self, employee: r.Employee, last: date) -> list[date]:
        hours = self.hours(employee.id)
        return [day for day in each_date(employee.start_date, last) if hours.get(day.weekday())]

    def absence(self) -> list[Row]:
        """time_off_absence: sickness is what nobody plans."""
        scheduled: dict[tuple[date, str | None], int] = defaultdict(int)
        absent: dict[tuple[date, str | None], Decimal] = defaultdict(Decimal)
        begun: dict[tuple[date, str | None], list[str]] = defaultdict(list)
        sick: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for off in self.offs:
            if off.kind == "sick" and self._timing(off) == "taken" and off.fraction > 0:
                sick[off.request.employee_id][off.day] += off.share
        yesterday = self.today - timedelta(days=1)
        until = [
            *((employee, self.today) for employee in self.employed()),
            *((employee, yesterday) for employee in self.left_today()),
        ]
        for employee, last in until:
            workdays = self._workdays(employee, last)
            for day in workdays:
                cell = month(day), self._department(employee.id, day)
                scheduled[cell] += 1
                absent[cell] += sick[employee.id].get(day, NOTHING)
            for first in _spells(sick[employee.id], set(workdays), employee.start_date):
                begun[month(first), self._department(employee.id, first)].append(employee.id)
        return [
            {
                "month": cell[0],
                "department_key": cell[1],
                "absent_days": absent[cell],
                "scheduled_days": scheduled[cell],
                "absence_rate": ratio(absent[cell], scheduled[cell]),
                "spells": len(begun[cell]),
                "employees_with_a_spell": len(set(begun[cell])),
            }
            for cell in sorted({*scheduled, *begun}, key=str)
        ]

    def calendar(self) -> list[Row]:
        """time_off_calendar."""
        last = self.today + timedelta(days=CALENDAR_DAYS)
        shares: dict[tuple[str, date, str], Decimal] = defaultdict(Decimal)
        for off in self.offs:
            shares[off.request.employee_id, off.day, off.status] += off.share
        cells: dict[tuple[date, str | None], list[tuple[str, Decimal, Decimal]]] = defaultdict(list)
        for employee in self.employed():
            for day in self._workdays(employee, last):
                if day >= self.today:
                    approved = shares[employee.id, day, "approved"]
                    wanted = approved + shares[employee.id, day, "requested"]
                    cells[day, self._department(employee.id, day)].append(
                        (employee.id, min(approved, Decimal(1)), min(wanted, Decimal(1)))
                    )
        return [
            {
                "date": day,
                "department_key": department,
                "heads_scheduled": len(people),
                "heads_out": sum(approved > 0 for _, approved, _ in people),
                "days_out": sum((approved for _, approved, _ in people), NOTHING),
                "share_out": ratio(sum((a for _, a, _ in people), NOTHING), len(people)),
                "share_out_if_all_approved": ratio(
                    sum((wanted for *_, wanted in people), NOTHING), len(people)
                ),
            }
            for (day, department), people in cells.items()
        ]


def _spells(sick: dict[date, Decimal], workdays: set[date], employed_from: date) -> list[date]:
    """First days of spells, walking over every day between two days of absence."""
    begun: list[date] = []
    last: date | None = None
    for day in sorted(one for one in sick if one >= employed_from):
        between = each_date(last + timedelta(days=1), day - timedelta(days=1)) if last else []
        if last is None or any(one in workdays for one in between):
            begun.append(day)
        last = day
    return begun


def _a_year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


TIME_OFF: dict[str, tuple[tuple[str, ...], Callable[[TimeOffOracle], list[Row]]]] = {
    "time_off_days": (("timeoff_request_key", "date"), TimeOffOracle.days),
    "time_off_monthly": (("month", "department_key", "kind", "unit"), TimeOffOracle.monthly),
    "time_off_liability": (("department_key", "timeoff_type_key", "unit"), TimeOffOracle.liability),
    "time_off_employees": (("time_off_employee_key",), TimeOffOracle.balances_used),
    "time_off_pending": (("timeoff_request_key",), TimeOffOracle.pending),
    "time_off_absence": (("month", "department_key"), TimeOffOracle.absence),
    "time_off_calendar": (("date", "department_key"), TimeOffOracle.calendar),
}
"""For each mart its key and its rows."""
