"""Counts of requests, so that tests can say what a sync cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Counters:
    """Requests since the last reset.

    Attributes:
        requests: By endpoint, for example ``GET /candidates/:id``; every request counts.
        statuses: By endpoint and status, for example ``GET /candidates 429``. A connection that
            was reset before any answer counts as status 0.
        log: Method, path with query, and status of each request, where recording is on.
        recording: Whether `log` is kept.
    """

    requests: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    log: list[tuple[str, str, int]] = field(default_factory=list)
    recording: bool = False

    def count(self, endpoint: str, method: str, url: str, status: int) -> None:
        """Count one answered request."""
        self.requests[endpoint] += 1
        self.statuses[f"{endpoint} {status}"] += 1
        if self.recording:
            self.log.append((method, url, status))

    def reset(self) -> None:
        """Start from zero."""
        self.requests.clear()
        self.statuses.clear()
        self.log.clear()

    def as_dict(self) -> dict[str, object]:
        """Give all counts, for the control surface."""
        return {
            "total": sum(self.requests.values()),
            "requests": dict(sorted(self.requests.items())),
            "statuses": dict(sorted(self.statuses.items())),
            "log": self.log,
        }
