from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from canned import client_for, ok

from workable_elt.api import AccountNotFound, AuthenticationFailed, Grant

SHAPES: dict[str, tuple[str, Any]] = {
    "/jobs": ("r_jobs", {"jobs": []}),
    "/members": ("r_jobs", {"members": []}),
    "/candidates": ("r_candidates", {"candidates": []}),
    "/permission_sets": ("r_account", []),
    "/requisitions": ("r_requisitions", {"requisitions": []}),
    "/employees": ("r_employees", {"employees": [], "total_count": 0}),
    "/timeoff/categories": ("r_timeoff", {"categories": []}),
    "/time-tracking/time-entries": ("r_time_tracking", {"time_entries": [], "total_count": 0}),
}


def account(
    *scopes: str, members: list[dict[str, Any]] | None = None, without: str = ""
) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/spi/v3")
        scope, body = SHAPES[path]
        if path == without:
            return httpx.Response(404, json={"error": "Not found"})
        if scope not in scopes:
            return httpx.Response(403, json={"error": "Forbidden"})
        if path == "/members":
            body = {"members": members or []}
        return ok(body, x_rate_limit_limit="10", x_rate_limit_remaining="9")

    return answer


def test_each_scope_is_told_as_granted_or_missing() -> None:
    probe = client_for(account("r_jobs", "r_candidates", "r_timeoff")).probe()
    granted = {scope for scope, grant in probe.scopes.items() if grant is Grant.GRANTED}
    missing = {scope for scope, grant in probe.scopes.items() if grant is Grant.MISSING}
    assert granted == {"r_jobs", "r_candidates", "r_timeoff"}
    assert missing == {"r_account", "r_requisitions", "r_employees", "r_time_tracking"}
    assert probe.has("r_jobs")
    assert not probe.has("r_account")
    assert probe.rate_limit == 10


def test_a_feature_that_the_account_lacks_is_no_missing_scope() -> None:
    probe = client_for(account("r_jobs", without="/requisitions")).probe()
    assert probe.scopes["r_requisitions"] is Grant.ABSENT


def test_a_wrong_subdomain_is_told_from_a_missing_record() -> None:
    with pytest.raises(AccountNotFound, match="'acme'"):
        client_for(lambda request: httpx.Response(404)).probe()


def test_a_refused_token_ends_the_probe_with_its_first_request() -> None:
    asked: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(401, json={"error": "Not authorized"})

    with pytest.raises(AuthenticationFailed):
        client_for(refuse).probe()
    assert len(asked) == 1


MEMBERS = {
    "reviewer": {"id": "1", "active": True, "roles": ["ats.reviewer", "hris.employee"]},
    "ats admin": {
        "id": "2",
        "active": True,
        "role": "admin",
        "roles": ["ats.admin", "hris.no_access"],
    },
    "former": {"id": "3", "active": False, "roles": ["hris.admin"]},
    "hr admin": {"id": "4", "active": True, "roles": ["ats.simple", "hris.admin"]},
    "super": {"id": "5", "active": True, "roles": ["workable.superadmin"]},
    "legacy hr": {"id": "6", "active": True, "hris_role": "hris_admin", "role": "simple"},
    "legacy admin": {"id": "7", "active": True, "role": "admin"},
    "legacy none": {"id": "8", "active": True, "role": "simple", "hris_role": "hris_no_access"},
    "odd": {"id": "9", "active": True, "roles": [None, {"a": 1}]},
}


@pytest.mark.parametrize(
    ("present", "chosen"),
    [
        (["reviewer", "ats admin", "former", "hr admin", "super"], "4"),
        (["reviewer", "super"], "5"),
        (["legacy none", "legacy hr"], "6"),
        (["legacy none", "legacy admin"], "7"),
        (["reviewer", "ats admin", "former", "odd"], None),
        ([], None),
    ],
)
def test_hr_is_read_with_the_eyes_of_the_first_active_admin(
    present: list[str], chosen: str | None
) -> None:
    members = [MEMBERS[name] for name in present]
    assert client_for(account("r_jobs", members=members)).probe().member_id == chosen


def test_a_configured_member_is_not_looked_up() -> None:
    asked: list[httpx.URL] = []
    answer = account("r_jobs", "r_employees")

    def spy(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return answer(request)

    probe = client_for(spy, member_id="1f9c02").probe()
    assert probe.member_id == "1f9c02"
    assert not [url for url in asked if url.path.endswith("/members")]
    assert {u.params.get("member_id") for u in asked if u.path.endswith("/employees")} == {"1f9c02"}


def test_without_the_members_scope_nobody_is_chosen() -> None:
    assert client_for(account("r_employees")).probe().member_id is None
