"""What the headers of an answer say about the server's clock and the rate limit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

_RESET_AHEAD = 10.0


@dataclass(frozen=True)
class ServerHeaders:
    """The headers that steer the client; each is None when absent or unreadable.

    Attributes:
        date: the server's clock when it answered, seconds since 1970, cut to whole seconds.
        limit: requests that a window allows (10 or 50).
        remaining: requests left in the window, this one already taken off.
        reset: when to try again, seconds since 1970 on the server's clock; mostly now + 10, not
            the end of the window, and seen in the past (ats.md section 1 and correction 8).
        retry_after: seconds to wait; undocumented, honoured when sent.
    """

    date: float | None = None
    limit: int | None = None
    remaining: int | None = None
    reset: float | None = None
    retry_after: float | None = None

    @property
    def server_time(self) -> datetime | None:
        """The server's clock (UTC) when it answered, or None when no header tells.

        Without a ``Date`` it is what ``X-Rate-Limit-Reset`` mostly counts from: never later than
        the truth, and at most some ten seconds earlier.
        """
        seconds = self.date
        if seconds is None and self.reset is not None:
            seconds = self.reset - _RESET_AHEAD
        return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)


def read_headers(headers: Mapping[str, str]) -> ServerHeaders:
    """Read the steering headers of an answer; nothing in them can make this raise."""
    date = _http_date(headers.get("date"))
    limit = _number(headers.get("x-rate-limit-limit"))
    remaining = _number(headers.get("x-rate-limit-remaining"))
    return ServerHeaders(
        date=date,
        limit=int(limit) if limit is not None and limit >= 1 else None,
        remaining=int(max(remaining, 0)) if remaining is not None else None,
        reset=_number(headers.get("x-rate-limit-reset")),
        retry_after=_retry_after(headers.get("retry-after"), date),
    )


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _http_date(text: str | None) -> float | None:
    if not text:
        return None
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=timezone.utc)
    return parsed.timestamp()


def _retry_after(text: str | None, date: float | None) -> float | None:
    seconds = _number(text)
    if seconds is None:
        until = _http_date(text)
        if until is None or date is None:
            return None
        seconds = until - date
    return max(seconds, 0.0)
