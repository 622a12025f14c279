"""The simulated account at one moment: records by id, and the indexes a server needs.

Contract:

- A ``Company`` comes from an event log alone: ``Company.from_log(log)``; ``company.apply(event)``
  moves it on by one event. Nobody else writes to it.
- Lists are kept in the order in which the API sends them. Candidates, jobs, events and activities:
  by ``number`` (ids grow with insertion). Employees: by (last name, first name). Requests: by start.
- ``version`` grows with each event, so a filtered or sorted view may be cached under it;
  ``shared_version`` grows when something changes that *other* records' JSON shows (a job title, a
  department or member name); ``hr_version`` with any change on the HR side.
- Records that the API may hide (deleted, talent pool, leavers, cancelled) are in here: ask
  ``simulator.visible`` for what a caller sees under given quirks.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.fold import HANDLERS

if TYPE_CHECKING:
    from workable_elt.simulator.log import EventLog


@dataclass(slots=True)
class Company:
    """Everything the account holds now. See the module's docstring for the contract."""

    account: r.Account
    now: int
    """The instant of the latest event, or of the plan's ``now``; epoch milliseconds."""
    version: int = 0
    shared_version: int = 0
    hr_version: int = 0

    members: dict[str, r.Member] = field(default_factory=dict)
    recruiters: dict[str, r.ExternalRecruiter] = field(default_factory=dict)
    departments: dict[str, r.Department] = field(default_factory=dict)
    legal_entities: dict[str, r.LegalEntity] = field(default_factory=dict)
    work_schedules: dict[str, r.WorkSchedule] = field(default_factory=dict)
    permission_sets: dict[str, r.PermissionSet] = field(default_factory=dict)
    reasons: dict[str, r.DisqualificationReason] = field(default_factory=dict)
    pipelines: dict[str, list[r.Stage]] = field(default_factory=dict)
    stages: dict[int, r.Stage] = field(default_factory=dict)
    custom_attributes: dict[str, r.CustomAttribute] = field(default_factory=dict)
    questions: dict[str, r.Question] = field(default_factory=dict)
    """Questions of all jobs by id."""
    jobs: dict[str, r.Job] = field(default_factory=dict)
    """By shortcode, in the order of ``number``."""
    past_jobs: dict[str, r.Job] = field(default_factory=dict)
    """Deleted jobs, which candidates may still name and which may come back."""
    past_employees: dict[str, r.Employee] = field(default_factory=dict)
    """Deleted profiles, which may come back."""
    past_reasons: dict[str, r.DisqualificationReason] = field(default_factory=dict)
    """Deleted reasons, whose text candidates keep."""
    past_custom_attributes: dict[str, r.CustomAttribute] = field(default_factory=dict)
    """Deleted attributes, of which candidates keep their values."""

    candidates: dict[str, r.Candidate] = field(default_factory=dict)
    """By id, in the order of ``number``; deleted and relocated ones too."""
    candidates_by_job: dict[str, list[r.Candidate]] = field(default_factory=dict)
    candidate_order: list[r.Candidate] = field(default_factory=list)
    activities: dict[int, r.Activity] = field(default_factory=dict)
    activities_by_candidate: dict[str, list[r.Activity]] = field(default_factory=dict)
    activities_by_job: dict[str, list[r.Activity]] = field(default_factory=dict)
    """A job's own activities and those of the candidates who stand in it now, by ``number``."""
    offers: dict[str, r.Offer] = field(default_factory=dict)
    """By candidate id."""
    events: dict[str, r.Event] = field(default_factory=dict)
    events_by_candidate: dict[str, list[r.Event]] = field(default_factory=dict)
    requisitions: dict[str, r.Requisition] = field(default_factory=dict)
    """By code."""

    fields: dict[str, r.EmployeeField] = field(default_factory=dict)
    employees: dict[str, r.Employee] = field(default_factory=dict)
    timeoff_categories: dict[str, r.TimeoffCategory] = field(default_factory=dict)
    timeoff_requests: dict[str, r.TimeoffRequest] = field(default_factory=dict)
    timeoff_balances: dict[str, dict[str, r.TimeoffBalance]] = field(default_factory=dict)
    """Employee id -> category id -> balance."""
    cycles: dict[tuple[str, str], ev.CycleStarted] = field(default_factory=dict)
    """The running time-off cycle by (employee id, category id)."""
    approved_units: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)
    """Approved time off by (employee id, category id, year of the first day)."""
    documents: dict[str, list[r.EmployeeDocument]] = field(default_factory=dict)
    """By employee id, oldest first."""
    time_entries: dict[str, r.TimeEntry] = field(default_factory=dict)

    _sorted_employees: tuple[int, list[r.Employee]] = (-1, [])
    _sorted_requests: tuple[int, list[r.TimeoffRequest]] = (-1, [])
    _reports: tuple[int, dict[str, list[r.Employee]]] = (-1, {})

    @classmethod
    def from_log(cls, log: EventLog) -> Company:
        """Fold a whole log into the state after its last event."""
        company = cls(account=log.account, now=log.began_at)
        # Nothing in here is garbage; collecting would cost half of the time of a large company.
        was_collecting = gc.isenabled()
        gc.disable()
        try:
            company.apply_all(log.events)
        finally:
            if was_collecting:
                gc.enable()
        company.now = max(company.now, log.now)
        return company

    def apply(self, event: ev.LogEvent) -> None:
        """Move on by one event."""
        self.apply_all((event,))

    def apply_all(self, events: Iterable[ev.LogEvent]) -> None:
        """Move on by several events, in their order."""
        for event in events:
            HANDLERS[event.__class__](self, event)
            self.version += 1
            if event.at > self.now:
                self.now = event.at

    def employees_in_order(self) -> list[r.Employee]:
        """All employees by (last name, first name, number): the order of ``/employees``."""
        if self._sorted_employees[0] != self.hr_version:
            ordered = sorted(
                self.employees.values(), key=lambda e: (e.lastname, e.firstname, e.number)
            )
            self._sorted_employees = (self.hr_version, ordered)
        return self._sorted_employees[1]

    def requests_in_order(self) -> list[r.TimeoffRequest]:
        """All time-off requests by (start, number): the order of ``/timeoff/requests``."""
        if self._sorted_requests[0] != self.hr_version:
            ordered = sorted(self.timeoff_requests.values(), key=lambda q: (q.from_at, q.number))
            self._sorted_requests = (self.hr_version, ordered)
        return self._sorted_requests[1]

    def direct_reports(self, employee_id: str) -> list[r.Employee]:
        """The people whose manager this is, in the order of ``/employees``."""
        if self._reports[0] != self.hr_version:
            reports: dict[str, list[r.Employee]] = {}
            for employee in self.employees_in_order():
                if employee.manager_id is not None:
                    reports.setdefault(employee.manager_id, []).append(employee)
            self._reports = (self.hr_version, reports)
        return self._reports[1].get(employee_id, [])

    def managers_above(self, employee: r.Employee) -> list[r.Employee]:
        """The reporting line, nearest manager first; a cycle is cut where it closes."""
        line: list[r.Employee] = []
        seen = {employee.id}
        manager_id = employee.manager_id
        while manager_id is not None and manager_id not in seen:
            manager = self.employees[manager_id]
            line.append(manager)
            seen.add(manager_id)
            manager_id = manager.manager_id
        return line

    def department_path(self, department_id: str) -> list[r.Department]:
        """A department's ancestors, root first, then itself."""
        path: list[r.Department] = []
        current: str | None = department_id
        while current is not None:
            department = self.departments[current]
            path.append(department)
            current = department.parent_id
        return path[::-1]

    def departments_in_order(self) -> list[r.Department]:
        """Departments by name: the order of ``/departments``."""
        return sorted(self.departments.values(), key=lambda d: (d.name, d.number))

    def legal_entities_in_order(self) -> list[r.LegalEntity]:
        """The legal entity tree depth first, siblings by name."""
        children: dict[str | None, list[r.LegalEntity]] = {}
        for entity in sorted(self.legal_entities.values(), key=lambda e: (e.name, e.id)):
            children.setdefault(entity.parent_id, []).append(entity)
        ordered: list[r.LegalEntity] = []
        stack = children.get(None, [])[::-1]
        while stack:
            entity = stack.pop()
            ordered.append(entity)
            stack.extend(children.get(entity.id, [])[::-1])
        return ordered

    def legal_entity_path(self, entity_id: str) -> list[r.LegalEntity]:
        """Entity, location and site down to this one."""
        path: list[r.LegalEntity] = []
        current: str | None = entity_id
        while current is not None:
            entity = self.legal_entities[current]
            path.append(entity)
            current = entity.parent_id
        return path[::-1]

    def time_entries_in_order(self) -> list[r.TimeEntry]:
        """Time entries by (employee number, clock-in), of people whose profile is there."""
        return sorted(
            (t for t in self.time_entries.values() if t.employee_id in self.employees),
            key=lambda t: (self.employees[t.employee_id].number, t.clock_in, t.uuid),
        )

    def job_named(self, shortcode: str) -> r.Job:
        """A job that another record names, deleted or not."""
        return self.jobs.get(shortcode) or self.past_jobs[shortcode]

    def reason_text(self, reason_id: str) -> str:
        """The text of a disqualification reason, deleted or not."""
        return (self.reasons.get(reason_id) or self.past_reasons[reason_id]).description

    def attribute_named(self, attribute_id: str) -> r.CustomAttribute:
        """A custom attribute that a candidate has a value of, deleted or not."""
        known = self.custom_attributes.get(attribute_id)
        return known or self.past_custom_attributes[attribute_id]

    def stages_of(self, job: r.Job) -> list[r.Stage]:
        """The stages of a job's pipeline, by position."""
        return self.pipelines[job.pipeline]
