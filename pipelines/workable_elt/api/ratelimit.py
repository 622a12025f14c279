"""One request budget for an account, following the server's own windows.

Workable counts requests in fixed 10-second windows on its clock (multiples of 10); account tokens
get 10 requests a window, others 50 (ats.md section 1). ``X-Rate-Limit-Reset`` mostly says now + 10
and not when the window ends, so waiting for it wastes up to half of the limit. This budget knows
the server's clock within bounds and spends a window as soon as it has surely begun.

The rule that keeps it from ever earning a 429: a request is charged to *every* window it may be
counted in, from the one that may be running when it leaves, until its answer proves which it was
(`Date` cannot lie before the request was counted, and `Remaining` shows a window's first requests
for what they are).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from workable_elt.api.headers import ServerHeaders
from workable_elt.api.server_clock import ServerClock

WINDOW = 10.0
DEFAULT_LIMIT = 10
# A request that has not reached the server after this long will not be counted any more.
ARRIVES_WITHIN = 10.0
# A wait named by the server that is longer than this is not believed.
LONGEST_PAUSE = 120.0
_GUARD_STEP, _LARGEST_GUARD = 0.25, 2.0
# So many 429s in windows that should have had room, and fixed windows are no longer believed in.
_MOST_SURPRISES = 2


@dataclass(eq=False)
class Ticket:
    """The right to send one request, and what is known about where it was counted.

    Attributes:
        sent: local time when it was given out, in seconds.
        answered: local time of the answer or failure; None while under way.
        first: first window it may be counted in, as window number; None while no clock is known.
        last: last window it may be counted in; None while under way.
    """

    sent: float
    answered: float | None = None
    first: int | None = None
    last: int | None = None

    def may_count_in(self, window: int) -> bool:
        """Whether this request may be counted in `window`."""
        return (
            self.first is not None and self.last is not None and self.first <= window <= self.last
        )

    def surely_in(self, window: int) -> bool:
        """Whether this request was counted in `window` and in no other."""
        return self.first == window == self.last


@dataclass
class RequestBudget:
    """Decides when the next request may leave. No threads, no clock of its own, no sleeping.

    Args:
        always_limited: whether the host is known to have a limit even when its answers carry no
            rate headers (workable.com). Any other host, such as the simulator with its limit
            lifted, counts as unlimited after ten answers without them.

    Attributes:
        limit: requests a window, as the server last said; None before it did.
        clock: the server's clock.
    """

    always_limited: bool = True
    limit: int | None = None
    clock: ServerClock = field(default_factory=ServerClock)
    _open: list[Ticket] = field(default_factory=list)
    _closed: list[Ticket] = field(default_factory=list)
    _others: dict[int, int] = field(default_factory=dict)
    _spent: set[int] = field(default_factory=set)
    _answers: int = 0
    _paused_until: float = -math.inf
    _guard: float = 0.0
    _surprises: int = 0
    _silent_refusals: int = 0
    _free_from: int = DEFAULT_LIMIT

    def ask(self, now: float) -> Ticket | float:
        """Ask to send one request now.

        Args:
            now: local monotonic time in seconds.

        Returns:
            A `Ticket`, to be handed back with `answered` or `failed`, or the seconds to wait
            before asking again (infinite: until some request is handed back).
        """
        wait = self._wait(now)
        if wait > 0:
            return wait
        ticket = Ticket(sent=now)
        self._open.append(ticket)
        return ticket

    def answered(
        self, ticket: Ticket, now: float, headers: ServerHeaders, *, refused: bool = False
    ) -> None:
        """Hand back the ticket of an answered request.

        Args:
            ticket: what `ask` gave.
            now: local time when the answer's headers were there.
            headers: the answer's.
            refused: whether it was a 429.
        """
        self._answers += 1
        self._open.remove(ticket)
        ticket.answered = now
        if headers.limit is not None:
            self.limit = headers.limit
        elif refused and self.limit is None:
            self._doubt_freedom()
        if headers.date is not None and not self.clock.observe(ticket.sent, now, headers.date):
            self._forget_windows()
        if self.clock.known:
            self._place(ticket, now, headers.date)
            if headers.remaining is not None and self.limit is not None and not refused:
                self._learn(ticket, self.limit - headers.remaining)
        if refused:
            self._pause(ticket, now, headers)
        self._close(ticket, now)

    def failed(self, ticket: Ticket, now: float) -> None:
        """Hand back the ticket of a request that got no answer; it may have been counted."""
        self._open.remove(ticket)
        ticket.answered = now
        if self.clock.known:
            self._place(ticket, min(now, ticket.sent + ARRIVES_WITHIN), None)
        self._close(ticket, now)

    @property
    def effective_limit(self) -> int | None:
        """Requests a window that the budget works with; None when there is no limit."""
        if self.limit is not None:
            return self.limit
        if self.always_limited or self._answers < self._free_from:
            return DEFAULT_LIMIT
        return None

    # how long to wait

    def _wait(self, now: float) -> float:
        if now < self._paused_until:
            return self._paused_until - now
        if self._answers == 0:
            return math.inf if self._open else 0.0
        limit = self.effective_limit
        if limit is None:
            return 0.0
        if self.limit is None and not self.always_limited and not self._silent_refusals:
            # Ten answers without rate headers end this: no need to wait for a window.
            return math.inf if self._answers + len(self._open) >= limit else 0.0
        by_clock = self._wait_by_clock(now, limit) if self.clock.known else 0.0
        if self.clock.known and self._surprises < _MOST_SURPRISES:
            return by_clock
        return max(by_clock, self._wait_blind(now, limit))

    def _wait_by_clock(self, now: float, limit: int) -> float:
        first = _window(self.clock.earliest(now) - self._guard)
        last = _window(self.clock.latest(now))
        for window in range(first, last + 1):
            if window in self._spent or self._used(window) >= limit:
                opens = (window + 1) * WINDOW + self._guard
                return max(self.clock.wait_until(opens, now), 0.001)
        return 0.0

    def _wait_blind(self, now: float, limit: int) -> float:
        """Keep every 10 seconds within the limit, wherever the server's windows begin.

        For answers without a Date, which leave the windows' phase unknown, and for a server whose
        windows turn out not to be fixed. Costs a round trip a window.
        """
        ends = sorted(
            ticket.answered + WINDOW if ticket.answered is not None else math.inf
            for ticket in (*self._closed, *self._open)
        )
        current = [end for end in ends if end > now]
        return 0.0 if len(current) < limit else current[len(current) - limit] - now

    def _used(self, window: int) -> int:
        """Return the most requests that may have been counted in `window` so far."""
        ours = sum(ticket.may_count_in(window) for ticket in self._closed)
        under_way = sum(
            self._first_of(ticket) <= window <= self._reach_of(ticket) for ticket in self._open
        )
        return ours + under_way + self._others.get(window, 0)

    def _first_of(self, ticket: Ticket) -> int:
        return _window(self.clock.earliest(ticket.sent) - self._guard)

    def _reach_of(self, ticket: Ticket) -> int:
        return _window(self.clock.latest(ticket.sent + ARRIVES_WITHIN))

    # what an answer teaches

    def _place(self, ticket: Ticket, until: float, date: float | None) -> None:
        """Bound the windows that a request may be counted in, by its times and the Date."""
        ticket.last = _window(self.clock.latest(until) if date is None else date)
        ticket.first = min(self._first_of(ticket), ticket.last)

    def _learn(self, ticket: Ticket, used: int) -> None:
        """Find out from the count which window it was, and what others spend on this token."""
        if ticket.first is None or ticket.last is None:
            return
        while ticket.first < ticket.last and used <= self._before(ticket, ticket.first):
            ticket.first += 1
        # More than ours in the later window, and no more than ours in the earlier: the earlier.
        if self._used(ticket.last) + 1 < used <= self._used(ticket.first) + 1:
            ticket.last = ticket.first
        window = ticket.last
        if ticket.first == window and used <= self._before(ticket, window):
            # The count began anew inside a window of ours: the limiter's clock is ahead of Date.
            self._closed = [other for other in self._closed if not other.surely_in(window)]
            self._others.pop(window, None)
            ticket.last = window + 1
        others = used - self._used(window) - 1 + self._others.get(window, 0)
        if others > self._others.get(window, 0):
            self._others[window] = others

    def _before(self, ticket: Ticket, window: int) -> int:
        """Count the requests of `window` that were answered before this one left."""
        return sum(
            other.surely_in(window) and other.answered is not None and other.answered <= ticket.sent
            for other in self._closed
        )

    def _pause(self, ticket: Ticket, now: float, headers: ServerHeaders) -> None:
        """After a 429: what the server says, or else the next window."""
        if self.clock.known and ticket.first is not None and ticket.last is not None:
            self._take_surprise(ticket, ticket.last)
            self._spent.update(range(ticket.first, ticket.last + 1))
            fallback = self.clock.wait_until((ticket.last + 1) * WINDOW + self._guard, now)
        else:
            fallback = WINDOW
        wait = headers.retry_after
        if wait is None and headers.reset is not None and headers.date is not None:
            wait = headers.reset - headers.date
            if not 0 < wait <= 2 * WINDOW:
                wait = None
        if wait is None or wait > LONGEST_PAUSE:
            wait = fallback
        self._paused_until = max(self._paused_until, now + wait)

    def _take_surprise(self, ticket: Ticket, window: int) -> None:
        """Grow careful after a 429 in a window that should have had room.

        One that had just begun for us may not have been open yet: windows begin later from now on.
        """
        limit = self.effective_limit
        if limit is None or window in self._spent or self._used(window) >= limit:
            return
        self._surprises += 1
        if self.clock.earliest(ticket.sent) % WINDOW <= _LARGEST_GUARD:
            self._guard = min(self._guard + _GUARD_STEP, _LARGEST_GUARD)

    def _doubt_freedom(self) -> None:
        """Work with the documented limit for a while after a 429 that names none.

        One may be a passing trouble of a server without limits; each further one doubles the
        answers that must come through before that is believed again.
        """
        self._silent_refusals = min(self._silent_refusals + 1, 10)
        self._free_from = self._answers + DEFAULT_LIMIT * 2**self._silent_refusals

    def _forget_windows(self) -> None:
        """The server's clock jumped: the numbers of the windows so far mean nothing."""
        self._closed.clear()
        self._others.clear()
        self._spent.clear()

    def _close(self, ticket: Ticket, now: float) -> None:
        """Keep the ticket while it matters, so that the state stays small for ever."""
        if self.effective_limit is None:
            self._closed.clear()
            return
        self._closed.append(ticket)
        if not self.clock.known:
            self._closed = [
                ticket
                for ticket in self._closed
                if ticket.answered is not None and ticket.answered > now - WINDOW
            ]
            return
        oldest = _window(self.clock.earliest(now)) - 1
        self._closed = [t for t in self._closed if t.last is not None and t.last >= oldest]
        self._others = {w: n for w, n in self._others.items() if w >= oldest}
        self._spent = {w for w in self._spent if w >= oldest}


def _window(server_time: float) -> int:
    """Return the number of the window that contains a time of the server's clock."""
    return math.floor(server_time / WINDOW)
