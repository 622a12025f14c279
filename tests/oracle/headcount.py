"""Heads and movements of staff, from the event log of a company that was read once.

Written from the definitions of the headcount marts, a day and a person at a time. With one reading
nobody was seen to change places, so everybody stood where they stand now from the first day on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracle.dates import each_date
from tests.oracle.values import Row, email_key

from workable_elt.simulator import events as ev
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.quirks import Quirks

DAY = timedelta(days=1)
LEAVE_TYPES = {
    "Resignation": "voluntary",
    "Dismissal": "involuntary",
    "Redundancy": "involuntary",
    "End of contract": "other",
    "Retirement": "other",
    "Mutual agreement": "other",
}
NOT_IN_TURNOVER = {"employement_type_contractor"}


@dataclass
class Person:
    """One employee record, as the log leaves it."""

    id: str
    state: str
    start: date
    department: str | None
    is_sample: bool
    personal_email: str | None
    work_email: str | None
    employment: str | None
    leave: date | None = None
    leave_reason: str | None = None

    @property
    def email(self) -> str | None:
        """What tells that somebody came back."""
        return email_key(self.personal_email) or email_key(self.work_email)

    def is_employed(self, day: date) -> bool:
        """Whether the person counts as a head on a day."""
        return self.start <= day and (self.leave is None or self.leave > day)


class HeadcountOracle:
    """Expected rows of the headcount marts after one sync.

    Args:
        log: All that ever happened.
        quirks: How the API behaves.
        account: Label of the account.
        today: The day of the sync, in the reporting time zone.
        history_from: The variable of that name, the first of a month; where nobody is known to have
            left, the history begins after the month of the sync.
    """

    def __init__(
        self, log: EventLog, quirks: Quirks, account: str, today: date, history_from: date
    ) -> None:
        self.account = account
        self.today = today
        self.history_from = history_from
        self._reasons = _choice_labels(log)
        self._knows_leave_dates = (
            quirks.termination_field == "custom_field"
            and quirks.employee_custom_values == "top_level"
        )
        listed = [
            person
            for person in _people(log).values()
            if person.state != "inactive" or quirks.leavers == "inactive"
        ]
        self.people = [person for person in listed if self._counts(person)]
        if not any(person.leave for person in listed):
            # Nothing says who left before the sync.
            self.history_from = max(history_from, _next(today.replace(day=1)))

    def _counts(self, person: Person) -> bool:
        if not self._knows_leave_dates:
            person.leave = person.leave_reason = None
        if person.is_sample or person.state == "draft":
            return False
        if person.leave is None:
            return person.state != "inactive"
        return person.leave > person.start

    def key(self, *parts: object) -> str:
        """A readable key."""
        return ":".join([self.account, *(str(part) for part in parts)])

    def previous(self, person: Person) -> Person | None:
        """The earlier record of somebody who came back; none where two people share the e-mail."""
        same = [p for p in self.people if p.email and p.email == person.email]
        for one in same:
            for other in same:
                day = max(one.start, other.start)
                if one is not other and one.is_employed(day) and other.is_employed(day):
                    return None
        before = [p for p in same if p.leave is not None and p.leave < person.start]
        return max(before, key=lambda p: p.start, default=None)

    def movements(self) -> list[Row]:
        """headcount_movements."""
        return [
            row
            for person in self.people
            for row in self._movements(person)
            if self.history_from <= row["date"] <= self.today
        ]

    def _movements(self, person: Person) -> Iterator[Row]:
        place = self.key(person.department) if person.department else None
        before = self.previous(person)
        yield {
            "employee_key": self.key(person.id),
            "date": person.start,
            "movement": "rehire" if before else "hire",
            "from_department_key": None,
            "to_department_key": place,
            "leave_type": None,
            "previous_employee_key": self.key(before.id) if before else None,
        }
        if person.leave is not None:
            yield {
                "employee_key": self.key(person.id),
                "date": person.leave,
                "movement": "leave",
                "from_department_key": place,
                "to_department_key": None,
                "leave_type": self._leave_type(person),
                "previous_employee_key": None,
            }

    def _leave_type(self, person: Person) -> str:
        if person.leave_reason is None:
            return "unknown"
        return LEAVE_TYPES[self._reasons[person.leave_reason]]

    def daily(self) -> list[Row]:
        """Heads of each day and department."""
        heads: Counter[tuple[date, str | None]] = Counter()
        for person in self.people:
            place = self.key(person.department) if person.department else None
            last = min(self.today, person.leave - DAY) if person.leave else self.today
            heads.update((day, place) for day in each_date(person.start, last))
        return [
            {"date": day, "department_key": place, "heads": count}
            for (day, place), count in heads.items()
        ]

    def monthly_by_department(self) -> list[Row]:
        """headcount_monthly_by_department; each department since the month of its first head."""
        cells: dict[str, list[Person]] = {"ALL": self.people}
        for person in self.people:
            name = self.key(person.department) if person.department else "none"
            cells.setdefault(name, []).append(person)
        return [
            self._month(name, people, month)
            for name, people in cells.items()
            if any(person.start <= self.today for person in people)
            for month in _months(min(person.start for person in people), self.today)
        ]

    def monthly(self) -> list[Row]:
        """What headcount_monthly adds up to over its cells."""
        columns = ("month", "opening", "hires", "rehires", "leavers", "closing", "head_days")
        return [
            {column: row[column] for column in columns}
            for row in self.monthly_by_department()
            if row["department"] == "ALL"
        ]

    def _month(self, name: str, people: list[Person], month: date) -> Row:
        last = min(_next(month) - DAY, self.today)
        days = list(each_date(month, last))
        is_known = month >= self.history_from
        is_over = last < self.today or last.month != self.today.month
        leavers = [p for p in people if p.leave and month <= p.leave <= last]
        starters = [p for p in people if month <= p.start <= last]
        back = sum(self.previous(p) is not None for p in starters)
        kinds = [self._leave_type(p) for p in leavers]
        year = [month, *(_back(month, n) for n in range(1, 12))]
        has_year = is_over and min(year) >= self.history_from
        return {
            "month": month,
            "department": name,
            "opening": sum(p.is_employed(month - DAY) for p in people),
            "hires": len(starters) - back if is_known else None,
            "rehires": back if is_known else None,
            "leavers": len(leavers) if is_known else None,
            **{
                kind: kinds.count(kind) if is_known else None
                for kind in ("voluntary", "involuntary", "other", "unknown")
            },
            "closing": sum(p.is_employed(last) for p in people),
            "head_days": _head_days(people, days),
            "days": len(days),
            "average_daily_heads": round(_head_days(people, days) / len(days), 6),
            "turnover": _turnover(people, days) if is_known and is_over else None,
            "turnover_12_months": _turnover(people, list(each_date(min(year), last)))
            if has_year
            else None,
            "is_complete_month": is_over,
            "history_from": self.history_from,
        }


def _turnover(people: Iterable[Person], days: list[date]) -> float | None:
    """Leavers to average heads, of the employment types that count; six digits."""
    counted = [p for p in people if p.employment not in NOT_IN_TURNOVER]
    leavers = sum(p.leave is not None and days[0] <= p.leave <= days[-1] for p in counted)
    heads = _head_days(counted, days)
    return round(leavers * len(days) / heads, 6) if heads else None


def _head_days(people: Iterable[Person], days: list[date]) -> int:
    return sum(person.is_employed(day) for person in people for day in days)


def _people(log: EventLog) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for event in log.events:
        if isinstance(event, ev.EmployeeCreated):
            people[event.employee.id] = _created(event)
        elif isinstance(event, ev.EmployeePublished):
            people[event.employee_id].state = "published"
        elif isinstance(event, ev.EmployeeChanged):
            _change(people[event.employee_id], event.changes)
        elif isinstance(event, ev.RowAdded):
            _add_row(people[event.employee_id], event.field_id, event.row.value)
        elif isinstance(event, ev.EmployeeLeft):
            person = people[event.employee_id]
            person.state = "inactive"
            person.leave, person.leave_reason = event.left_on, event.reason
    return people


def _created(event: ev.EmployeeCreated) -> Person:
    made = event.employee
    person = Person(
        id=made.id,
        state=made.state,
        start=made.start_date,
        department=made.department_id,
        is_sample=made.is_sample,
        personal_email=None,
        work_email=made.work_email,
        employment=None,
        leave=made.left_on,
        leave_reason=made.leave_reason,
    )
    for field_id, rows in made.rows.items():
        if rows:
            _add_row(person, field_id, rows[0].value)
    return person


def _change(person: Person, changes: dict[str, Any]) -> None:
    names = {
        "department_id": "department",
        "start_date": "start",
        "work_email": "work_email",
        "state": "state",
        # Notice was given: the last day is known before it comes.
        "left_on": "leave",
        "leave_reason": "leave_reason",
    }
    for name, value in changes.items():
        if name in names:
            setattr(person, names[name], value)


def _add_row(person: Person, field_id: str, value: Any) -> None:
    if field_id == "personal_email":
        person.personal_email = value
    elif field_id == "employment_group":
        person.employment = value.get("employment_status")


def _choice_labels(log: EventLog) -> dict[str, str]:
    return {
        choice.id: choice.label
        for event in log.events
        if isinstance(event, ev.FieldAdded)
        for choice in event.field.choices
    }


def _next(month: date) -> date:
    return (month.replace(day=28) + 4 * DAY).replace(day=1)


def _back(month: date, count: int) -> date:
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next(month)
