"""Records of the account, of jobs and requisitions. Conventions: see the package's docstring."""

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
    parts_changed_at: int = 0
    """Latest change of form, team or stages alone: whether it moves ``updated_at`` is a quirk."""
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
