"""Records that could not be read: kept with their reason, resolved by a later good reading."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from workable_elt.settings import RESOURCES
from workable_elt.sources.content import to_json
from workable_elt.sources.outcome import Outcome, QuarantinedRecord
from workable_elt.warehouse.slices import ServiceRow
from workable_elt.warehouse.splitting import Refused
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import COMMITTED


class Quarantine:
    """The quarantine of one account in one run.

    Args:
        reader: The warehouse.
        account: Label of the account.
    """

    def __init__(self, reader: Reader, account: str) -> None:
        self._account = account
        self._sequence = itertools.count(time.time_ns() // 1000)
        self._known = {
            (row[0], row[1]): row[2:]
            for row in reader.rows(
                "select resource, record_id, first_seen_at, last_seen_at, reason, payload, "
                f"resolved_at from _quarantine where account = %s "
                f"and _dlt_load_id in ({COMMITTED})",
                account,
            )
        }
        self._seen: set[tuple[str, str]] = set()

    def rows(self, records: Iterable[QuarantinedRecord]) -> list[ServiceRow]:
        """Make the rows of records that have just been refused."""
        return [self._bad(record) for record in records]

    def refused(self, records: Iterable[Refused], now: datetime) -> list[ServiceRow]:
        """Make the rows of records that the warehouse did not take."""
        return self.rows(
            QuarantinedRecord(r.resource, r.record_id, r.payload, r.reason, now) for r in records
        )

    def resolved(
        self, resource: str, outcome: Outcome, now: datetime, *, whole: bool = False
    ) -> list[ServiceRow]:
        """Make the rows of records that were bad once and were read well in this run.

        Args:
            resource: The raw table.
            outcome: Of its reading.
            now: Server's clock, UTC, naive.
            whole: Whether a list was asked for without a filter; what it does not hold any more
                is no bad record either.
        """
        good = _read_well(resource, outcome, whole and outcome.complete)
        rows: list[ServiceRow] = []
        for (name, record_id), known in self._known.items():
            is_open = known[4] is None and (name, record_id) not in self._seen
            if name == resource and is_open and good(record_id):
                rows.append(self._resolved(name, record_id, known, now))
        return rows

    def _bad(self, record: QuarantinedRecord) -> ServiceRow:
        key = (record.resource, record.record_id)
        self._seen.add(key)
        known = self._known.get(key)
        return {
            "account": self._account,
            "resource": record.resource,
            "record_id": record.record_id,
            "payload": None if record.payload is None else to_json(record.payload),
            "reason": record.reason,
            "first_seen_at": known[0] if known and known[4] is None else record.seen_at,
            "last_seen_at": record.seen_at,
            "resolved_at": None,
            "_read_seq": next(self._sequence),
        }

    def _resolved(
        self, resource: str, record_id: str, known: tuple[object, ...], now: datetime
    ) -> ServiceRow:
        first_seen_at, last_seen_at, reason, _, _ = known
        return {
            "account": self._account,
            "resource": resource,
            "record_id": record_id,
            # The good row is in its table; nothing personal needs to stay here.
            "payload": None,
            "reason": reason,
            "first_seen_at": first_seen_at,
            "last_seen_at": last_seen_at,
            "resolved_at": now,
            "_read_seq": next(self._sequence),
        }


def _read_well(resource: str, outcome: Outcome, everything: bool) -> Callable[[str], bool]:
    """Tell which record ids were among what a resource gave."""
    if RESOURCES[resource].reading == "list":
        if everything:
            return lambda _record_id: True
        seen = outcome.seen_ids
        return seen.__contains__
    parents = {read.key for read in outcome.parents_read if read.found}
    # The key of a child begins with its parent's.
    return lambda record_id: record_id.split(":", 1)[0] in parents
