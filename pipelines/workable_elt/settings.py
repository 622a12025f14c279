"""The one table of resources: what is read from where, its key, its columns and its policy.

Everything that differs between resources is data here; the sources and the warehouse hold only
what is the same for all. A new resource is a wire model and a row of ``RESOURCES``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from workable_elt.api import wire
from workable_elt.api.wire.base import Wire, WireColumn, columns_of
from workable_elt.api.wire.types import ColumnType

RAW_DATASET = "workable_raw"
SCHEMA_NAME = "workable"

Family = Literal["ats", "hris"]
Policy = Literal["keep", "hash", "drop"]
Reading = Literal["list", "detail", "child"]
"""How a resource is read: one account-wide list, one object a parent, or rows of a parent."""


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column of a raw table, as it is declared in every warehouse."""

    name: str
    type: ColumnType
    description: str
    nullable: bool = True
    personal: bool = False
    expires: bool = False

    @property
    def is_business(self) -> bool:
        """Whether two readings of an unchanged account agree on it."""
        return not self.name.startswith("_") and not self.expires


@dataclass(frozen=True)
class Resource:
    """One raw table and where its rows come from."""

    name: str
    """The raw table, and the name that ``--resource`` takes."""
    family: Family
    model: type[Wire]
    reading: Reading
    endpoint: str
    """Path under ``/spi/v3``; path parameters as ``:name``."""
    scope: str
    """The token scope without which the resource is skipped."""
    key: tuple[str, ...]
    """The primary key beside ``account``."""
    description: str
    parent: str | None = None
    """The resource whose rows are its parents."""
    parent_key: str | None = None
    """The column that holds the parent's key, added to each row."""
    replaced_whole: bool = False
    """Whether one reading of a parent replaces all its rows."""
    has_updated_after: bool = False
    """Whether the list takes ``updated_after``."""
    optional: bool = False
    """Whether it is off unless the configuration names it."""
    max_age_hours: int | None = None
    """How old a reading may be where nothing tells of a change."""

    @cached_property
    def columns(self) -> tuple[RawColumn, ...]:
        """All columns of the raw table, in order."""
        own = tuple(_raw(column, self.key) for column in columns_of(self.model))
        parents = (
            (RawColumn(self.parent_key, "text", "Key of the parent record.", nullable=False),)
            if self.parent_key and self.parent_key not in {c.name for c in own}
            else ()
        )
        listed = _LISTED if self.reading == "detail" else ()
        marker = _MARKER if self.replaced_whole else ()
        return (_ACCOUNT, *parents, *own, *listed, *_BOOKKEEPING, *marker)

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The whole key of a row."""
        return ("account", *self.key)


_ACCOUNT = RawColumn("account", "text", "Label of the Workable account.", nullable=False)
_LISTED = (
    RawColumn(
        "_listed_updated_at",
        "timestamp",
        "The updated_at that the list showed when this detail was asked for, UTC.",
    ),
)
_BOOKKEEPING = (
    RawColumn("_extra", "json", "Keys that the connector does not know; null where not kept."),
    RawColumn("_content_hash", "text", "Hash of the business columns."),
    RawColumn("_read_at", "timestamp", "When the row was read, server's clock, UTC."),
    RawColumn("_read_seq", "bigint", "Orders readings inside one load package."),
)
_MARKER = (
    RawColumn(
        "_is_marker",
        "bool",
        "Set on the row that announces a new reading of the parent; such a row is never stored.",
    ),
)


def _raw(column: WireColumn, key: tuple[str, ...]) -> RawColumn:
    return RawColumn(
        name=column.name,
        type=column.type,
        description=column.description,
        nullable=column.nullable and column.name not in key,
        personal=column.personal,
        expires=column.expires,
    )


def _job_child(
    name: str, model: type[Wire], endpoint: str, key: tuple[str, ...], **more: object
) -> Resource:
    return Resource(
        name=name,
        family="ats",
        model=model,
        reading="child",
        endpoint=endpoint,
        key=("shortcode", *key),
        parent="jobs",
        parent_key="shortcode",
        **more,  # type: ignore[arg-type]
    )


def _candidate_child(
    name: str, model: type[Wire], path: str, key: tuple[str, ...], **more: object
) -> Resource:
    return Resource(
        name=name,
        family="ats",
        model=model,
        reading="child",
        endpoint=f"/candidates/:id/{path}",
        scope="r_candidates",
        key=("candidate_id", *key),
        parent="candidates",
        parent_key="candidate_id",
        **more,  # type: ignore[arg-type]
    )


def _list(
    name: str, family: Family, model: type[Wire], scope: str, description: str, **more: object
) -> Resource:
    settings: dict[str, object] = {"endpoint": f"/{name}", "key": ("id",), **more}
    return Resource(
        name=name,
        family=family,
        model=model,
        reading="list",
        scope=scope,
        description=description,
        **settings,  # type: ignore[arg-type]
    )


_DAY = 24
_WEEK = 7 * _DAY

_ATS = (
    _list(
        "candidates",
        "ats",
        wire.Candidate,
        "r_candidates",
        "Candidates, list rows. One row a candidate.",
        has_updated_after=True,
    ),
    Resource(
        name="candidate_details",
        family="ats",
        model=wire.CandidateDetail,
        reading="detail",
        endpoint="/candidates/:id",
        scope="r_candidates",
        key=("id",),
        parent="candidates",
        parent_key="id",
        description="Candidates, detail. One row a candidate whose detail was read.",
    ),
    _job_child(
        "job_activities",
        wire.JobActivity,
        "/jobs/:shortcode/activities",
        ("id",),
        scope="r_candidates",
        max_age_hours=_DAY,
        description="Activities in the jobs' streams. One row an activity and job.",
    ),
    _candidate_child(
        "candidate_activities",
        wire.CandidateActivity,
        "activities",
        ("id",),
        description="Activities in the candidates' streams. One row an activity and candidate.",
    ),
    _candidate_child(
        "offers",
        wire.Offer,
        "offer",
        (),
        replaced_whole=True,
        description="Latest offer. One row a candidate with an offer.",
    ),
    _candidate_child(
        "candidate_files",
        wire.CandidateFile,
        "files",
        ("name", "kind", "ordinal"),
        replaced_whole=True,
        optional=True,
        description="Files of candidates. One row a file.",
    ),
    _list(
        "jobs",
        "ats",
        wire.Job,
        "r_jobs",
        "Jobs, list rows. One row a job.",
        key=("shortcode",),
        has_updated_after=True,
    ),
    Resource(
        name="job_details",
        family="ats",
        model=wire.JobDetail,
        reading="detail",
        endpoint="/jobs/:shortcode",
        scope="r_jobs",
        key=("shortcode",),
        parent="jobs",
        parent_key="shortcode",
        description="Jobs, detail. One row a job whose detail was read.",
    ),
    _job_child(
        "job_stages",
        wire.Stage,
        "/jobs/:shortcode/stages",
        ("id",),
        scope="r_jobs",
        replaced_whole=True,
        max_age_hours=_WEEK,
        description="Pipelines of jobs. One row a stage of a job.",
    ),
    _job_child(
        "job_application_forms",
        wire.FormItem,
        "/jobs/:shortcode/application_form",
        ("item_kind", "item_id"),
        scope="r_jobs",
        replaced_whole=True,
        max_age_hours=_WEEK,
        description="Application forms. One row a form field or question of a job.",
    ),
    _job_child(
        "job_members",
        wire.JobMember,
        "/jobs/:shortcode/members",
        ("id",),
        scope="r_jobs",
        replaced_whole=True,
        max_age_hours=_WEEK,
        description="Hiring teams. One row a member of a job's team.",
    ),
    _list("stages", "ats", wire.Stage, "r_jobs", "Stages of the account. One row a stage."),
    _list(
        "members",
        "ats",
        wire.Member,
        "r_jobs",
        "Users of Workable, inactive ones too. One row a member.",
    ),
    _list(
        "recruiters", "ats", wire.Recruiter, "r_jobs", "External recruiters. One row a recruiter."
    ),
    _list(
        "custom_attributes",
        "ats",
        wire.CustomAttribute,
        "r_jobs",
        "Definitions of candidate attributes. One row an attribute.",
    ),
    _list(
        "disqualification_reasons",
        "ats",
        wire.DisqualificationReason,
        "r_candidates",
        "Disqualification reasons. One row a reason.",
    ),
    _list(
        "departments",
        "ats",
        wire.Department,
        "r_account",
        "Departments, shared by ATS and HR. One row a department.",
    ),
    _list(
        "permission_sets", "ats", wire.PermissionSet, "r_account", "Permission sets. One row a set."
    ),
    _list(
        "events", "ats", wire.Event, "r_jobs", "Calls, interviews and meetings. One row an event."
    ),
    _list(
        "requisitions",
        "ats",
        wire.Requisition,
        "r_requisitions",
        "Requisitions. One row a requisition.",
        key=("code",),
        has_updated_after=True,
    ),
)

_HRIS = (
    _list(
        "employees",
        "hris",
        wire.Employee,
        "r_employees",
        "Employees, list rows. One row an employee.",
    ),
    Resource(
        name="employee_details",
        family="hris",
        model=wire.EmployeeDetail,
        reading="detail",
        endpoint="/employees/:id",
        scope="r_employees",
        key=("id",),
        parent="employees",
        parent_key="id",
        max_age_hours=_DAY,
        description="Employees, detail. One row an employee whose detail was read.",
    ),
    _list(
        "employee_fields",
        "hris",
        wire.EmployeeField,
        "r_account",
        "Definitions of profile fields. One row a field.",
    ),
    _list(
        "legal_entities",
        "hris",
        wire.LegalEntity,
        "r_account",
        "Entities, locations and sites. One row each.",
    ),
    _list(
        "work_schedules",
        "hris",
        wire.WorkSchedule,
        "r_account",
        "Work schedules. One row a schedule.",
    ),
    _list(
        "timeoff_categories",
        "hris",
        wire.TimeoffCategory,
        "r_timeoff",
        "Kinds of time off. One row a category.",
        endpoint="/timeoff/categories",
    ),
    Resource(
        name="timeoff_balances",
        family="hris",
        model=wire.TimeoffBalance,
        reading="child",
        endpoint="/timeoff/balances",
        scope="r_timeoff",
        key=("employee_id", "category_id"),
        parent="employees",
        parent_key="employee_id",
        replaced_whole=True,
        max_age_hours=_DAY,
        description="Balances. One row an employee and category, as last read.",
    ),
    _list(
        "timeoff_requests",
        "hris",
        wire.TimeoffRequest,
        "r_timeoff",
        "Time-off requests. One row a request.",
        endpoint="/timeoff/requests",
    ),
    Resource(
        name="employee_documents",
        family="hris",
        model=wire.EmployeeDocument,
        reading="child",
        endpoint="/employees/:id/documents",
        scope="r_employees",
        key=("employee_id", "document_key"),
        parent="employees",
        parent_key="employee_id",
        replaced_whole=True,
        optional=True,
        description="Documents of employees. One row a document.",
    ),
    _list(
        "time_entries",
        "hris",
        wire.TimeEntry,
        "r_time_tracking",
        "Time entries. One row an entry.",
        key=("uuid",),
        endpoint="/time-tracking/time-entries",
        optional=True,
    ),
)

RESOURCES: dict[str, Resource] = {resource.name: resource for resource in (*_ATS, *_HRIS)}

# What never reaches a file or a table unless the configuration says `keep` or `hash`. A row of
# the warehouse that holds such a column has it as null. Reasons are in docs/privacy.md.
DEFAULT_DROP: dict[str, tuple[str, ...]] = {
    "employees": ("birthdate",),
    "employee_details": (
        "allergies",
        "bank_details_group",
        "birth_place",
        "birthdate",
        "bonus_group",
        "commission_group",
        "contact_group",
        "credit_card_group",
        "dietary_restrictions",
        "driver_license_group",
        "national_identification_number_group",
        "passport_group",
        "salary_group",
        "social_insurance_number_group",
        "social_security_number_group",
        "stock_options_group",
        "tax_identification_number_group",
        "visa_group",
    ),
    "offers": ("document_variables",),
    "requisitions": ("salary", "salary_range", "requisition_attributes"),
    "job_activities": ("body",),
}

# Signed URLs inside JSON columns: they differ at every reading and expire within a day or a week.
EXPIRING_KEYS: dict[str, dict[str, str]] = {
    "offers": {"documents": "preview_url"},
    "employee_details": {"direct_reports": "avatar"},
}

# Signed URLs whose being there is a fact: what stays of them is the part before the signature.
SIGNED_LINKS: dict[str, dict[str, tuple[str, str]]] = {
    "candidate_details": {"answers": ("answer", "file_url")},
}

# The body of an activity is kept only where one of these roles may read it.
BODY_VISIBLE_TO = frozenset({"simple", "reviewer"})
