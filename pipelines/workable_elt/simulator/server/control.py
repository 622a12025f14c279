"""The test-only control surface under ``/_control``; nothing of it exists at Workable.

Every call carries the server's control secret in ``X-Simulator-Secret``. Bodies and answers are
JSON.

- ``GET /_control/state`` what is served: accounts, tokens, quirks, clock, counts.
- ``POST /_control/clock`` ``{"set": ISO time, "advance": seconds, "frozen": bool, "skew": seconds}``,
  each optional.
- ``POST /_control/changes`` ``{"account"?, ...}``, the rest as `apply_changes` takes.
- ``POST /_control/quirks`` ``{name: value}``; the others stay as they are.
- ``POST /_control/tokens`` a new token: the attributes of `Token`, each optional.
- ``PATCH /_control/tokens/:value`` the arguments of `Access.change`.
- ``POST /_control/faults`` ``{"rules": [...], "seed"?}``; ``GET`` lists them, ``DELETE`` drops them.
- ``POST /_control/rate_limit`` ``{"enabled": bool}``; budgets start full again.
- ``GET /_control/counters``; ``POST`` ``{"recording"?: bool}`` starts them from zero.
- ``GET /_control/truth``, ``GET /_control/log`` (one JSON object a line); ``?account=``.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workable_elt.simulator import truth
from workable_elt.simulator.changes.recorder import Change
from workable_elt.simulator.quirks import parse_quirks

from .access import ALL_SCOPES, Token, TokenKind, new_secret
from .happening import apply_changes
from .params import parse_time
from .world import Tenant, World

SECRET_HEADER = "x-simulator-secret"

Json = dict[str, Any]


@dataclass(frozen=True)
class _Ask:
    """One control request: its JSON body, its query, and the variable part of its path."""

    body: Json
    query: Mapping[str, str]
    value: str


class _Controls:
    """What the endpoints do, over one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _tenant(self, subdomain: object) -> Tenant:
        if subdomain is None:
            return next(iter(self._world.tenants.values()))
        return self._world.tenants[str(subdomain)]

    def show(self) -> Json:
        world = self._world
        return {
            "accounts": list(world.tenants),
            "tokens": [asdict(token) for token in world.access.tokens.values()],
            "quirks": asdict(world.quirks),
            "rate_limit": world.limiter.enabled,
            "requests": sum(world.counters.requests.values()),
            **self._time(),
        }

    def _time(self) -> Json:
        clock = self._world.clock
        now = clock.now().isoformat()
        return {"clock": now, "frozen": clock.frozen, "skew": clock.skew}

    def clock(self, wanted: Json) -> Json:
        clock = self._world.clock
        if "frozen" in wanted:
            clock.freeze(frozen=bool(wanted["frozen"]))
        if "set" in wanted:
            clock.set(parse_time(str(wanted["set"])))
        if "advance" in wanted:
            clock.advance(float(wanted["advance"]))
        if "skew" in wanted:
            clock.skew = float(wanted["skew"])
        return self._time()

    def changes(self, wanted: Json) -> list[Change]:
        return apply_changes(self._world, self._tenant(wanted.pop("account", None)), **wanted)

    def quirks(self, wanted: Json) -> Json:
        settings = [f"{name}={value}" for name, value in wanted.items()]
        self._world.set_quirks(parse_quirks(settings, self._world.quirks))
        return asdict(self._world.quirks)

    def add_token(self, wanted: Json) -> Json:
        token = token_from(wanted, default_account=next(iter(self._world.tenants)))
        if token.account not in self._world.tenants:
            raise KeyError(token.account)
        return asdict(self._world.access.add(token))

    def change_token(self, value: str, wanted: Json) -> Json:
        if wanted.get("expires_at"):
            wanted["expires_at"] = parse_time(wanted["expires_at"])
        return asdict(self._world.access.change(value, **wanted))

    def add_faults(self, wanted: Json) -> list[Json]:
        self._world.faults.inject(wanted.get("rules", []), wanted.get("seed"))
        return self._world.faults.as_dicts()

    def clear_faults(self) -> list[Json]:
        self._world.faults.clear()
        return []

    def rate_limit(self, wanted: Json) -> Json:
        self._world.limiter.enabled = bool(wanted.get("enabled", True))
        self._world.limiter.forget()
        return {"rate_limit": self._world.limiter.enabled}

    def counters(self) -> Json:
        return self._world.counters.as_dict()

    def reset_counters(self, wanted: Json) -> Json:
        self._world.counters.reset()
        self._world.counters.recording = bool(wanted.get("recording", False))
        return self._world.counters.as_dict()

    def truth(self, query: Mapping[str, str]) -> Any:
        return truth.truth(self._tenant(query.get("account")).company, self._world.quirks)

    def log(self, query: Mapping[str, str]) -> str:
        return "\n".join(self._tenant(query.get("account")).log.to_json_lines())


def token_from(wanted: Json, default_account: str) -> Token:
    """Make a token from JSON values.

    Args:
        wanted: Attributes of `Token`; a value is drawn where there is none.
        default_account: The subdomain where none is given.

    Raises:
        TypeError: An attribute is unknown.
        ValueError: A kind or a scope is unknown.
    """
    values = {"value": new_secret(), "account": default_account, **wanted}
    values["kind"] = TokenKind(values.get("kind", "account"))
    if values.get("scopes") is not None:
        values["scopes"] = frozenset(values["scopes"])
        if unknown := values["scopes"] - ALL_SCOPES:
            raise ValueError(f"unknown scopes {sorted(unknown)}")
    if values.get("shortcodes") is not None:
        values["shortcodes"] = frozenset(values["shortcodes"])
    if isinstance(values.get("expires_at"), str):
        values["expires_at"] = parse_time(values["expires_at"])
    return Token(**values)


def routes(world: World) -> list[Route]:
    """Give the control endpoints of a server."""
    do = _Controls(world)
    table: list[tuple[str, str, Callable[[_Ask], Any]]] = [
        ("GET", "/state", lambda _: do.show()),
        ("POST", "/clock", lambda ask: do.clock(ask.body)),
        ("POST", "/changes", lambda ask: do.changes(ask.body)),
        ("POST", "/quirks", lambda ask: do.quirks(ask.body)),
        ("POST", "/tokens", lambda ask: do.add_token(ask.body)),
        ("PATCH", "/tokens/{value}", lambda ask: do.change_token(ask.value, ask.body)),
        ("POST", "/faults", lambda ask: do.add_faults(ask.body)),
        ("GET", "/faults", lambda _: world.faults.as_dicts()),
        ("DELETE", "/faults", lambda _: do.clear_faults()),
        ("POST", "/rate_limit", lambda ask: do.rate_limit(ask.body)),
        ("GET", "/counters", lambda _: do.counters()),
        ("POST", "/counters", lambda ask: do.reset_counters(ask.body)),
        ("GET", "/truth", lambda ask: do.truth(ask.query)),
        ("GET", "/log", lambda ask: do.log(ask.query)),
    ]
    return [_route(world, method, path, act) for method, path, act in table]


def _route(world: World, method: str, path: str, act: Callable[[_Ask], Any]) -> Route:
    """Let only those in who know the secret, and turn bad input into a readable 400."""

    async def endpoint(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), world.control_secret.encode()):
            return _answer({"error": f"{SECRET_HEADER} is missing or wrong"}, 401)
        raw = await request.body()
        try:
            body = orjson.loads(raw) if raw else {}
            value = str(request.path_params.get("value", ""))
            return _answer(act(_Ask(body, request.query_params, value)))
        except (KeyError, TypeError, ValueError) as error:
            return _answer({"error": f"{type(error).__name__}: {error}"}, 400)

    return Route(f"/_control{path}", endpoint, methods=[method])


def _answer(content: object, status: int = 200) -> Response:
    if isinstance(content, str):
        return Response(content, status, media_type="text/plain; charset=utf-8")
    body = orjson.dumps(content, default=_plain)
    return Response(body, status, media_type="application/json")


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
