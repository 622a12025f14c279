"""``send`` of an answer, with the headers that the front end adds."""

from __future__ import annotations

from starlette.types import Message, Send

Headers = list[tuple[bytes, bytes]]

_SMALL = 1024


class Stamped:
    """``send`` with the gate's headers added; remembers the status.

    Args:
        send: The server's own.
        headers: To add to the answer.
        date: The ``Date`` header; None for an answer without one.
    """

    def __init__(self, send: Send, headers: Headers, date: str | None) -> None:
        self._send = send
        self.headers = headers
        self.budget: Headers = []
        self.budget_needs_large_body = False
        self.status = 0
        self._date = date
        # Only uvicorn's own object has a transport; faults that reset a connection need it.
        self.transport = getattr(getattr(send, "__self__", None), "transport", None)

    def restamp(self, date: str) -> None:
        """Show another time, where a time is shown at all."""
        if self._date is not None:
            self._date = date

    async def __call__(self, message: Message) -> None:
        """Send a message, headers added to the first."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message["headers"], *self.headers]
            if self._date is not None:
                headers.append((b"date", self._date.encode()))
            if not self.budget_needs_large_body or _length(headers) >= _SMALL:
                headers += self.budget
            message = {**message, "headers": headers}
        await self._send(message)


def _length(headers: Headers) -> int:
    return int(dict(headers).get(b"content-length", b"0"))
