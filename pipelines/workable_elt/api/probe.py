"""What a token may read, and on whose behalf HR data should be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from workable_elt.api.envelope import Row
from workable_elt.api.errors import AccountNotFound, NotFound, RequestRejected, ScopeMissing

if TYPE_CHECKING:
    from workable_elt.api.client import WorkableClient

_SEES_ALL_HR = frozenset({"hris.admin", "workable.superadmin"})

# The cheapest request that needs the scope. HR lists take a limit of 10, 20, 50 or 100 only.
_CHEAPEST: dict[str, tuple[str, dict[str, Any]]] = {
    "r_jobs": ("/jobs", {"limit": 1}),
    "r_candidates": ("/candidates", {"limit": 1}),
    "r_account": ("/permission_sets", {}),
    "r_requisitions": ("/requisitions", {"limit": 1}),
    "r_employees": ("/employees", {"limit": 10}),
    "r_timeoff": ("/timeoff/categories", {}),
    "r_time_tracking": ("/time-tracking/time-entries", {"limit": 10}),
}
_HR_SCOPES = frozenset({"r_employees", "r_timeoff", "r_time_tracking"})


class Grant(Enum):
    """What is known about a scope."""

    GRANTED = "granted"
    MISSING = "missing"  # 403
    ABSENT = "absent"  # 404: the account does not have the feature
    UNCLEAR = "unclear"  # the probing request itself was rejected


@dataclass(frozen=True)
class Probe:
    """What a token may read.

    Attributes:
        scopes: each read scope that can be told, and whether the token has it.
        rate_limit: requests per 10 seconds (10: account token; 50: user or partner token), or
            None when the server does not say.
        member_id: whose eyes HR reads use: the configured member, or else the first active one
            who may see everything; None when there is none to be found.
        member_name: that member's name when it was looked up.
    """

    scopes: dict[str, Grant]
    rate_limit: int | None
    member_id: str | None
    member_name: str | None

    def has(self, scope: str) -> bool:
        """Whether requests that need `scope` are worth sending."""
        return self.scopes.get(scope, Grant.UNCLEAR) in {Grant.GRANTED, Grant.UNCLEAR}


def probe_account(client: WorkableClient) -> Probe:
    """Try the cheapest request of each scope; see `WorkableClient.probe`."""
    scopes = {scope: _try(client, scope, client.member_id) for scope in _CHEAPEST}
    if all(grant is Grant.ABSENT for grant in scopes.values()):
        raise AccountNotFound(
            "every request answers 404: there is no account under this subdomain.",
            account=client.account,
            status=404,
            hint=f"Check the subdomain ({client.subdomain!r}) and base_url.",
        )
    member = _find_member(client) if client.member_id is None else None
    member_id = client.member_id or (str(member["id"]) if member else None)
    return Probe(
        scopes=scopes,
        rate_limit=client.rate_limit,
        member_id=member_id,
        member_name=member.get("name") if member else None,
    )


def acting_member(client: WorkableClient) -> Row | None:
    """Find a member who may see all HR data; see `WorkableClient.acting_member`."""
    for member in client.list("members").rows():
        if member.get("active", True) and member.get("id") and _sees_all_hr(member):
            return member
    return None


def _sees_all_hr(member: Row) -> bool:
    """Judge by `roles`, and by the older single-role keys only where `roles` is not sent.

    A super-admin may carry `workable.superadmin` alone; the ATS role `admin` says nothing about
    HR when `roles` is there (hris.md section 0.4).
    """
    roles = member.get("roles")
    if isinstance(roles, list) and roles:
        return not _SEES_ALL_HR.isdisjoint(role for role in roles if isinstance(role, str))
    return member.get("hris_role") == "hris_admin" or member.get("role") == "admin"


def _find_member(client: WorkableClient) -> Row | None:
    try:
        return acting_member(client)
    except (ScopeMissing, NotFound, RequestRejected):
        return None


def _try(client: WorkableClient, scope: str, member_id: str | None) -> Grant:
    path, params = _CHEAPEST[scope]
    if member_id and scope in _HR_SCOPES:
        params = {**params, "member_id": member_id}
    try:
        client.get(path, params=params)
    except ScopeMissing:
        return Grant.MISSING
    except NotFound:
        return Grant.ABSENT
    except RequestRejected:
        return Grant.UNCLEAR
    return Grant.GRANTED
