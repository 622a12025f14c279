"""Changes of employees and of their time off."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.changes.recorder import Makers, Recorder
from workable_elt.simulator.fields import TERMINATION_REASON
from workable_elt.simulator.making.clock import DAY, HOUR, add_working_days, day_of, local
from workable_elt.simulator.making.people import Humans
from workable_elt.simulator.making.script import spi_key


class PeopleChanges:
    """Makes changes on the HR side."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "employee_created": self.create,
            "employee_published": self.publish,
            "employee_moved": self.move,
            "employee_renamed": self.rename,
            "employee_phone_changed": self.change_phone,
            "employee_paid_more": self.pay_more,
            "employee_left": self.leave,
            "timeoff_requested": self.request,
            "timeoff_decided": self.decide,
            "timeoff_cancelled": self.cancel,
            "document_added": self.add_document,
            "time_entry_added": self.add_time_entry,
        }

    def _employee(self) -> r.Employee | None:
        """Somebody who works here now."""
        return self._r.try_pick(
            list(self._company.employees.values()),
            lambda e: e.state == "published" and not e.is_sample,
        )

    def create(self) -> str | None:
        """A starter to come gets a profile."""
        manager = self._employee()
        if manager is None:
            return None
        rng, log = self._r.rng, self._r.log
        humans = Humans(rng)
        humans.count = log.counters["human"]
        human = humans.new()
        log.counters["human"] = humans.count
        number = self._r.number("employee")
        employee = r.Employee(
            number=number,
            id=spi_key(number),
            person=human.number,
            firstname=human.firstname,
            lastname=human.lastname,
            employee_number=f"{self._r.number('employee_number')}",
            state="draft",
            job_title="Trainee",
            start_date=day_of(self._r.at + rng.randint(1, 30) * DAY),
            created_at=self._r.at,
            updated_at=self._r.at,
            work_email=f"{human.latin}{human.number}@northlight.example",
            manager_id=manager.id,
            department_id=manager.department_id,
            legal_entity_id=manager.legal_entity_id,
            work_schedule_id=manager.work_schedule_id,
            rows={"personal_email": [r.Row(self._r.number("row"), human.email)]},
        )
        self._r.record(ev.EmployeeCreated(self._r.at, None, employee))
        return employee.id

    def publish(self) -> str | None:
        """A draft becomes an active profile."""
        drafts = [e for e in self._company.employees.values() if e.state == "draft"]
        employee = self._r.pick(drafts)
        if employee is None:
            return None
        self._r.record(ev.EmployeePublished(self._r.at, None, employee.id))
        return employee.id

    def move(self) -> str | None:
        """Somebody who leads nobody gets another department, manager and title."""
        employee, colleague = self._employee(), self._employee()
        if employee is None or colleague is None or colleague.manager_id in (None, employee.id):
            return None
        if self._company.direct_reports(employee.id):
            return None
        changes = {
            "department_id": colleague.department_id,
            "manager_id": colleague.manager_id,
            "job_title": colleague.job_title,
        }
        self._r.record(ev.EmployeeChanged(self._r.at, None, employee.id, changes))
        return employee.id

    def rename(self) -> str | None:
        """A last name changes, which moves the person within the list's order."""
        employee = self._employee()
        if employee is None:
            return None
        changes = {"lastname": f"Aa-{employee.lastname.strip()}"}
        self._r.record(ev.EmployeeChanged(self._r.at, None, employee.id, changes))
        return employee.id

    def change_phone(self) -> str | None:
        """The primary phone number is replaced."""
        employee = self._employee()
        if employee is None:
            return None
        value = {
            "phone_type": "phone_type_mobile",
            "phone": f"+3531{self._r.rng.randrange(10**6):06d}",
        }
        row = r.Row(self._r.number("row"), value)
        self._r.record(ev.RowAdded(self._r.at, None, employee.id, "phone_group", row))
        return employee.id

    def pay_more(self) -> str | None:
        """The pay changes, which only the detail shows."""
        employee = self._employee()
        if employee is None:
            return None
        value = {
            "salary_effective_date": day_of(self._r.at),
            "salary_pay_rate": r.Money(50_000.0 + self._r.rng.randrange(30_000), "EUR", "year"),
        }
        row = r.Row(self._r.number("row"), value)
        self._r.record(ev.RowAdded(self._r.at, None, employee.id, "salary_group", row))
        return employee.id

    def leave(self) -> str | None:
        """Somebody who leads nobody leaves today."""
        employee = self._employee()
        if employee is None or self._company.direct_reports(employee.id):
            return None
        reasons = next(f for f in self._company.fields.values() if f.label == TERMINATION_REASON)
        reason = self._r.rng.choice(reasons.choices).id
        day = day_of(self._r.at)
        self._r.record(ev.EmployeeLeft(self._r.at, None, employee.id, day, reason))
        return employee.id

    def request(self) -> str | None:
        """Somebody with a balance asks for some days to come."""
        employee = self._employee()
        balances = (
            list(self._company.timeoff_balances.get(employee.id, {}).values()) if employee else []
        )
        balance = self._r.pick([b for b in balances if b.unit != "hours"])
        if employee is None or balance is None:
            return None
        first = add_working_days(day_of(self._r.at), self._r.rng.randint(3, 40))
        number, rng = self._r.number("request"), self._r.rng
        approver = str(UUID(int=rng.getrandbits(128), version=4))
        request = r.TimeoffRequest(
            number=number,
            id=spi_key(number),
            employee_id=employee.id,
            category_id=balance.category_id,
            from_at=local(first),
            to_at=local(first),
            unit=balance.unit,
            total=Decimal(1),
            state="pending",
            created_at=self._r.at,
            updated_at=self._r.at,
            updated_by=f"{employee.firstname} {employee.lastname}",
            pending_approvals=((spi_key(self._r.number("approval")), approver),),
        )
        self._r.record(ev.TimeoffRequested(self._r.at, None, request))
        return request.id

    def decide(self) -> str | None:
        """A pending request is approved or rejected."""
        state = self._r.rng.choice(("approved", "approved", "rejected"))
        return self._settle("pending", state)

    def cancel(self) -> str | None:
        """An approved request of the time to come is cancelled."""
        return self._settle("approved", "canceled")

    def _settle(self, before: str, after: str) -> str | None:
        today = local(day_of(self._r.at))
        fitting = [
            request
            for request in self._company.timeoff_requests.values()
            if request.state == before
            and request.from_at >= today - timedelta(days=30)
            and request.employee_id in self._company.employees
        ]
        request = self._r.pick(fitting)
        if request is None:
            return None
        self._r.record(ev.TimeoffDecided(self._r.at, None, request.id, after, "Ines Abadi"))
        return request.id

    def add_document(self) -> str | None:
        """A document is added to a profile."""
        employee = self._employee()
        if employee is None:
            return None
        number = self._r.number("document")
        document = r.EmployeeDocument(
            number=number,
            id=spi_key(number),
            employee_id=employee.id,
            filename="Σύμβαση",
            type="simple_employee_document",
            size=self._r.rng.randrange(1_000, 90_000),
            created_at=self._r.at,
            updated_at=self._r.at,
            created_by="Workable HR",
        )
        self._r.record(ev.DocumentAdded(self._r.at, None, document))
        return document.id

    def add_time_entry(self) -> str | None:
        """Somebody records the last hours."""
        employee = self._employee()
        if employee is None:
            return None
        entry = r.TimeEntry(
            uuid=str(UUID(int=self._r.rng.getrandbits(128), version=4)),
            employee_id=employee.id,
            type="time-entry",
            clock_in=self._r.at - 4 * HOUR,
            clock_out=self._r.at,
            timezone="Europe/Athens",
        )
        self._r.record(ev.TimeEntryAdded(self._r.at, None, entry))
        return entry.uuid
