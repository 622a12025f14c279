"""The working life of employees, day by day: hires, managers, transfers, raises, leaves."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import DAY, HOUR, day_of, instant
from workable_elt.simulator.making.plan import Plant
from workable_elt.simulator.making.profiles import Profiles
from workable_elt.simulator.making.script import Script, spi_key
from workable_elt.simulator.making.spells import Spell

_ENTITY_BY_COUNTRY = {
    "GB": ("London", "Shoreditch Works"),
    "IE": ("Dublin",),
    "GR": ("Αθήνα", "Marousi Campus", "Northlight Hellas A.E."),
    "US": ("Boston", "Austin", "Remote US"),
    "JP": ("東京",),
}
_MAIL_HOST = "northlight.example"


class Workforce:
    """Plays the spells through, in the order of time, and writes the events."""

    def __init__(self, script: Script, catalog: Catalog, plant: Plant, spells: list[Spell]) -> None:
        self._script = script
        self._rng = script.rng
        self._catalog = catalog
        self._profiles = Profiles(script, catalog, plant)
        self._spells = spells
        self._head = spells[0]
        self._agenda: list[tuple[int, int, Callable[[int, Spell], None], Spell]] = []
        self._turns = 0
        self._present: dict[str, list[Spell]] = {name: [] for name in catalog.departments}
        self._leads: dict[str, Spell] = {}
        self._manager: dict[Spell, Spell | None] = {}
        self._salary: dict[Spell, float] = {}
        self._addresses: set[str] = set()
        self.ever_led: list[Spell] = [self._head]
        """Everybody who has led a department, and the head of the company."""
        self._parents = {d.id: d.parent_id for d in catalog.departments.values()}
        self._names = {d.id: name for name, d in catalog.departments.items()}

    def play(self) -> None:
        """Write all events of all employees up to now."""
        for spell in self._spells:
            self._put(self._created_at(spell), self._create, spell)
        while self._agenda:
            at, _, act, spell = heapq.heappop(self._agenda)
            if at <= self._script.log.now:
                act(at, spell)

    def _put(self, at: int, act: Callable[[int, Spell], None], spell: Spell) -> None:
        self._turns += 1
        heapq.heappush(self._agenda, (at, self._turns, act, spell))

    def _created_at(self, spell: Spell) -> int:
        """When the profile is made: weeks ahead, but after the hire, at the beginning for staff."""
        began = self._script.log.began_at
        ahead = instant(spell.start - timedelta(days=self._rng.randint(3, 21)), 9)
        if ahead < began:
            return began
        if spell.hired_at is not None:
            ahead = max(ahead, min(spell.hired_at + DAY, instant(spell.start, 6)))
        return min(ahead, max(began, self._script.log.now - HOUR))

    # Hires

    def _create(self, at: int, spell: Spell) -> None:
        number = self._script.number("employee")
        spell.number, spell.id = number, spi_key(number)
        is_starter = instant(spell.start, 7) > at
        status = self._profiles.status()
        employee = self._snapshot(at, spell, status, "draft" if is_starter else "published")
        if spell.is_sample:
            self._manager[spell] = None
        else:
            self._join(spell)
        employee.manager_id = self._manager_id(spell)
        employee.is_sample = spell.is_sample
        employee.job_title = spell.title
        self._script.add(ev.EmployeeCreated(at, None, employee))
        if is_starter:
            self._put(instant(spell.start, 7), self._publish, spell)
        if not spell.is_sample:
            self._plan_life(at, spell)

    def _snapshot(self, at: int, spell: Spell, status: str, state: str) -> r.Employee:
        rng, human = self._rng, spell.human
        rows = self._profiles.rows(spell, status)
        self._salary[spell] = float(rng.randrange(28, 120) * 1000)
        half_time = status == "part_time"
        spell.schedule = 1 if half_time else 0 if rng.random() < 0.85 else 2
        spell.created_at = at
        spell.work_email = self._work_email(spell)
        schedule = self._catalog.schedules[spell.schedule]
        return r.Employee(
            number=spell.number,
            id=spell.id,
            person=human.number,
            firstname=human.firstname,
            lastname=human.lastname,
            employee_number=f"{self._script.number('employee_number')}",
            state=state,
            job_title=spell.title,
            start_date=spell.start,
            hire_date=spell.start - timedelta(days=rng.randint(0, 30)),
            created_at=at,
            updated_at=at,
            middle_name="J." if rng.random() < 0.05 else None,
            preferred_name=human.firstname[:3] if rng.random() < 0.08 else None,
            work_email=spell.work_email,
            department_id=self._department_id(spell),
            division_id=rng.choice(self._catalog.divisions).id if rng.random() < 0.7 else None,
            team_id=rng.choice(self._catalog.teams).id if rng.random() < 0.5 else None,
            legal_entity_id=self._entity_id(spell),
            work_schedule_id=schedule.id if rng.random() < 0.95 else None,
            candidate_id=spell.candidate_key if rng.random() < 0.06 else None,
            hired_candidate_id=spell.candidate_key,
            previous_employee_id=spell.previous.id if spell.previous else None,
            holiday_calendar_number=40_210,
            avatar_name=f"{spell.number}.jpg" if rng.random() < 0.4 else None,
            singles=self._profiles.singles(spell),
            rows=rows,
            custom=self._profiles.custom(),
        )

    def _department_id(self, spell: Spell) -> str | None:
        return self._catalog.departments[spell.department].id if spell.department else None

    def _entity_id(self, spell: Spell) -> str | None:
        names = _ENTITY_BY_COUNTRY.get(
            spell.human.place.country_code or "", ("London", "Remote US")
        )
        return self._catalog.entities[self._rng.choice(names)].id

    def _work_email(self, spell: Spell) -> str | None:
        if self._rng.random() < 0.02:
            return None
        latin = spell.human.latin
        address = f"{latin}@{_MAIL_HOST}"
        if address in self._addresses:
            address = f"{latin}{spell.number % 1000}.{spell.human.number}@{_MAIL_HOST}"
        self._addresses.add(address)
        return address

    def _publish(self, at: int, spell: Spell) -> None:
        self._script.add(ev.EmployeePublished(at, None, spell.id))

    # Managers

    def _join(self, spell: Spell) -> None:
        """Take a place in the department: its lead if it has none."""
        department = spell.department
        if department is None:
            self._manager[spell] = None
            return
        self._present[department].append(spell)
        if department not in self._leads:
            self._appoint(department, spell)
        self._manager[spell] = self._manager_for(spell)

    def _appoint(self, department: str, spell: Spell) -> None:
        self._leads[department] = spell
        spell.title = f"Head of {department}"
        if spell not in self.ever_led:
            self.ever_led.append(spell)

    def _manager_for(self, spell: Spell) -> Spell:
        """The lead of the department or of the next one above; the head of the company at last."""
        name: str | None = spell.department
        while name is not None:
            lead = self._leads.get(name)
            if lead is not None and lead is not spell:
                return lead
            parent = self._parents[self._catalog.departments[name].id]
            name = self._names[parent] if parent else None
        return self._head

    def _manager_id(self, spell: Spell) -> str | None:
        manager = self._manager[spell]
        return manager.id if manager else None

    # What happens later

    def _plan_life(self, at: int, spell: Spell) -> None:
        """Put raises, transfers and the leave on the agenda."""
        rng, today = self._rng, day_of(self._script.log.now)
        begins = max(spell.start, day_of(at)) + timedelta(days=30)
        ends = min(today, spell.leave - timedelta(days=5) if spell.leave else today)
        for year in range(begins.year, ends.year + 1):
            review = date(year, 4, 1)
            if begins <= review <= ends:
                self._put(instant(review, 9, spell.number % 60), self._raise_pay, spell)
        changes = (
            (0.10, self._transfer),
            (0.10, self._promote),
            (0.05, self._relocate),
            (0.04, self._change_hours),
            (0.02, self._marry),
            (0.03, self._new_phone),
        )
        years = max(0.0, (ends - begins).days / 365)
        for yearly, act in changes:
            if begins < ends and rng.random() < yearly * years:
                day = begins + timedelta(days=rng.randrange((ends - begins).days + 1))
                self._put(instant(day, 8, rng.randrange(60)), act, spell)
        self._plan_leave(at, spell)

    def _plan_leave(self, at: int, spell: Spell) -> None:
        if spell.leave is None:
            return
        notice = instant(spell.leave - timedelta(days=self._rng.randint(14, 60)), 10)
        known_ahead = spell.leave > day_of(self._script.log.now) or self._rng.random() < 0.7
        if known_ahead:
            earliest = max(at, instant(spell.start, 12))
            latest = min(instant(spell.leave, 12), self._script.log.now - DAY)
            self._put(min(max(notice, earliest), max(latest, earliest)), self._give_notice, spell)
        self._put(instant(spell.leave, 17), self._leave, spell)

    def _reason_id(self, spell: Spell) -> str:
        return self._catalog.custom_fields["Termination reason"].choices[spell.reason].id

    def _change(self, at: int, spell: Spell, **changes: Any) -> None:
        self._script.add(ev.EmployeeChanged(at, None, spell.id, changes))

    def _give_notice(self, at: int, spell: Spell) -> None:
        reason = self._reason_id(spell)
        self._change(at, spell, left_on=spell.leave, leave_reason=reason)

    def _leave(self, at: int, spell: Spell) -> None:
        assert spell.leave is not None
        self._script.add(ev.EmployeeLeft(at, None, spell.id, spell.leave, self._reason_id(spell)))
        department = spell.department or ""
        self._present[department].remove(spell)
        if self._leads.get(department) is spell:
            del self._leads[department]
            self._succeed(at, department)
        for report, manager in self._manager.items():
            if manager is spell and report is not spell and self._is_here(report):
                self._report_to(at, report)

    def _is_here(self, spell: Spell) -> bool:
        return spell.department is None or spell in self._present[spell.department]

    def _succeed(self, at: int, department: str) -> None:
        """The longest-serving colleague takes over."""
        ready = [s for s in self._present[department] if instant(s.start, 7) <= at]
        if ready:
            successor = min(ready, key=lambda s: (s.start, s.number))
            self._appoint(department, successor)
            self._change(at, successor, job_title=successor.title)
            self._report_to(at, successor)
            for colleague in self._present[department]:
                self._report_to(at, colleague)

    def _report_to(self, at: int, spell: Spell) -> None:
        manager = self._manager_for(spell)
        if self._manager[spell] is not manager:
            self._manager[spell] = manager
            self._change(at, spell, manager_id=manager.id)

    def _raise_pay(self, at: int, spell: Spell) -> None:
        if self._rng.random() < 0.8:
            self._salary[spell] = round(self._salary[spell] * (1.02 + self._rng.random() * 0.05), 2)
            country = spell.human.place.country_code or ""
            row = self._profiles.salary(country, self._salary[spell], day_of(at), "adjustment")
            self._script.add(ev.RowAdded(at, None, spell.id, "salary_group", row))

    def _transfer(self, at: int, spell: Spell) -> None:
        """Move to another department with a new title; leads stay."""
        if spell.department is None or self._leads.get(spell.department) is spell:
            return
        others = [name for name in self._present if name != spell.department]
        self._present[spell.department].remove(spell)
        spell.department = self._rng.choice(others)
        spell.title = self._rng.choice(self._catalog.titles[spell.department])
        self._join(spell)
        self._change(
            at,
            spell,
            department_id=self._department_id(spell),
            manager_id=self._manager_id(spell),
            job_title=spell.title,
        )

    def _promote(self, at: int, spell: Spell) -> None:
        if not spell.title.startswith(("Senior", "Head", "CEO")):
            spell.title = f"Senior {spell.title.strip()}"
            self._change(at, spell, job_title=spell.title)

    def _relocate(self, at: int, spell: Spell) -> None:
        entity = self._rng.choice(list(self._catalog.entities.values()))
        self._change(at, spell, legal_entity_id=entity.id)

    def _change_hours(self, at: int, spell: Spell) -> None:
        """Full time to part time, or a week of four days."""
        row = self._profiles.contract("part_time", day_of(at))
        self._script.add(ev.RowAdded(at, None, spell.id, "employment_group", row))
        self._change(at, spell, work_schedule_id=self._catalog.schedules[1].id)

    def _marry(self, at: int, spell: Spell) -> None:
        self._change(at, spell, lastname=f"{spell.human.lastname.strip()}-Żak")

    def _new_phone(self, at: int, spell: Spell) -> None:
        phone = f"+35316{self._rng.randrange(10**6):06d}"
        row = self._profiles.row({"phone_type": "phone_type_mobile", "phone": phone})
        self._script.add(ev.RowAdded(at, None, spell.id, "phone_group", row))
