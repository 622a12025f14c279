"""Candidates, applications and what happened to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracle.account import REPORTING_STAGES, AccountOracle
from tests.oracle.people import persons
from tests.oracle.values import Row, instant, number, whole_second

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.render import vocabulary

ENTRIES = {"applied", "uploaded", "referral", "recommended", "copied", "moved"}
ACTIVITY_TYPES = {
    **dict.fromkeys(("applied", "uploaded", "referral", "recommended"), "application"),
    "copied": "copy",
    "moved": "relocation",
    "comment": "note",
    "rating": "rating",
    "message": "email",
    "event": "interview_event",
    "disqualified": "disqualification",
    "reverted": "reversal",
    "assessment-requested": "assessment",
    "assessment-completed": "assessment",
    "video-interview-requested": "video_interview",
    "video-interview-completed": "video_interview",
}
OFFER_STATES = {
    "draft": "draft",
    "pending": "pending",
    "approved": "approved",
    "sent": "sent",
    "accepted": "accepted",
    "declined": "declined",
    "rescinded": "withdrawn",
}
TOP_GRADES = {"thumbs": 2, "stars": 4, "numbers": 9}
PUBLIC_ROLES = {"simple", "reviewer"}


class CandidateOracle(AccountOracle):
    """Expected rows of the candidates' tables, at depth `full`."""

    def listed(self) -> list[r.Candidate]:
        """The candidates that the API lists."""
        return [
            candidate
            for candidate in self.company.candidate_order
            if visible.candidate_is_listed(candidate, self.quirks)
        ]

    def in_jobs(self) -> list[r.Candidate]:
        """Those that are applications."""
        return [candidate for candidate in self.listed() if candidate.job_shortcode]

    def candidates(self) -> list[Row]:
        """ats_candidates: persons, so nobody who is blanked."""
        return [
            self._candidate(candidate)
            for candidate in self.listed()
            if not visible.candidate_is_blank(candidate)
        ]

    def _candidate(self, candidate: r.Candidate) -> Row:
        activities = self.company.activities_by_candidate.get(candidate.id, [])
        times = [activity.created_at for activity in activities]
        kinds = visible.bumping_kinds(self.quirks)
        place, source = candidate.location, candidate.source
        return {
            "candidate_key": self.key(candidate.id),
            "candidate_id": candidate.id,
            "first_name": candidate.firstname,
            "last_name": candidate.lastname,
            "full_name": f"{candidate.firstname} {candidate.lastname}",
            "headline": candidate.headline,
            "email": candidate.email,
            "phone": candidate.phone,
            "address": candidate.address,
            "city": place.city if place else None,
            "region": place.region if place else None,
            "country_code": place.country_code if place else None,
            "summary": candidate.summary,
            "cover_letter": candidate.cover_letter,
            "is_talent_pool": candidate.job_shortcode is None,
            "is_sourced": candidate.is_sourced,
            "is_anonymized": False,
            "source_name": source.common_source,
            "source_category_raw": source.common_source_category,
            "source_domain": source.domain,
            "source_outlet": source.outlet,
            "uploaded_by_user_key": self.optional_key("member", candidate.uploader_id),
            "has_resume": candidate.resume is not None,
            "resume_file_name": candidate.resume.filename if candidate.resume else None,
            "first_activity_at": instant(min(times, default=None)),
            "last_activity_at": instant(max(times, default=None)),
            "created_at": whole_second(candidate.created_at),
            "updated_at": whole_second(visible.candidate_updated_at(candidate, kinds)),
            "is_deleted": False,
        }

    def persons(self) -> list[tuple[str, ...]]:
        """ats_people: the candidate ids of each person."""
        return persons([c for c in self.listed() if not visible.candidate_is_blank(c)])

    def applications(self) -> list[Row]:
        """ats_applications."""
        return [self._application(candidate) for candidate in self.in_jobs()]

    def _application(self, candidate: r.Candidate) -> Row:
        shortcode = candidate.job_shortcode
        assert shortcode is not None
        job = self.company.jobs[shortcode]
        names = [stage.name for stage in self.company.stages_of(job)]
        is_unique = names.count(candidate.stage.name) == 1
        status = self._status(candidate)
        hires = self._entries_of_kind(candidate, "hired")
        offers = self._entries_of_kind(candidate, "offer")
        offer = self.company.offers.get(candidate.id)
        reason_id = candidate.disqualification_reason_id
        reason = self.company.reasons[reason_id] if reason_id else None
        return {
            "application_key": self.key(candidate.id),
            "candidate_key": self.key(candidate.id),
            "job_key": self.key(shortcode),
            "current_stage_key": self.stage_key(candidate.stage, shortcode) if is_unique else None,
            "current_stage_name": candidate.stage.name,
            "current_stage_kind": candidate.stage.kind.replace("-", "_"),
            "reporting_stage": REPORTING_STAGES.get(candidate.stage.kind, "other"),
            "status": status,
            "is_sourced": candidate.is_sourced,
            "hired_at": instant(max(hires, default=None)) if status == "hired" else None,
            "was_hired": bool(hires),
            "moved_to_offer_at": instant(
                candidate.moved_to_offer_at
                if self.quirks.moved_to_offer_at == "set"
                else min(offers, default=None)
            ),
            "disqualified_at": instant(candidate.disqualified_at),
            "disqualification_reason_key": self.optional_key(reason_id),
            "disqualification_reason_raw": reason.description if reason else None,
            "disqualification_type": self._disqualification_type(candidate),
            "offer_state": self._has_offer_state(offer),
            "is_open": status == "active" and job.state != "archived",
            "is_sample": job.is_sample,
            "created_at": whole_second(candidate.created_at),
            "is_deleted": visible.candidate_is_blank(candidate)
            and candidate.deleted_at is not None,
        }

    def _has_offer_state(self, offer: r.Offer | None) -> str | None:
        return {vocabulary.offer_state(offer.state, self.quirks)} if offer else None

    def _disqualification_type(self, candidate: r.Candidate) -> str | None:
        if not candidate.is_disqualified:
            return None
        return "withdrew" if candidate.has_withdrawn else "rejected"

    def _status(self, candidate: r.Candidate) -> str:
        if candidate.is_disqualified:
            return "withdrawn" if candidate.has_withdrawn else "rejected"
        return "hired" if candidate.stage.kind == "hired" else "active"

    def _transitions_of(self, candidate: r.Candidate) -> list[r.Activity]:
        activities = self.company.activities_by_candidate.get(candidate.id, [])
        return sorted(
            (activity for activity in activities if is_transition(activity)),
            key=lambda activity: (activity.created_at, activity.number),
        )

    def _entries_of_kind(self, candidate: r.Candidate, kind: str) -> list[int]:
        return [
            activity.created_at
            for activity in self._transitions_of(candidate)
            if entered_stage(activity).kind == kind
        ]

    def transitions(self) -> list[Row]:
        """ats_stage_transitions."""
        return [
            {
                "application_key": self.key(candidate.id),
                "activity_key": self.key(activity.id),
                "to_stage_name": entered_stage(activity).name,
                "entry_number": position,
                "occurred_at": instant(activity.created_at),
            }
            for candidate in self.in_jobs()
            for position, activity in enumerate(self._transitions_of(candidate), start=1)
        ]

    def activities(self) -> list[Row]:
        """ats_activities: the streams of all candidates and jobs that are visible."""
        return [
            self._activity(activity)
            for activity in self.company.activities.values()
            if activity.candidate_id is None
            or visible.candidate_is_listed(
                self.company.candidates[activity.candidate_id], self.quirks
            )
        ]

    def _activity(self, activity: r.Activity) -> Row:
        target = activity.target_stage
        is_move = is_stage_move(activity)
        of_job = activity.candidate_id is None
        default = "job_event" if of_job else "other"
        candidate = self.company.candidates[activity.candidate_id] if not of_job else None
        in_job = candidate is not None and candidate.job_shortcode is not None
        rating = activity.rating
        return {
            "activity_key": self.key(activity.id),
            "candidate_key": self.optional_key(activity.candidate_id),
            "application_key": self.key(candidate.id) if candidate and in_job else None,
            "user_key": self.optional_key("member", activity.member_id),
            "activity_type": "stage_move"
            if is_move
            else ACTIVITY_TYPES.get(activity.action, default),
            "to_stage_name": target.name if is_move and target else None,
            "body": activity.body if self._is_public(activity) else None,
            "rating_scale": rating.scale if rating else None,
            "rating_grade": number(rating.grade) if rating else None,
            "rating_score_0_to_1": round(rating.grade / TOP_GRADES[rating.scale], 4)
            if rating
            else None,
            "occurred_at": instant(activity.created_at),
        }

    def _is_public(self, activity: r.Activity) -> bool:
        if activity.candidate_id is None or activity.visibility is None:
            return False
        blank = visible.candidate_is_blank(self.company.candidates[activity.candidate_id])
        return not blank and bool(PUBLIC_ROLES & set(activity.visibility))

    def offers(self) -> list[Row]:
        """ats_offers."""
        return [
            {
                "candidate_key": self.key(candidate.id),
                "state": OFFER_STATES[offer.state],
                "offered_at": instant(offer.created_at),
            }
            for candidate in self.in_jobs()
            if (offer := self.company.offers.get(candidate.id))
        ]

    def interviews(self) -> list[Row]:
        """ats_interviews, events of candidates that are gone included."""
        return [
            {
                "interview_id": event.id,
                "interview_type": event.type,
                "candidate_key": self.key(event.candidate_id),
                "job_key": self.optional_key(event.job_shortcode),
                "starts_at": instant(event.starts_at),
                "ends_at": instant(event.ends_at),
                "is_cancelled": event.is_cancelled,
            }
            for event in self.company.events.values()
        ]

    def tags(self) -> list[Row]:
        """ats_candidate_tags."""
        return [
            {"candidate_key": self.key(candidate.id), "tag": tag}
            for candidate in self.listed()
            if not visible.candidate_is_blank(candidate)
            for tag in dict.fromkeys(candidate.tags)
        ]

    def answers(self) -> list[Row]:
        """ats_application_answers: one row an answer that the detail shows."""
        rows = []
        # A relocated candidate keeps the answers to the questions of the job before.
        questions = {q.id: q for job in self.company.jobs.values() for q in job.questions}
        for candidate in self.in_jobs():
            if visible.candidate_is_blank(candidate):
                continue
            for answer in candidate.answers:
                question = questions[answer.question_id]
                if answer.value is not None or self.quirks.unanswered_question == "null":
                    rows.append(self._answer(candidate, question.body, question, answer.value))
            if self.quirks.custom_attribute_values == "answers":
                for key, value in candidate.custom_values.items():
                    asked = self.company.custom_attributes[key]
                    rows.append(self._answer(candidate, asked.label, asked, value))
        return rows

    def _answer(
        self,
        candidate: r.Candidate,
        body: str,
        question: r.Question | r.CustomAttribute,
        value: Any,
    ) -> Row:
        picked = value if isinstance(value, tuple) else ()
        return {
            "candidate_key": self.key(candidate.id),
            "question": body,
            "answer_text": value if question.type in ("free_text", "short_text") else None,
            "answer_number": number(value) if question.type == "numeric" else None,
            "answer_boolean": value if question.type == "boolean" else None,
            "answer_date": value if isinstance(value, date) else None,
            "answer_choices": [c.body for c in question.choices if c.id in picked] or None,
        }

    def resumes(self) -> list[Row]:
        """The résumés of ats_attachments."""
        return [
            {
                "candidate_key": self.key(candidate.id),
                "file_name": candidate.resume.filename,
                "attachment_type": "resume",
            }
            for candidate in self.listed()
            if candidate.resume and not visible.candidate_is_blank(candidate)
        ]


def is_stage_move(activity: r.Activity) -> bool:
    """Whether an activity is a move between stages.

    A move bears its target's slug, so a move back to Applied is called `applied` as well.
    """
    target = activity.target_stage
    return target is not None and (
        activity.action == target.slug or activity.action not in ACTIVITY_TYPES
    )


def is_transition(activity: r.Activity) -> bool:
    """Whether an activity is an entry into a stage; one into the stage it was in is none."""
    if not is_stage_move(activity):
        return activity.action in ENTRIES
    target, before = activity.target_stage, activity.stage
    return target is not None and (before is None or target.number != before.number)


def entered_stage(activity: r.Activity) -> r.Stage:
    """The stage that a transition leads to."""
    stage = activity.target_stage or activity.stage
    assert stage is not None
    return stage
