"""Folding events of the account's lists, of jobs and of requisitions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r

if TYPE_CHECKING:
    from workable_elt.simulator.state import Company


def set_attributes(record: Any, changes: dict[str, Any]) -> None:
    """Set attributes of a slotted record; a misspelt one raises AttributeError."""
    for name, value in changes.items():
        setattr(record, name, value)


def _member_added(company: Company, event: ev.MemberAdded) -> None:
    company.members[event.member.id] = replace(event.member)


def _member_changed(company: Company, event: ev.MemberChanged) -> None:
    member = company.members[event.member_id]
    set_attributes(member, event.changes)
    member.version += 1
    company.shared_version += 1


def _recruiter_added(company: Company, event: ev.RecruiterAdded) -> None:
    recruiter = event.recruiter
    company.recruiters[recruiter.id] = replace(
        recruiter, job_shortcodes=list(recruiter.job_shortcodes)
    )


def _department_created(company: Company, event: ev.DepartmentCreated) -> None:
    company.departments[event.department.id] = replace(event.department)


def _department_changed(company: Company, event: ev.DepartmentChanged) -> None:
    department = company.departments[event.department_id]
    department.name = event.name
    department.parent_id = event.parent_id
    department.version += 1
    company.shared_version += 1
    company.hr_version += 1


def _department_deleted(company: Company, event: ev.DepartmentDeleted) -> None:
    del company.departments[event.department_id]
    company.shared_version += 1


def _entity_added(company: Company, event: ev.LegalEntityAdded) -> None:
    company.legal_entities[event.entity.id] = event.entity


def _permission_set_added(company: Company, event: ev.PermissionSetAdded) -> None:
    company.permission_sets[event.permission_set.id] = event.permission_set


def _reason_added(company: Company, event: ev.ReasonAdded) -> None:
    company.reasons[event.reason.id] = event.reason


def _pipeline_added(company: Company, event: ev.PipelineAdded) -> None:
    company.pipelines[event.name] = list(event.stages)
    for stage in event.stages:
        company.stages[stage.number] = stage


def _attribute_added(company: Company, event: ev.CustomAttributeAdded) -> None:
    company.custom_attributes[event.attribute.id] = event.attribute


def _job_created(company: Company, event: ev.JobCreated) -> None:
    job = replace(event.job)
    company.jobs[job.shortcode] = job
    company.activities_by_job[job.shortcode] = []
    company.candidates_by_job[job.shortcode] = []
    for question in job.questions:
        company.questions[question.id] = question


def _job_state_changed(company: Company, event: ev.JobStateChanged) -> None:
    _touch_job(company.jobs[event.shortcode], event.at, state=event.state)


def _job_opened(company: Company, event: ev.JobOpened) -> None:
    _touch_job(company.jobs[event.shortcode], event.at, state="published")
    activity = r.Activity(
        number=event.activity,
        id=f"{event.activity:08x}",
        action="opened",
        created_at=event.at,
        updated_at=event.at,
        job_shortcode=event.shortcode,
        candidate_id=None,
        stage=None,
        member_id=event.actor,
    )
    company.activities[event.activity] = activity
    company.activities_by_job[event.shortcode].append(activity)


def _job_changed(company: Company, event: ev.JobChanged) -> None:
    job = company.jobs[event.shortcode]
    _touch_job(job, event.at, **event.changes)
    for question in job.questions:
        company.questions[question.id] = question
    if "title" in event.changes:
        company.shared_version += 1


def _touch_job(job: r.Job, at: int, **changes: Any) -> None:
    set_attributes(job, changes)
    job.updated_at = at
    job.version += 1


def _requisition_created(company: Company, event: ev.RequisitionCreated) -> None:
    company.requisitions[event.requisition.code] = replace(event.requisition)


def _requisition_changed(company: Company, event: ev.RequisitionChanged) -> None:
    requisition = company.requisitions[event.code]
    set_attributes(requisition, event.changes)
    requisition.updated_at = event.at
    requisition.version += 1


ACCOUNT_HANDLERS: dict[type, Any] = {
    ev.MemberAdded: _member_added,
    ev.MemberChanged: _member_changed,
    ev.RecruiterAdded: _recruiter_added,
    ev.DepartmentCreated: _department_created,
    ev.DepartmentChanged: _department_changed,
    ev.DepartmentDeleted: _department_deleted,
    ev.LegalEntityAdded: _entity_added,
    ev.PermissionSetAdded: _permission_set_added,
    ev.PipelineAdded: _pipeline_added,
    ev.ReasonAdded: _reason_added,
    ev.CustomAttributeAdded: _attribute_added,
    ev.JobCreated: _job_created,
    ev.JobOpened: _job_opened,
    ev.JobStateChanged: _job_state_changed,
    ev.JobChanged: _job_changed,
    ev.RequisitionCreated: _requisition_created,
    ev.RequisitionChanged: _requisition_changed,
}
