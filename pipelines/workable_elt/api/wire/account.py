"""Lists of the account: members, departments, entities, events and other definitions."""

from __future__ import annotations

from typing import ClassVar

from workable_elt.api.wire.base import Wire
from workable_elt.api.wire.types import (
    Flag,
    Id,
    Instant,
    JsonAny,
    JsonList,
    JsonObject,
    Reference,
    Text,
    Whole,
    column,
)


class Member(Wire):
    """A row of ``GET /members`` (users of Workable). API page: members."""

    about_person: ClassVar[bool] = True

    id: Id = column("Member id, hexadecimal.", required=True)
    name: Text = column("Name.", personal=True)
    headline: Text = column("Headline.", personal=True)
    email: Text = column("E-mail address.", personal=True)
    role: Text = column("Legacy single role of the account.")
    type: Text = column("Kind of member.")
    hris_role: Text = column("Role in Workable HR.")
    roles: JsonList = column("All roles, for example ats.admin, workable.superadmin.")
    active: Flag = column("Whether the member is active.")
    collaboration_rules: JsonList = column("Rules by department and location.")
    hris_member_scope: JsonAny = column("Scope in Workable HR.")


class JobMember(Member):
    """A row of ``GET /jobs/:shortcode/members``: the hiring team."""

    collaboration_role: Text = column("Role on this job, for example hiring_manager.")


class Recruiter(Wire):
    """A row of ``GET /recruiters``: an external recruiter."""

    about_person: ClassVar[bool] = True

    id: Id = column("Recruiter id.", required=True)
    name: Text = column("Name.", personal=True)
    email: Text = column("E-mail address.", personal=True)


class CustomAttribute(Wire):
    """A row of ``GET /custom_attributes``: the definition of a candidate attribute."""

    id: Id = column("Attribute id, hexadecimal.", required=True)
    type: Text = column("Type of value.")
    enabled: Flag = column("Whether it is in use.")
    label: Text = column("Label.")
    hint: Text = column("Hint.")
    single_answer: Flag = column("Whether one choice only may be picked.")
    choices: JsonList = column("Choices: id, body.")


class DisqualificationReason(Wire):
    """An entry of ``GET /disqualification_reasons``."""

    id: Id = column("Reason id, hexadecimal.", required=True)
    description: Text = column("Text, which candidates carry.")
    candidate_withdrew: Flag = column("Whether it means that the candidate withdrew.")
    position: Whole = column("Place in the list.")


class Department(Wire):
    """An entry of ``GET /departments``, one tree for ATS and HR."""

    id: Id = column("Department id, hexadecimal.", required=True)
    name: Text = column("Name.")
    parent_id: Reference = column("Parent department; null at the root.")
    sample: Flag = column("Whether it is Workable's demo data.")


class LegalEntity(Wire):
    """An entry of ``GET /legal_entities``: an entity, location or site."""

    id: Id = column("UUID.", required=True)
    name: Text = column("Name.")
    legal_name: Text = column("Legal name.")
    type: Text = column("entity, location or site.")
    parent_id: Reference = column("Parent; null for an entity.")
    display_name: Text = column("Path, joined with ' | '.")
    sample: Flag = column("Whether it is Workable's demo data.")
    timezone: Text = column("IANA time zone.")
    geofencing_settings: JsonAny = column("Geofencing.")


class PermissionSet(Wire):
    """An entry of ``GET /permission_sets``."""

    id: Id = column("Permission set id.", required=True)
    name: Text = column("Name, which members carry in roles.")
    label: JsonAny = column("Label by locale.")
    description: JsonAny = column("Description by locale.")


class Event(Wire):
    """A row of ``GET /events``: a call, interview or meeting. API page: events."""

    about_person: ClassVar[bool] = True

    id: Id = column("Event id, hexadecimal.", required=True)
    title: Text = column("Title; often holds the candidate's name.", personal=True)
    description: Text = column("Description.", personal=True)
    type: Text = column("Class name, for example InterviewEvent.")
    starts_at: Instant = column("Start, UTC.")
    ends_at: Instant = column("End, UTC.")
    cancelled: Flag = column("Whether it was cancelled.")
    job: JsonObject = column("Job: shortcode, title.")
    members: JsonList = column("Members: id, name, type, status.")
    candidate: JsonObject = column("Candidate: id, name.")
    conference: JsonObject = column("Conference: type, id, url.", personal=True)
    created_at: Instant = column("When it was made, where the source says so, UTC.")
    updated_at: Instant = column("When it was last changed, where the source says so, UTC.")
