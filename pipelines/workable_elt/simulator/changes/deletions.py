"""Changes by which records vanish and come back; candidates are deleted in ``candidates``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.changes.candidates import is_here, record_move
from workable_elt.simulator.changes.recorder import Makers, Recorder

_FIXED_STAGES = ("sourced", "applied", "offer", "hired")
"""Kinds of stage that a pipeline keeps: other changes count on them."""


class JobDeletions:
    """Deletes jobs, parts of them, and what else recruiting holds."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "job_deleted": self.delete_job,
            "event_deleted": self.delete_event,
            "requisition_deleted": self.delete_requisition,
            "stage_removed": self.remove_stage,
            "question_removed": self.remove_question,
            "form_emptied": self.empty_form,
            "team_member_removed": self.remove_team_member,
            "team_emptied": self.empty_team,
            "candidate_restored": self.restore_candidate,
            "job_restored": self.restore_job,
        }

    def _jobs(self) -> list[r.Job]:
        return [job for job in self._company.jobs.values() if not job.is_sample]

    def delete_job(self) -> str | None:
        """A job is deleted, but never the last one."""
        jobs = self._jobs()
        if len(jobs) < 2:
            return None
        job = self._r.rng.choice(jobs)
        self._r.record(ev.JobDeleted(self._r.at, self._r.member(), job.shortcode))
        return job.shortcode

    def restore_job(self) -> str | None:
        """A deleted job comes back."""
        job = self._r.pick(list(self._company.past_jobs.values()))
        if job is None:
            return None
        self._r.record(ev.JobRestored(self._r.at, self._r.member(), job.shortcode))
        return job.shortcode

    def restore_candidate(self) -> str | None:
        """A deleted candidate of a job that is there comes back."""
        fitting = [
            candidate
            for candidate in self._company.candidate_order
            if candidate.deleted_at is not None and is_here(replace(candidate, deleted_at=None))
        ]
        candidate = self._r.pick(fitting)
        if candidate is None:
            return None
        self._r.record(ev.CandidateRestored(self._r.at, self._r.member(), candidate.id))
        return candidate.id

    def delete_event(self) -> str | None:
        """A calendar event is deleted."""
        event = self._r.pick(
            [e for e in self._company.events.values() if self._is_here(e.candidate_id)]
        )
        if event is None:
            return None
        self._r.record(ev.EventDeleted(self._r.at, self._r.member(), event.candidate_id, event.id))
        return event.id

    def _is_here(self, candidate_id: str) -> bool:
        return is_here(self._company.candidates[candidate_id])

    def delete_requisition(self) -> str | None:
        """A requisition leaves the hiring plan."""
        code = self._r.pick(list(self._company.requisitions))
        if code is None:
            return None
        self._r.record(ev.RequisitionDeleted(self._r.at, self._r.member(), code))
        return code

    def remove_stage(self) -> str | None:
        """A stage leaves its pipeline; whoever stands in it is moved to the stage before."""
        removable = [
            (name, at, stage)
            for name, stages in self._company.pipelines.items()
            for at, stage in enumerate(stages)
            if stage.kind not in _FIXED_STAGES
        ]
        found = self._r.pick(removable)
        if found is None:
            return None
        name, at, stage = found
        before = self._company.pipelines[name][at - 1]
        for candidate in self._company.candidate_order:
            if candidate.stage is stage and is_here(candidate):
                record_move(self._r, candidate, before)
        self._r.record(ev.StageRemoved(self._r.at, self._r.member(), name, stage.number))
        return str(stage.number)

    # Parts of a job

    def remove_question(self) -> str | None:
        """A question leaves a job's form; the answers to it stay."""
        job = self._r.pick([job for job in self._jobs() if job.questions])
        if job is None:
            return None
        gone = self._r.rng.choice(job.questions)
        return self._change_parts(job, questions=tuple(q for q in job.questions if q is not gone))

    def empty_form(self) -> str | None:
        """A job asks for nothing any more."""
        job = self._r.pick([job for job in self._jobs() if job.questions or job.form_fields])
        if job is None:
            return None
        return self._change_parts(job, questions=(), form_fields=(), custom_attribute_ids=())

    def remove_team_member(self) -> str | None:
        """A member leaves a hiring team."""
        job = self._r.pick([job for job in self._jobs() if job.hiring_team])
        if job is None:
            return None
        gone = self._r.rng.choice(job.hiring_team)
        return self._change_parts(
            job, hiring_team=tuple(each for each in job.hiring_team if each is not gone)
        )

    def empty_team(self) -> str | None:
        """Nobody is in a hiring team any more."""
        job = self._r.pick([job for job in self._jobs() if job.hiring_team])
        return None if job is None else self._change_parts(job, hiring_team=())

    def _change_parts(self, job: r.Job, **changes: Any) -> str:
        self._r.record(ev.JobPartsChanged(self._r.at, self._r.member(), job.shortcode, changes))
        return job.shortcode


class AccountDeletions:
    """Deletes entries of the account's lists."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "department_deleted": self.delete_department,
            "reason_deleted": self.delete_reason,
            "custom_attribute_deleted": self.delete_attribute,
            "tag_deleted": self.delete_tag,
        }

    def delete_department(self) -> str | None:
        """A department that nothing refers to is deleted: others are refused (hris.md, 11)."""
        company = self._company
        jobs = (*company.jobs.values(), *company.past_jobs.values())
        people = (*company.employees.values(), *company.past_employees.values())
        used = {d.parent_id for d in company.departments.values()}
        used |= {job.department_id for job in jobs} | {person.department_id for person in people}
        used |= {requisition.department_id for requisition in company.requisitions.values()}
        for member in company.members.values():
            used.update(member.department_ids)
        department_id = self._r.pick([key for key in company.departments if key not in used])
        if department_id is None:
            return None
        self._r.record(ev.DepartmentDeleted(self._r.at, None, department_id))
        return department_id

    def delete_reason(self) -> str | None:
        """A disqualification reason is deleted, but never the last but one."""
        reasons = list(self._company.reasons)
        if len(reasons) < 3:
            return None
        reason_id = self._r.rng.choice(reasons)
        self._r.record(ev.ReasonDeleted(self._r.at, None, reason_id))
        return reason_id

    def delete_attribute(self) -> str | None:
        """A custom attribute is deleted, from the jobs' forms too."""
        attribute_id = self._r.pick(list(self._company.custom_attributes))
        if attribute_id is None:
            return None
        self._r.record(ev.CustomAttributeDeleted(self._r.at, None, attribute_id))
        return attribute_id

    def delete_tag(self) -> str | None:
        """A tag is deleted: everybody who had it loses it."""
        tagged = [c for c in self._company.candidate_order if c.tags and is_here(c)]
        tag = self._r.pick(sorted({tag for candidate in tagged for tag in candidate.tags}))
        if tag is None:
            return None
        actor = self._r.member()
        for candidate in tagged:
            if tag in candidate.tags:
                left = tuple(each for each in candidate.tags if each != tag)
                self._r.record(ev.Tagged(self._r.at, actor, candidate.id, left))
        return tag


class PeopleDeletions:
    """Deletes on the HR side."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "employee_deleted": self.delete_employee,
            "balance_withdrawn": self.withdraw_balance,
            "balances_emptied": self.empty_balances,
            "timeoff_request_deleted": self.delete_request,
            "employee_restored": self.restore_employee,
        }

    def delete_employee(self) -> str | None:
        """The profile of somebody to whom nobody reports is deleted."""
        company = self._company
        people = (*company.employees.values(), *company.past_employees.values())
        leading = {person.manager_id for person in people}
        employee_id = self._r.pick([key for key in company.employees if key not in leading])
        if employee_id is None:
            return None
        self._r.record(ev.EmployeeDeleted(self._r.at, None, employee_id))
        return employee_id

    def restore_employee(self) -> str | None:
        """A deleted profile comes back."""
        employee_id = self._r.pick(list(self._company.past_employees))
        if employee_id is None:
            return None
        self._r.record(ev.EmployeeRestored(self._r.at, None, employee_id))
        return employee_id

    def _has_balances(self) -> str | None:
        balances = self._company.timeoff_balances
        return self._r.pick([key for key in self._company.employees if balances.get(key)])

    def withdraw_balance(self) -> str | None:
        """Somebody loses a category of time off."""
        employee_id = self._has_balances()
        if employee_id is None:
            return None
        category_id = self._r.rng.choice(list(self._company.timeoff_balances[employee_id]))
        self._r.record(ev.CycleEnded(self._r.at, None, employee_id, category_id))
        return employee_id

    def empty_balances(self) -> str | None:
        """Somebody loses all categories of time off."""
        employee_id = self._has_balances()
        if employee_id is None:
            return None
        for category_id in list(self._company.timeoff_balances[employee_id]):
            self._r.record(ev.CycleEnded(self._r.at, None, employee_id, category_id))
        return employee_id

    def delete_request(self) -> str | None:
        """A time-off request is deleted."""
        company = self._company
        request = self._r.pick(
            [q for q in company.timeoff_requests.values() if q.employee_id in company.employees]
        )
        if request is None:
            return None
        self._r.record(ev.TimeoffRequestDeleted(self._r.at, None, request.id))
        return request.id
