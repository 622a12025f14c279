"""The simulator's own clock, which tests may set, freeze and move."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from email.utils import format_datetime


class Clock:
    """A clock in UTC that runs from a chosen start, at the machine's pace or not at all.

    Args:
        start: The moment it shows first, with a zone; the machine's time when left out.
        frozen: Whether it stands still until it is moved or resumed.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._frozen = frozen
        self._base = time.time() if start is None else start.timestamp()
        self._since = time.monotonic()
        self.skew = 0.0
        """Seconds by which the front end's clock is ahead of the one that stamps records."""

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._frozen

    def timestamp(self) -> float:
        """Give the time as Unix seconds."""
        return self._base if self._frozen else self._base + time.monotonic() - self._since

    def now(self) -> datetime:
        """Give the time in UTC."""
        return datetime.fromtimestamp(self.timestamp(), timezone.utc)

    def set(self, at: datetime) -> None:
        """Show ``at`` (with a zone) from now on."""
        self._base, self._since = at.timestamp(), time.monotonic()

    def advance(self, seconds: float) -> None:
        """Move the clock by ``seconds``; a negative number moves it back."""
        self._base += seconds

    def freeze(self, *, frozen: bool = True) -> None:
        """Stop the clock at the time it shows, or let it run on from there."""
        self._base, self._since = self.timestamp(), time.monotonic()
        self._frozen = frozen

    def shown_timestamp(self) -> float:
        """Give the front end's time, by which budgets refill, as Unix seconds."""
        return self.timestamp() + self.skew

    def shown(self) -> datetime:
        """Give the front end's time in UTC."""
        return datetime.fromtimestamp(self.shown_timestamp(), timezone.utc)

    def http_date(self) -> str:
        """Give the front end's time as the value of an HTTP ``Date`` header."""
        return format_datetime(self.shown(), usegmt=True)
