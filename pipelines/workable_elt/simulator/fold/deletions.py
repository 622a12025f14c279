"""Folding events by which records vanish and come back.

A record that is gone leaves the map that lists read; where others still name it, it is kept in the
map of the same name with ``past_``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.fold.account import set_attributes
from workable_elt.simulator.fold.people import settle_balance, take_back

if TYPE_CHECKING:
    from workable_elt.simulator.state import Company

_N = TypeVar("_N", r.Job, r.Employee)


def _put_back(records: dict[str, _N], key: str, record: _N) -> None:
    """Insert a record where its number says; the map's order is that of numbers."""
    later = {k: records.pop(k) for k, other in [*records.items()] if other.number > record.number}
    records[key] = record
    records.update(later)


def _candidate_restored(company: Company, event: ev.CandidateRestored) -> None:
    candidate = company.candidates[event.candidate]
    candidate.deleted_at = None
    candidate.quiet_changes["restore"] = event.at
    candidate.version += 1
    company.shared_version += 1


def _event_deleted(company: Company, event: ev.EventDeleted) -> None:
    gone = company.events.pop(event.event_id)
    rows = company.events_by_candidate[gone.candidate_id]
    company.events_by_candidate[gone.candidate_id] = [row for row in rows if row is not gone]
    candidate = company.candidates[event.candidate]
    candidate.quiet_changes["event"] = event.at
    candidate.version += 1


def _job_deleted(company: Company, event: ev.JobDeleted) -> None:
    company.past_jobs[event.shortcode] = company.jobs.pop(event.shortcode)
    for candidate in company.candidates_by_job[event.shortcode]:
        candidate.is_gone_with_job = True
        candidate.version += 1
    _touch_requisitions(company, event.shortcode, event.at)


def _job_restored(company: Company, event: ev.JobRestored) -> None:
    job = company.past_jobs.pop(event.shortcode)
    job.updated_at = event.at
    job.version += 1
    _put_back(company.jobs, job.shortcode, job)
    for candidate in company.candidates_by_job[event.shortcode]:
        candidate.is_gone_with_job = False
        candidate.quiet_changes["restore"] = event.at
        candidate.version += 1
    _touch_requisitions(company, event.shortcode, event.at)


def _touch_requisitions(company: Company, shortcode: str, at: int) -> None:
    """A requisition that loses or regains its job has changed."""
    for requisition in company.requisitions.values():
        if requisition.job_shortcode == shortcode:
            requisition.updated_at = at
            requisition.version += 1
    company.shared_version += 1


def _job_parts_changed(company: Company, event: ev.JobPartsChanged) -> None:
    job = company.jobs[event.shortcode]
    set_attributes(job, event.changes)
    job.parts_changed_at = event.at
    job.version += 1


def _requisition_deleted(company: Company, event: ev.RequisitionDeleted) -> None:
    del company.requisitions[event.code]


def _stage_removed(company: Company, event: ev.StageRemoved) -> None:
    left = [stage for stage in company.pipelines[event.pipeline] if stage.number != event.stage]
    company.pipelines[event.pipeline] = left
    for job in company.jobs.values():
        if job.pipeline == event.pipeline:
            job.parts_changed_at = event.at
            job.version += 1


def _reason_deleted(company: Company, event: ev.ReasonDeleted) -> None:
    company.past_reasons[event.reason_id] = company.reasons.pop(event.reason_id)


def _attribute_deleted(company: Company, event: ev.CustomAttributeDeleted) -> None:
    gone = company.custom_attributes.pop(event.attribute_id)
    company.past_custom_attributes[gone.id] = gone
    for job in (*company.jobs.values(), *company.past_jobs.values()):
        if gone.id in job.custom_attribute_ids:
            job.custom_attribute_ids = tuple(k for k in job.custom_attribute_ids if k != gone.id)
            job.parts_changed_at = event.at
            job.version += 1


def _employee_deleted(company: Company, event: ev.EmployeeDeleted) -> None:
    company.past_employees[event.employee_id] = company.employees.pop(event.employee_id)
    company.hr_version += 1


def _employee_restored(company: Company, event: ev.EmployeeRestored) -> None:
    employee = company.past_employees.pop(event.employee_id)
    employee.updated_at = event.at
    employee.version += 1
    _put_back(company.employees, employee.id, employee)
    company.hr_version += 1


def _cycle_ended(company: Company, event: ev.CycleEnded) -> None:
    company.cycles.pop((event.employee_id, event.category_id), None)
    company.timeoff_balances[event.employee_id].pop(event.category_id)
    company.hr_version += 1


def _request_deleted(company: Company, event: ev.TimeoffRequestDeleted) -> None:
    gone = company.timeoff_requests.pop(event.request_id)
    if gone.state == "approved":
        take_back(company, gone)
    settle_balance(company, gone.employee_id, gone.category_id)
    company.hr_version += 1


DELETION_HANDLERS: dict[type, Any] = {
    ev.CandidateRestored: _candidate_restored,
    ev.EventDeleted: _event_deleted,
    ev.JobDeleted: _job_deleted,
    ev.JobRestored: _job_restored,
    ev.JobPartsChanged: _job_parts_changed,
    ev.RequisitionDeleted: _requisition_deleted,
    ev.StageRemoved: _stage_removed,
    ev.ReasonDeleted: _reason_deleted,
    ev.CustomAttributeDeleted: _attribute_deleted,
    ev.EmployeeDeleted: _employee_deleted,
    ev.EmployeeRestored: _employee_restored,
    ev.CycleEnded: _cycle_ended,
    ev.TimeoffRequestDeleted: _request_deleted,
}
