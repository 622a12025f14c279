"""Records of candidates and what hangs on them. Conventions: see the package's docstring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from workable_elt.simulator.records.jobs import Money, Place, Stage


@dataclass(slots=True, frozen=True)
class Source:
    """Where a candidate came from: the raw referrer and channel, and what Workable shows."""

    domain: str | None
    outlet: str | None
    common_source: str
    common_source_category: str


@dataclass(slots=True, frozen=True)
class EducationEntry:
    """A line of a candidate's education; dates are texts as the candidate gave them."""

    school: str
    degree: str | None
    field_of_study: str | None
    start_date: str | None
    end_date: str | None


@dataclass(slots=True, frozen=True)
class ExperienceEntry:
    """A line of a candidate's work experience."""

    title: str
    company: str | None
    industry: str | None
    summary: str | None
    start_date: str | None
    end_date: str | None
    is_current: bool


@dataclass(slots=True, frozen=True)
class SocialProfile:
    """A social profile of a candidate."""

    type: str
    name: str
    username: str | None
    url: str


@dataclass(slots=True)
class Answer:
    """An answer to an application question.

    ``value`` by the question's type: text -> str, numeric -> float or int, boolean -> bool,
    date -> ``datetime.date``, dropdown / multiple_choice -> tuple of choice ids, file -> file name,
    unanswered -> None.
    """

    question_id: str
    value: str | float | bool | date | tuple[str, ...] | None


@dataclass(slots=True)
class Resume:
    """Metadata of the résumé file."""

    filename: str
    filetype: str
    created_at: int
    updated_at: int


@dataclass(slots=True, frozen=True)
class CandidateFile:
    """An entry of a candidate's file list; the API gives it no id and no date."""

    name: str
    source: str
    kind: str | None = None


@dataclass(slots=True)
class Candidate:
    """One person in one job, or in the talent pool (``job_shortcode`` None)."""

    number: int
    id: str
    person: int
    """Number of the real human being behind the record: ground truth, never shown by the API."""
    firstname: str
    lastname: str
    email: str | None
    phone: str | None
    headline: str | None
    address: str | None
    location: Place | None
    job_shortcode: str | None
    stage: Stage
    is_sourced: bool
    source: Source
    created_at: int
    updated_at: int
    """The latest change that surely moves ``updated_at``."""
    quiet_changes: dict[str, int] = field(default_factory=dict)
    """Latest change of each kind that moves ``updated_at`` only under a quirk: kind -> instant."""
    talent_pool_number: int | None = None
    is_disqualified: bool = False
    has_withdrawn: bool = False
    disqualification_reason_id: str | None = None
    disqualified_at: int | None = None
    hired_at: int | None = None
    moved_to_offer_at: int | None = None
    """Entry into a stage of kind offer; the API's own column of that name is null in practice."""
    is_anonymized: bool = False
    profile_number: int = 0
    resume: Resume | None = None
    image_name: str | None = None
    uploader_id: str | None = None
    cover_letter: str | None = None
    summary: str | None = None
    education: tuple[EducationEntry, ...] = ()
    experience: tuple[ExperienceEntry, ...] = ()
    skills: tuple[str, ...] = ()
    social_profiles: tuple[SocialProfile, ...] = ()
    answers: tuple[Answer, ...] = ()
    tags: tuple[str, ...] = ()
    custom_values: dict[str, str | float | bool | date | tuple[str, ...]] = field(
        default_factory=dict
    )
    files: tuple[CandidateFile, ...] = ()
    copied_from: str | None = None
    """Id of the candidate this one was copied from."""
    relocated_from: str | None = None
    """Id this candidate had before it was moved to its present job."""
    relocated_to: str | None = None
    """Set on a record that has been relocated away: it is gone, this is its successor."""
    deleted_at: int | None = None
    is_gone_with_job: bool = False
    """The job was deleted; whether its candidates went with it is a quirk."""
    version: int = 0


@dataclass(slots=True, frozen=True)
class Rating:
    """A rating: ``thumbs`` 0-2, ``stars`` 0-4 or ``numbers`` 0-9."""

    scale: str
    grade: int


@dataclass(slots=True)
class Activity:
    """One line of a candidate's history, or of a job's (``candidate_id`` None)."""

    number: int
    id: str
    action: str
    created_at: int
    updated_at: int
    job_shortcode: str | None
    candidate_id: str | None
    stage: Stage | None
    """The stage before the action for a move, the current one otherwise."""
    target_stage: Stage | None = None
    member_id: str | None = None
    body: str | None = None
    visibility: tuple[str, ...] | None = None
    rating: Rating | None = None
    version: int = 0


@dataclass(slots=True, frozen=True)
class OfferVariable:
    """A variable of an offer letter: text, or money."""

    name: str
    slug: str
    value: str | Money


@dataclass(slots=True)
class Offer:
    """The latest offer of a candidate."""

    number: int
    id: str
    candidate_id: str
    created_at: int
    state: str
    """``draft, pending, approved, sent, accepted, declined, rescinded`` (shown as a quirk says)."""
    variables: tuple[OfferVariable, ...] = ()
    documents: tuple[CandidateFile, ...] = ()
    updated_at: int = 0
    version: int = 0


@dataclass(slots=True)
class Event:
    """A calendar event: ``type`` is ``call``, ``interview`` or ``meeting``."""

    number: int
    id: str
    type: str
    title: str
    description: str | None
    starts_at: int
    ends_at: int
    job_shortcode: str | None
    candidate_id: str
    attendees: tuple[tuple[str, str], ...]
    """(member id, status: accepted | declined | pending | tentative)."""
    conference_url: str | None = None
    is_cancelled: bool = False
    created_at: int = 0
    version: int = 0
