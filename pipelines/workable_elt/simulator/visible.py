"""Which records a caller sees, and under which instants, given the quirks.

The server pages through these lists, ``simulator.truth`` dumps them.
"""

from __future__ import annotations

from workable_elt.simulator import records as r
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company

QUIET_KINDS = ("comment", "rating", "rating_edit", "tag", "message", "event", "offer", "restore")
"""Kinds of ``Candidate.quiet_changes``; each has a quirk ``<kind>_bumps_updated_at``."""


def bumping_kinds(quirks: Quirks) -> tuple[str, ...]:
    """The kinds of change that move a candidate's ``updated_at`` under these quirks."""
    return tuple(k for k in QUIET_KINDS if getattr(quirks, f"{k}_bumps_updated_at") == "yes")


def candidate_updated_at(candidate: r.Candidate, kinds: tuple[str, ...]) -> int:
    """When a candidate was last changed, as the API tells it.

    Args:
        candidate: The record.
        kinds: `bumping_kinds` of the quirks.

    Returns:
        Epoch milliseconds.
    """
    latest = candidate.updated_at
    if candidate.quiet_changes:
        for kind in kinds:
            changed_at = candidate.quiet_changes.get(kind, 0)
            if changed_at > latest:
                latest = changed_at
    return latest


def candidate_exists(candidate: r.Candidate, quirks: Quirks) -> bool:
    """Whether ``/candidates/:id`` knows the candidate: a relocated record is always gone."""
    if candidate.relocated_to is not None:
        return False
    if candidate.is_gone_with_job and quirks.candidates_of_deleted_job == "deleted":
        return False
    return candidate.deleted_at is None or quirks.deleted_candidate == "anonymized"


def candidate_is_blank(candidate: r.Candidate) -> bool:
    """Whether the candidate's personal facts are blanked (anonymised, or deleted and still there)."""
    return candidate.is_anonymized or candidate.deleted_at is not None


def candidate_is_listed(candidate: r.Candidate, quirks: Quirks) -> bool:
    """Whether ``/candidates`` lists the candidate."""
    if not candidate_exists(candidate, quirks):
        return False
    return candidate.job_shortcode is not None or quirks.talent_pool_listed == "yes"


def job_updated_at(job: r.Job, quirks: Quirks) -> int:
    """When a job was last changed, as the API tells it: epoch milliseconds."""
    if quirks.job_parts_bump_updated_at == "yes":
        return max(job.updated_at, job.parts_changed_at)
    return job.updated_at


def activity_is_shown(company: Company, activity: r.Activity, quirks: Quirks) -> bool:
    """Whether an activity is in a job's stream: those of a candidate go with the candidate."""
    if activity.candidate_id is None:
        return True
    return candidate_exists(company.candidates[activity.candidate_id], quirks)


def employees(company: Company, quirks: Quirks, *, sees_all: bool = True) -> list[r.Employee]:
    """The rows of ``/employees``, in order.

    Args:
        company: The account.
        quirks: The switches.
        sees_all: Whether the caller has an HR admin's eyes; others see published people only.
    """
    listed = company.employees_in_order()
    if not sees_all:
        return [employee for employee in listed if employee.state == "published"]
    if quirks.leavers == "absent":
        return [employee for employee in listed if employee.state != "inactive"]
    return listed


def timeoff_requests(company: Company, quirks: Quirks) -> list[r.TimeoffRequest]:
    """All requests of people who are listed, in order, whatever their state.

    ``cancelled_requests`` is about a call that names no states, so the server applies it.
    """
    return [
        request
        for request in company.requests_in_order()
        if _request_is_shown(company, request, quirks)
    ]


def _request_is_shown(company: Company, request: r.TimeoffRequest, quirks: Quirks) -> bool:
    employee = company.employees.get(request.employee_id)
    if employee is None:
        # Where a person must be named, nobody can ask for one who is gone.
        kept = quirks.requests_of_deleted_employee == "kept"
        return kept and quirks.timeoff_requests_need_employee_id == "no"
    return employee.state != "inactive" or quirks.leavers == "inactive"


def employee_exists(employee: r.Employee, quirks: Quirks, *, sees_all: bool = True) -> bool:
    """Whether ``/employees/:id`` knows the person, for the same eyes as `employees`."""
    if not sees_all:
        return employee.state == "published"
    return employee.state != "inactive" or quirks.leavers == "inactive"


def event_is_shown(company: Company, event: r.Event, quirks: Quirks) -> bool:
    """Whether a calendar event is there: it goes with its candidate."""
    return candidate_exists(company.candidates[event.candidate_id], quirks)
