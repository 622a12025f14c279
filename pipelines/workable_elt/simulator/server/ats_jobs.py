"""Reads of jobs and what hangs on them, events and requisitions (ats.md, 2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from workable_elt.simulator import visible
from workable_elt.simulator.records import Activity, Event, Job, Requisition

from .call import Call, millis
from .encode import plain
from .errors import forbidden, invalid, not_found
from .paging import cursor_page, in_id_order
from .routing import NOT_PARTNER, Reply, Routes, reply_json

JOB_STATES = ("draft", "published", "closed", "archived")
REQUISITION_STATES = (
    *("processing", "draft", "pending", "approved", "open", "filled", "rejected"),
    *("cancelled", "reserved", "on_hold"),
)


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    routes.add("GET", "/jobs", list_jobs, "r_jobs")
    routes.add("GET", "/jobs/:shortcode", show_job, "r_jobs")
    routes.add("GET", "/jobs/:shortcode/stages", list_job_stages, "r_jobs")
    routes.add("GET", "/jobs/:shortcode/questions", list_questions, "r_jobs")
    routes.add("GET", "/jobs/:shortcode/application_form", show_form, "r_jobs")
    routes.add("GET", "/jobs/:shortcode/activities", list_job_activities, "r_candidates")
    routes.add("GET", "/jobs/:shortcode/members", list_job_members, "r_jobs", kinds=NOT_PARTNER)
    routes.add("GET", "/jobs/:shortcode/recruiters", list_job_recruiters, "r_jobs")
    routes.add("GET", "/jobs/:shortcode/custom_attributes", list_job_attributes, "r_jobs")
    routes.add("GET", "/stages", list_stages, "r_jobs")
    routes.add("GET", "/events", list_events, "r_jobs")
    routes.add("GET", "/events/:id", show_event, "r_jobs")
    routes.add("GET", "/requisitions", list_requisitions, "r_requisitions")
    routes.add("GET", "/requisitions/:code", show_requisition, "r_requisitions")


def list_jobs(call: Call) -> Reply:
    """``GET /jobs``; without ``state`` all states come."""
    states = _job_states(call)
    created, updated = _instants(call)
    columns = call.params.joined("include_fields") or []

    def keep(job: Job) -> bool:
        return (
            call.token.sees_job(job.shortcode)
            and (states is None or job.state in states)
            and job.created_at >= created
            and visible.job_updated_at(job, call.quirks) >= updated
        )

    jobs = call.view("jobs", lambda: in_id_order(call.company.jobs))
    return cursor_page(
        call,
        "jobs",
        jobs,
        plain(lambda job: call.ats.job_row(job, columns)),
        path="/jobs",
        keep=keep,
    )


def _job_states(call: Call) -> list[str] | None:
    """Read ``state``; whether a repeat counts, or only its last value, is a quirk."""
    states = call.params.many("state")
    if states is None:
        return None
    if call.quirks.repeated_states == "last":
        states = states[-1:]
    if call.quirks.unknown_filter == "422" and not set(states) <= set(JOB_STATES):
        raise invalid("state is unknown")
    return states


def _instants(call: Call) -> tuple[int, int]:
    """Give the first instants (epoch milliseconds) that pass created_after and updated_after."""

    def first(after: datetime | None, inclusive: str) -> int:
        if after is None:
            return -(2**62)
        return millis(after) + (0 if inclusive == "yes" else 1)

    return (
        first(call.params.time("created_after"), call.quirks.created_after_inclusive),
        first(call.params.time("updated_after"), call.quirks.updated_after_inclusive),
    )


def show_job(call: Call) -> Reply:
    """``GET /jobs/:shortcode``: the bare job."""
    return reply_json(call.ats.job_detail(call.job(call.parts[0])))


def list_job_stages(call: Call) -> Reply:
    """``GET /jobs/:shortcode/stages``."""
    job = call.job(call.parts[0])
    stages = call.company.stages_of(job)
    return reply_json({"stages": [call.ats.stage(stage, job) for stage in stages]})


def list_stages(call: Call) -> Reply:
    """``GET /stages``: the default pipeline's."""
    stages = call.company.pipelines["default"]
    return reply_json({"stages": [call.ats.stage(stage) for stage in stages]})


def list_questions(call: Call) -> Reply:
    """``GET /jobs/:shortcode/questions``."""
    job = call.job(call.parts[0])
    return reply_json({"questions": [call.ats.question(each) for each in job.questions]})


def show_form(call: Call) -> Reply:
    """``GET /jobs/:shortcode/application_form``."""
    return reply_json(call.ats.application_form(call.job(call.parts[0])))


def list_job_activities(call: Call) -> Reply:
    """``GET /jobs/:shortcode/activities``."""
    job = call.job(call.parts[0])
    company, quirks = call.company, call.quirks

    def keep(activity: Activity) -> bool:
        return visible.activity_is_shown(company, activity, quirks)

    return cursor_page(
        call,
        "activities",
        company.activities_by_job.get(job.shortcode, []),
        plain(call.ats.job_activity),
        path=f"/jobs/{job.shortcode}/activities",
        keep=keep,
    )


def list_job_members(call: Call) -> Reply:
    """``GET /jobs/:shortcode/members``: the hiring team."""
    team = call.job(call.parts[0]).hiring_team
    return reply_json({"members": [call.ats.job_member(each) for each in team]})


def list_job_recruiters(call: Call) -> Reply:
    """``GET /jobs/:shortcode/recruiters``: agency recruiters invited to the job."""
    job = call.job(call.parts[0])
    invited = [
        recruiter
        for recruiter in call.company.recruiters.values()
        if job.shortcode in recruiter.job_shortcodes
    ]
    return reply_json({"recruiters": [call.ats.recruiter(each) for each in invited]})


def list_job_attributes(call: Call) -> Reply:
    """``GET /jobs/:shortcode/custom_attributes``: candidate attributes attached to the job."""
    job = call.job(call.parts[0])
    attributes = [call.company.custom_attributes[each] for each in job.custom_attribute_ids]
    return reply_json(
        {"custom_attributes": [call.ats.custom_attribute(each, job) for each in attributes]}
    )


def list_events(call: Call) -> Reply:
    """``GET /events``: in id order, not by start."""
    params = call.params
    keep = _all_of(
        [
            _event_in_context(call),
            _event_between(call),
            _equal(params.one("type"), lambda event: event.type),
            _equal(params.one("candidate_id"), lambda event: event.candidate_id),
            _equal(params.one("shortcode"), lambda event: event.job_shortcode),
            _event_of_member(params.one("member_id")),
            None if params.flag("include_cancelled") else lambda event: not event.is_cancelled,
        ]
    )
    events = call.view("events", lambda: in_id_order(call.company.events))
    return cursor_page(call, "events", events, plain(call.ats.event), path="/events", keep=keep)


_EventTest = Callable[[Event], bool]


def _all_of(tests: list[_EventTest | None]) -> _EventTest:
    given = [test for test in tests if test is not None]
    return lambda event: all(test(event) for test in given)


def _equal(wanted: str | None, read: Callable[[Event], str | None]) -> _EventTest | None:
    return None if wanted is None else lambda event: read(event) == wanted


def _event_in_context(call: Call) -> _EventTest:
    """Apply ``context``: a user's own events, those of the jobs they see, or all."""
    context = call.params.one("context") or ("user" if call.token.member_id else "all")
    if context not in {"user", "team", "all"}:
        raise invalid("context must be one of user, team, all")
    is_user = call.token.member_id is not None
    asked = call.params.one("context") in {"team", "all"}
    if asked and not is_user and call.quirks.events_context_all == "user_token_only":
        raise forbidden()

    def keep(event: Event) -> bool:
        if not event_is_shown(call, event):
            return False
        if context == "user" and is_user:
            return any(member == call.token.member_id for member, _ in event.attendees)
        return True

    return keep


def event_is_shown(call: Call, event: Event) -> bool:
    """Say whether an event's candidate is still there and its job is in sight."""
    shown = visible.event_is_shown(call.company, event, call.quirks)
    return shown and call.token.sees_job(event.job_shortcode)


def _event_between(call: Call) -> _EventTest | None:
    """Apply ``start_date`` and ``end_date`` to the event's start; both ends count."""
    start, end = call.params.time("start_date"), call.params.time("end_date")
    if start is None and end is None:
        return None
    first = millis(start) if start else -(2**62)
    last = millis(end) if end else 2**62
    if end is not None and len(call.params.one("end_date") or "") <= len("2026-01-01"):
        last += 86_400_000 - 1
    return lambda event: first <= event.starts_at <= last


def _event_of_member(member_id: str | None) -> _EventTest | None:
    if member_id is None:
        return None
    return lambda event: any(member == member_id for member, _ in event.attendees)


def show_event(call: Call) -> Reply:
    """``GET /events/:id``: the bare event."""
    event = call.company.events.get(call.parts[0])
    if event is None or not visible.event_is_shown(call.company, event, call.quirks):
        raise not_found()
    if not call.token.sees_job(event.job_shortcode):
        raise call.hidden()
    return reply_json(call.ats.event(event))


def list_requisitions(call: Call) -> Reply:
    """``GET /requisitions``: in insertion order."""
    state, job_id = call.params.one("state"), call.params.one("job_id")
    if state and state not in REQUISITION_STATES and call.quirks.unknown_filter == "422":
        raise invalid("state is unknown")
    first_plan = call.params.one("plan_date_from") or ""
    last_plan = call.params.one("plan_date_to") or "9999-99"
    created, updated = _instants(call)

    def keep(requisition: Requisition) -> bool:
        job = call.company.jobs.get(requisition.job_shortcode or "")
        return (
            (state is None or requisition.state == state)
            and (job_id is None or (job is not None and job.id == job_id))
            and first_plan[:7] <= requisition.plan_date.isoformat()[:7] <= last_plan[:7]
            and requisition.created_at >= created
            and requisition.updated_at >= updated
        )

    rows = call.view("requisitions", lambda: in_id_order(call.company.requisitions))
    return cursor_page(
        call, "requisitions", rows, plain(call.ats.requisition), path="/requisitions", keep=keep
    )


def show_requisition(call: Call) -> Reply:
    """``GET /requisitions/:code``: the object; the documented sample wraps it, which is a quirk."""
    requisition = call.company.requisitions.get(call.parts[0])
    if requisition is None:
        raise not_found()
    body = call.ats.requisition(requisition)
    wrapped = call.quirks.requisition_detail == "wrapped"
    return reply_json({"requisitions": [body]} if wrapped else body)
