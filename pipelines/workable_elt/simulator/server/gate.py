"""The way in: every request under ``/spi/v3`` passes here, in the order of a real front end.

Token, budget, faults, then the endpoint with its scope. The gate stamps each answer with the
simulator's clock and the budget's headers, and counts it.
"""

from __future__ import annotations

import itertools
from typing import Any

import orjson
from starlette.types import ASGIApp, Receive, Scope, Send

from .access import Token
from .call import Call
from .errors import ApiError, forbidden, not_found, shaped
from .params import Params
from .ratelimit import WINDOW_SECONDS
from .routing import Endpoint, Reply, Routes, reply_json, send_reply
from .spoil import answer_spoilt
from .stamped import Headers, Stamped
from .steering import STEERING, Steering
from .world import World

ROOT = "/spi/v3"
_UNKNOWN = "unknown path"

_TOO_MANY = {
    "string": Reply(b'{"error":"Too many requests"}', 429),
    "empty": Reply(b"", 429, b"text/plain"),
    "html": Reply(b"<html><body>Too many requests</body></html>", 429, b"text/html"),
}
"""The body of a 429 was never recorded (ats.md, Open questions)."""


class Gate:
    """An ASGI application: the API below ``/spi/v3``, and ``inner`` for all other paths.

    Args:
        world: What is served.
        routes: The endpoints.
        inner: What answers elsewhere.
    """

    def __init__(self, world: World, routes: Routes, inner: ASGIApp) -> None:
        self._world = world
        self._routes = routes
        self._inner = inner
        self._numbers = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == ROOT or path.startswith(ROOT + "/")):
            await self._inner(scope, receive, send)
            return
        method, query = scope["method"], scope["query_string"].decode("latin-1")
        sent = scope.get("raw_path", path.encode()).decode("latin-1")
        found = self._routes.find(method, sent[len(ROOT) :])
        stamped = Stamped(send, self._first_headers(), self._date())
        try:
            await self._admit(found, scope, receive, stamped)
        finally:
            name = found[0].name if found else f"{method} {_UNKNOWN}"
            url = f"{path}?{query}" if query else path
            self._world.counters.count(name, method, url, stamped.status)

    def _first_headers(self) -> Headers:
        headers: Headers = [
            (b"x-request-id", b"sim-%08x" % next(self._numbers)),
            (b"cache-control", b"max-age=0, private, must-revalidate"),
        ]
        return headers

    def _date(self) -> str | None:
        shown = self._world.quirks.date_header == "present"
        return self._world.clock.http_date() if shown else None

    async def _admit(
        self,
        found: tuple[Endpoint, list[str]] | None,
        scope: Scope,
        receive: Receive,
        send: Stamped,
    ) -> None:
        """Check token and budget, then answer, spoilt where a fault says so."""
        world = self._world
        headers = {name.decode("latin-1"): v.decode("latin-1") for name, v in scope["headers"]}
        try:
            token = world.access.authenticate(headers, world.clock.now())
        except ApiError as error:
            await send_reply(send, self._error_reply(error))
            return
        if (refusal := self._spend(token, send)) is not None:
            await send_reply(send, refusal)
            return

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            body = await _read(receive) if scope["method"] != "GET" else b""
            await send_reply(send, self._call(found, token, scope, headers, body))

        query = scope["query_string"].decode("latin-1")
        now = world.clock.timestamp()
        hit = world.faults.pick(scope["method"], scope["path"], query, now)
        if hit is None:
            await answer(scope, receive, send)
        elif hit[0].kind in STEERING:
            await Steering(world, token, *hit).answer(answer, scope, receive, send)
        else:
            await answer_spoilt(answer, *hit, scope, receive, send)

    def _spend(self, token: Token, send: Stamped) -> Reply | None:
        """Take one request from the token's budget; give the refusal where there is none left."""
        world, quirks = self._world, self._world.quirks
        if not world.limiter.enabled:
            return None
        now = world.clock.shown_timestamp()
        verdict = world.limiter.take(
            token.value,
            token.requests_per_window,
            now,
            sliding=quirks.rate_windows == "sliding",
            reset_is_refill=quirks.rate_limit_reset == "window_end",
        )
        if quirks.rate_headers != "absent":
            send.budget = verdict.headers()
            send.budget_needs_large_body = quirks.rate_headers == "absent_when_small"
        if verdict.allowed:
            return None
        if quirks.retry_after_header == "present":
            send.headers.append((b"retry-after", b"%d" % WINDOW_SECONDS))
        return _TOO_MANY[quirks.rate_limit_body]

    def _call(
        self,
        found: tuple[Endpoint, list[str]] | None,
        token: Token,
        scope: Scope,
        headers: dict[str, str],
        body: bytes,
    ) -> Reply:
        """Run the endpoint; its errors become answers."""
        try:
            if found is None:
                raise not_found()
            endpoint, parts = found
            if token.kind.value not in endpoint.kinds:
                raise forbidden()
            if endpoint.scopes and not endpoint.scopes & token.scopes:
                raise forbidden()
            return endpoint.handler(
                Call(
                    world=self._world,
                    tenant=self._world.tenants[token.account],
                    token=token,
                    parts=parts,
                    params=Params(scope["query_string"].decode("latin-1")),
                    origin=_origin(scope, headers),
                    body=_parse(body),
                )
            )
        except ApiError as error:
            return self._error_reply(error)

    def _error_reply(self, error: ApiError) -> Reply:
        return reply_json(shaped(error, self._world.quirks.error_body), error.status)


def _origin(scope: Scope, headers: dict[str, str]) -> str:
    """Give scheme and host as the client wrote them, for absolute links."""
    return f"{scope['scheme']}://{headers.get('host', '127.0.0.1')}"


def _parse(body: bytes) -> dict[str, Any]:
    """Read a JSON body; none at all counts as an empty object.

    Raises:
        ApiError: 400, it is no JSON object.
    """
    if not body:
        return {}
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        raise ApiError(400, {"error": "Bad request"})
    return content


async def _read(receive: Receive) -> bytes:
    """Read a request's whole body."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
