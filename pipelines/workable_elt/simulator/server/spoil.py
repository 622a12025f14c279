"""How each fault spoils an answer: an ASGI wrapper around the API itself."""

from __future__ import annotations

import asyncio
import socket
import struct

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .faults import FaultRule
from .spoil_body import spoil_body

Headers = list[tuple[bytes, bytes]]

_PAGE = (
    b"<!DOCTYPE html><html><head><title>One moment</title></head>"
    b"<body><h1>We will be right back</h1></body></html>"
)
_SLICES = 8


async def answer_spoilt(
    app: ASGIApp, rule: FaultRule, seed: int, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer one request the way a rule says.

    Args:
        app: What would have answered; asked only where the fault needs a real answer, so a
            write that fails with a status has not happened.
        rule: The rule.
        seed: For the rule's draws.
        scope: Of ASGI.
        receive: Of ASGI.
        send: Of ASGI.
    """
    if rule.kind in {"status", "not_found", "html", "empty"}:
        await send_whole(send, *_canned(rule))
        return
    if rule.kind == "refuse":
        reset_connection(send)
        return
    if rule.kind == "delay":
        await asyncio.sleep(rule.seconds)
        await app(scope, receive, send)
        return
    status, headers, body = await collect(app, scope, receive)
    if rule.kind == "slow":
        await _drip(send, status, headers, body, rule.seconds)
    elif rule.kind == "reset":
        await _start(send, status, headers, len(body))
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        # Let the half leave first: a reset throws away what the kernel still holds.
        await asyncio.sleep(0.02)
        reset_connection(send)
    else:
        await send_whole(send, status, headers, spoil_body(rule, seed, body))


def _canned(rule: FaultRule) -> tuple[int, Headers, bytes]:
    """Give the whole answer of a fault that needs no real one."""
    if rule.kind == "html":
        return 200, [(b"content-type", b"text/html; charset=utf-8")], _PAGE
    if rule.kind == "empty":
        return 200, [(b"content-type", b"text/plain")], b""
    headers: Headers = [(b"content-type", b"application/json")]
    if rule.retry_after is not None:
        headers.append((b"retry-after", b"%d" % rule.retry_after))
    if rule.kind == "not_found":
        return 404, headers, b'{"error":"Not found"}'
    if rule.status in {502, 504}:
        headers[0] = (b"content-type", b"text/html; charset=utf-8")
        return rule.status, headers, _PAGE
    return rule.status, headers, orjson.dumps({"error": f"Simulated {rule.status}"})


async def collect(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
    """Run the API and hold its answer back."""
    parts: list[bytes] = []
    start: Message = {"status": 500, "headers": []}

    async def hold(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, hold)
    return start["status"], list(start["headers"]), b"".join(parts)


async def _start(send: Send, status: int, headers: Headers, length: int) -> None:
    kept = [pair for pair in headers if pair[0] != b"content-length"]
    kept.append((b"content-length", b"%d" % length))
    await send({"type": "http.response.start", "status": status, "headers": kept})


async def send_whole(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send an answer that was held back; the length header agrees with the body."""
    await _start(send, status, headers, len(body))
    await send({"type": "http.response.body", "body": body})


async def _drip(send: Send, status: int, headers: Headers, body: bytes, seconds: float) -> None:
    await _start(send, status, headers, len(body))
    step = max(1, -(-len(body) // _SLICES))
    for at in range(0, len(body), step):
        await asyncio.sleep(seconds / _SLICES)
        piece = body[at : at + step]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def reset_connection(send: Send) -> None:
    """Reset the TCP connection.

    ASGI has no word for it, so this reaches for the transport of uvicorn's request cycle, which
    the gate hands through as an attribute of ``send``.
    """
    transport = getattr(send, "transport", None)
    if transport is None:
        raise RuntimeError("this server cannot reset a connection: no transport on send")
    sock = transport.get_extra_info("socket")
    if sock is not None:
        linger = struct.pack("ii", 1, 0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
