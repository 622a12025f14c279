"""What one request gives: the decoded answer, and the entry for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workable_elt.api.headers import ServerHeaders


@dataclass(frozen=True)
class Answer:
    """A successful answer.

    Attributes:
        data: the JSON document, decoded.
        server_time: the server's clock (UTC) no later than the moment it read the data: its
            ``Date``, less the time the request took; ours, corrected by the last known
            difference, when it sent none.
        headers: the steering headers.
        size: bytes of the body as they came over the wire.
    """

    data: Any
    server_time: datetime
    headers: ServerHeaders
    size: int


@dataclass(frozen=True)
class RequestRecord:
    """One request as the ledger and the progress display want it.

    Attributes:
        endpoint: path template.
        status: HTTP status, or None when no answer came.
        seconds: from sending to the body's last byte.
        waited: seconds spent waiting for the rate limit before it.
        size: bytes of the body as they came over the wire.
    """

    endpoint: str
    status: int | None
    seconds: float
    waited: float
    size: int


@dataclass(frozen=True)
class Stats:
    """Totals of a client so far.

    Attributes:
        requests: everything sent, retries and refused ones too.
        retries: tries after a failure; waiting out a 429 is not one.
        rate_limited: answers with 429.
        size: bytes received.
        waited: seconds spent waiting for the rate limit, summed over threads.
    """

    requests: int = 0
    retries: int = 0
    rate_limited: int = 0
    size: int = 0
    waited: float = 0.0
