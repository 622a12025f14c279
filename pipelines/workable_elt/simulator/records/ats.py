"""Records of the recruiting side. Time and id conventions: see the package's docstring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Account:
    """The company itself."""

    id: str
    name: str
    subdomain: str
    description: str | None = None
    summary: str | None = None
    website_url: str | None = None


@dataclass(slots=True)
class Member:
    """A user of the account. The API links a member to an employee by work e-mail only."""

    number: int
    id: str
    name: str
    email: str
    headline: str | None
    ats_role: str | None
    """``admin``, ``simple`` (standard) or ``reviewer``; None without access to recruiting."""
    hris_role: str
    """``admin``, ``employee``, ``limited`` or ``no_access``."""
    is_super_admin: bool = False
    permission_sets: tuple[str, ...] = ()
    is_active: bool = True
    department_ids: tuple[str, ...] = ()
    """Departments that a collaboration rule ties the member to."""
    created_at: int = 0
    version: int = 0


@dataclass(slots=True)
class ExternalRecruiter:
    """An agency recruiter, invited to some jobs."""

    number: int
    id: str
    name: str
    email: str
    job_shortcodes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Department:
    """One node of the department tree that recruiting and HR share."""

    number: int
    id: str
    name: str
    parent_id: str | None
    is_sample: bool = False
    version: int = 0


@dataclass(slots=True)
class PermissionSet:
    """A custom role; members carry its ``name``."""

    id: str
    name: str
    label: dict[str, str]
    description: dict[str, str]


@dataclass(slots=True)
class DisqualificationReason:
    """Why a candidate was turned down, or withdrew."""

    number: int
    id: str
    description: str
    is_withdrawal: bool
    position: int


@dataclass(slots=True)
class Stage:
    """One stage of one pipeline. ``number`` is the API's integer id."""

    number: int
    name: str
    slug: str
    kind: str
    position: int
    pipeline: str
    """``default``, or the name of a custom pipeline that one or more jobs use."""


@dataclass(slots=True)
class Choice:
    """One choice of a question or of a custom attribute."""

    id: str
    body: str


@dataclass(slots=True)
class Question:
    """An application question of a job."""

    number: int
    id: str
    body: str
    type: str
    """``free_text, short_text, numeric, boolean, dropdown, multiple_choice, date, file``."""
    is_required: bool
    is_single_answer: bool | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(slots=True)
class FormField:
    """A built-in field of a job's application form."""

    key: str
    label: str
    type: str
    is_required: bool
    max_length: int | None = None
    supported_file_types: tuple[str, ...] = ()
    max_file_size: int | None = None
    fields: tuple[FormField, ...] = ()


@dataclass(slots=True)
class CustomAttribute:
    """The definition of a candidate attribute that the account added itself."""

    id: str
    type: str
    label: str
    is_enabled: bool = True
    hint: str | None = None
    is_single_answer: bool | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(slots=True, frozen=True)
class Place:
    """A place, with every fact that either of the API's two location vocabularies needs."""

    city: str | None
    region: str | None
    region_code: str | None
    country: str | None
    country_code: str | None
    zip_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(slots=True, frozen=True)
class JobLocation:
    """One of the locations of a job; the first is the primary one."""

    shortcode: str
    place: Place
    is_hidden: bool = False


@dataclass(slots=True, frozen=True)
class Money:
    """An amount of a currency (ISO code, upper case), per ``frequency`` where it is pay."""

    amount: float
    currency: str
    frequency: str | None = None


@dataclass(slots=True, frozen=True)
class HiringTeamMember:
    """A member of a job's hiring team."""

    member_id: str
    collaboration_role: str
    """``admin, recruiting_admin, hiring_manager, simple, reviewer, recruiter``."""


@dataclass(slots=True)
class Job:
    """A job. ``state`` is the source's word: draft, published, closed (internal) or archived."""

    number: int
    id: str
    shortcode: str
    url_number: int
    title: str
    code: str | None
    state: str
    created_at: int
    updated_at: int
    department_id: str | None = None
    is_sample: bool = False
    is_confidential: bool = False
    workplace_type: str = "on_site"
    locations: tuple[JobLocation, ...] = ()
    salary_from: float | None = None
    salary_to: float | None = None
    salary_currency: str | None = None
    keywords: str | None = None
    description: str | None = None
    requirements: str | None = None
    benefits: str | None = None
    employment_type: str | None = None
    industry: str | None = None
    function: str | None = None
    experience: str | None = None
    education: str | None = None
    pipeline: str = "default"
    questions: tuple[Question, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    hiring_team: tuple[HiringTeamMember, ...] = ()
    custom_attribute_ids: tuple[str, ...] = ()
    version: int = 0


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


@dataclass(slots=True, frozen=True)
class RequisitionAttribute:
    """A custom value of a requisition: text, choices or money."""

    name: str
    value: str | tuple[str, ...] | Money


@dataclass(slots=True)
class Requisition:
    """A position of the hiring plan; ``code`` is the key in URLs (it may hold ``/`` or blanks)."""

    number: int
    id: str
    code: str
    state: str
    created_at: int
    updated_at: int
    plan_date: date
    job_shortcode: str | None = None
    department_id: str | None = None
    place: Place | None = None
    requester_id: str | None = None
    hiring_manager_id: str | None = None
    owner_id: str | None = None
    start_date: date | None = None
    salary_from: float | None = None
    salary_to: float | None = None
    currency: str = "USD"
    salary: Money | None = None
    candidate_id: str | None = None
    employment_type: str | None = None
    reason: str | None = None
    attributes: tuple[RequisitionAttribute, ...] = ()
    approvals: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """(group id, ((member id, decision: approved | rejected | pending), ...))."""
    version: int = 0
