"""A request to stop: whoever reads looks at it between any two pages or records."""

from __future__ import annotations

import threading


class Stop:
    """Set once, by a signal or by a limit; safe from threads and from signal handlers.

    Attributes:
        event: Set when the run is to stop; the client's waits wake by it.
        reason: ``signal``, ``max_requests`` or ``max_minutes``; None while nothing was asked.
    """

    def __init__(self) -> None:
        self.event = threading.Event()
        self.reason: str | None = None

    @property
    def requested(self) -> bool:
        """Whether the run is to stop."""
        return self.event.is_set()

    def request(self, reason: str) -> None:
        """Ask the run to stop; the first reason stays."""
        if self.reason is None:
            self.reason = reason
        self.event.set()
