"""The table of endpoints, and finding the one that a request means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

import orjson
from starlette.types import Send

if TYPE_CHECKING:
    from .call import Call

ANY_KIND = frozenset({"account", "user", "partner"})
NOT_PARTNER = frozenset({"account", "user"})


@dataclass(frozen=True)
class Reply:
    """A whole answer of the API.

    Attributes:
        body: The body.
        status: The HTTP status.
        content_type: Of the body.
    """

    body: bytes
    status: int = 200
    content_type: bytes = b"application/json; charset=utf-8"


def reply_json(content: object, status: int = 200) -> Reply:
    """Answer with a JSON document."""
    return Reply(orjson.dumps(content), status)


def reply_empty(status: int = 200) -> Reply:
    """Answer with no body, as Workable's actions without an output do (ats.md, 4)."""
    return Reply(b"", status, b"text/plain")


async def send_reply(send: Send, reply: Reply) -> None:
    """Send a whole answer."""
    headers: list[tuple[bytes, bytes]] = [
        (b"content-type", reply.content_type),
        (b"content-length", b"%d" % len(reply.body)),
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


Handler = Callable[["Call"], Reply]


@dataclass(frozen=True)
class Endpoint:
    """One method on one path.

    Attributes:
        method: The HTTP method.
        path: Below ``/spi/v3``, with ``:name`` for what varies.
        handler: What answers.
        scopes: Scopes of which the token needs one; empty where none is needed.
        kinds: The kinds of token that may call it.
    """

    method: str
    path: str
    handler: Handler
    scopes: frozenset[str] = frozenset()
    kinds: frozenset[str] = ANY_KIND

    @property
    def name(self) -> str:
        """How counters call it, for example ``GET /candidates/:id``."""
        return f"{self.method} {self.path}"


@dataclass
class _Node:
    """One step in the tree of paths."""

    fixed: dict[str, _Node] = field(default_factory=dict)
    variable: _Node | None = None
    endpoints: dict[str, Endpoint] = field(default_factory=dict)


class Routes:
    """All endpoints, found by path in time that does not depend on their number."""

    def __init__(self) -> None:
        self._root = _Node()
        self.endpoints: list[Endpoint] = []

    def add(
        self,
        method: str,
        path: str,
        handler: Handler,
        *scopes: str,
        kinds: frozenset[str] = ANY_KIND,
    ) -> None:
        """Serve an endpoint; the arguments are those of `Endpoint`."""
        endpoint = Endpoint(method, path, handler, frozenset(scopes), kinds)
        node = self._root
        for part in path.strip("/").split("/"):
            if part.startswith(":"):
                node.variable = node.variable or _Node()
                node = node.variable
            else:
                node = node.fixed.setdefault(part, _Node())
        node.endpoints[method] = endpoint
        self.endpoints.append(endpoint)

    def find(self, method: str, path: str) -> tuple[Endpoint, list[str]] | None:
        """Find the endpoint of a request.

        Args:
            method: The HTTP method.
            path: Below ``/spi/v3``, as sent: a requisition's code may hold an escaped slash.

        Returns:
            The endpoint and the variable parts of the path in order, or None.
        """
        parts = [unquote(part) for part in path.strip("/").split("/")]
        return _descend(self._root, parts, method, [])


def _descend(
    node: _Node, parts: list[str], method: str, taken: list[str]
) -> tuple[Endpoint, list[str]] | None:
    """Follow the path; a fixed step is preferred, a variable one tried where that fails."""
    if not parts:
        endpoint = node.endpoints.get(method)
        return (endpoint, taken) if endpoint else None
    head, rest = parts[0], parts[1:]
    if (fixed := node.fixed.get(head)) and (found := _descend(fixed, rest, method, taken)):
        return found
    if node.variable and head:
        return _descend(node.variable, rest, method, [*taken, head])
    return None
