"""People inside JSON: objects that name one, in rows that may be about somebody else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from workable_elt.sources.content import to_json

Ids = Mapping[str, frozenset[str]]
"""Ids of people by kind: ``candidates``, ``employees``."""

# Ids of different kinds may be equal. Under these keys stand objects that are no person of ours:
# members of Workable, and things.
_OTHER_KINDS = frozenset(
    {
        "account",
        "account_ref",
        "action_stage",
        "answers",
        "approval_groups",
        "approvals",
        "choices",
        "conference",
        "custom_attributes",
        "department",
        "department_hierarchy",
        "hiring_manager",
        "job",
        "legal_entity",
        "location",
        "locations",
        "member",
        "members",
        "owner",
        "pending_approvals",
        "permission_set",
        "requester",
        "requisition",
        "stage",
        "status",
        "talent_pool",
        "target_stage",
        "uploader",
        "work_schedule",
    }
)
_ONLY = {
    "candidate": "candidates",
    "candidates": "candidates",
    "originating_candidate": "candidates",
    "employee": "employees",
    "employees": "employees",
    "direct_reports": "employees",
    "manager": "employees",
    "reports_to": "employees",
}
_ID_KEYS = {"candidates": ("id", "candidate_id"), "employees": ("id", "employee_id")}
_WORDS = re.compile(r"[0-9A-Za-z_-]+")


def without_people(text: str, column: str, ids: Ids) -> str:
    """Blank the objects of a JSON text that name one of these people.

    Args:
        text: JSON.
        column: Where it stands; it tells what kind of object to expect.
        ids: The people.

    Returns:
        The text with null for all but ids in such objects; the same text where there are none.
    """
    value = json.loads(text)
    blank = _walk(value, column, ids)
    return text if blank == value else to_json(blank)


def mentions(text: str, ids: Ids) -> bool:
    """Whether any of these ids stands in a text as a word."""
    words = set(_WORDS.findall(text))
    return any(not words.isdisjoint(of_kind) for of_kind in ids.values())


def _walk(value: Any, name: str, ids: Ids) -> Any:
    if isinstance(value, list):
        return [_walk(entry, name, ids) for entry in value]
    if not isinstance(value, dict):
        return value
    if _names_one(value, name, ids):
        return {key: kept if _is_id(key, kept) else None for key, kept in value.items()}
    return {key: _walk(inner, key, ids) for key, inner in value.items()}


def _names_one(value: Mapping[str, Any], name: str, ids: Ids) -> bool:
    for kind, of_kind in ids.items():
        direct, spelt_out = _ID_KEYS[kind]
        may_be = name not in _OTHER_KINDS and _ONLY.get(name, kind) == kind
        if may_be and str(value.get(direct)) in of_kind:
            return True
        # `candidate_id` says of itself what it is, wherever it stands.
        if str(value.get(spelt_out)) in of_kind:
            return True
    return False


def _is_id(key: str, value: Any) -> bool:
    return (key == "id" or key.endswith("_id")) and isinstance(value, str | int)
