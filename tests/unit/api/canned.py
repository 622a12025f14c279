"""A client whose answers come from a plain function, and helpers to write such functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from workable_elt.api import RateLimiter, RequestBudget, RetryPolicy, WorkableClient

TOKEN = "tok-3f9a-very-secret"
BASE_URL = "http://127.0.0.1:1/spi/v3"  # nothing listens there: no test can reach out

Handler = Callable[[httpx.Request], httpx.Response]


def client_for(handler: Handler, **options: Any) -> WorkableClient:
    """Return a client that asks `handler` and never pauses between tries."""
    options.setdefault("retry", RetryPolicy(spread=lambda low, high: 0.0))
    options.setdefault("base_url", BASE_URL)
    options.setdefault("limiter", RateLimiter(RequestBudget(always_limited=False)))
    return WorkableClient("acme", TOKEN, transport=httpx.MockTransport(handler), **options)


class Script:
    """Answers with one response after the other, and keeps the requests."""

    def __init__(self, *responses: httpx.Response | Exception) -> None:
        self._responses = list(responses)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        response = self._responses[min(len(self.requests), len(self._responses)) - 1]
        if isinstance(response, Exception):
            raise response
        return response

    @property
    def queries(self) -> list[dict[str, str]]:
        return [dict(request.url.params) for request in self.requests]


def ok(data: Any, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, content=json.dumps(data), headers=named)


def rows(*names: str) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


def cursor_page(key: str, names: Sequence[str], next_link: str | None = None) -> httpx.Response:
    paging = {"paging": {"next": next_link}} if next_link else {}
    return ok({key: rows(*names), **paging})


def names_of(listing: Any) -> list[str]:
    return [row["id"] for row in listing.rows()]
