"""How often, and after which pause, a request is tried again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:
    """Bounds on the patience with one request.

    Attributes:
        attempts: tries in all for 5xx, timeouts, broken connections and unreadable bodies.
        first_pause: upper bound of the first pause in seconds; each further one doubles.
        longest_pause: upper bound of any pause in seconds.
        refusals: answers with 429 that one request bears. They are no errors: each is waited out
            as the server says, and only their number is bounded.
        spread: draws from an interval; full jitter, so that many clients do not return at once.
    """

    attempts: int = 6
    first_pause: float = 0.5
    longest_pause: float = 30.0
    refusals: int = 30
    spread: Callable[[float, float], float] = random.uniform

    def pause(self, failures: int, asked: float | None = None) -> float:
        """Return the seconds to wait before the next try.

        Args:
            failures: tries that failed so far, at least 1.
            asked: what ``Retry-After`` said, if anything; honoured up to `longest_pause`.
        """
        highest = min(self.longest_pause, self.first_pause * 2.0 ** (failures - 1))
        drawn = self.spread(0.0, highest)
        return max(drawn, min(asked, self.longest_pause)) if asked is not None else drawn
