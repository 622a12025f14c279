"""Faults that reach beyond one answer: the clock, the port, what a token sees, what happens meanwhile."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import orjson
from starlette.types import ASGIApp, Receive, Scope

from workable_elt.simulator.records import Candidate

from .access import Token
from .faults import FaultRule
from .happening import apply_changes
from .ratelimit import WINDOW_SECONDS
from .routing import Reply, send_reply
from .spoil import collect, reset_connection, send_whole
from .stamped import Stamped
from .world import World

STEERING = frozenset({"too_many", "clock_skew", "closed_port", "mid_listing", "narrow_sight"})

_BEFORE_WINDOW_ENDS = 0.3
_MID_LISTING_KINDS = ("applied", "sourced", "profile_updated", "moved", "deleted", "relocated")


@dataclass(frozen=True)
class Steering:
    """Answers one request under a fault of `STEERING`.

    Attributes:
        world: What is served.
        token: Who asks.
        rule: The fault.
        seed: For its draws.
    """

    world: World
    token: Token
    rule: FaultRule
    seed: int

    async def answer(self, app: ASGIApp, scope: Scope, receive: Receive, send: Stamped) -> None:
        """Answer; ``app`` is what answers without the fault."""
        if self.rule.kind == "too_many":
            await send_reply(send, self._refuse(send))
        elif self.rule.kind == "closed_port":
            self._close_port()
            reset_connection(send)
        elif self.rule.kind == "clock_skew":
            shown = self.world.clock.shown() + timedelta(seconds=self.rule.seconds)
            send.restamp(format_datetime(shown, usegmt=True))
            await app(scope, receive, send)
        else:
            # What happens, happens after the page was read and before anything else is asked.
            status, headers, body = await collect(app, scope, receive)
            if self.rule.kind == "mid_listing":
                self._let_things_happen(body)
            else:
                self._narrow()
            await send_whole(send, status, headers, body)

    def _refuse(self, send: Stamped) -> Reply:
        """Refuse with the headers of a spent window."""
        clock = self.world.clock
        if self.rule.at_window_end:
            left = WINDOW_SECONDS - clock.shown_timestamp() % WINDOW_SECONDS
            clock.advance(max(left - _BEFORE_WINDOW_ENDS, 0))
            send.restamp(clock.http_date())
        limit = self.rule.limit or self.token.requests_per_window
        send.budget = [
            (b"x-rate-limit-limit", b"%d" % limit),
            (b"x-rate-limit-remaining", b"0"),
            (b"x-rate-limit-reset", b"%d" % (clock.shown_timestamp() + WINDOW_SECONDS)),
        ]
        if self.rule.retry_after is not None:
            send.headers.append((b"retry-after", b"%d" % self.rule.retry_after))
        return Reply(b'{"error":"Too many requests"}', 429)

    def _close_port(self) -> None:
        if self.world.close_port is None:
            raise RuntimeError("this server cannot close its port: nothing runs it")
        self.world.close_port(self.rule.seconds)

    def _narrow(self) -> None:
        """Let the token see less: ``value`` holds arguments of `Access.change`, or ``keep_jobs``."""
        wanted: dict[str, Any] = dict(self.rule.value or {"keep_jobs": 1})
        if (kept := wanted.pop("keep_jobs", None)) is not None:
            jobs = list(self.world.tenants[self.token.account].company.jobs)
            wanted["shortcodes"] = random.Random(self.seed).sample(jobs, min(kept, len(jobs)))
        self.world.access.change(self.token.value, **wanted)

    def _let_things_happen(self, body: bytes) -> None:
        """Apply changes; those of candidates on both sides of the cursor in turn."""
        wanted: dict[str, Any] = {"n": 6, "kinds": _MID_LISTING_KINDS, **(self.rule.value or {})}
        tenant = self.world.tenants[self.token.account]
        sides = _sides(body)
        for step in range(wanted["n"]):
            # It may be that no kind fits the company, or this side of the cursor, any more.
            with contextlib.suppress(ValueError):
                apply_changes(
                    self.world,
                    tenant,
                    n=1,
                    seed=wanted.get("seed", self.seed) + step,
                    kinds=wanted["kinds"],
                    advance=1,
                    eligible=sides[step % 2],
                )


def _sides(body: bytes) -> tuple[Callable[[Candidate], bool], Callable[[Candidate], bool]]:
    """Give tests for the candidates up to the last one of a page, and for those after it."""
    content = orjson.loads(body) if body else None
    if not isinstance(content, dict) or not content.get("candidates") or "paging" not in content:
        return (lambda _: True), (lambda _: True)
    last = int(content["candidates"][-1]["id"], 16)
    return (lambda c: c.number <= last), (lambda c: c.number > last)
