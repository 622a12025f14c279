"""Changes of jobs, requisitions, members and departments."""

from __future__ import annotations

from dataclasses import replace

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.changes.recorder import Makers, Recorder
from workable_elt.simulator.making.clock import DAY, day_of
from workable_elt.simulator.making.script import spi_key

_NEXT_REQUISITION_STATES = {
    "draft": ("pending", "cancelled"),
    "pending": ("approved", "rejected"),
    "approved": ("open", "cancelled"),
    "open": ("on_hold", "cancelled"),
    "on_hold": ("open",),
}
_NEXT_JOB_STATES = {
    "draft": ("published", "closed"),
    "published": ("archived", "closed"),
    "closed": ("published", "archived"),
    "archived": ("published",),
}


class JobChanges:
    """Makes changes of jobs and of the account."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "job_created": self.create,
            "job_changed": self.change,
            "job_retitled": self.retitle,
            "job_state_changed": self.change_state,
            "requisition_created": self.require,
            "requisition_changed": self.change_requisition,
            "member_added": self.add_member,
            "member_deactivated": self.deactivate_member,
            "member_renamed": self.rename_member,
            "department_created": self.add_department,
            "department_renamed": self.rename_department,
        }

    def _job(self) -> r.Job | None:
        return self._r.pick([job for job in self._company.jobs.values() if not job.is_sample])

    def create(self) -> str | None:
        """A job is drafted like an earlier one."""
        like = self._job()
        if like is None:
            return None
        number, rng = self._r.number("job"), self._r.rng
        job = replace(
            like,
            number=number,
            id=f"{number:x}",
            shortcode=f"{rng.getrandbits(40):010X}",
            url_number=self._r.number("job_url"),
            code=None,
            state="draft",
            created_at=self._r.at,
            updated_at=self._r.at,
            questions=(),
            version=0,
        )
        self._r.record(ev.JobCreated(self._r.at, self._r.member(), job))
        return job.shortcode

    def change(self) -> str | None:
        """Salary, texts and the hiring team of a job change."""
        job = self._job()
        if job is None:
            return None
        changes = {
            "salary_from": 40_000 + self._r.rng.randrange(10) * 1_000,
            "salary_to": 70_000,
            "salary_currency": "EUR",
            "description": f"<p>Rewritten {self._r.at % 1_000}</p>",
            "hiring_team": (r.HiringTeamMember(self._r.member(), "hiring_manager"),),
        }
        self._r.record(ev.JobChanged(self._r.at, self._r.member(), job.shortcode, changes))
        return job.shortcode

    def retitle(self) -> str | None:
        """A job's title changes, which its candidates repeat."""
        job = self._job()
        if job is None:
            return None
        changes = {"title": f"{job.title} ({self._r.rng.choice(('m/f/d', 'II', 'remote'))})"}
        self._r.record(ev.JobChanged(self._r.at, self._r.member(), job.shortcode, changes))
        return job.shortcode

    def change_state(self) -> str | None:
        """A job is published, made internal, archived or opened again."""
        job = self._job()
        if job is None:
            return None
        state, actor = self._r.rng.choice(_NEXT_JOB_STATES[job.state]), self._r.member()
        if state == "published":
            number = self._r.number("activity")
            self._r.record(ev.JobOpened(self._r.at, actor, job.shortcode, number))
        else:
            self._r.record(ev.JobStateChanged(self._r.at, actor, job.shortcode, state))
        return job.shortcode

    def require(self) -> str | None:
        """A requisition enters the hiring plan."""
        job = self._job()
        if job is None:
            return None
        number, owner = self._r.number("requisition"), self._r.member()
        requisition = r.Requisition(
            number=number,
            id=f"{number:x}",
            code=f"NEW-{number}/1",
            state="draft",
            created_at=self._r.at,
            updated_at=self._r.at,
            plan_date=day_of(self._r.at + 60 * DAY),
            job_shortcode=job.shortcode,
            department_id=job.department_id,
            owner_id=owner,
            reason="new_position",
        )
        self._r.record(ev.RequisitionCreated(self._r.at, owner, requisition))
        return requisition.code

    def change_requisition(self) -> str | None:
        """A requisition goes on to another state."""
        going = [
            requisition
            for requisition in self._company.requisitions.values()
            if requisition.state in _NEXT_REQUISITION_STATES
        ]
        requisition = self._r.pick(going)
        if requisition is None:
            return None
        changes = {"state": self._r.rng.choice(_NEXT_REQUISITION_STATES[requisition.state])}
        self._r.record(
            ev.RequisitionChanged(self._r.at, self._r.member(), requisition.code, changes)
        )
        return requisition.code

    def add_member(self) -> str | None:
        """A member joins."""
        number = self._r.number("member")
        member = r.Member(
            number=number,
            id=f"{number:x}",
            name=f"Nouvel Membre {number % 1_000}",
            email=f"member{number}@northlight.example",
            headline=None,
            ats_role="reviewer",
            hris_role="no_access",
            created_at=self._r.at,
        )
        self._r.record(ev.MemberAdded(self._r.at, None, member))
        return member.id

    def deactivate_member(self) -> str | None:
        """A member who is no super admin is deactivated."""
        active = [
            member
            for member in self._company.members.values()
            if member.is_active and not member.is_super_admin and member.hris_role != "admin"
        ]
        member = self._r.pick(active)
        if member is None or len(active) < 3:
            return None
        self._r.record(ev.MemberChanged(self._r.at, None, member.id, {"is_active": False}))
        return member.id

    def rename_member(self) -> str | None:
        """A member's name changes, which activities, events and teams repeat."""
        member = self._r.pick(list(self._company.members.values()))
        if member is None:
            return None
        changes = {"name": f"{member.name}-Lindqvist"}
        self._r.record(ev.MemberChanged(self._r.at, None, member.id, changes))
        return member.id

    def add_department(self) -> str | None:
        """A department is made below another."""
        parent = self._r.pick([d for d in self._company.departments.values() if not d.is_sample])
        number = self._r.number("department")
        name = f"Ομάδα {number % 1_000}"
        department = r.Department(number, spi_key(number), name, parent.id if parent else None)
        self._r.record(ev.DepartmentCreated(self._r.at, None, department))
        return department.id

    def rename_department(self) -> str | None:
        """A department is renamed, which jobs and requisitions repeat."""
        department = self._r.pick(list(self._company.departments.values()))
        if department is None:
            return None
        name = f"{department.name} (new)"
        self._r.record(
            ev.DepartmentChanged(self._r.at, None, department.id, name, department.parent_id)
        )
        return department.id
