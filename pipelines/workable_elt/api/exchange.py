"""One HTTP request and its answer: waits its turn, keeps the times, reports to the ledger."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from workable_elt.api.answer import RequestRecord, Stats
from workable_elt.api.cancellation import Allowance, OpenConnections, stop_signal
from workable_elt.api.errors import Cancelled, TimedOut, WorkableError
from workable_elt.api.headers import ServerHeaders, read_headers
from workable_elt.api.links import QueryParams
from workable_elt.api.ratelimit import Ticket
from workable_elt.api.throttle import RateLimiter
from workable_elt.api.transport import MAPPING, translate


@dataclass(frozen=True)
class Target:
    """What to read.

    Attributes:
        endpoint: path template, for messages and the ledger.
        path: the real path under the base URL, percent-encoded.
        params: query parameters as they go onto the wire.
    """

    endpoint: str
    path: str
    params: QueryParams = ()


@dataclass(frozen=True)
class RawAnswer:
    """An answer before anything is made of it."""

    status: int
    headers: httpx.Headers
    steering: ServerHeaders
    body: bytes
    size: int
    seconds: float


class Exchange:
    """Sends single requests of one account. Holds no state of any request; safe from threads.

    Args:
        http: a client with authentication and timeouts set, that follows no redirects.
        base_url: what paths are appended to.
        account: the account's label, for messages.
        limiter: the account's budget.
        total_timeout: seconds from sending to the body's last byte.
        on_request: called after every request, in the thread that sent it.
        allowance: how many requests may be sent at all, shared with other exchanges.
        clock: local seconds that never go back.
    """

    def __init__(
        self,
        http: httpx.Client,
        *,
        base_url: str,
        account: str,
        limiter: RateLimiter,
        total_timeout: float,
        on_request: Callable[[RequestRecord], object] | None = None,
        allowance: Allowance | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self.base_url = base_url
        self._http = http
        self._limiter = limiter
        self._total_timeout = total_timeout
        self._on_request = on_request
        self._allowance = allowance
        self._connections = OpenConnections()
        self._clock = clock
        self._stats = Stats()
        self._stats_lock = threading.Lock()

    @property
    def stats(self) -> Stats:
        """Totals so far."""
        return self._stats

    def count_retry(self) -> None:
        """Note that the next request repeats a failed one."""
        with self._stats_lock:
            self._stats = dataclasses.replace(self._stats, retries=self._stats.retries + 1)

    def drop_requests(self) -> None:
        """Break the connections of all requests under way; those end as broken ones do."""
        self._connections.cut()

    def send(self, target: Target) -> RawAnswer:
        """Send one GET request when the rate limit allows it.

        Raises:
            TransportError: no complete answer came back.
            Cancelled: the work was stopped before the request was sent, or the allowance is spent.
        """
        ticket, waited = self._turn()
        began = self._clock()
        failure: WorkableError | None = None
        answer: RawAnswer | None = None
        open_ticket = True
        try:
            url = self.base_url + target.path
            watched = {"trace": self._connections.trace}
            with self._http.stream(
                "GET", url, params=target.params, extensions=watched
            ) as response:
                steering = read_headers(response.headers)
                open_ticket = False
                self._limiter.answered(ticket, steering, refused=response.status_code == 429)
                body = self._read(response, target, began + self._total_timeout)
                answer = RawAnswer(
                    response.status_code,
                    response.headers,
                    steering,
                    body,
                    response.num_bytes_downloaded,
                    self._clock() - began,
                )
        except tuple(MAPPING) as exc:
            failure = translate(exc, self.account, target.endpoint)
        except TimedOut as exc:
            failure = exc
        finally:
            if open_ticket:
                self._limiter.failed(ticket)
        self._report(target, answer, self._clock() - began, waited)
        if answer is None:
            raise failure or AssertionError("neither an answer nor a failure")
        return answer

    def _turn(self) -> tuple[Ticket, float]:
        """Wait until the request may leave, if it may leave at all."""
        if self._allowance is None:
            return self._limiter.acquire(stop_signal.get())
        # Asked first, so that what may not be sent does not wait for its turn.
        self._allowance.take()
        try:
            return self._limiter.acquire(stop_signal.get())
        except Cancelled:
            self._allowance.give_back()
            raise

    def _read(self, response: httpx.Response, target: Target, deadline: float) -> bytes:
        pieces = []
        for piece in response.iter_bytes():
            pieces.append(piece)
            if self._clock() > deadline:
                raise TimedOut(
                    f"the answer was not complete after {self._total_timeout:.0f} s.",
                    account=self.account,
                    endpoint=target.endpoint,
                    hint="Try again later; raise the total timeout if it stays so.",
                )
        return b"".join(pieces)

    def _report(
        self, target: Target, answer: RawAnswer | None, seconds: float, waited: float
    ) -> None:
        status, size = (answer.status, answer.size) if answer else (None, 0)
        with self._stats_lock:
            self._stats = dataclasses.replace(
                self._stats,
                requests=self._stats.requests + 1,
                rate_limited=self._stats.rate_limited + (status == 429),
                size=self._stats.size + size,
                waited=self._stats.waited + waited,
            )
        if self._on_request:
            self._on_request(RequestRecord(target.endpoint, status, seconds, waited, size))
