"""Jobs and the account's lists as the API sends them (notes: ats.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render import vocabulary
from workable_elt.simulator.render.form import iso_midnight, iso_milliseconds, iso_seconds
from workable_elt.simulator.state import Company

Json = dict[str, Any]

_STAGE_IDS_PER_JOB = 10_000
"""Far above the stages of an account, so that per-job stage ids cannot meet shared ones."""


class JobRenderer:
    """Renders jobs, members, stages and the other lists of an account."""

    def __init__(self, company: Company, quirks: Quirks) -> None:
        self.company = company
        self.quirks = quirks

    def account(self, account: r.Account) -> Json:
        """An entry of ``/accounts``, and the answer of ``/accounts/:subdomain``."""
        return {
            "id": account.id,
            "name": account.name,
            "subdomain": account.subdomain,
            "description": account.description,
            "summary": account.summary,
            "website_url": account.website_url,
        }

    # Jobs

    def job_row(self, job: r.Job, include_fields: Iterable[str] = ()) -> Json:
        """A row of ``/jobs``; ``include_fields`` are names of the detail's fields."""
        row = self._job_facts(job)
        row["sample"] = job.is_sample
        primary = job.locations[0].place if job.locations else None
        place_text = vocabulary.place_text(primary) if primary else None
        row["location"] = {"location_str": place_text, **row["location"]}
        texts = self._job_texts(job)
        row.update({name: texts[name] for name in include_fields if name in texts})
        return row

    def job_detail(self, job: r.Job) -> Json:
        """The answer of ``/jobs/:shortcode``."""
        return {**self._job_facts(job), **self._job_texts(job)}

    def _job_facts(self, job: r.Job) -> Json:
        base = f"https://{self.company.account.subdomain}.workable.com/jobs/{job.url_number}"
        path = self.company.department_path(job.department_id) if job.department_id else []
        primary = job.locations[0].place if job.locations else None
        midnight = self.quirks.job_created_at == "midnight"
        return {
            "id": job.id,
            "title": job.title,
            "full_title": f"{job.title} - {job.code}" if job.code else job.title,
            "shortcode": job.shortcode,
            "code": job.code,
            "state": job.state,
            "confidential": job.is_confidential,
            "department": path[-1].name if path else None,
            "department_hierarchy": [{"id": d.id, "name": d.name} for d in path],
            "url": base,
            "application_url": f"{base}/candidates/new",
            "shortlink": f"https://apply.workable.com/j/{job.shortcode}",
            "workplace_type": job.workplace_type,
            "location": {
                **vocabulary.place_object(primary),
                "telecommuting": job.workplace_type == "remote",
                "workplace_type": job.workplace_type,
            },
            "locations": [_job_location(location) for location in job.locations],
            "salary": {
                "salary_from": job.salary_from,
                "salary_to": job.salary_to,
                "salary_currency": job.salary_currency and job.salary_currency.lower(),
            },
            "created_at": (iso_midnight if midnight else iso_seconds)(job.created_at),
            "updated_at": iso_seconds(visible.job_updated_at(job, self.quirks)),
            "keywords": job.keywords,
        }

    def _job_texts(self, job: r.Job) -> Json:
        sections = (
            ("", job.description),
            ("<h2>Requirements</h2>", job.requirements),
            ("<h2>Benefits</h2>", job.benefits),
        )
        return {
            "full_description": "".join(head + text for head, text in sections if text) or None,
            "description": job.description,
            "requirements": job.requirements,
            "benefits": job.benefits,
            "employment_type": job.employment_type,
            "industry": job.industry,
            "function": job.function,
            "experience": job.experience,
            "education": job.education,
        }

    def stage_number(self, stage: r.Stage, shortcode: str | None) -> int:
        """The integer id under which a job shows a stage."""
        if self.quirks.stage_ids == "per_job" and shortcode is not None:
            return self.company.job_named(shortcode).number * _STAGE_IDS_PER_JOB + stage.number
        return stage.number

    def stage(self, stage: r.Stage, job: r.Job | None = None) -> Json:
        """A row of ``/stages`` (no job), or of ``/jobs/:shortcode/stages``."""
        number = self.stage_number(stage, job.shortcode if job else None)
        return {
            "id": number,
            "identifier": f"{number:x}",
            "slug": stage.slug,
            "name": stage.name,
            "kind": stage.kind,
            "position": stage.position,
        }

    def question(self, question: r.Question) -> Json:
        """A row of ``/jobs/:shortcode/questions``."""
        row: Json = {
            "id": question.id,
            "body": question.body,
            "type": question.type,
            "required": question.is_required,
        }
        if question.choices:
            row["single_answer"] = question.is_single_answer
            row["choices"] = [{"id": c.id, "body": c.body} for c in question.choices]
        if question.type == "file":
            row["supported_file_types"] = ["pdf", "doc", "docx", "png"]
            row["max_file_size"] = 5_242_880
        return row

    def application_form(self, job: r.Job) -> Json:
        """The answer of ``/jobs/:shortcode/application_form``."""
        questions = [self.question(question) for question in job.questions]
        if self.quirks.form_shows_custom_attributes == "yes":
            attributes = self.company.custom_attributes
            questions.extend(
                self._attribute_as_question(attributes[key]) for key in job.custom_attribute_ids
            )
        return {
            "form_fields": [_form_field(form_field) for form_field in job.form_fields],
            "questions": questions,
        }

    def _attribute_as_question(self, attribute: r.CustomAttribute) -> Json:
        row: Json = {
            "id": attribute.id,
            "body": attribute.label,
            "type": attribute.type,
            "required": False,
        }
        if attribute.choices:
            row["single_answer"] = attribute.is_single_answer
            row["choices"] = [{"id": c.id, "body": c.body} for c in attribute.choices]
        return row

    def custom_attribute(self, attribute: r.CustomAttribute, job: r.Job | None = None) -> Json:
        """A row of ``/custom_attributes``, or of a job's."""
        row: Json = {
            "id": attribute.id,
            "type": attribute.type,
            "enabled": attribute.is_enabled,
            "label": attribute.label,
            "hint": attribute.hint,
        }
        if attribute.choices:
            row["single_answer"] = attribute.is_single_answer
            row["choices"] = [{"id": c.id, "body": c.body} for c in attribute.choices]
        if job is not None:
            row["required"] = False
            row["provider"] = None
        return row

    # Members and recruiters

    def member(self, member: r.Member) -> Json:
        """A row of ``/members``."""
        row = self._member_facts(member)
        row["roles"] = _roles(member)
        row["active"] = member.is_active
        row["collaboration_rules"] = [
            {
                "role": member.ats_role or "reviewer",
                "departments": [
                    {"id": department_id, "name": self.company.departments[department_id].name}
                    for department_id in member.department_ids
                    if department_id in self.company.departments
                ],
                "locations": [],
            }
        ] * bool(member.department_ids)
        row["hris_member_scope"] = None
        if self.quirks.member_legacy_roles == "present":
            row["role"] = member.ats_role
            row["hris_role"] = f"hris_{member.hris_role}"
        return row

    def job_member(self, job_member: r.HiringTeamMember) -> Json:
        """A row of ``/jobs/:shortcode/members``."""
        member = self.company.members[job_member.member_id]
        row = self._member_facts(member)
        row["role"] = member.ats_role
        row["collaboration_role"] = job_member.collaboration_role
        return row

    def _member_facts(self, member: r.Member) -> Json:
        return {
            "id": member.id,
            "name": member.name,
            "headline": member.headline,
            "email": member.email,
            "type": "Member",
        }

    def member_brief(self, member_id: str) -> Json:
        """A member as activities and events name one."""
        return {"id": member_id, "name": self.company.members[member_id].name, "type": "Member"}

    def _named(self, member_id: str | None) -> Json | None:
        if member_id is None:
            return None
        return {"id": member_id, "name": self.company.members[member_id].name}

    def recruiter(self, recruiter: r.ExternalRecruiter) -> Json:
        """A row of ``/recruiters``, and of a job's."""
        return {"id": recruiter.id, "name": recruiter.name, "email": recruiter.email}

    # Lists of the account

    def department(self, department: r.Department) -> Json:
        """An entry of ``/departments``."""
        return {
            "id": department.id,
            "name": department.name,
            "parent_id": department.parent_id,
            "sample": department.is_sample,
        }

    def legal_entity(self, entity: r.LegalEntity) -> Json:
        """An entry of ``/legal_entities``."""
        path = self.company.legal_entity_path(entity.id)
        return {
            "id": entity.id,
            "name": entity.name,
            "legal_name": entity.legal_name,
            "type": entity.type,
            "parent_id": entity.parent_id,
            "display_name": " | ".join(node.name for node in path),
            "sample": entity.is_sample,
            "timezone": entity.timezone,
            "geofencing_settings": {} if entity.has_geofencing else None,
        }

    def permission_set(self, permission_set: r.PermissionSet) -> Json:
        """An entry of ``/permission_sets``."""
        return {
            "id": permission_set.id,
            "name": permission_set.name,
            "label": permission_set.label,
            "description": permission_set.description,
        }

    def disqualification_reason(self, reason: r.DisqualificationReason) -> Json:
        """An entry of ``/disqualification_reasons``."""
        return {
            "id": reason.id,
            "description": reason.description,
            "candidate_withdrew": reason.is_withdrawal,
            "position": reason.position,
        }

    def requisition(self, requisition: r.Requisition) -> Json:
        """A row of ``/requisitions``."""
        return {
            **self._requisition_links(requisition),
            "id": requisition.id,
            "code": requisition.code,
            "location": {
                "location_str": requisition.place and vocabulary.place_text(requisition.place),
                **vocabulary.place_object(requisition.place),
            },
            "plan_date": requisition.plan_date.isoformat(),
            "start_date": requisition.start_date and requisition.start_date.isoformat(),
            "salary_range": {
                "from": requisition.salary_from,
                "to": requisition.salary_to,
                "frequency": "year",
                "currency": requisition.currency,
                "currency_iso": requisition.currency,
            },
            "salary": requisition.salary and vocabulary.requisition_money(requisition.salary),
            "employment_type": requisition.employment_type,
            "reason": requisition.reason,
            "state": requisition.state,
            "requisition_attributes": [_attribute(a) for a in requisition.attributes],
            "approval_groups": [
                {"id": group_id, "approvers": [self._approver(a) for a in approvers]}
                for group_id, approvers in requisition.approvals
            ],
            "created_at": iso_milliseconds(requisition.created_at),
            "updated_at": iso_milliseconds(requisition.updated_at),
        }

    def _requisition_links(self, requisition: r.Requisition) -> Json:
        shortcode, department_id = requisition.job_shortcode, requisition.department_id
        job = self.company.jobs.get(shortcode) if shortcode else None
        department = self.company.departments.get(department_id) if department_id else None
        return {
            "job": {"id": job.id, "title": job.title} if job else None,
            "department": {"id": department.id, "name": department.name} if department else None,
            "requester": self._named(requisition.requester_id),
            "hiring_manager": self._named(requisition.hiring_manager_id),
            "owner": self._named(requisition.owner_id),
            "candidate_id": requisition.candidate_id,
        }

    def _approver(self, approver: tuple[str, str]) -> Json:
        member_id, decision = approver
        return {**(self._named(member_id) or {}), "decision": decision}


def _job_location(location: r.JobLocation) -> Json:
    place = location.place
    known = place.latitude is not None and place.longitude is not None
    return {
        "shortcode": location.shortcode,
        "country_code": place.country_code,
        "country_name": place.country,
        "state_code": place.region_code,
        "subregion": place.region,
        "zip_code": place.zip_code,
        "city": place.city,
        "coords": f"{place.latitude}, {place.longitude}" if known else None,
        "hidden": location.is_hidden,
    }


def _form_field(form_field: r.FormField) -> Json:
    row: Json = {
        "key": form_field.key,
        "label": form_field.label,
        "type": form_field.type,
        "required": form_field.is_required,
    }
    if form_field.max_length is not None:
        row["max_length"] = form_field.max_length
    if form_field.supported_file_types:
        row["supported_file_types"] = list(form_field.supported_file_types)
        row["max_file_size"] = form_field.max_file_size
    if form_field.fields:
        row["multiple"] = True
        row["fields"] = [_form_field(inner) for inner in form_field.fields]
    return row


def _roles(member: r.Member) -> list[str]:
    """A super admin carries only that role; the others one for each half of the product."""
    if member.is_super_admin:
        return ["workable.superadmin"]
    ats = [f"ats.{member.ats_role}"] if member.ats_role else []
    return [*ats, f"hris.{member.hris_role}", *member.permission_sets]


def _attribute(attribute: r.RequisitionAttribute) -> Json:
    value = attribute.value
    if isinstance(value, r.Money):
        content: Json = {"data": vocabulary.requisition_money(value)}
    elif isinstance(value, tuple):
        content = {"choices": [{"body": choice} for choice in value]}
    else:
        content = {"body": value}
    return {"name": attribute.name, "value": content}
