"""The common actions on candidates (ats.md, 4); each becomes an event of the log."""

from __future__ import annotations

from typing import Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator import visible

from .access import TokenKind
from .ats_candidates import find_candidate
from .call import Call
from .errors import invalid
from .routing import Reply, Routes, reply_empty, reply_json

SCALES = {"thumbs": 2, "stars": 4, "numbers": 9}
"""Rating scales and their highest grades."""
DEFAULT_VISIBILITY = ("admin", "recruiting_admin", "hiring_manager", "simple", "reviewer")
_PLAIN_FIELDS = ("firstname", "lastname", "email", "phone", "headline", "address")
_MORE_FIELDS = ("summary", "cover_letter")


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    writes = "w_candidates"
    routes.add("POST", "/jobs/:shortcode/candidates", create_candidate, writes)
    routes.add("PATCH", "/candidates/:id", update_candidate, writes)
    routes.add("POST", "/candidates/:id/comments", comment, writes, "w_comments")
    routes.add("POST", "/candidates/:id/ratings", rate, writes)
    routes.add("PUT", "/candidates/:id/ratings", edit_rating, writes)
    routes.add("POST", "/candidates/:id/move", move, writes)
    routes.add("POST", "/candidates/:id/disqualify", disqualify, writes)
    routes.add("POST", "/candidates/:id/revert", revert, writes)
    routes.add("POST", "/candidates/:id/copy", copy, writes)
    routes.add("POST", "/candidates/:id/relocate", relocate, writes)
    routes.add("PUT", "/candidates/:id/tags", tag, writes)


def _actor(call: Call) -> str:
    """Find who acts: a user token's own member, else ``member_id`` of the body.

    Raises:
        ApiError: 422, nobody is named or nobody has that id.
    """
    member_id = call.token.member_id
    if call.token.kind is not TokenKind.USER:
        member_id = call.body.get("member_id")
    member = call.company.members.get(str(member_id))
    if member is None or not member.is_active:
        raise invalid("member_id is missing or unknown")
    return member.id


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value.strip():
        raise invalid(f"{name} is required")
    return value


def _object(content: dict[str, Any], name: str) -> dict[str, Any]:
    value = content.get(name)
    if not isinstance(value, dict):
        raise invalid(f"{name} is required")
    return value


def _stage(call: Call, job: r.Job, slug: object) -> r.Stage:
    for stage in call.company.stages_of(job):
        if stage.slug == slug:
            return stage
    raise invalid("stage not found")


def _stage_or_first(call: Call, job: r.Job, slug: object, kind: str) -> r.Stage:
    """Find the named stage, or the job's first one of a kind (or its very first)."""
    if slug is not None:
        return _stage(call, job, slug)
    stages = call.company.stages_of(job)
    return next((stage for stage in stages if stage.kind == kind), stages[0])


def _job_of(call: Call, candidate: r.Candidate) -> r.Job:
    if candidate.job_shortcode is None:
        raise invalid("the candidate is in no job")
    return call.job(candidate.job_shortcode)


def _next_id(call: Call) -> str:
    return f"{call.tenant.log.next_number('candidate'):08x}"


def _activity(call: Call) -> int:
    return call.tenant.log.next_number("activity")


def create_candidate(call: Call) -> Reply:
    """``POST /jobs/:shortcode/candidates``: sourced unless told otherwise."""
    job, content = call.job(call.parts[0]), _object(call.body, "candidate")
    is_sourced = call.body.get("sourced", True) is not False
    stage = _stage_or_first(
        call, job, call.params.one("stage"), "sourced" if is_sourced else "applied"
    )
    profile = _profile(content)
    if profile.email is not None and _is_taken(call, job, profile.email):
        raise invalid("Unprocessable", email=["candidate already exists"])
    domain = content.get("domain")
    event = ev.CandidateEntered(
        at=call.now,
        actor=_actor(call) if "member_id" in call.body else None,
        candidate=_next_id(call),
        person=call.tenant.log.next_number("human"),
        how="uploaded" if is_sourced else "applied",
        job=job.shortcode,
        stage=stage.number,
        source=r.Source(domain, "SPI", domain or "Unknown", "Other"),
        profile=profile,
        activity=_activity(call),
    )
    call.tenant.record(event)
    detail = call.ats.candidate_detail(call.company.candidates[event.candidate])
    return reply_json({"status": "created", "candidate": detail}, 201)


def _is_taken(call: Call, job: r.Job, email: str) -> bool:
    """Say whether a job has a candidate with this e-mail already."""
    return any(
        (other.email or "").casefold() == email.casefold()
        for other in call.company.candidates_by_job.get(job.shortcode, [])
        if visible.candidate_is_listed(other, call.quirks)
    )


def _profile(content: dict[str, Any]) -> ev.Profile:
    first, last = _names(content)
    return ev.Profile(
        firstname=first,
        lastname=last,
        email=content.get("email"),
        phone=content.get("phone"),
        headline=content.get("headline"),
        address=content.get("address"),
        cover_letter=content.get("cover_letter"),
        summary=content.get("summary"),
        skills=tuple(content.get("skills") or ()),
        tags=tuple(content.get("tags") or ()),
    )


def _names(content: dict[str, Any]) -> tuple[str, str]:
    if "firstname" in content or "lastname" in content:
        return _text(content, "firstname"), _text(content, "lastname")
    first, _, last = _text(content, "name").partition(" ")
    return first, last


def update_candidate(call: Call) -> Reply:
    """``PATCH /candidates/:id``: plain facts, skills and tags; an absent key keeps."""
    candidate = find_candidate(call, call.parts[0])
    content = _object(call.body, "candidate")
    changes: dict[str, Any] = {
        name: content[name] or None for name in (*_PLAIN_FIELDS, *_MORE_FIELDS) if name in content
    }
    if "name" in content:
        changes["firstname"], changes["lastname"] = _names({"name": content["name"]})
    changes.update({name: tuple(content[name]) for name in ("skills", "tags") if name in content})
    call.tenant.record(ev.CandidateUpdated(call.now, call.token.member_id, candidate.id, changes))
    return reply_json({"candidate": call.ats.candidate_detail(candidate)})


def comment(call: Call) -> Reply:
    """``POST /candidates/:id/comments``."""
    candidate = find_candidate(call, call.parts[0])
    content = _object(call.body, "comment")
    event = ev.Commented(
        at=call.now,
        actor=_actor(call),
        candidate=candidate.id,
        stage=candidate.stage.number,
        body=_text(content, "body"),
        visibility=tuple(content.get("policy") or DEFAULT_VISIBILITY),
        activity=_activity(call),
    )
    call.tenant.record(event)
    return reply_json({"id": call.company.activities[event.activity].id})


def _rating(call: Call) -> r.Rating:
    scale, grade = call.body.get("scale"), call.body.get("grade")
    highest = SCALES.get(str(scale))
    if highest is None or not isinstance(grade, int) or not 0 <= grade <= highest:
        raise invalid("scale or grade is not acceptable")
    return r.Rating(str(scale), grade)


def rate(call: Call) -> Reply:
    """``POST /candidates/:id/ratings``."""
    candidate, rating = find_candidate(call, call.parts[0]), _rating(call)
    call.tenant.record(
        ev.Rated(
            at=call.now,
            actor=_actor(call),
            candidate=candidate.id,
            stage=candidate.stage.number,
            rating=rating,
            body=call.body.get("comment"),
            visibility=DEFAULT_VISIBILITY,
            activity=_activity(call),
        )
    )
    return reply_empty()


def edit_rating(call: Call) -> Reply:
    """``PUT /candidates/:id/ratings``: rewrites the member's latest rating of this stage."""
    candidate, rating, actor = find_candidate(call, call.parts[0]), _rating(call), _actor(call)
    for activity in reversed(call.company.activities_by_candidate[candidate.id]):
        at_stage = activity.stage is not None and activity.stage.number == candidate.stage.number
        if activity.action == "rating" and activity.member_id == actor and at_stage:
            body = call.body.get("comment", activity.body)
            call.tenant.record(
                ev.RatingEdited(call.now, actor, candidate.id, rating, body, activity.number)
            )
            return reply_empty()
    raise invalid("there is no rating to update")


def move(call: Call) -> Reply:
    """``POST /candidates/:id/move``."""
    candidate = find_candidate(call, call.parts[0])
    target = _stage(call, _job_of(call, candidate), call.body.get("target_stage"))
    actor, stage = _actor(call), candidate.stage.number
    call.tenant.record(
        ev.StageMoved(call.now, actor, candidate.id, stage, target.number, _activity(call))
    )
    return reply_empty()


def disqualify(call: Call) -> Reply:
    """``POST /candidates/:id/disqualify``: with a reason's id, or its text as of old."""
    candidate = find_candidate(call, call.parts[0])
    if candidate.is_disqualified:
        raise invalid("the candidate is disqualified already")
    reason = _reason(call)
    withdrew = bool(call.body.get("withdrew", reason.is_withdrawal))
    call.tenant.record(
        ev.Disqualified(
            at=call.now,
            actor=_actor(call),
            candidate=candidate.id,
            stage=candidate.stage.number,
            reason_id=reason.id,
            withdrew=withdrew,
            activity=_activity(call),
        )
    )
    return reply_empty()


def _reason(call: Call) -> r.DisqualificationReason:
    by_id = call.company.reasons.get(str(call.body.get("disqualify_reason_id")))
    if by_id is not None:
        return by_id
    text = call.body.get("disqualification_reason")
    for reason in call.company.reasons.values():
        if reason.description == text:
            return reason
    raise invalid("disqualification reason not found")


def revert(call: Call) -> Reply:
    """``POST /candidates/:id/revert``: takes a disqualification back."""
    candidate = find_candidate(call, call.parts[0])
    if not candidate.is_disqualified:
        raise invalid("the candidate is not disqualified")
    stage = candidate.stage.number
    call.tenant.record(ev.Reverted(call.now, _actor(call), candidate.id, stage, _activity(call)))
    return reply_empty()


def _target(call: Call) -> tuple[r.Job, r.Stage]:
    shortcode = _text(call.body, "target_job_shortcode")
    job = call.company.jobs.get(shortcode)
    if job is None or not call.token.sees_job(shortcode):
        raise invalid("job not found")
    return job, _stage_or_first(call, job, call.body.get("target_stage"), "applied")


def copy(call: Call) -> Reply:
    """``POST /candidates/:id/copy``: a new record in another job; the original stays."""
    original = find_candidate(call, call.parts[0])
    job, stage = _target(call)
    event = ev.Copied(
        at=call.now,
        actor=_actor(call),
        candidate=_next_id(call),
        original=original.id,
        job=job.shortcode,
        stage=stage.number,
        source=r.Source(None, None, "Copied from another job", "Sourced"),
        activity=_activity(call),
    )
    call.tenant.record(event)
    return _where(call, event.candidate)


def relocate(call: Call) -> Reply:
    """``POST /candidates/:id/relocate``: a new id in another job; the old id is gone."""
    old = find_candidate(call, call.parts[0])
    job, stage = _target(call)
    event = ev.Relocated(
        at=call.now,
        actor=_actor(call),
        candidate=_next_id(call),
        old=old.id,
        job=job.shortcode,
        stage=old.stage.number,
        target=stage.number,
        activity=_activity(call),
    )
    call.tenant.record(event)
    return _where(call, event.candidate)


def _where(call: Call, candidate_id: str) -> Reply:
    url = call.ats.candidate_row(call.company.candidates[candidate_id])["profile_url"]
    return reply_json({"candidate": {"id": candidate_id, "url": url}})


def tag(call: Call) -> Reply:
    """``PUT /candidates/:id/tags``: replaces them all."""
    candidate, tags = find_candidate(call, call.parts[0]), call.body.get("tags")
    if not isinstance(tags, list) or not all(isinstance(each, str) for each in tags):
        raise invalid("tags must be a list of texts")
    call.tenant.record(ev.Tagged(call.now, call.token.member_id, candidate.id, tuple(tags)))
    return reply_json({"tags": tags})
