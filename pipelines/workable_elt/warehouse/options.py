"""How a run differs from an ordinary one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from workable_elt.settings import RESOURCES
from workable_elt.warehouse.slices import SliceLimits

_CONCURRENCY = 8
# What a long stream may take: a job with 5,000 activities, at a hundred a request.
_REQUESTS_A_STREAM = 50


@dataclass(frozen=True)
class Options:
    """What a caller may ask of a run.

    Attributes:
        resources: Raw tables to read; empty is all that the account has enabled.
        full: Read everything again.
        depth: Overrides the account's.
        limits: Size of a package.
        since: Read what has changed since then, whatever the watermarks say; UTC, naive.
        reconcile: Read every list whole, to find what was deleted.
        accept_deletes: Raw tables whose vanished records are taken for deleted, however many.
        max_requests: Stop cleanly after so many requests of the run.
        max_minutes: Stop cleanly after so much time.
    """

    resources: tuple[str, ...] = ()
    full: bool = False
    depth: str | None = None
    limits: SliceLimits = field(default_factory=SliceLimits)
    since: datetime | None = None
    reconcile: bool = False
    accept_deletes: tuple[str, ...] = ()
    max_requests: int | None = None
    max_minutes: float | None = None

    @property
    def concurrency(self) -> int:
        """Requests side by side for details and children.

        Few where few requests are allowed: side by side, long streams could use them up without
        one that comes to its end, and what did not come to its end is read again by the next run.
        """
        if self.max_requests is None:
            return _CONCURRENCY
        return min(_CONCURRENCY, max(1, self.max_requests // _REQUESTS_A_STREAM))

    def chosen(self, enabled: tuple[str, ...], depth: str) -> tuple[str, ...]:
        """Name what is read of an account that has these resources and this depth."""
        names = self.resources or enabled
        if (self.depth or depth) == "list":
            return tuple(name for name in names if is_list(name))
        return names


def is_list(resource: str) -> bool:
    """Whether a resource is one account-wide list."""
    return RESOURCES[resource].reading == "list"
