"""What every event has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class LogEvent:
    """Something that happened. Nobody changes an event once it is in a log."""

    at: int
    """When, epoch milliseconds, UTC."""
    actor: str | None
    """The member who did it; None where nobody did."""
