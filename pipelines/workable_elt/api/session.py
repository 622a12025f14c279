"""Reads one document: retries, redirects, errors, decoding."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from workable_elt.api.answer import Answer
from workable_elt.api.cancellation import stoppable_sleep
from workable_elt.api.decode import UndecodableError, decode_json
from workable_elt.api.errors import (
    NotFound,
    NotJson,
    RateLimited,
    ResponseError,
    TruncatedBody,
    UnexpectedShape,
    WorkableError,
)
from workable_elt.api.exchange import Exchange, RawAnswer, Target
from workable_elt.api.links import rebase_redirect
from workable_elt.api.refusals import refusal
from workable_elt.api.retry import RetryPolicy
from workable_elt.api.throttle import RateLimiter

_MOST_REDIRECTS = 3


class Session:
    """Reads documents of one account; safe to use from several threads.

    Args:
        exchange: sends the single requests.
        limiter: the budget that `exchange` spends, asked here for the server's clock.
        retry: bounds on patience.
        sleep: waits some seconds.
        wall_clock: our time of day, in seconds since 1970.
    """

    def __init__(
        self,
        exchange: Exchange,
        *,
        limiter: RateLimiter,
        retry: RetryPolicy,
        sleep: Callable[[float], object] = stoppable_sleep,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self.exchange = exchange
        self.limiter = limiter
        self._retry = retry
        self._sleep = sleep
        self._wall_clock = wall_clock

    @property
    def account(self) -> str:
        """The account's label."""
        return self.exchange.account

    @property
    def base_url(self) -> str:
        """What paths are appended to."""
        return self.exchange.base_url

    def server_clock_offset(self) -> timedelta | None:
        """Return (server clock - ours), or None before any answer carried a ``Date``."""
        server_time = self.limiter.server_time()
        return None if server_time is None else timedelta(seconds=server_time - self._wall_clock())

    def get(self, target: Target, *, not_found_retries: int = 0) -> Answer:
        """Read one document, waiting for the rate limit and trying again where that can help.

        Args:
            target: what to read.
            not_found_retries: how often a 404 is asked again; children of listed records have
                answered one that goes away (hris.md section 0.5).

        Raises:
            WorkableError: any of its kinds, naming the account and the endpoint.
        """
        failures = missing = refusals = 0
        while True:
            try:
                answer = self._attempt(target)
            except NotFound:
                missing += 1
                if missing > not_found_retries:
                    raise
                self.exchange.count_retry()
                continue
            except WorkableError as error:
                failures += 1
                if not error.retryable or failures >= self._retry.attempts:
                    raise
                self.exchange.count_retry()
                self._sleep(self._retry.pause(failures, error.retry_after))
                continue
            if answer is not None:
                return answer
            refusals += 1
            if refusals >= self._retry.refusals:
                raise self._gave_up(target, refusals)

    def _attempt(self, target: Target) -> Answer | None:
        """Read once; None stands for a 429, which the limiter knows of and waits out."""
        raw = self._follow(target)
        if raw.status == 429:
            return None
        if raw.status >= 400:
            names = [name for name, _ in target.params]
            raise refusal(raw, account=self.account, path=target.endpoint, sent=names)
        return Answer(self._decode(raw, target), self._read_at(raw), raw.steering, raw.size)

    def _follow(self, target: Target) -> RawAnswer:
        """Send, and follow redirects that stay on the configured host."""
        for _ in range(_MOST_REDIRECTS + 1):
            raw = self.exchange.send(target)
            if not 300 <= raw.status < 400:
                return raw
            try:
                path, params = rebase_redirect(
                    raw.headers.get("location", ""), self.base_url, target.endpoint
                )
            except ResponseError as error:
                error.account, error.status = self.account, raw.status
                raise
            target = Target(target.endpoint, path, params)
        raise UnexpectedShape(
            "the server redirects in circles.", account=self.account, endpoint=target.endpoint
        )

    def _decode(self, raw: RawAnswer, target: Target) -> Any:
        failure: ResponseError
        try:
            return decode_json(raw.body)
        except UndecodableError:
            failure = self._not_json(raw, target)
        raise failure

    def _not_json(self, raw: RawAnswer, target: Target) -> ResponseError:
        where: dict[str, Any] = {
            "account": self.account,
            "endpoint": target.endpoint,
            "status": raw.status,
        }
        start = raw.body.lstrip()[:1]
        if start in {b"", b"{", b"["}:
            return TruncatedBody(
                f"the body ends early ({len(raw.body)} bytes).", hint="Try again later.", **where
            )
        kind = "HTML" if start == b"<" else "other text"
        return NotJson(
            f"expected JSON, got {kind}.",
            hint="Check base_url, and whether a proxy or a login page stands between.",
            **where,
        )

    def _read_at(self, raw: RawAnswer) -> datetime:
        """Return the server's clock no later than when it read the data of this answer."""
        moment = raw.steering.server_time
        if moment is None:
            ours = self.limiter.server_time() or self._wall_clock()
            moment = datetime.fromtimestamp(ours, timezone.utc)
        return (moment - timedelta(seconds=raw.seconds)).replace(microsecond=0)

    def _gave_up(self, target: Target, refusals: int) -> RateLimited:
        return RateLimited(
            f"still over the rate limit after {refusals} waits (429).",
            account=self.account,
            endpoint=target.endpoint,
            status=429,
            hint="Something else spends this token's requests: stop it, or make a second token.",
        )
