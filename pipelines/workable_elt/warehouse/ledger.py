"""Counts requests as the client sends them, for ``_requests``."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workable_elt.api.answer import RequestRecord
from workable_elt.api.endpoints import BY_PATH
from workable_elt.warehouse.slices import ServiceRow

_Key = tuple[str, str, int]
_WINDOW_SECONDS = 10


@dataclass
class _Entry:
    first_at: datetime
    last_at: datetime
    requests: int = 0
    size: int = 0
    seconds: float = 0.0
    waited: float = 0.0


class Ledger:
    """The requests of one account in one run; the client's threads may all write to it.

    Args:
        account: Label of the account.
        run_id: The run.
        clock: Gives the time, UTC, naive.
    """

    def __init__(self, account: str, run_id: str, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._run_id = run_id
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[_Key, _Entry] = {}
        self._unwritten: set[_Key] = set()
        self._times: deque[float] = deque()

    def record(self, request: RequestRecord) -> None:
        """Count a request."""
        endpoint = BY_PATH.get(request.endpoint)
        resource = endpoint.name if endpoint else ""
        key = (resource, request.endpoint, request.status or 0)
        now = self._clock()
        with self._lock:
            entry = self._entries.setdefault(key, _Entry(now, now))
            entry.last_at = now
            entry.requests += 1
            entry.size += request.size
            entry.seconds += request.seconds
            entry.waited += request.waited
            self._unwritten.add(key)
            self._times.append(time.monotonic())

    def lately(self) -> int:
        """Count the requests of the last 10 seconds, the length of Workable's rate windows."""
        horizon = time.monotonic() - _WINDOW_SECONDS
        with self._lock:
            while self._times and self._times[0] < horizon:
                self._times.popleft()
            return len(self._times)

    def rows(self) -> list[ServiceRow]:
        """Give the totals that have grown since the last call; they replace what was written."""
        with self._lock:
            keys, self._unwritten = self._unwritten, set()
            return [self._row(key, self._entries[key]) for key in sorted(keys)]

    def _row(self, key: _Key, entry: _Entry) -> ServiceRow:
        resource, endpoint, status = key
        return {
            "account": self._account,
            "run_id": self._run_id,
            "resource": resource,
            "endpoint": endpoint,
            "status": status,
            "requests": entry.requests,
            "bytes": entry.size,
            "seconds": _rounded(entry.seconds),
            "waited_seconds": _rounded(entry.waited),
            "first_at": entry.first_at,
            "last_at": entry.last_at,
        }


def _rounded(seconds: float) -> Decimal:
    return Decimal(f"{seconds:.3f}")
