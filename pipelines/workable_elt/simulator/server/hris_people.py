"""Reads of employees and their documents (hris.md, 1, 2, 3, 6, 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workable_elt.simulator import visible
from workable_elt.simulator.records import Employee

from .call import Call
from .encode import employee_rows, plain
from .errors import forbidden, invalid, not_found
from .paging import offset_page
from .routing import Reply, Routes, reply_json
from .viewpoint import Viewpoint, viewpoint

DOCUMENT_TYPES = (
    "simple_employee_document",
    "signature_request_employee_document",
    "timeoff_attachment",
    "i_9_form_document",
)
_FIELD_OF_COLUMN = {
    "email": "personal_email",
    "phone": "phone_group",
    "employee_number": "employee_number",
    "preferred_name": "preferred_name",
    "birthdate": "birthdate",
}
"""Columns of the list that show a profile field which may not be public."""


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    routes.add("GET", "/employees", list_employees, "r_employees")
    routes.add("GET", "/employees/:id", show_employee, "r_employees")
    routes.add("GET", "/employees/:id/documents", list_documents, "r_employees")
    routes.add("GET", "/employee_fields", list_fields, "r_account")
    routes.add("GET", "/work_schedules", list_schedules, "r_account")


def find_employee(call: Call, employee_id: str, seen_by: Viewpoint) -> Employee:
    """Find an employee who is there for the caller.

    Raises:
        ApiError: 404, there is none; 404 or 403, a narrowed sight hides this one.
    """
    employee = call.company.employees.get(employee_id)
    if employee is None or not visible.employee_exists(employee, call.quirks):
        raise not_found()
    if not visible.employee_exists(employee, call.quirks, sees_all=seen_by.sees_all):
        raise call.hidden() if call.token.published_only else not_found()
    return employee


def list_employees(call: Call) -> Reply:
    """``GET /employees``: by last and first name, paged by offset."""
    seen_by = viewpoint(call)
    kind = "employees" if seen_by.sees_all else "public employees"
    people = call.view(
        kind, lambda: visible.employees(call.company, call.quirks, sees_all=seen_by.sees_all)
    )
    if (query := call.params.one("query")) is not None:
        people = [person for person in people if _matches(person, query.casefold())]
    if (order := call.params.one("order_by")) is not None:
        people = sorted(people, key=_order(call, order))
    encode = employee_rows(call, kind, _row(call, seen_by))
    return offset_page(call, "employees", people, encode, total_key=call.quirks.total_key)


def _matches(person: Employee, query: str) -> bool:
    texts = (person.firstname, person.lastname, person.work_email, person.personal_email)
    return any(query in text.casefold() for text in texts if text)


def _order(call: Call, order: str) -> Callable[[Employee], tuple[bool, str]]:
    """Give the sort key of ``order_by``; who has none comes last (not documented)."""
    if order == "department":
        names = {key: each.name for key, each in call.company.departments.items()}
        return lambda person: _last_without(names.get(person.department_id or ""))
    if order == "division":
        return lambda person: _last_without(person.division_id)
    raise invalid("order_by must be division or department")


def _last_without(name: str | None) -> tuple[bool, str]:
    return name is None, name or ""


def _row(call: Call, seen_by: Viewpoint) -> Callable[[Employee], Mapping[str, Any]]:
    render = call.hris.employee_row
    if seen_by.sees_all:
        return render
    fields = call.company.fields
    hidden = {
        column: None
        for column, field_id in _FIELD_OF_COLUMN.items()
        if field_id in fields and fields[field_id].viewable_by != "all"
    }
    return lambda employee: {**render(employee), **hidden}


def show_employee(call: Call) -> Reply:
    """``GET /employees/:id``: the bare object in the detail's own vocabulary."""
    seen_by = viewpoint(call)
    employee = find_employee(call, call.parts[0], seen_by)
    return reply_json(call.hris.employee_detail(employee, sees_all=seen_by.sees_all))


def list_documents(call: Call) -> Reply:
    """``GET /employees/:id/documents``: of one type, oldest first; for an HR admin's eyes only."""
    seen_by = viewpoint(call)
    employee = find_employee(call, call.parts[0], seen_by)
    if not seen_by.sees_all:
        raise forbidden()
    kind = call.params.one("type") or DOCUMENT_TYPES[0]
    if kind not in DOCUMENT_TYPES:
        raise invalid("type is unknown")
    documents = [each for each in call.company.documents.get(employee.id, []) if each.type == kind]
    encode = plain(call.hris.document)
    return offset_page(call, "employee_documents", documents, encode, any_limit=True)


def list_fields(call: Call) -> Reply:
    """``GET /employee_fields``: a bare array of field definitions."""
    return reply_json(call.hris.employee_fields())


def list_schedules(call: Call) -> Reply:
    """``GET /work_schedules``: a bare array."""
    schedules = call.company.work_schedules.values()
    return reply_json([call.hris.work_schedule(each) for each in schedules])
