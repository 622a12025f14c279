"""The fewest requests that a sync can do with, computed from what the account holds.

A pure function of the truth: it knows the API's page size and which object has an address of its
own, and nothing of the client.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

Truth = dict[str, list[dict[str, Any]]]

PAGE = 100
ONE_LIST = (
    "jobs",
    "stages",
    "recruiters",
    "custom_attributes",
    "disqualification_reasons",
    "departments",
    "legal_entities",
    "permission_sets",
    "work_schedules",
    "employee_fields",
    "timeoff_categories",
    "events",
    "requisitions",
    "employees",
    "timeoff_requests",
)
WINDOWS = {
    "events": ("starts_at", timedelta(days=30)),
    "timeoff_requests": ("from_date", timedelta(days=90)),
}
FINDING_THE_MEMBER = 1
PER_JOB = 4
"""Detail, stages, form, team."""


def first_load(truth: Truth) -> int:
    """Give the requests of a first load with details and streams of everybody."""
    candidates, employees = len(truth["candidates"]), len(truth["employees"])
    streams = Counter(row["shortcode"] for row in truth["job_activities"])
    return (
        reconcile(truth)
        + PER_JOB * len(truth["jobs"])
        + sum(_pages(streams[job["shortcode"]]) for job in truth["jobs"])
        + 2 * candidates
        + len(truth["offers"])
        + 2 * employees
    )


def reconcile(truth: Truth) -> int:
    """Give the requests of a run that reads every list whole, and finds nothing new."""
    lists = sum(_pages(len(truth[name])) for name in (*ONE_LIST, "members"))
    return FINDING_THE_MEMBER + lists + _pages(len(truth["candidates"]))


def list_load(truth: Truth) -> int:
    """Give the requests of a first load at depth ``list``."""
    return reconcile(truth)


def later_load(before: Truth, after: Truth, now: datetime) -> int:
    """Give the requests of a load that finds what has changed, less than a day after the last.

    Args:
        before: What the last load has seen.
        after: What there is now.
        now: Events and requests for time off are read from some days before this on.
    """
    recent = {
        name: [row for row in after[name] if row[day] >= (now - window).isoformat()]
        for name, (day, window) in WINDOWS.items()
    }
    # An account tells of a candidate by the list or by a stream: `updated_at` alone is no safe sign.
    known = {row["id"] for row in before["candidate_activities"]}
    told = {row["candidate_id"] for row in after["candidate_activities"] if row["id"] not in known}
    candidates = _changed(before["candidates"], after["candidates"])
    jobs = _changed(before["jobs"], after["jobs"], key="shortcode")
    employees = _changed(before["employees"], after["employees"])
    by_id = {row["id"]: row for row in after["candidates"]}
    known = {row["id"] for row in before["job_activities"]}
    fresh = Counter(row["shortcode"] for row in after["job_activities"] if row["id"] not in known)
    touched = {job["shortcode"] for one in candidates if (job := by_id[one].get("job"))}
    listed, candidates = len(candidates), candidates | (told & by_id.keys())
    offers = {row["candidate_id"] for row in after["offers"]} & candidates
    return (
        FINDING_THE_MEMBER
        + sum(_pages(len(recent.get(name, after[name]))) for name in (*ONE_LIST, "members"))
        + _pages(listed)
        + 2 * len(candidates)
        + len(offers)
        + sum(_pages(fresh[job]) for job in touched | fresh.keys())
        + PER_JOB * len(jobs)
        + 2 * len(employees)
    )


def _changed(
    before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]], key: str = "id"
) -> set[str]:
    was = {row[key]: _unsigned(row) for row in before}
    return {row[key] for row in after if was.get(row[key]) != _unsigned(row)}


def _unsigned(row: dict[str, Any]) -> str:
    """A row without the signatures of its links, which differ at every reading."""
    return re.sub(r"X-Amz-Signature=[0-9a-f]+", "", json.dumps(row))


def _pages(rows: int) -> int:
    return max(1, math.ceil(rows / PAGE))
