"""Folding events of candidates (what moves ``updated_at``: ats.md, Corrections 1 and 2)."""

from __future__ import annotations

from bisect import insort
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.fold.account import set_attributes

if TYPE_CHECKING:
    from workable_elt.simulator.state import Company


def _write(
    company: Company,
    candidate: r.Candidate,
    event: ev.CandidateEvent,
    number: int,
    action: str,
    stage: r.Stage,
    *,
    target: r.Stage | None = None,
    body: str | None = None,
    visibility: tuple[str, ...] | None = None,
    rating: r.Rating | None = None,
) -> None:
    """Write an activity into the candidate's stream and the job's."""
    activity = r.Activity(
        number,
        f"{number:08x}",
        action,
        event.at,
        event.at,
        candidate.job_shortcode,
        candidate.id,
        stage,
        target,
        event.actor,
        body,
        visibility,
        rating,
    )
    company.activities[number] = activity
    company.activities_by_candidate[candidate.id].append(activity)
    if candidate.job_shortcode is not None:
        company.activities_by_job[candidate.job_shortcode].append(activity)
    candidate.version += 1


def _enroll(company: Company, candidate: r.Candidate) -> None:
    """Put a new candidate record into the indexes; its number is the highest so far."""
    company.candidates[candidate.id] = candidate
    company.candidate_order.append(candidate)
    company.activities_by_candidate[candidate.id] = []
    if candidate.job_shortcode is not None:
        company.candidates_by_job[candidate.job_shortcode].append(candidate)


def _entered(company: Company, event: ev.CandidateEntered) -> None:
    profile, number = event.profile, int(event.candidate, 16)
    stage = company.stages[event.stage]
    resume = profile.resume_name
    candidate = r.Candidate(
        number=number,
        id=event.candidate,
        person=event.person,
        firstname=profile.firstname,
        lastname=profile.lastname,
        email=profile.email,
        phone=profile.phone,
        headline=profile.headline,
        address=profile.address,
        location=profile.location,
        job_shortcode=event.job,
        stage=stage,
        is_sourced=event.how != "applied",
        source=event.source,
        created_at=event.at,
        updated_at=event.at,
        talent_pool_number=None if event.job else 4_711,
        profile_number=number % 900_000_000 + 100_000_000,
        resume=r.Resume(resume, resume.rpartition(".")[2], event.at, event.at) if resume else None,
        image_name=profile.image_name,
        uploader_id=event.actor,
        cover_letter=profile.cover_letter,
        summary=profile.summary,
        education=profile.education,
        experience=profile.experience,
        skills=profile.skills,
        social_profiles=profile.social_profiles,
        answers=profile.answers,
        tags=profile.tags,
        files=profile.files,
        custom_values=dict(profile.custom_values) if profile.custom_values else {},
    )
    _enroll(company, candidate)
    _write(company, candidate, event, event.activity, event.how, stage)


def _moved(company: Company, event: ev.StageMoved) -> None:
    candidate = company.candidates[event.candidate]
    stage, target = company.stages[event.stage], company.stages[event.target]
    _write(company, candidate, event, event.activity, target.slug, stage, target=target)
    candidate.stage = target
    candidate.updated_at = event.at
    candidate.hired_at = event.at if target.kind == "hired" else None
    if target.kind == "offer":
        candidate.moved_to_offer_at = event.at


def _commented(company: Company, event: ev.Commented) -> None:
    candidate = company.candidates[event.candidate]
    stage = company.stages[event.stage]
    candidate.quiet_changes["comment"] = event.at
    _write(
        company,
        candidate,
        event,
        event.activity,
        "comment",
        stage,
        body=event.body,
        visibility=event.visibility,
    )


def _messaged(company: Company, event: ev.Messaged) -> None:
    candidate = company.candidates[event.candidate]
    stage = company.stages[event.stage]
    candidate.quiet_changes["message"] = event.at
    _write(
        company,
        candidate,
        event,
        event.activity,
        "message",
        stage,
        body=event.body,
        visibility=event.visibility,
    )


def _rated(company: Company, event: ev.Rated) -> None:
    candidate = company.candidates[event.candidate]
    candidate.quiet_changes["rating"] = event.at
    _write(
        company,
        candidate,
        event,
        event.activity,
        "rating",
        company.stages[event.stage],
        body=event.body,
        visibility=event.visibility,
        rating=event.rating,
    )


def _rating_edited(company: Company, event: ev.RatingEdited) -> None:
    """An edited rating rewrites its activity and makes none."""
    activity = company.activities[event.activity]
    activity.rating = event.rating
    activity.body = event.body
    activity.updated_at = event.at
    activity.version += 1
    candidate = company.candidates[event.candidate]
    candidate.quiet_changes["rating_edit"] = event.at
    candidate.version += 1


def _assessed(company: Company, event: ev.Assessed) -> None:
    candidate = company.candidates[event.candidate]
    _write(company, candidate, event, event.activity, event.action, company.stages[event.stage])


def _disqualified(company: Company, event: ev.Disqualified) -> None:
    candidate = company.candidates[event.candidate]
    stage = company.stages[event.stage]
    text = company.reasons[event.reason_id].description
    _write(company, candidate, event, event.activity, "disqualified", stage, body=text)
    candidate.is_disqualified = True
    candidate.has_withdrawn = event.withdrew
    candidate.disqualification_reason_id = event.reason_id
    candidate.disqualified_at = candidate.updated_at = event.at


def _reverted(company: Company, event: ev.Reverted) -> None:
    candidate = company.candidates[event.candidate]
    _write(company, candidate, event, event.activity, "reverted", company.stages[event.stage])
    candidate.is_disqualified = candidate.has_withdrawn = False
    candidate.disqualification_reason_id = candidate.disqualified_at = None
    candidate.updated_at = event.at


def _relocated(company: Company, event: ev.Relocated) -> None:
    """The candidate gets a new id in another job; history, offer and events go along."""
    old, target = company.candidates[event.old], company.stages[event.target]
    candidate = replace(
        old,
        number=int(event.candidate, 16),
        id=event.candidate,
        job_shortcode=event.job,
        stage=target,
        updated_at=event.at,
        quiet_changes=dict(old.quiet_changes),
        custom_values=dict(old.custom_values),
        relocated_from=old.id,
        copied_from=None,
        is_gone_with_job=False,
    )
    _enroll(company, candidate)
    old.relocated_to = candidate.id
    old.version += 1
    if old.job_shortcode is not None:
        there = company.candidates_by_job[old.job_shortcode]
        company.candidates_by_job[old.job_shortcode] = [c for c in there if c is not old]
    _carry_history(company, old, candidate, event.at)
    _write(company, candidate, event, event.activity, "moved", target)
    company.shared_version += 1


def _carry_history(company: Company, old: r.Candidate, new: r.Candidate, at: int) -> None:
    """Move activities, offer and calendar events to a relocated candidate's new record."""
    carried = company.activities_by_candidate[old.id]
    company.activities_by_candidate[old.id] = []
    company.activities_by_candidate[new.id] = carried
    if old.job_shortcode is not None:
        gone = {activity.number for activity in carried}
        stream = company.activities_by_job[old.job_shortcode]
        company.activities_by_job[old.job_shortcode] = [a for a in stream if a.number not in gone]
    for activity in carried:
        activity.candidate_id = new.id
        activity.job_shortcode = new.job_shortcode
        activity.updated_at = at
        activity.version += 1
        if new.job_shortcode is not None:
            stream = company.activities_by_job[new.job_shortcode]
            insort(stream, activity, key=lambda row: row.number)
    if old.id in company.offers:
        offer = company.offers.pop(old.id)
        company.offers[new.id] = replace(offer, candidate_id=new.id, version=offer.version + 1)
    for event in company.events_by_candidate.pop(old.id, []):
        event.candidate_id = new.id
        event.job_shortcode = new.job_shortcode
        event.version += 1
        company.events_by_candidate.setdefault(new.id, []).append(event)


def _copied(company: Company, event: ev.Copied) -> None:
    original, stage = company.candidates[event.original], company.stages[event.stage]
    candidate = replace(
        original,
        number=int(event.candidate, 16),
        id=event.candidate,
        job_shortcode=event.job,
        talent_pool_number=None,
        stage=stage,
        is_sourced=True,
        source=event.source,
        created_at=event.at,
        updated_at=event.at,
        quiet_changes={},
        is_disqualified=False,
        has_withdrawn=False,
        disqualification_reason_id=None,
        disqualified_at=None,
        hired_at=None,
        moved_to_offer_at=None,
        custom_values=dict(original.custom_values),
        answers=(),
        copied_from=original.id,
        relocated_from=None,
        is_gone_with_job=False,
        version=0,
    )
    _enroll(company, candidate)
    _write(company, candidate, event, event.activity, "copied", stage)


def _offer_made(company: Company, event: ev.OfferMade) -> None:
    company.offers[event.candidate] = replace(event.offer)
    _touch_quietly(company.candidates[event.candidate], "offer", event.at)


def _offer_changed(company: Company, event: ev.OfferChanged) -> None:
    offer = company.offers[event.candidate]
    offer.state = event.state
    offer.updated_at = event.at
    offer.version += 1
    _touch_quietly(company.candidates[event.candidate], "offer", event.at)


def _touch_quietly(candidate: r.Candidate, kind: str, at: int) -> None:
    candidate.quiet_changes[kind] = at
    candidate.version += 1


def _event_scheduled(company: Company, event: ev.EventScheduled) -> None:
    candidate = company.candidates[event.candidate]
    calendar_event = replace(event.event)
    company.events[calendar_event.id] = calendar_event
    company.events_by_candidate.setdefault(candidate.id, []).append(calendar_event)
    candidate.quiet_changes["event"] = event.at
    stage = company.stages[event.stage]
    _write(company, candidate, event, event.activity, "event", stage, body=calendar_event.title)


def _event_cancelled(company: Company, event: ev.EventCancelled) -> None:
    calendar_event = company.events[event.event_id]
    calendar_event.is_cancelled = True
    calendar_event.version += 1
    _touch_quietly(company.candidates[event.candidate], "event", event.at)


def _tagged(company: Company, event: ev.Tagged) -> None:
    candidate = company.candidates[event.candidate]
    candidate.tags = event.tags
    _touch_quietly(candidate, "tag", event.at)


def _updated(company: Company, event: ev.CandidateUpdated) -> None:
    candidate = company.candidates[event.candidate]
    set_attributes(candidate, event.changes)
    candidate.updated_at = event.at
    candidate.version += 1
    if event.changes.keys() & {"firstname", "lastname", "is_anonymized"}:
        company.shared_version += 1


def _deleted(company: Company, event: ev.CandidateDeleted) -> None:
    candidate = company.candidates[event.candidate]
    candidate.deleted_at = candidate.updated_at = event.at
    candidate.version += 1
    company.shared_version += 1


CANDIDATE_HANDLERS: dict[type, Any] = {
    ev.CandidateEntered: _entered,
    ev.StageMoved: _moved,
    ev.Commented: _commented,
    ev.Messaged: _messaged,
    ev.Rated: _rated,
    ev.RatingEdited: _rating_edited,
    ev.Assessed: _assessed,
    ev.Disqualified: _disqualified,
    ev.Reverted: _reverted,
    ev.Relocated: _relocated,
    ev.Copied: _copied,
    ev.OfferMade: _offer_made,
    ev.OfferChanged: _offer_changed,
    ev.EventScheduled: _event_scheduled,
    ev.EventCancelled: _event_cancelled,
    ev.Tagged: _tagged,
    ev.CandidateUpdated: _updated,
    ev.CandidateDeleted: _deleted,
}
