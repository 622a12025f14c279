"""How many requests a run spends on what is only old: freshness by budget.

What gives no signal of change has a maximum age instead (`settings.Resource.max_age_hours`). What
changed or was never read is read whatever it costs; the rest of the budget goes to the readings that
have been overdue longest, over all resources, and what does not fit is carried over and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from workable_elt.sources.work import Parent
from workable_elt.warehouse.backlog import Aged, Tally

SMALLEST_LIMIT = 10
"""Requests in 10 seconds of an account token (ats.md section 1)."""

_WINDOWS_A_MINUTE = 6


class Overdue(TypedDict):
    """The object of the machine interface about the records of a resource that are overdue."""

    records: int
    oldest_at: str


def budget(minutes: float, rate_limit: int | None) -> int:
    """Give the requests that a run may have spent when it stops reading what is only old.

    Args:
        minutes: The account's ``freshness_minutes``.
        rate_limit: Requests in 10 seconds; None where the server has not told.
    """
    return round((rate_limit or SMALLEST_LIMIT) * _WINDOWS_A_MINUTE * minutes)


def within(aged: Mapping[str, Sequence[Aged]], requests: int) -> dict[str, list[Parent]]:
    """Choose the records that have been overdue longest.

    Args:
        aged: By resource.
        requests: As many as may be spent; a record takes one.

    Returns:
        Parents by resource, only where there are any.
    """
    everything = [(one, resource) for resource, ones in aged.items() for one in ones]
    everything.sort(key=lambda pair: pair[0].overdue, reverse=True)
    chosen: dict[str, list[Parent]] = {}
    for one, resource in everything[: max(requests, 0)]:
        chosen.setdefault(resource, []).append(one.parent)
    return chosen


def overdue(tallies: Mapping[str, Tally]) -> dict[str, Overdue]:
    """Name what is overdue, by resource.

    Args:
        tallies: Of the backlog.
    """
    return {
        resource: {"records": tally.overdue, "oldest_at": _iso(tally.oldest_at)}
        for resource, tally in tallies.items()
        if tally.oldest_at is not None
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat() + "Z"
