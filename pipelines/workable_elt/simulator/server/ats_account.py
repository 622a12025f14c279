"""Reads of the account itself: members, lists of settings, subscriptions (ats.md, 2 and 6)."""

from __future__ import annotations

from collections.abc import Callable

from workable_elt.simulator.records import Member

from .call import Call
from .encode import plain
from .errors import invalid, not_found
from .paging import cursor_page, in_id_order
from .routing import NOT_PARTNER, Reply, Routes, reply_json


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    routes.add("GET", "/accounts", list_accounts, "r_jobs")
    routes.add("GET", "/accounts/:subdomain", show_account, "r_jobs")
    routes.add("GET", "/members", list_members, "r_jobs", kinds=NOT_PARTNER)
    routes.add("GET", "/recruiters", list_recruiters, "r_jobs")
    routes.add("GET", "/custom_attributes", list_custom_attributes, "r_jobs")
    routes.add("GET", "/disqualification_reasons", list_reasons, "r_candidates")
    routes.add("GET", "/departments", list_departments, "r_account")
    routes.add("GET", "/legal_entities", list_legal_entities, "r_account")
    routes.add("GET", "/permission_sets", list_permission_sets, "r_account")
    routes.add("GET", "/collaboration_permissions", show_permissions, "r_jobs")
    routes.add("GET", "/subscriptions", list_subscriptions, "r_candidates", "r_employees")


def list_accounts(call: Call) -> Reply:
    """``GET /accounts``: the accounts that the token opens."""
    return reply_json({"accounts": [call.ats.account(call.company.account)]})


def show_account(call: Call) -> Reply:
    """``GET /accounts/:subdomain``: the bare account."""
    if call.parts[0] != call.company.account.subdomain:
        raise not_found()
    return reply_json(call.ats.account(call.company.account))


def list_members(call: Call) -> Reply:
    """``GET /members``: active ones unless ``status`` says otherwise."""
    keep = _member_filter(call)
    members = call.view("members", lambda: in_id_order(call.company.members))
    encode = plain(call.ats.member)
    return cursor_page(call, "members", members, encode, path="/members", keep=keep)


def _member_filter(call: Call) -> Callable[[Member], bool]:
    params = call.params
    status = params.one("status") or "active"
    if status not in {"active", "inactive", "all"}:
        raise invalid("status must be one of active, inactive, all")
    role, email, name = params.one("role"), params.one("email"), params.one("name")
    team: set[str] | None = None
    if (shortcode := params.one("shortcode")) is not None:
        team = {each.member_id for each in call.job(shortcode).hiring_team}

    def keep(member: Member) -> bool:
        return (
            (status == "all" or member.is_active == (status == "active"))
            and (role is None or member.ats_role == role)
            and (email is None or member.email.casefold() == email.casefold())
            and (name is None or member.name == name)
            and (team is None or member.id in team)
        )

    return keep


def list_recruiters(call: Call) -> Reply:
    """``GET /recruiters``: agency recruiters, of one job with ``shortcode``."""
    shortcode = call.params.one("shortcode")
    rows = [
        call.ats.recruiter(each)
        for each in call.company.recruiters.values()
        if shortcode is None or shortcode in each.job_shortcodes
    ]
    return reply_json({"recruiters": rows})


def list_custom_attributes(call: Call) -> Reply:
    """``GET /custom_attributes``: candidate attributes of the account's own."""
    rows = [call.ats.custom_attribute(each) for each in call.company.custom_attributes.values()]
    return reply_json({"custom_attributes": rows})


def list_reasons(call: Call) -> Reply:
    """``GET /disqualification_reasons``: a bare array in position order."""
    reasons = sorted(call.company.reasons.values(), key=lambda reason: reason.position)
    return reply_json([call.ats.disqualification_reason(each) for each in reasons])


def list_departments(call: Call) -> Reply:
    """``GET /departments``: a bare array by name."""
    rows = [call.ats.department(each) for each in call.company.departments_in_order()]
    return reply_json(rows)


def list_legal_entities(call: Call) -> Reply:
    """``GET /legal_entities``: a bare array, the tree depth first."""
    entities = call.company.legal_entities_in_order()
    return reply_json([call.ats.legal_entity(each) for each in entities])


def list_permission_sets(call: Call) -> Reply:
    """``GET /permission_sets``: a bare array."""
    sets = call.company.permission_sets.values()
    return reply_json([call.ats.permission_set(each) for each in sets])


def show_permissions(_call: Call) -> Reply:
    """``GET /collaboration_permissions``: a bare map from action to roles."""
    return reply_json(COLLABORATION_PERMISSIONS)


def list_subscriptions(_call: Call) -> Reply:
    """``GET /subscriptions``: 404 rather than an empty list (hris.md, 14); nobody subscribes here."""
    raise not_found()


COLLABORATION_PERMISSIONS: dict[str, list[str]] = {
    "view_candidates": ["admin", "recruiting_admin", "hiring_manager", "simple", "reviewer"],
    "move_candidates": ["admin", "recruiting_admin", "hiring_manager", "simple"],
    "disqualify_candidates": ["admin", "recruiting_admin", "hiring_manager"],
    "comment": ["admin", "recruiting_admin", "hiring_manager", "simple", "reviewer"],
    "send_offer": ["admin", "recruiting_admin"],
    "edit_job": ["admin", "recruiting_admin"],
}
"""An invented answer of the documented shape: who may do what by default."""
