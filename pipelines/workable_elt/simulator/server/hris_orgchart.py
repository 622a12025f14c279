"""The organisation chart (hris.md, 7): people without a manager, and one level below them."""

from __future__ import annotations

import uuid
from typing import Any

from workable_elt.simulator.records import Employee
from workable_elt.simulator.render.form import iso_day

from .call import Call
from .hris_people import find_employee
from .routing import Reply, Routes, reply_json
from .viewpoint import viewpoint

NO_ENTITY = "-1"


def add_routes(routes: Routes) -> None:
    """Serve the endpoint of this module."""
    routes.add("GET", "/employees/orgchart", show_orgchart, "r_employees")


def show_orgchart(call: Call) -> Reply:
    """``GET /employees/orgchart``: a bare array of nodes by name; deeper levels one call each."""
    seen_by = viewpoint(call)
    if (employee_id := call.params.one("employee_id")) is not None:
        top = find_employee(call, employee_id, seen_by)
        shown = _published(call.company.direct_reports(top.id))
        if call.params.flag("include_manager"):
            shown += _published([top, *call.company.managers_above(top)[:1]])
    else:
        roots = [
            each for each in _published(call.company.employees_in_order()) if not _boss(call, each)
        ]
        shown = [*roots]
        for root in roots:
            shown += _published(call.company.direct_reports(root.id))
    shown = [each for each in shown if _selected(call, each)]
    nodes = [_node(call, each) for each in shown]
    return reply_json(sorted(nodes, key=lambda node: str(node["content"]["name"])))


def _published(people: list[Employee]) -> list[Employee]:
    return [person for person in people if person.state == "published"]


def _boss(call: Call, person: Employee) -> Employee | None:
    """Give the manager, where there is a published one."""
    manager = call.company.employees.get(person.manager_id or "")
    return manager if manager is not None and manager.state == "published" else None


def _selected(call: Call, person: Employee) -> bool:
    entities = call.params.many("legal_entity_ids")
    departments = call.params.many("department_ids")
    if entities is not None and (person.legal_entity_id or NO_ENTITY) not in entities:
        return False
    return departments is None or person.department_id in departments


def _node(call: Call, person: Employee) -> dict[str, Any]:
    company, manager = call.company, _boss(call, person)
    department = company.departments.get(person.department_id or "")
    entity = company.legal_entities.get(person.legal_entity_id or "")
    initials = f"{person.firstname[:1]}{person.lastname[:1]}"
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, person.id)),
        "type": "employee",
        "content": {
            "id": person.id,
            "name": _name(person),
            "initials": initials,
            "avatar": None,
            "title": person.job_title,
            "state": person.state,
            "department": department.name if department else None,
            "entity": entity.name if entity else None,
            "email": person.work_email,
            "employee_number": person.employee_number,
            "hire_date": iso_day(person.hire_date) if person.hire_date else None,
            "manager": _name(manager) if manager else None,
            "minimal_employee": {
                "id": person.number,
                "name": f"{person.firstname} {person.lastname}",
                "firstname": person.firstname,
                "lastname": person.lastname,
                "preferred_name": person.preferred_name,
                "informal_name": person.preferred_name or person.firstname,
                "legal_name": f"{person.firstname} {person.lastname}",
                "job_title": person.job_title,
                "initials": initials,
                "email": person.work_email,
                "avatar": None,
                "state": person.state,
                "is_on_leave": None,
                "department": {"id": department.number, "name": department.name}
                if department
                else None,
                "legal_entity": {
                    "id": entity.id,
                    "name": " | ".join(e.name for e in company.legal_entity_path(entity.id)),
                }
                if entity
                else None,
                "sample": person.is_sample,
                "can_link_to_profile": True,
            },
        },
        "parent_id": manager.id if manager else None,
        "direct_reports_count": len(_published(company.direct_reports(person.id))),
    }


def _name(person: Employee) -> str:
    return f"{person.lastname}, {person.firstname}"
