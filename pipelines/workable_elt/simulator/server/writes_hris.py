"""The common writes of HR and of departments (hris.md, 4, 5, 8, 11); each becomes an event."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making.script import spi_key

from .call import Call
from .errors import conflict, invalid, not_found
from .hris_people import find_employee
from .params import parse_time
from .routing import Reply, Routes, reply_empty, reply_json
from .viewpoint import Viewpoint, viewpoint

_DIRECT = {
    "firstname": "firstname",
    "lastname": "lastname",
    "middle_name": "middle_name",
    "preferred_name": "preferred_name",
    "work_email": "work_email",
    "job_title": "job_title",
    "department": "department_id",
    "legal_entity": "legal_entity_id",
    "work_schedule": "work_schedule_id",
    "reports_to": "manager_id",
    "division": "division_id",
    "team": "team_id",
}
"""Keys of the detail's vocabulary, and the attributes of the record that they set."""
_DATES = ("start_date", "hire_date")
_EVERYBODY = Viewpoint(sees_all=True, member=None)


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    routes.add("POST", "/employees", create_employee, "w_employees")
    routes.add("PATCH", "/employees/:id", update_employee, "w_employees")
    routes.add("POST", "/timeoff/requests", request_timeoff, "w_timeoff")
    routes.add("PATCH", "/timeoff/approvals/:key", decide_timeoff, "w_timeoff")
    routes.add("POST", "/departments", create_department, "w_departments")
    routes.add("PUT", "/departments", change_department, "w_departments")
    routes.add("DELETE", "/departments/:id", delete_department, "w_departments")


def _actor(call: Call) -> str | None:
    member = viewpoint(call).member
    return member.id if member else None


def _moment(value: object) -> datetime:
    try:
        return parse_time(str(value))
    except ValueError:
        raise invalid("a date is not readable") from None


def _facts(call: Call, content: dict[str, Any]) -> dict[str, Any]:
    """Translate the detail's vocabulary into attributes of the record."""
    facts = {attribute: content[key] for key, attribute in _DIRECT.items() if key in content}
    facts.update({key: _moment(content[key]).date() for key in _DATES if content.get(key)})
    known: dict[str, dict[str, Any]] = {
        "department_id": dict(call.company.departments),
        "legal_entity_id": dict(call.company.legal_entities),
        "work_schedule_id": dict(call.company.work_schedules),
        "manager_id": dict(call.company.employees),
    }
    for attribute, records in known.items():
        if facts.get(attribute) is not None and facts[attribute] not in records:
            raise invalid(f"{attribute} is unknown")
    return facts


def create_employee(call: Call) -> Reply:
    """``POST /employees``: plain facts in the detail's vocabulary; the answer in the list's."""
    content, state = call.body.get("employee"), call.body.get("state")
    if not isinstance(content, dict) or state not in {"draft", "published"}:
        raise invalid("employee and state are required")
    facts = _facts(call, content)
    missing = [
        key for key in ("firstname", "lastname", "job_title", "start_date") if not facts.get(key)
    ]
    if missing:
        raise invalid(f"{', '.join(missing)} required")
    log = call.tenant.log
    number = log.next_number("employee")
    person = log.next_number("human")
    employee = r.Employee(
        number=number,
        id=spi_key(number),
        person=person,
        employee_number=str(log.next_number("employee_number")),
        state=str(state),
        created_at=call.now,
        updated_at=call.now,
        **facts,
    )
    call.tenant.record(ev.EmployeeCreated(call.now, _actor(call), employee))
    return _list_row(call, employee.id, 201)


def _list_row(call: Call, employee_id: str, status: int) -> Reply:
    row = call.hris.employee_row(call.company.employees[employee_id])
    row.pop("avatar", None)
    return reply_json({**row, "cache": {"employee_values_map": {}}}, status)


def update_employee(call: Call) -> Reply:
    """``PATCH /employees/:id``: plain facts; an absent key keeps."""
    employee = find_employee(call, call.parts[0], _EVERYBODY)
    content = call.body.get("employee")
    if not isinstance(content, dict):
        raise invalid("employee is required")
    changes = _facts(call, content)
    call.tenant.record(ev.EmployeeChanged(call.now, _actor(call), employee.id, changes))
    return _list_row(call, employee.id, 200)


def request_timeoff(call: Call) -> Reply:
    """``POST /timeoff/requests``: pending, to be decided by its approval's key."""
    member = viewpoint(call).member
    employee = find_employee(call, str(call.body.get("employee_id")), _EVERYBODY)
    category = call.company.timeoff_categories.get(str(call.body.get("category_id")))
    if category is None:
        raise invalid("category_id is unknown")
    start = _moment(call.body.get("from_date")).replace(tzinfo=None)
    end = _moment(call.body.get("to_date")).replace(tzinfo=None)
    if end < start:
        raise invalid("to_date lies before from_date")
    balance = call.company.timeoff_balances.get(employee.id, {}).get(category.id)
    number = call.tenant.log.next_number("request")
    key = spi_key(call.tenant.log.next_number("approval"))
    request = r.TimeoffRequest(
        number=number,
        id=spi_key(number),
        employee_id=employee.id,
        category_id=category.id,
        from_at=start,
        to_at=end,
        unit=balance.unit if balance else "full_days",
        total=Decimal((end.date() - start.date()).days + 1),
        state="pending",
        created_at=call.now,
        updated_at=call.now,
        updated_by=member.name if member else f"{employee.firstname} {employee.lastname}",
        pending_approvals=((key, str(uuid.uuid5(uuid.NAMESPACE_OID, key))),),
    )
    call.tenant.record(ev.TimeoffRequested(call.now, member.id if member else None, request))
    return reply_json(call.hris.timeoff_request(call.company.timeoff_requests[request.id]), 201)


def decide_timeoff(call: Call) -> Reply:
    """``PATCH /timeoff/approvals/:key``: the approval's id, not the request's."""
    state = call.body.get("state")
    if state not in {"approved", "rejected"}:
        raise invalid("state must be approved or rejected")
    member = viewpoint(call).member
    for request in call.company.timeoff_requests.values():
        for key, approver in request.pending_approvals:
            if key == call.parts[0] and call.body.get("approver_id") in {None, approver}:
                by = member.name if member else ""
                actor = member.id if member else None
                call.tenant.record(ev.TimeoffDecided(call.now, actor, request.id, state, by))
                return reply_json(call.hris.timeoff_request(request))
    raise not_found()


def _department_parent(call: Call) -> str | None:
    parent = call.body.get("parent_id")
    if parent is not None and parent not in call.company.departments:
        raise invalid("parent_id is unknown")
    return parent


def _department_name(call: Call) -> str:
    name = call.body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise invalid("name is required")
    return name


def create_department(call: Call) -> Reply:
    """``POST /departments``."""
    number = call.tenant.log.next_number("department")
    made = r.Department(number, spi_key(number), _department_name(call), _department_parent(call))
    call.tenant.record(ev.DepartmentCreated(call.now, call.token.member_id, made))
    return reply_json(call.ats.department(call.company.departments[made.id]))


def change_department(call: Call) -> Reply:
    """``PUT /departments``: the id stands in the body; a null parent makes it a root."""
    department = call.company.departments.get(str(call.body.get("id")))
    if department is None:
        raise not_found()
    name, parent = _department_name(call), _department_parent(call)
    path = call.company.department_path(parent) if parent else []
    if department in path:
        raise invalid("parent_id lies below the department")
    call.tenant.record(
        ev.DepartmentChanged(call.now, call.token.member_id, department.id, name, parent)
    )
    return reply_json(call.ats.department(department))


def delete_department(call: Call) -> Reply:
    """``DELETE /departments/:id``: 409 while anything refers to it; it cannot be forced here."""
    department = call.company.departments.get(call.parts[0])
    if department is None:
        raise not_found()
    if affected := _affected(call, department.id):
        raise conflict(affected_resources=affected)
    call.tenant.record(ev.DepartmentDeleted(call.now, call.token.member_id, department.id))
    return reply_empty(204)


def _affected(call: Call, department_id: str) -> list[str]:
    company = call.company
    users = {
        "departments": any(d.parent_id == department_id for d in company.departments.values()),
        "jobs": any(j.department_id == department_id for j in company.jobs.values()),
        "employees": any(e.department_id == department_id for e in company.employees.values()),
        "requisitions": any(
            q.department_id == department_id for q in company.requisitions.values()
        ),
        "collaboration_rules": any(
            department_id in m.department_ids for m in company.members.values()
        ),
    }
    return [name for name, used in users.items() if used]
