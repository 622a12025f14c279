"""Every fact about the API that its notes tag as a guess, leave open or contradict: one switch each.

A quirk's default is what was recorded, else the likeliest. ``settled`` ones are those where the
recordings contradict the documentation clearly: they exist so that the documented form can be tried
by hand, and are drawn at random only on request. Notes are cited as "ats" and "hris" with a section.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import Field, dataclass, field, fields
from typing import Literal

Layer = Literal["server", "data"]
"""Whether the HTTP side honours a quirk, or the records' JSON and visibility."""


class UnknownQuirkError(ValueError):
    """A quirk or a value of one that does not exist."""


@dataclass(frozen=True, slots=True)
class Quirk:
    """The description of one switch."""

    name: str
    values: tuple[str, ...]
    """Allowed values, the default first."""
    about: str
    note: str
    layer: Layer
    settled: bool

    @property
    def default(self) -> str:
        """The value that was recorded, or is the likeliest."""
        return self.values[0]


def _quirk(
    *values: str, about: str, note: str, layer: Layer = "data", settled: bool = False
) -> str:
    """Declare a switch; the field's type is str, the description travels as metadata."""
    metadata = {"values": values, "about": about, "note": note, "layer": layer, "settled": settled}
    return field(default=values[0], metadata=metadata)


def _http(*values: str, about: str, note: str, settled: bool = False) -> str:
    return _quirk(*values, about=about, note=note, layer="server", settled=settled)


@dataclass(frozen=True, slots=True)
class Quirks:
    """One value for each switch; ``Quirks()`` has the defaults."""

    # Paging and filters
    total_key: str = _http(
        "total_count",
        "totalCount",
        about="Key of the total in the envelope of /employees.",
        note="hris 0.2",
    )
    timeoff_total: str = _http(
        "present",
        "absent",
        about="Whether /timeoff/requests gives a total (its older page does not).",
        note="hris 8.3",
        settled=True,
    )
    next_link_keeps_filters: str = _http(
        "yes",
        "no",
        about="Whether paging.next keeps the filters of the request beside limit and since_id.",
        note="ats Open questions",
    )
    next_link_host: str = _http(
        "request",
        "workable",
        about="Host of paging.next: the one that was asked, or the account's workable.com host.",
        note="ats 1, Hosts",
    )
    next_link_of_job: str = _http(
        "nested",
        "flat",
        about="Whether /candidates?shortcode= moves to /jobs/:shortcode/candidates in paging.next.",
        note="ats 1, Lists and paging",
    )
    updated_after_inclusive: str = _http(
        "yes", "no", about="Whether updated_after includes its instant.", note="ats Open questions"
    )
    created_after_inclusive: str = _http(
        "yes", "no", about="Whether created_after includes its instant.", note="ats Open questions"
    )
    limit_over_100: str = _http(
        "clamped", "422", about="What an ATS limit above 100 gives.", note="ats Open questions"
    )
    odd_limit: str = _http(
        "422",
        "clamped",
        about="What an HR limit outside 10, 20, 50, 100 gives; clamped: the next allowed below.",
        note="hris 0.2",
    )
    unknown_filter: str = _http(
        "empty",
        "422",
        about="What an unknown state or stage filter gives: an empty list or a 422.",
        note="ats Open questions",
    )
    array_parameters: str = _http(
        "both",
        "brackets",
        "repeat",
        about="Form of list parameters that is honoured: states[]=, repeated states=, or both.",
        note="hris Open questions",
    )
    repeated_states: str = _http(
        "all",
        "last",
        about="Whether /jobs honours a repeated state parameter, or only its last value.",
        note="ats 2, Jobs",
    )
    # Headers, limits and errors
    date_header: str = _http(
        "present", "absent", about="Whether answers carry a Date header.", note="ats 1, Rate limits"
    )
    rate_headers: str = _http(
        "present",
        "absent_when_small",
        "absent",
        about="Whether the X-Rate-Limit headers come; small answers lacked them in recordings.",
        note="ats Open questions",
    )
    rate_windows: str = _http(
        "fixed",
        "sliding",
        about="Clock-aligned windows of 10 s, or any 10 s.",
        note="ats 1, Rate limits",
    )
    rate_limit_reset: str = _http(
        "now_plus_10",
        "window_end",
        about="What X-Rate-Limit-Reset says; now_plus_10 with the recorded jitter (34 of 391 one"
        " second less, one in the past).",
        note="ats Corrections 8",
    )
    retry_after_header: str = _http(
        "absent", "present", about="Whether a 429 has Retry-After.", note="ats Open questions"
    )
    rate_limit_body: str = _http(
        "string", "empty", "html", about="Body of a 429.", note="ats Open questions"
    )
    error_body: str = _http(
        "string",
        "array",
        "empty",
        about="What error is in the body of a 422: a text, a list of texts, or an empty text.",
        note="ats 5",
    )
    # Scopes and viewpoints
    offer_scope: str = _http(
        "r_candidates", "r_offers", about="Scope of the candidate's offer.", note="ats 3, Scopes"
    )
    events_context_all: str = _http(
        "allowed",
        "user_token_only",
        about="Whether an account token may ask for context=team or all.",
        note="ats 2, Events",
    )
    employees_without_member_id: str = _http(
        "published_only",
        "all",
        about="What an account token without member_id sees: published people and public fields.",
        note="hris 1",
    )
    balances_need_employee_id: str = _http(
        "yes",
        "no",
        about="Whether balances without employee_id are refused (no: an empty list).",
        note="hris 8.2",
    )
    timeoff_requests_need_employee_id: str = _http(
        "no",
        "yes",
        about="Whether an account token must name an employee to read requests.",
        note="hris 8.3",
    )
    spurious_balance_404: str = _http(
        "never",
        "sometimes",
        about="Whether balances answer a 404 now and then that goes away on retry.",
        note="hris 0.5",
    )
    from_date_semantics: str = _http(
        "overlap",
        "start_inside",
        about="Whether from_date and to_date select requests that overlap, or that start inside.",
        note="hris Open questions",
    )
    cancelled_requests: str = _http(
        "shown",
        "hidden",
        about="Whether requests come with cancelled ones when no states are named.",
        note="hris Open questions",
    )
    # Candidates
    withdrew_in_list: str = _quirk(
        "absent", "present", about="Whether list rows have withdrew.", note="ats 2, Candidates"
    )
    talent_pool_listed: str = _quirk(
        "no", "yes", about="Whether /candidates lists the talent pool.", note="ats Corrections 10"
    )
    deleted_candidate: str = _quirk(
        "404",
        "anonymized",
        about="How a deleted candidate shows: gone, or listed blank with anonymized true.",
        note="ats Open questions",
    )
    originating_candidate_id: str = _quirk(
        "both",
        "copy",
        "relocated",
        "none",
        about="On which new records originating_candidate_id is set.",
        note="ats Open questions",
    )
    custom_attribute_values: str = _quirk(
        "custom_attributes",
        "answers",
        "absent",
        about="Where a candidate's custom attribute values are in the detail.",
        note="ats Open questions",
    )
    answer_date_form: str = _quirk(
        "date", "datetime", about="Form of a date answer.", note="ats 2, Candidate"
    )
    answer_choices_form: str = _quirk(
        "bodies",
        "ids_and_bodies",
        about="Whether choices of an answer carry ids beside their bodies.",
        note="ats 2, Candidate",
    )
    unanswered_question: str = _quirk(
        "null",
        "omitted",
        about="Whether an unanswered question is listed with a null answer, or left out.",
        note="ats 2, Candidate",
    )
    candidate_timestamps: str = _quirk(
        "seconds",
        "milliseconds",
        about="Precision of a candidate's created_at and updated_at.",
        note="ats 1, Timestamps",
        settled=True,
    )
    moved_to_offer_at: str = _quirk(
        "null", "set", about="Whether moved_to_offer_at is filled.", note="ats Corrections 7"
    )
    candidate_stage: str = _quirk(
        "name",
        "slug",
        about="Whether a candidate's stage is the stage's name or its slug (as documented).",
        note="ats 2, Candidates",
        settled=True,
    )
    stage_ids: str = _quirk(
        "per_pipeline",
        "per_job",
        about="Whether jobs of one pipeline share stage ids, or each job has its own.",
        note="ats 2, Stages",
    )
    disqualified_action: str = _quirk(
        "disqualified",
        "disqualification",
        about="Action of a disqualification (documented: disqualification).",
        note="ats 2, Candidate activities",
        settled=True,
    )
    comment_bumps_updated_at: str = _quirk(
        "yes", "no", about="Whether a comment moves updated_at.", note="ats Corrections 1"
    )
    rating_bumps_updated_at: str = _quirk(
        "yes", "no", about="Whether a rating moves updated_at.", note="ats Corrections 1"
    )
    rating_edit_bumps_updated_at: str = _quirk(
        "no", "yes", about="Whether an edited rating moves updated_at.", note="ats Corrections 2"
    )
    tag_bumps_updated_at: str = _quirk(
        "yes", "no", about="Whether new tags move updated_at.", note="ats Open questions"
    )
    message_bumps_updated_at: str = _quirk(
        "no", "yes", about="Whether a message moves updated_at.", note="ats Corrections 1"
    )
    event_bumps_updated_at: str = _quirk(
        "no", "yes", about="Whether a calendar event moves updated_at.", note="ats Open questions"
    )
    offer_bumps_updated_at: str = _quirk(
        "yes", "no", about="Whether a changed offer moves updated_at.", note="ats Open questions"
    )
    # Jobs, members, offers, events, requisitions
    job_created_at: str = _quirk(
        "midnight",
        "exact",
        about="Whether a job's created_at is cut to midnight.",
        note="ats 1, Timestamps",
        settled=True,
    )
    form_shows_custom_attributes: str = _quirk(
        "no",
        "yes",
        about="Whether custom attributes appear among the questions of the application form.",
        note="ats 2, Application form",
    )
    member_legacy_roles: str = _quirk(
        "present",
        "absent",
        about="Whether members still carry role and hris_role.",
        note="ats 2, Members",
    )
    offer_states: str = _quirk(
        "accepted",
        "signed",
        about="Vocabulary of offer states: accepted, declined, ... or signed, rejected, ...",
        note="ats Open questions",
    )
    event_type_form: str = _quirk(
        "class",
        "plain",
        about="Whether an event's type is a class name (InterviewEvent) or a plain word.",
        note="ats Open questions",
    )
    requisition_detail: str = _http(
        "bare",
        "wrapped",
        about="Whether /requisitions/:code is the object, or wrapped in a requisitions array.",
        note="ats 2, Envelope cheat sheet",
    )
    # HR
    leavers: str = _quirk(
        "inactive",
        "absent",
        about="Whether people who left are listed as inactive, or not at all.",
        note="hris Open questions",
    )
    termination_field: str = _quirk(
        "custom_field",
        "absent",
        about="Whether the account keeps termination date and reason in custom fields.",
        note="hris Open questions",
    )
    employee_custom_values: str = _quirk(
        "top_level",
        "absent",
        about="Whether the detail has custom fields, under their hexadecimal ids.",
        note="hris Open questions",
    )
    custom_dropdown_values: str = _quirk(
        "ids",
        "labels",
        about="Whether a custom dropdown's value is a choice id or its label.",
        note="hris Open questions",
    )
    division_team_values: str = _quirk(
        "ids",
        "labels",
        about="Whether division and team are choice ids or labels.",
        note="hris Open questions",
    )
    history_of: str = _quirk(
        "own",
        "null",
        about="Whether a present row's history_of is its own row_id or null.",
        note="hris 2",
    )
    history_rows: str = _quirk(
        "absent",
        "returned",
        about="Whether older rows of fields that keep history are returned, is_primary false.",
        note="hris Open questions",
    )
    timeoff_category_ids: str = _quirk(
        "strings",
        "numbers",
        about="Whether all-digit ids of time-off categories come as JSON numbers.",
        note="hris 0.1",
    )
    file_values: str = _quirk(
        "object", "url", about="Shape of a file subfield when read.", note="hris Open questions"
    )
    currency_values: str = _quirk(
        "object",
        "number",
        about="Shape of a currency value other than a pay rate.",
        note="hris Open questions",
    )

    # Deletes and returns
    candidates_of_deleted_job: str = _quirk(
        "deleted",
        "kept",
        about="Whether a deleted job takes its candidates along, or they stay and still name it.",
        note="ats Open questions",
    )
    requests_of_deleted_employee: str = _quirk(
        "deleted",
        "kept",
        about="Whether a deleted employee's time-off requests go, or stay without updated_by.",
        note="hris Open questions",
    )
    job_parts_bump_updated_at: str = _quirk(
        "yes",
        "no",
        about="Whether a changed form, team or pipeline alone moves a job's updated_at.",
        note="ats Open questions",
    )
    restore_bumps_updated_at: str = _quirk(
        "yes",
        "no",
        about="Whether a candidate that comes back has a new updated_at.",
        note="ats Open questions",
    )
    # Sizes and sight
    largest_page: str = _http(
        "100",
        "10",
        about="Most rows of a since_id page, whatever limit asks for.",
        note="ats 1, Lists and paging",
    )
    hidden_by_id: str = _http(
        "404",
        "403",
        about="What a record gives that exists, but out of a narrowed token's sight.",
        note="ats 3",
    )

    def __post_init__(self) -> None:
        """Refuse values that a switch does not have."""
        for quirk in fields(self):
            _check(quirk.name, getattr(self, quirk.name), quirk.metadata["values"])


def _check(name: str, value: str, values: tuple[str, ...]) -> None:
    if value not in values:
        raise UnknownQuirkError(f"quirk {name} is one of {', '.join(values)}, got {value!r}")


def _described(declared: Field[str]) -> Quirk:
    return Quirk(name=declared.name, **declared.metadata)


QUIRKS: dict[str, Quirk] = {declared.name: _described(declared) for declared in fields(Quirks)}
"""Every switch by name, in a fixed order."""


def parse_quirks(settings: Iterable[str], base: Quirks | None = None) -> Quirks:
    """Read ``name=value`` settings, for example of the command line.

    Args:
        settings: The settings; a later one wins.
        base: What the others are; the defaults if not given.

    Raises:
        UnknownQuirkError: If a name or a value does not exist.
    """
    chosen = {name: getattr(base or Quirks(), name) for name in QUIRKS}
    for setting in settings:
        name, _, value = setting.partition("=")
        name = name.strip()
        if name not in QUIRKS:
            raise UnknownQuirkError(f"there is no quirk {name!r}; there are: {', '.join(QUIRKS)}")
        chosen[name] = value.strip()
    return Quirks(**chosen)


def random_quirks(seed: int, *, settled: bool = False, layer: Layer | None = None) -> Quirks:
    """Draw a value for each open switch.

    Args:
        seed: The same seed gives the same quirks.
        settled: Whether to draw those too that the recordings settle.
        layer: Draw the quirks of this layer only.
    """
    draw = random.Random(seed)
    chosen: dict[str, str] = {}
    for quirk in QUIRKS.values():
        value = draw.choice(quirk.values)
        if (settled or not quirk.settled) and layer in (None, quirk.layer):
            chosen[quirk.name] = value
    return Quirks(**chosen)
