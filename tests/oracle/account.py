"""Departments, users, reasons, stages, jobs, requisitions: what belongs to the account."""

from __future__ import annotations

from tests.oracle.values import Row, instant, number, whole_second

from workable_elt.simulator import records as r
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company

REPORTING_STAGES = {
    "sourced": "sourced",
    "applied": "applied",
    "shortlisted": "shortlisted",
    "phone-screen": "phone_screen",
    "assessment": "assessment",
    "interview": "interview",
    "offer": "offer",
    "hired": "hired",
}
SOURCE_CATEGORIES = {
    "Job boards": "job_board",
    "Company marketing": "company_marketing",
    "Internal": "internal",
    "Referrals": "referral",
    "Sourced": "sourced",
    "Agencies": "agency",
    "Other": "other",
}
JOB_STATES = {
    "draft": "draft",
    "published": "published",
    "closed": "internal",
    "archived": "archived",
}


class AccountOracle:
    """Expected rows of the account's own tables."""

    def __init__(self, company: Company, quirks: Quirks, account: str) -> None:
        self.company = company
        self.quirks = quirks
        self.account = account

    def key(self, *parts: object) -> str:
        """A readable key."""
        return ":".join([self.account, *(str(part) for part in parts)])

    def optional_key(self, *parts: object) -> str | None:
        """The same, null where a part is."""
        return None if any(part is None for part in parts) else self.key(*parts)

    def departments(self) -> list[Row]:
        """ats_departments."""
        return [self._department(item) for item in self.company.departments.values()]

    def _department(self, department: r.Department) -> Row:
        path = self.company.department_path(department.id)
        return {
            "department_key": self.key(department.id),
            "department_id": department.id,
            "name": department.name.strip(),
            "parent_department_key": self.optional_key(department.parent_id),
            "root_department_key": self.key(path[0].id),
            "path": " > ".join(node.name.strip() for node in path),
            "depth": len(path),
            "is_sample": department.is_sample,
            "is_deleted": False,
        }

    def users(self) -> list[Row]:
        """ats_users, without the link to employees."""
        members = [self._member(member) for member in self.company.members.values()]
        recruiters = [
            {
                "user_key": self.key("recruiter", recruiter.id),
                "user_type": "external_recruiter",
                "name": recruiter.name,
                "email": recruiter.email,
                "access_role": "external",
            }
            for recruiter in self.company.recruiters.values()
        ]
        return [*members, *recruiters]

    def _member(self, member: r.Member) -> Row:
        return {
            "user_key": self.key("member", member.id),
            "user_type": "member",
            "name": member.name,
            "email": member.email,
            "headline": member.headline,
            "access_role": self._access_role(member),
            "is_active": member.is_active,
            "is_deleted": False,
        }

    def _access_role(self, member: r.Member) -> str | None:
        if member.is_super_admin:
            return "super_admin"
        return {"admin": "admin", "simple": "standard", "reviewer": "reviewer"}.get(
            member.ats_role or ""
        )

    def reasons(self) -> list[Row]:
        """ats_disqualification_reasons."""
        return [
            {
                "disqualification_reason_key": self.key(reason.id),
                "description": reason.description,
                "disqualification_type": "withdrew" if reason.is_withdrawal else "rejected",
                "is_deleted": False,
            }
            for reason in self.company.reasons.values()
        ]

    def stage_id(self, stage: r.Stage, shortcode: str) -> str:
        """A stage's id as a job shows it."""
        if self.quirks.stage_ids == "per_job":
            return str(self.company.jobs[shortcode].number * 10_000 + stage.number)
        return str(stage.number)

    def stage_key(self, stage: r.Stage, shortcode: str) -> str:
        """Key of a stage in a job's pipeline."""
        return self.key(shortcode, self.stage_id(stage, shortcode))

    def job_stages(self) -> list[Row]:
        """ats_job_interview_stages."""
        return [
            {
                "stage_key": self.stage_key(stage, job.shortcode),
                "job_key": self.key(job.shortcode),
                "stage_id": self.stage_id(stage, job.shortcode),
                "slug": stage.slug,
                "name": stage.name,
                "kind_raw": stage.kind,
                "reporting_stage": REPORTING_STAGES.get(stage.kind, "other"),
                "position": stage.position,
                "is_terminal": stage.kind == "hired",
                "is_deleted": False,
            }
            for job in self.company.jobs.values()
            for stage in self.company.stages_of(job)
        ]

    def jobs(self) -> list[Row]:
        """ats_jobs."""
        return [self._job(job) for job in self.company.jobs.values()]

    def _job(self, job: r.Job) -> Row:
        path = self.company.department_path(job.department_id) if job.department_id else []
        place = job.locations[0].place if job.locations else None
        opened = sorted(
            activity.created_at
            for activity in self.company.activities_by_job.get(job.shortcode, [])
            if activity.action == "opened"
        )
        created = whole_second(job.created_at)
        assert created is not None
        midnight = created.replace(hour=0, minute=0, second=0)
        assumed = None if job.state == "draft" else midnight
        return {
            "job_key": self.key(job.shortcode),
            "job_id": job.id,
            "shortcode": job.shortcode,
            "title": job.title,
            "full_title": f"{job.title} - {job.code}" if job.code else job.title,
            "code": job.code,
            "status": JOB_STATES[job.state],
            "status_raw": job.state,
            "is_confidential": job.is_confidential,
            "is_sample": job.is_sample,
            "department_key": self.optional_key(job.department_id),
            "department_path": " > ".join(node.name.strip() for node in path) or None,
            "employment_type_raw": job.employment_type,
            "workplace_type_raw": job.workplace_type,
            "function": job.function,
            "industry": job.industry,
            "experience": job.experience,
            "education": job.education,
            "city": place.city if place else None,
            "region": place.region if place else None,
            "country_code": place.country_code if place else None,
            "salary_min": number(job.salary_from),
            "salary_max": number(job.salary_to),
            "first_opened_at": instant(opened[0]) if opened else assumed,
            "latest_opened_at": instant(opened[-1]) if opened else assumed,
            "is_accepting": job.state in ("published", "closed"),
            "updated_at": whole_second(job.updated_at),
            "is_deleted": False,
        }

    def hiring_team(self) -> list[Row]:
        """ats_job_hiring_team."""
        return [
            {
                "job_key": self.key(job.shortcode),
                "user_key": self.key("member", member.member_id),
                "collaboration_role_raw": member.collaboration_role,
            }
            for job in self.company.jobs.values()
            for member in job.hiring_team
        ]

    def requisitions(self) -> list[Row]:
        """ats_requisitions."""
        return [
            {
                "requisition_key": self.key(requisition.code),
                "requisition_id": requisition.id,
                "state_raw": requisition.state,
                "job_key": self.optional_key(requisition.job_shortcode),
                "department_key": self.optional_key(requisition.department_id),
                "plan_date": requisition.plan_date,
                "start_date": requisition.start_date,
                "application_key": self.optional_key(requisition.candidate_id),
                "created_at": instant(requisition.created_at),
                "updated_at": instant(requisition.updated_at),
                "is_deleted": False,
            }
            for requisition in self.company.requisitions.values()
        ]
