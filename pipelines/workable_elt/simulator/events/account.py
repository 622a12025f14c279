"""Events of the account's own lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.events.base import LogEvent


@dataclass(slots=True)
class MemberAdded(LogEvent):
    """A member joined the account."""

    member: r.Member


@dataclass(slots=True)
class MemberChanged(LogEvent):
    """A member was renamed, deactivated, enabled again or got other roles."""

    member_id: str
    changes: dict[str, Any]


@dataclass(slots=True)
class RecruiterAdded(LogEvent):
    """An agency recruiter was invited."""

    recruiter: r.ExternalRecruiter


@dataclass(slots=True)
class DepartmentCreated(LogEvent):
    """A department was made."""

    department: r.Department


@dataclass(slots=True)
class DepartmentChanged(LogEvent):
    """A department was renamed, or moved below another parent (None: to the root)."""

    department_id: str
    name: str
    parent_id: str | None


@dataclass(slots=True)
class DepartmentDeleted(LogEvent):
    """A department that nothing refers to was deleted."""

    department_id: str


@dataclass(slots=True)
class LegalEntityAdded(LogEvent):
    """An entity, location or site was made."""

    entity: r.LegalEntity


@dataclass(slots=True)
class PermissionSetAdded(LogEvent):
    """A custom role was made."""

    permission_set: r.PermissionSet


@dataclass(slots=True)
class ReasonAdded(LogEvent):
    """A disqualification reason was made."""

    reason: r.DisqualificationReason


@dataclass(slots=True)
class PipelineAdded(LogEvent):
    """A pipeline with its stages, by position, was made."""

    name: str
    stages: tuple[r.Stage, ...]


@dataclass(slots=True)
class CustomAttributeAdded(LogEvent):
    """A candidate attribute was defined."""

    attribute: r.CustomAttribute
