"""The tombstones of an account: those that are there, and rows for new ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from workable_elt.settings import RESOURCES
from workable_elt.sources.work import Work
from workable_elt.warehouse.erasure.subjects import SUBJECTS
from workable_elt.warehouse.slices import ServiceRow
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import COMMITTED, OVERLAP

Reason = Literal["deleted", "relocated", "not_listed", "anonymized"]

ASKED_LATELY = timedelta(days=7)
"""A record that is not listed but answers is not asked for again before this."""

# The column that the filter of a list goes by.
_FILTERED_BY = {
    "events": "starts_at",
    "timeoff_requests": "to_date",
    "time_entries": "clock_in_time",
}


@dataclass(frozen=True)
class Tombstone:
    """One record that Workable no longer has, or did not list.

    Attributes:
        resource: The list it was in.
        record_id: Its id.
        deleted_at: When the listing began that first lacked it, server's clock, UTC, naive.
        reason: Why there is a tombstone.
        replaced_by_id: Successor of a relocated record.
        resolved_at: When it was seen again; None while it is gone.
    """

    resource: str
    record_id: str
    deleted_at: datetime
    reason: Reason
    replaced_by_id: str | None = None
    resolved_at: datetime | None = None

    def resolved(self, at: datetime) -> Tombstone:
        """Give it as it is after the record was seen again."""
        return replace(self, resolved_at=at)

    def row(self, account: str) -> ServiceRow:
        """Give the row of ``_tombstones``."""
        return {
            "account": account,
            "resource": self.resource,
            "record_id": self.record_id,
            "deleted_at": self.deleted_at,
            "reason": self.reason,
            "replaced_by_id": self.replaced_by_id,
            "resolved_at": self.resolved_at,
        }


class Tombstones:
    """The tombstones of one account as they were when the run began, and are by now.

    Args:
        reader: The warehouse.
        account: Label of the account.
    """

    def __init__(self, reader: Reader, account: str) -> None:
        self._reader = reader
        self._account = account
        self._all: dict[tuple[str, str], Tombstone] = {}
        # What a package has written that broke off before its end counts as gone for nobody, but
        # is to be resolved like any other.
        self._committed: set[tuple[str, str]] = set()
        for is_committed, *values in reader.rows(
            f"select case when _dlt_load_id in ({COMMITTED}) then 1 else 0 end, "
            "resource, record_id, deleted_at, reason, replaced_by_id, resolved_at "
            "from _tombstones where account = %s",
            account,
        ):
            tombstone = Tombstone(*values)
            key = (tombstone.resource, tombstone.record_id)
            self._all[key] = tombstone
            if is_committed:
                self._committed.add(key)

    def add(self, tombstones: Iterable[Tombstone]) -> None:
        """Take in what is being written."""
        for tombstone in tombstones:
            key = (tombstone.resource, tombstone.record_id)
            self._all[key] = tombstone
            self._committed.add(key)

    def open(self, resource: str) -> dict[str, Tombstone]:
        """Give the tombstones of records that are gone, by id."""
        return {
            record_id: tombstone
            for (name, record_id), tombstone in self._all.items()
            if name == resource and tombstone.resolved_at is None
        }

    def seen_again(self, resource: str, seen: Collection[str]) -> list[Tombstone]:
        """Give the tombstones of records that came back.

        Args:
            resource: A list.
            seen: Ids that it has shown in this run. A row that was read after the delete counts,
                too: a run may have ended between writing it and saying so.
        """
        key = RESOURCES[resource].key[0]
        gone = self.open(resource)
        if not gone:
            return []
        rows = self._reader.rows(
            f"select t.record_id from _tombstones t inner join {resource} r "
            f"on r.account = t.account and r.{key} = t.record_id and r._read_at > t.deleted_at "
            "where t.account = %s and t.resource = %s and t.resolved_at is null",
            self._account,
            resource,
        )
        back = {str(row[0]) for row in rows} | set(seen)
        return [stone for record_id, stone in gone.items() if record_id in back]

    def with_reason(self, resource: str, reason: Reason) -> dict[str, Tombstone]:
        """Give the tombstones with a reason, resolved ones too, by id; half-written ones not."""
        return {
            record_id: tombstone
            for (name, record_id), tombstone in self._all.items()
            if name == resource
            and tombstone.reason == reason
            and (name, record_id) in self._committed
        }

    def answered_since(self, resource: str, moment: datetime) -> set[str]:
        """Give the ids of records that are not listed, but have answered since then."""
        answered = {
            **self.with_reason(resource, "not_listed"),
            **self.with_reason(resource, "anonymized"),
        }
        return {
            record_id
            for record_id, tombstone in answered.items()
            if tombstone.resolved_at is not None and tombstone.resolved_at > moment
        }

    def missing(
        self, resource: str, work: Work, seen: Collection[str], since: datetime | None = None
    ) -> tuple[set[str], int]:
        """Give the ids of the live rows that a whole reading must have shown and has not.

        Args:
            resource: The list.
            work: What was asked for; rows outside of its range cannot vanish.
            seen: Ids that it has shown.
            since: When the list was last read whole and settled. Somebody who applied later and
                is gone again may stand in a job's stream alone.

        Returns:
            The ids, and how many it must have shown in all.
        """
        key = RESOURCES[resource].key[0]
        condition, params = _range(resource, work)
        query = f"select {key} from {resource} where account = %s{condition}"
        gone = {
            record_id
            for record_id in self.open(resource)
            if (resource, record_id) in self._committed
        }
        missing: set[str] = set()
        expected = 0
        for batch in self._reader.batches(query, self._account, *params):
            live = [str(row[0]) for row in batch if row[0] not in gone]
            expected += len(live)
            missing.update(record_id for record_id in live if record_id not in seen)
        if resource == "candidates" and since is not None and not condition:
            only_in_streams = self._only_in_streams(since) - gone
            expected += len(only_in_streams)
            missing.update(record_id for record_id in only_in_streams if record_id not in seen)
        return missing, expected

    def _only_in_streams(self, since: datetime) -> set[str]:
        who = SUBJECTS["job_activities"].expression
        rows = self._reader.rows(
            f"select distinct {who} from job_activities where account = %s and created_at >= %s "
            f"and {who} not in (select id from candidates where account = %s)",
            self._account,
            since - OVERLAP,
            self._account,
        )
        return {str(row[0]) for row in rows}

    def of_people(self, resource: str, people: Collection[str]) -> set[str]:
        """Give the ids of the rows that belong to some employees."""
        key = RESOURCES[resource].key[0]
        rows = self._reader.rows(
            f"select {key}, employee_id from {resource} where account = %s", self._account
        )
        return {str(record_id) for record_id, employee_id in rows if employee_id in people}


def predecessors(of: Iterable[str], replaced_by: Mapping[str, str]) -> set[str]:
    """Give all records that live on in these, over any number of relocations.

    Args:
        of: Ids.
        replaced_by: Successor by id.
    """
    earlier: dict[str, set[str]] = {}
    for old, new in replaced_by.items():
        earlier.setdefault(new, set()).add(old)
    found: set[str] = set()
    waiting = list(of)
    while waiting:
        for old in earlier.get(waiting.pop(), ()):
            if old not in found:
                found.add(old)
                waiting.append(old)
    return found


def _range(resource: str, work: Work) -> tuple[str, list[object]]:
    """A condition on rows that the API's filter certainly lets through, with its values.

    Its edges are not known (which end of a period counts, in which zone), so a day is left out.
    """
    day = timedelta(days=1)
    changed_after = work.updated_after.get(resource)
    if changed_after is not None:
        return " and updated_at > %s", [changed_after + day]
    first_day = work.from_date.get(resource)
    if first_day is None:
        return "", []
    column = _FILTERED_BY[resource]
    if resource == "timeoff_requests":
        return f" and substr({column}, 1, 10) > %s", [(first_day + day).isoformat()]
    return f" and {column} > %s", [datetime.combine(first_day + day, time.min)]
