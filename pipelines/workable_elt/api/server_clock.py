"""The server's clock, known as bounds that only ever hold.

The ``Date`` header is cut to whole seconds, and how long an answer travelled is unknown. Each
answer still proves two bounds on (server clock - local clock): the stamp was made after the
request left and before the answer arrived. Their intersection narrows to about the round-trip
time within a few answers.
"""

from __future__ import annotations

import math

# Clocks run apart by some tens of millionths; the bounds are widened by more than that.
DRIFT = 2e-4


class ServerClock:
    """Bounds on the offset of the server's clock to a local clock that never goes back."""

    def __init__(self) -> None:
        self._low = -math.inf
        self._high = math.inf
        self._as_of = 0.0

    @property
    def known(self) -> bool:
        """Whether any answer carried a date."""
        return self._low > -math.inf

    def observe(self, sent: float, received: float, date: float) -> bool:
        """Take in one answer.

        Args:
            sent: local time when the request left, in seconds.
            received: local time when the answer's headers were there.
            date: the ``Date`` header, seconds since 1970, cut to whole seconds.

        Returns:
            False when the answer contradicts what was known (the server's clock was set, or
            another machine answered); then only this answer counts from here on.
        """
        low, high = date - received, date + 1.0 - sent
        widened = DRIFT * max(received - self._as_of, 0.0)
        kept_low, kept_high = max(self._low - widened, low), min(self._high + widened, high)
        agrees = kept_low <= kept_high
        self._low, self._high = (kept_low, kept_high) if agrees else (low, high)
        self._as_of = max(received, self._as_of) if agrees else received
        return agrees

    def earliest(self, local: float) -> float:
        """Return the least that the server's clock can show at `local`."""
        return local + self._low - DRIFT * max(local - self._as_of, 0.0)

    def latest(self, local: float) -> float:
        """Return the most that the server's clock can show at `local`."""
        return local + self._high + DRIFT * max(local - self._as_of, 0.0)

    def offset(self) -> float | None:
        """Return the best guess of (server clock - local clock), or None when unknown."""
        return (self._low + self._high) / 2 if self.known else None

    def wait_until(self, server: float, now: float) -> float:
        """Return the seconds from `now` until the server's clock has passed `server` for sure."""
        return max(server - self.earliest(now), 0.0) / (1 - DRIFT)
