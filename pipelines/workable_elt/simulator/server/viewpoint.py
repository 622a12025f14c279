"""Whose eyes an HR read uses (hris.md, 0.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .access import TokenKind
from .errors import forbidden, invalid

if TYPE_CHECKING:
    from workable_elt.simulator.records import Employee, Member

    from .call import Call


@dataclass(frozen=True)
class Viewpoint:
    """What a caller sees of HR.

    Attributes:
        sees_all: Whether everybody and every field is visible; else published people and their
            public fields.
        member: On whose behalf; None for an account's token that names nobody.
    """

    sees_all: bool
    member: Member | None


def viewpoint(call: Call) -> Viewpoint:
    """Find out whose eyes a request uses.

    A user token acts as its member. An account or partner token says ``member_id``: on a read in
    the query, on a write at the top of the body. Without it the documented rule is "published
    people, public fields", the recorded one "everybody": a quirk.

    Raises:
        ApiError: 422 for an unknown member, 403 for one who is inactive or has no access to HR.
    """
    member_id = call.token.member_id
    if call.token.kind is not TokenKind.USER:
        named = call.params.one("member_id") or call.body.get("member_id")
        if named is None:
            sees_all = call.quirks.employees_without_member_id == "all"
            return Viewpoint(sees_all and not call.token.published_only, None)
        member_id = str(named)
    member = call.company.members.get(member_id or "")
    if member is None:
        raise invalid("member_id is unknown")
    if not member.is_active or (member.hris_role == "no_access" and not member.is_super_admin):
        raise forbidden()
    is_admin = member.is_super_admin or member.hris_role == "admin"
    return Viewpoint(is_admin and not call.token.published_only, member)


def own_profile(call: Call, member: Member) -> Employee | None:
    """Find the employee that a member is: the API links the two by work e-mail only."""
    address = member.email.casefold()
    for employee in call.company.employees.values():
        if (employee.work_email or "").casefold() == address:
            return employee
    return None
