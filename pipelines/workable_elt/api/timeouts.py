"""How long each part of a request may take."""

from __future__ import annotations

from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class Timeouts:
    """Bounds in seconds on every part of a request.

    Attributes:
        connect: until the connection stands, TLS included.
        read: between two pieces of the answer.
        write: between two pieces of the request.
        pool: until a connection of the pool is free.
        total: from sending to the body's last byte, so that a trickle ends too.
    """

    connect: float = 10.0
    read: float = 60.0
    write: float = 30.0
    pool: float = 60.0
    total: float = 300.0

    def for_httpx(self) -> httpx.Timeout:
        """Return those that httpx enforces itself."""
        return httpx.Timeout(connect=self.connect, read=self.read, write=self.write, pool=self.pool)
