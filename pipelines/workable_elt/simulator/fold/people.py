"""Folding events of employees and time off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r

if TYPE_CHECKING:
    from workable_elt.simulator.state import Company

_NONE = Decimal("0.00")


def _hr(handler: Callable[[Company, Any], None]) -> Callable[[Company, Any], None]:
    """Mark that the HR side has changed."""

    def handle(company: Company, event: Any) -> None:
        handler(company, event)
        company.hr_version += 1

    return handle


def _schedule_added(company: Company, event: ev.WorkScheduleAdded) -> None:
    company.work_schedules[event.schedule.id] = event.schedule


def _field_added(company: Company, event: ev.FieldAdded) -> None:
    company.fields[event.field.id] = event.field


def _category_added(company: Company, event: ev.TimeoffCategoryAdded) -> None:
    company.timeoff_categories[event.category.id] = event.category


def _created(company: Company, event: ev.EmployeeCreated) -> None:
    snapshot = event.employee
    company.employees[snapshot.id] = replace(
        snapshot,
        singles=dict(snapshot.singles),
        custom=dict(snapshot.custom),
        rows={key: list(rows) for key, rows in snapshot.rows.items()},
        past_rows={key: list(rows) for key, rows in snapshot.past_rows.items()},
    )


def _published(company: Company, event: ev.EmployeePublished) -> None:
    _touch(company, event.employee_id, event.at).state = "published"


def _changed(company: Company, event: ev.EmployeeChanged) -> None:
    employee = _touch(company, event.employee_id, event.at)
    for name, value in event.changes.items():
        holder, _, key = name.partition(".")
        if key:
            getattr(employee, holder)[key] = value
        else:
            setattr(employee, name, value)


def _row_added(company: Company, event: ev.RowAdded) -> None:
    """The old primary row becomes history; rows beside it stay."""
    employee = _touch(company, event.employee_id, event.at)
    rows = employee.rows.setdefault(event.field_id, [])
    if rows and company.fields[event.field_id].keeps_history:
        past = replace(rows[0], is_primary=False, replaced_at=event.at)
        employee.past_rows.setdefault(event.field_id, []).append(past)
    rows[:1] = [event.row]


def _left(company: Company, event: ev.EmployeeLeft) -> None:
    employee = _touch(company, event.employee_id, event.at)
    employee.state = "inactive"
    employee.left_on = event.left_on
    employee.leave_reason = event.reason
    company.timeoff_balances.pop(employee.id, None)


def _touch(company: Company, employee_id: str, at: int) -> r.Employee:
    employee = company.employees[employee_id]
    employee.updated_at = at
    employee.version += 1
    return employee


def _cycle_started(company: Company, event: ev.CycleStarted) -> None:
    company.cycles[event.employee_id, event.category_id] = event
    settle_balance(company, event.employee_id, event.category_id)


def settle_balance(company: Company, employee_id: str, category_id: str) -> None:
    """Work out a balance anew: entitled + carried over - approved in the cycle's year."""
    cycle = company.cycles.get((employee_id, category_id))
    employee = company.employees.get(employee_id)
    if cycle is None or employee is None or employee.state == "inactive":
        return
    used = company.approved_units.get((employee_id, category_id, cycle.year), _NONE)
    company.timeoff_balances.setdefault(employee_id, {})[category_id] = r.TimeoffBalance(
        employee_id=employee_id,
        category_id=category_id,
        unit=cycle.unit,
        available=cycle.entitled + cycle.carried_over - used,
        carried_over=cycle.carried_over,
        used=used,
        is_unlimited=cycle.is_unlimited,
    )


def _requested(company: Company, event: ev.TimeoffRequested) -> None:
    company.timeoff_requests[event.request.id] = replace(event.request)


def _decided(company: Company, event: ev.TimeoffDecided) -> None:
    request = company.timeoff_requests[event.request_id]
    if event.state == "approved":
        key = (request.employee_id, request.category_id, request.from_at.year)
        company.approved_units[key] = company.approved_units.get(key, _NONE) + request.total
    elif request.state == "approved":
        take_back(company, request)
    request.state = event.state
    request.updated_by = event.by
    request.updated_at = event.at
    request.pending_approvals = ()
    request.version += 1
    settle_balance(company, request.employee_id, request.category_id)


def take_back(company: Company, request: r.TimeoffRequest) -> None:
    """Uncount what an approved request has taken."""
    key = (request.employee_id, request.category_id, request.from_at.year)
    company.approved_units[key] -= request.total


def _document_added(company: Company, event: ev.DocumentAdded) -> None:
    company.documents.setdefault(event.document.employee_id, []).append(event.document)


def _time_entry_added(company: Company, event: ev.TimeEntryAdded) -> None:
    company.time_entries[event.entry.uuid] = event.entry


PEOPLE_HANDLERS: dict[type, Any] = {
    ev.WorkScheduleAdded: _hr(_schedule_added),
    ev.FieldAdded: _hr(_field_added),
    ev.TimeoffCategoryAdded: _hr(_category_added),
    ev.EmployeeCreated: _hr(_created),
    ev.EmployeePublished: _hr(_published),
    ev.EmployeeChanged: _hr(_changed),
    ev.RowAdded: _hr(_row_added),
    ev.EmployeeLeft: _hr(_left),
    ev.CycleStarted: _hr(_cycle_started),
    ev.TimeoffRequested: _hr(_requested),
    ev.TimeoffDecided: _hr(_decided),
    ev.DocumentAdded: _hr(_document_added),
    ev.TimeEntryAdded: _hr(_time_entry_added),
}
