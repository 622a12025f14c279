"""Recruiting objects as the API sends them (notes: ats.md, section 2 and Corrections)."""

from __future__ import annotations

from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render import vocabulary
from workable_elt.simulator.render.candidate_parts import CandidateParts
from workable_elt.simulator.render.form import (
    iso_milliseconds,
    iso_seconds,
    signed_url,
)
from workable_elt.simulator.render.jobs import JobRenderer
from workable_elt.simulator.state import Company

Json = dict[str, Any]


class AtsRenderer(JobRenderer):
    """Renders the recruiting side of one company under one set of quirks."""

    def __init__(self, company: Company, quirks: Quirks) -> None:
        super().__init__(company, quirks)
        self._bumping = visible.bumping_kinds(quirks)
        self._parts = CandidateParts(company, quirks)
        self._account = {"subdomain": company.account.subdomain, "name": company.account.name}
        exact = quirks.candidate_timestamps == "milliseconds"
        self._candidate_instant = iso_milliseconds if exact else iso_seconds

    # Candidates

    def candidate_name(self, candidate: r.Candidate) -> str | None:
        """The full name; None once it is blanked."""
        if visible.candidate_is_blank(candidate):
            return None
        return f"{candidate.firstname} {candidate.lastname}"

    def candidate_row(self, candidate: r.Candidate) -> Json:
        """A row of ``/candidates``."""
        row = self._candidate_facts(candidate)
        if self.quirks.withdrew_in_list == "present":
            row["withdrew"] = candidate.has_withdrawn
        return row

    def candidate_detail(self, candidate: r.Candidate) -> Json:
        """The object inside ``candidate`` of ``/candidates/:id``."""
        row = self._candidate_facts(candidate)
        disqualified_at = candidate.disqualified_at
        row["disqualified_at"] = (
            None if disqualified_at is None else iso_milliseconds(disqualified_at)
        )
        row["withdrew"] = candidate.has_withdrawn
        row["uploader_id"] = candidate.uploader_id
        row["originating_candidate_id"] = self._origin(candidate)
        row["outbound_mailbox"] = f"{self.company.account.subdomain}+{candidate.id}@mailbox.example"
        row.update(self._parts.profile(candidate))
        return row

    def _candidate_facts(self, candidate: r.Candidate) -> Json:
        """What list and detail share."""
        blank = visible.candidate_is_blank(candidate)
        source = candidate.source
        row: Json = {
            "id": candidate.id,
            "name": self.candidate_name(candidate),
            "firstname": None if blank else candidate.firstname,
            "lastname": None if blank else candidate.lastname,
            "headline": None if blank else candidate.headline,
            "account": self._account,
            **self._whereabouts(candidate),
            "stage": self._stage_word(candidate.stage),
            "stage_kind": candidate.stage.kind,
            "disqualified": candidate.is_disqualified,
            "anonymized": blank,
            "disqualification_reason": self._reason_text(candidate),
            "hired_at": None
            if candidate.hired_at is None
            else iso_milliseconds(candidate.hired_at),
            "moved_to_offer_at": self._moved_to_offer_at(candidate),
            "sourced": candidate.is_sourced,
            "profile_url": self._profile_url(candidate),
            "address": None if blank else candidate.address,
            "phone": None if blank else candidate.phone,
            "email": None if blank else candidate.email,
            "domain": source.domain,
            "outlet": source.outlet,
            "common_source": source.common_source,
            "common_source_category": source.common_source_category,
            "created_at": self._candidate_instant(candidate.created_at),
            "updated_at": self._candidate_instant(self.candidate_updated_at(candidate)),
        }
        resume = candidate.resume
        if resume is not None and not blank:
            row["resume_metadata"] = {
                "filename": resume.filename,
                "filetype": resume.filetype,
                "created_at": iso_seconds(resume.created_at),
                "updated_at": iso_seconds(resume.updated_at),
            }
        return row

    def candidate_updated_at(self, candidate: r.Candidate) -> int:
        """What ``updated_after`` compares with: epoch milliseconds."""
        return visible.candidate_updated_at(candidate, self._bumping)

    def _whereabouts(self, candidate: r.Candidate) -> Json:
        """The job, or the talent pool of a candidate who has none."""
        if candidate.job_shortcode is not None:
            job = self.company.job_named(candidate.job_shortcode)
            return {"job": {"shortcode": job.shortcode, "title": job.title}}
        pool = candidate.talent_pool_number or 0
        return {"talent_pool": {"talent_pool_id": pool, "identifier": f"{pool:x}"}}

    def _stage_word(self, stage: r.Stage) -> str:
        return stage.slug if self.quirks.candidate_stage == "slug" else stage.name

    def _reason_text(self, candidate: r.Candidate) -> str | None:
        reason_id = candidate.disqualification_reason_id
        return None if reason_id is None else self.company.reason_text(reason_id)

    def _moved_to_offer_at(self, candidate: r.Candidate) -> str | None:
        moved_at = candidate.moved_to_offer_at
        if self.quirks.moved_to_offer_at == "null" or moved_at is None:
            return None
        return iso_milliseconds(moved_at)

    def _profile_url(self, candidate: r.Candidate) -> str:
        base = f"https://{self.company.account.subdomain}.workable.com/backend"
        if candidate.job_shortcode is None:
            return f"{base}/talent/profile/{candidate.profile_number}"
        number = self.company.job_named(candidate.job_shortcode).url_number
        return f"{base}/jobs/{number}/browser/applicants/candidate/{candidate.profile_number}"

    def _origin(self, candidate: r.Candidate) -> str | None:
        shown = self.quirks.originating_candidate_id
        if shown in ("both", "relocated") and candidate.relocated_from is not None:
            return candidate.relocated_from
        return candidate.copied_from if shown in ("both", "copy") else None

    # Activities

    def candidate_activity(self, activity: r.Activity) -> Json:
        """A row of ``/candidates/:id/activities``."""
        row: Json = {
            "id": activity.id,
            "action": self._action(activity),
            "stage_name": activity.stage.name if activity.stage else None,
            "action_stage": self._activity_stage(activity, activity.stage),
            "target_stage": self._activity_stage(activity, activity.target_stage),
            "created_at": iso_milliseconds(activity.created_at),
            "updated_at": iso_milliseconds(activity.updated_at),
            "body": self._body(activity),
        }
        if activity.member_id is not None:
            row["member"] = self.member_brief(activity.member_id)
        if activity.visibility is not None:
            row["visibility_roles"] = list(activity.visibility)
        if activity.rating is not None:
            row["rating"] = {
                "score": vocabulary.rating_score(activity.rating),
                "scale": activity.rating.scale,
                "grade": activity.rating.grade,
            }
        return row

    def job_activity(self, activity: r.Activity) -> Json:
        """A row of ``/jobs/:shortcode/activities``: ``stage_name`` is a move's target, else null."""
        row: Json = {
            "id": activity.id,
            "action": self._action(activity),
            "stage_name": activity.target_stage.name if activity.target_stage else None,
            "created_at": iso_milliseconds(activity.created_at),
            "body": self._body(activity),
        }
        if activity.candidate_id is not None:
            candidate = self.company.candidates[activity.candidate_id]
            row["candidate"] = {"id": candidate.id, "name": self.candidate_name(candidate)}
        if activity.member_id is not None:
            row["member"] = self.member_brief(activity.member_id)
        if activity.rating is not None:
            row["rating"] = {"score": vocabulary.rating_score(activity.rating)}
        return row

    def _action(self, activity: r.Activity) -> str:
        if activity.action == "disqualified":
            return self.quirks.disqualified_action
        return activity.action

    def _body(self, activity: r.Activity) -> str | None:
        """The text; a blanked candidate keeps only the reasons of disqualifications."""
        if activity.candidate_id is None or activity.action == "disqualified":
            return activity.body
        blank = visible.candidate_is_blank(self.company.candidates[activity.candidate_id])
        return None if blank else activity.body

    def _activity_stage(self, activity: r.Activity, stage: r.Stage | None) -> Json | None:
        if stage is None:
            return None
        number = self.stage_number(stage, activity.job_shortcode)
        return {"id": number, "identifier": f"{number:x}", "name": stage.name, "slug": stage.slug}

    # Offers, files, events

    def offer(self, candidate: r.Candidate) -> Json:
        """The answer of ``/candidates/:id/offer``; without an offer only the candidate."""
        place = candidate.location
        blank = visible.candidate_is_blank(candidate)
        answer: Json = {
            "candidate": {
                "id": candidate.id,
                "name": self.candidate_name(candidate),
                "location": vocabulary.place_text(place) if place and not blank else None,
            }
        }
        offer = self.company.offers.get(candidate.id)
        if offer is None:
            return answer
        answer["created_at"] = iso_milliseconds(offer.created_at)
        answer["state"] = vocabulary.offer_state(offer.state, self.quirks)
        answer["document_variables"] = [] if blank else [_variable(v) for v in offer.variables]
        answer["documents"] = [] if blank else [_document(offer, d) for d in offer.documents]
        return answer

    def files(self, candidate: r.Candidate) -> list[Json]:
        """The list inside ``files`` of ``/candidates/:id/files``."""
        if visible.candidate_is_blank(candidate):
            return []
        return [self._file(candidate, file) for file in candidate.files]

    def _file(self, candidate: r.Candidate, file: r.CandidateFile) -> Json:
        url = signed_url(f"candidates/{candidate.id}/{file.name}", self.company.version, 60_000)
        row: Json = {"name": file.name, "preview_url": url, "source": file.source}
        if file.kind is not None:
            row["kind"] = file.kind
        return row

    def event(self, event: r.Event) -> Json:
        """A row of ``/events``, and the answer of ``/events/:id``."""
        candidate = self.company.candidates[event.candidate_id]
        blank = visible.candidate_is_blank(candidate)
        row: Json = {
            "id": event.id,
            "title": None if blank else event.title,
            "description": None if blank else event.description,
            "type": vocabulary.event_type(event.type, self.quirks),
            "starts_at": iso_milliseconds(event.starts_at),
            "ends_at": iso_milliseconds(event.ends_at),
            "cancelled": event.is_cancelled,
            "members": [
                {**self.member_brief(member_id), "status": status}
                for member_id, status in event.attendees
            ],
            "candidate": {"id": candidate.id, "name": self.candidate_name(candidate)},
        }
        if event.job_shortcode is not None:
            job = self.company.job_named(event.job_shortcode)
            row["job"] = {"shortcode": job.shortcode, "title": job.title}
        if event.conference_url is not None:
            row["conference"] = {"type": "zoom", "id": event.id, "url": event.conference_url}
        return row


def _document(offer: r.Offer, document: r.CandidateFile) -> Json:
    url = signed_url(f"offers/{document.name}", offer.version, 60_000)
    return {"name": document.name, "preview_url": url, "kind": document.kind}


def _variable(variable: r.OfferVariable) -> Json:
    named = {"name": variable.name, "slug": variable.slug}
    if isinstance(variable.value, r.Money):
        value: Json = {"data": vocabulary.offer_money(variable.value)}
    else:
        value = {"body": variable.value}
    return {"document_variable": named, "value": value}
