"""A rate-limited server and its clients on a virtual clock, written from the API notes alone."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from workable_elt.api.headers import ServerHeaders
from workable_elt.api.ratelimit import RequestBudget, Ticket


@dataclass
class VirtualServer:
    """Counts requests in fixed 10-second windows of its own clock (ats.md section 1)."""

    limit: int
    skew: float  # server clock - local clock
    sends_rate_headers: bool = True
    sends_date: bool = True
    date_skew: float = 0.0  # Date's clock - the limiter's clock
    counts: Counter[int] = field(default_factory=Counter)
    refused: int = 0

    def arrive(self, local: float) -> tuple[bool, int]:
        """Count a request; returns whether it is refused, and what Remaining says."""
        window = math.floor((local + self.skew) / 10)
        if self.counts[window] >= self.limit:
            self.refused += 1
            return True, 0
        self.counts[window] += 1
        return False, self.limit - self.counts[window]

    def headers(self, local: float, remaining: int) -> ServerHeaders:
        stamped = math.floor(local + self.skew + self.date_skew)
        return ServerHeaders(
            date=float(stamped) if self.sends_date else None,
            limit=self.limit if self.sends_rate_headers else None,
            remaining=remaining if self.sends_rate_headers else None,
            reset=float(stamped + 10) if self.sends_rate_headers else None,
        )


@dataclass
class Run:
    """What happened: per server window the requests, and when the work was done."""

    server: VirtualServer
    seconds: float
    sent: int


def run(
    server: VirtualServer,
    budget: RequestBudget,
    *,
    requests: int,
    workers: int,
    latency: Callable[[], tuple[float, float, float]],
    start: float = 1000.0,
    strangers: Callable[[], float] | None = None,
) -> Run:
    """Let `workers` send `requests` in all as soon as the budget lets them.

    `latency` gives the seconds to the server, inside it, and back. `strangers` gives the gaps
    between requests of somebody else on the same token.
    """
    events: list[tuple[float, int, str, Ticket | None, tuple[bool, int, float] | None]] = []
    order = itertools.count()
    idle, sent, done, now = workers, 0, 0, start

    def at(when: float, what: str, ticket: Ticket | None = None, result=None) -> None:  # type: ignore[no-untyped-def]
        heapq.heappush(events, (when, next(order), what, ticket, result))

    legs: dict[int, tuple[float, float, float]] = {}
    at(start, "wake")
    if strangers:
        at(start + strangers(), "stranger")
    while done < requests:
        now, _, what, ticket, result = heapq.heappop(events)
        if what == "stranger" and strangers:
            refused_before = server.refused
            server.arrive(now)
            server.refused = refused_before  # what the stranger earns is not ours
            at(now + strangers(), "stranger")
        elif what == "arrive" and ticket:
            refused, remaining = server.arrive(now)
            answered_at = now + legs[id(ticket)][1]
            at(
                answered_at + legs.pop(id(ticket))[2],
                "answer",
                ticket,
                (refused, remaining, answered_at),
            )
        elif what == "answer" and ticket and result:
            refused, remaining, stamped_at = result
            budget.answered(ticket, now, server.headers(stamped_at, remaining), refused=refused)
            idle += 1
            done += not refused
            sent -= refused
        while idle and sent < requests:
            verdict = budget.ask(now)
            if not isinstance(verdict, Ticket):
                if math.isfinite(verdict):
                    at(now + verdict, "wake")
                break
            idle, sent = idle - 1, sent + 1
            legs[id(verdict)] = latency()
            at(now + legs[id(verdict)][0], "arrive", verdict)
    return Run(server, now - start, done)


class SlidingServer(VirtualServer):
    """Counts the last ten seconds instead of fixed windows."""

    def arrive(self, local: float) -> tuple[bool, int]:
        self.moments = [moment for moment in getattr(self, "moments", []) if moment > local - 10]
        if len(self.moments) >= self.limit:
            self.refused += 1
            return True, 0
        self.moments.append(local)
        return False, self.limit - len(self.moments)
