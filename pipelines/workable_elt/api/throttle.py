"""Makes threads wait their turn at one request budget."""

from __future__ import annotations

import hashlib
import threading
import time
import weakref
from collections.abc import Callable
from urllib.parse import urlsplit

from workable_elt.api.auth import Secret, is_workable
from workable_elt.api.cancellation import Cancellation
from workable_elt.api.errors import Cancelled
from workable_elt.api.headers import ServerHeaders
from workable_elt.api.ratelimit import RequestBudget, Ticket

# How soon a waiting thread notices that it was cancelled.
_NOTICES_WITHIN = 0.2


class RateLimiter:
    """Hands out the requests of one `RequestBudget` to any number of threads.

    Args:
        budget: the rules.
        clock: a local clock in seconds that never goes back.
        wait: waits on a held condition for at most some seconds; tests advance a clock instead.
    """

    def __init__(
        self,
        budget: RequestBudget,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Condition, float], object] = threading.Condition.wait,
    ) -> None:
        self._budget = budget
        self._clock = clock
        self._wait = wait
        self._turn = threading.Condition()

    def acquire(self, cancelled: Cancellation | None = None) -> tuple[Ticket, float]:
        """Wait until a request may leave.

        Args:
            cancelled: set by another thread to end the wait.

        Returns:
            The ticket, to be handed back, and the seconds waited.

        Raises:
            Cancelled: `cancelled` was set.
        """
        began = self._clock()
        with self._turn:
            while True:
                if cancelled is not None and cancelled.is_set():
                    raise Cancelled("the work was stopped while this request waited its turn.")
                now = self._clock()
                verdict = self._budget.ask(now)
                if isinstance(verdict, Ticket):
                    return verdict, now - began
                longest = _NOTICES_WITHIN if cancelled is not None else 60.0
                self._wait(self._turn, min(verdict, longest))

    def answered(self, ticket: Ticket, headers: ServerHeaders, *, refused: bool) -> None:
        """Hand back the ticket of an answered request (`refused`: with 429)."""
        with self._turn:
            self._budget.answered(ticket, self._clock(), headers, refused=refused)
            self._turn.notify_all()

    def failed(self, ticket: Ticket) -> None:
        """Hand back the ticket of a request that got no answer."""
        with self._turn:
            self._budget.failed(ticket, self._clock())
            self._turn.notify_all()

    @property
    def limit(self) -> int | None:
        """Requests per 10 seconds as the server last said, or None when it never did."""
        return self._budget.limit

    def server_time(self) -> float | None:
        """Return the best guess of the server's clock, in seconds since 1970, or None."""
        with self._turn:
            offset = self._budget.clock.offset()
        return None if offset is None else offset + self._clock()


_shared: weakref.WeakValueDictionary[tuple[str, str], RateLimiter] = weakref.WeakValueDictionary()
_sharing = threading.Lock()


def shared_limiter(base_url: str, token: Secret) -> RateLimiter:
    """Return the one limiter of this process for a token at a host.

    The server counts per token, so two clients of one account (the ATS and the HRIS source in one
    pipeline) must spend from one budget. It lives as long as some client holds it.
    """
    parts = urlsplit(base_url)
    # The key holds a digest, so that no registry in memory holds a second copy of the token.
    key = (parts.netloc, hashlib.sha256(token.reveal().encode()).hexdigest())
    with _sharing:
        limiter = _shared.get(key)
        if limiter is None:
            budget = RequestBudget(always_limited=is_workable(parts.hostname or ""))
            limiter = _shared[key] = RateLimiter(budget)
        return limiter
