"""Workable's request budgets: so many requests in ten seconds for each client (ats.md, 1)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

WINDOW_SECONDS = 10


@dataclass(frozen=True)
class Verdict:
    """What the limiter says to one request.

    Attributes:
        allowed: Whether the request may go on.
        limit: Requests allowed in ten seconds.
        remaining: Requests left, this one already counted.
        reset: The ``X-Rate-Limit-Reset`` header, Unix seconds.
    """

    allowed: bool
    limit: int
    remaining: int
    reset: int

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Give the three headers that Workable adds to an answer."""
        return [
            (b"x-rate-limit-limit", b"%d" % self.limit),
            (b"x-rate-limit-remaining", b"%d" % self.remaining),
            (b"x-rate-limit-reset", b"%d" % self.reset),
        ]


@dataclass
class _Fixed:
    """The count of one client in the block of ten seconds that it last used."""

    block: int = -1
    used: int = 0

    def take(self, now: float, limit: int) -> int:
        """Count one request; give how many are left, -1 when there was none."""
        block = int(now // WINDOW_SECONDS)
        if block != self.block:
            self.block, self.used = block, 0
        if self.used >= limit:
            return -1
        self.used += 1
        return limit - self.used

    def refills_at(self, now: float) -> float:
        """Give the Unix time at which the next block begins."""
        return (now // WINDOW_SECONDS + 1) * WINDOW_SECONDS


@dataclass
class _Sliding:
    """The moments of one client's requests in the last ten seconds."""

    moments: deque[float] = field(default_factory=deque)

    def take(self, now: float, limit: int) -> int:
        """Count one request; give how many are left, -1 when there was none."""
        while self.moments and (
            self.moments[0] <= now - WINDOW_SECONDS or self.moments[0] > now + WINDOW_SECONDS
        ):
            self.moments.popleft()
        if len(self.moments) >= limit:
            return -1
        self.moments.append(now)
        return limit - len(self.moments)

    def refills_at(self, now: float) -> float:
        """Give the Unix time at which the oldest counted request leaves the window."""
        return (self.moments[0] if self.moments else now) + WINDOW_SECONDS


def _recorded_wait(request: int) -> int:
    """Give what Reset is ahead of now: of 391 answers 34 said 9 s and one lay 10 s back."""
    if request % 391 == 0:
        return -WINDOW_SECONDS
    return WINDOW_SECONDS - 1 if request % 12 == 0 else WINDOW_SECONDS


class RateLimiter:
    """Budgets of all clients.

    A refused request is not counted, so a client that keeps knocking is let in as soon as the
    window refills.

    Args:
        enabled: Whether any request is ever refused or given headers.
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._windows: dict[tuple[str, bool], _Fixed | _Sliding] = {}
        self._taken = 0

    def take(
        self,
        client: str,
        limit: int,
        now: float,
        *,
        sliding: bool = False,
        reset_is_refill: bool = False,
    ) -> Verdict:
        """Spend one request of a client's budget.

        Args:
            client: Whose budget, for example the token.
            limit: Requests allowed in ten seconds.
            now: The server's time, Unix seconds.
            sliding: Whether the ten seconds slide; else they are blocks at multiples of ten.
            reset_is_refill: Whether ``reset`` is the true moment of the refill. Workable was
                recorded to send now + 10 s instead, now and then a second less, and once a moment
                in the past (ats.md, Corrections 8).

        Returns:
            Whether the request may go on, and the values of the headers.
        """
        key = (client, sliding)
        window = self._windows.get(key)
        if window is None:
            window = self._windows[key] = _Sliding() if sliding else _Fixed()
        left = window.take(now, limit)
        self._taken += 1
        reset = window.refills_at(now) if reset_is_refill else now + _recorded_wait(self._taken)
        return Verdict(left >= 0, limit, max(left, 0), int(reset))

    def forget(self) -> None:
        """Give every client a full budget."""
        self._windows.clear()
