"""What an all-seeing admin would read from the API at this moment, table by table.

For comparing a loaded warehouse with the source without a request. The rows have the API's shape;
rows that the API nests under a parent carry the parent's key beside their own (``shortcode``,
``candidate_id``, ``employee_id``), and items of an application form say which kind they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render import AtsRenderer, HrisRenderer
from workable_elt.simulator.state import Company

Json = dict[str, Any]
Tables = dict[str, list[Json]]


def truth(company: Company, quirks: Quirks | None = None) -> Tables:
    """Everything that the API would show.

    Args:
        company: The account.
        quirks: The switches that the server has; the defaults if not given.

    Returns:
        Raw table name -> rows in the API's shape and order. Requests in all states, members active
        or not and cancelled events are in; offers are in only where there is one.
    """
    chosen = quirks or Quirks()
    return {
        **_CandidateTables(company, chosen).tables(),
        **_job_tables(company, chosen),
        **_account_tables(company, chosen),
        **_people_tables(company, chosen),
        **_timeoff_tables(company, chosen),
    }


class _CandidateTables:
    """Candidates and what hangs on them."""

    def __init__(self, company: Company, quirks: Quirks) -> None:
        self._company = company
        self._quirks = quirks
        self._render = AtsRenderer(company, quirks)
        self._listed = [
            candidate
            for candidate in company.candidate_order
            if visible.candidate_is_listed(candidate, quirks)
        ]

    def tables(self) -> Tables:
        render = self._render
        return {
            "candidates": [render.candidate_row(candidate) for candidate in self._listed],
            "candidate_details": [render.candidate_detail(c) for c in self._listed],
            "candidate_activities": list(self._activities()),
            "job_activities": list(self._job_activities()),
            "offers": [
                {"candidate_id": candidate.id, **render.offer(candidate)}
                for candidate in self._listed
                if candidate.id in self._company.offers
            ],
            "candidate_files": [
                {"candidate_id": candidate.id, **file}
                for candidate in self._listed
                for file in render.files(candidate)
            ],
            "events": [
                render.event(event)
                for event in sorted(self._company.events.values(), key=lambda e: e.number)
                if visible.event_is_shown(self._company, event, self._quirks)
            ],
        }

    def _activities(self) -> Iterable[Json]:
        for candidate in self._listed:
            for activity in self._company.activities_by_candidate[candidate.id]:
                yield {"candidate_id": candidate.id, **self._render.candidate_activity(activity)}

    def _job_activities(self) -> Iterable[Json]:
        for shortcode in self._company.jobs:
            for activity in self._company.activities_by_job[shortcode]:
                if visible.activity_is_shown(self._company, activity, self._quirks):
                    yield {"shortcode": shortcode, **self._render.job_activity(activity)}


def _job_tables(company: Company, quirks: Quirks) -> Tables:
    render = AtsRenderer(company, quirks)
    jobs = company.jobs.values()
    return {
        "jobs": [render.job_row(job) for job in jobs],
        "job_details": [render.job_detail(job) for job in jobs],
        "job_stages": [
            {"shortcode": job.shortcode, **render.stage(stage, job)}
            for job in jobs
            for stage in company.stages_of(job)
        ],
        "job_application_forms": [row for job in jobs for row in _form_rows(render, job)],
        "job_members": [
            {"shortcode": job.shortcode, **render.job_member(job_member)}
            for job in jobs
            for job_member in job.hiring_team
        ],
        "requisitions": [
            render.requisition(requisition)
            for requisition in sorted(company.requisitions.values(), key=lambda q: q.number)
        ],
    }


def _form_rows(render: AtsRenderer, job: r.Job) -> Iterable[Json]:
    form = render.application_form(job)
    for kind, key in (("form_field", "form_fields"), ("question", "questions")):
        for row in form[key]:
            yield {"shortcode": job.shortcode, "item_kind": kind, **row}


def _account_tables(company: Company, quirks: Quirks) -> Tables:
    render = AtsRenderer(company, quirks)
    return {
        "stages": [render.stage(stage) for stage in company.pipelines["default"]],
        "members": [
            render.member(member)
            for member in sorted(company.members.values(), key=lambda m: m.number)
        ],
        "recruiters": [render.recruiter(item) for item in company.recruiters.values()],
        "custom_attributes": [
            render.custom_attribute(attribute) for attribute in company.custom_attributes.values()
        ],
        "disqualification_reasons": [
            render.disqualification_reason(reason)
            for reason in sorted(company.reasons.values(), key=lambda item: item.position)
        ],
        "departments": [render.department(d) for d in company.departments_in_order()],
        "legal_entities": [render.legal_entity(e) for e in company.legal_entities_in_order()],
        "permission_sets": [
            render.permission_set(item) for item in company.permission_sets.values()
        ],
    }


def _people_tables(company: Company, quirks: Quirks) -> Tables:
    render = HrisRenderer(company, quirks)
    listed = visible.employees(company, quirks)
    return {
        "employees": [render.employee_row(employee) for employee in listed],
        "employee_details": [render.employee_detail(employee) for employee in listed],
        "employee_fields": render.employee_fields(),
        "work_schedules": [render.work_schedule(item) for item in company.work_schedules.values()],
        "employee_documents": [
            {"employee_id": employee.id, **render.document(document)}
            for employee in listed
            for document in company.documents.get(employee.id, ())
        ],
        "time_entries": [render.time_entry(entry) for entry in company.time_entries_in_order()],
    }


def _timeoff_tables(company: Company, quirks: Quirks) -> Tables:
    render = HrisRenderer(company, quirks)
    return {
        "timeoff_categories": [
            render.timeoff_category(item) for item in company.timeoff_categories.values()
        ],
        "timeoff_balances": [
            {"employee_id": employee.id, **render.timeoff_balance(balance)}
            for employee in visible.employees(company, quirks)
            for balance in company.timeoff_balances.get(employee.id, {}).values()
        ],
        "timeoff_requests": [
            render.timeoff_request(request) for request in visible.timeoff_requests(company, quirks)
        ],
    }
