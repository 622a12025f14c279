"""Typed models of everything that Workable sends, one module a family.

Known keys are typed columns, unknown ones are kept apart, ids are text. The models know nothing
of the warehouse; ``columns_of`` tells others which columns a model declares.
"""

from workable_elt.api.wire.account import (
    CustomAttribute,
    Department,
    DisqualificationReason,
    Event,
    JobMember,
    LegalEntity,
    Member,
    PermissionSet,
    Recruiter,
)
from workable_elt.api.wire.base import Wire, WireColumn, columns_of
from workable_elt.api.wire.candidates import (
    Candidate,
    CandidateActivity,
    CandidateDetail,
    CandidateFile,
    JobActivity,
    Offer,
)
from workable_elt.api.wire.employees import (
    Employee,
    EmployeeDetail,
    EmployeeDocument,
    EmployeeField,
    TimeEntry,
    WorkSchedule,
)
from workable_elt.api.wire.jobs import FormItem, Job, JobDetail, Requisition, Stage
from workable_elt.api.wire.timeoff import TimeoffBalance, TimeoffCategory, TimeoffRequest

__all__ = [
    "Candidate",
    "CandidateActivity",
    "CandidateDetail",
    "CandidateFile",
    "CustomAttribute",
    "Department",
    "DisqualificationReason",
    "Employee",
    "EmployeeDetail",
    "EmployeeDocument",
    "EmployeeField",
    "Event",
    "FormItem",
    "Job",
    "JobActivity",
    "JobDetail",
    "JobMember",
    "LegalEntity",
    "Member",
    "Offer",
    "PermissionSet",
    "Recruiter",
    "Requisition",
    "Stage",
    "TimeEntry",
    "TimeoffBalance",
    "TimeoffCategory",
    "TimeoffRequest",
    "Wire",
    "WireColumn",
    "WorkSchedule",
    "columns_of",
]
