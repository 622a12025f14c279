"""Reads account-wide lists."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from workable_elt.api import WorkableClient
from workable_elt.api.listing import Page
from workable_elt.settings import RESOURCES
from workable_elt.sources.asking import FIRST_DAY, OpenList, attempts, naive, open_list, server_now
from workable_elt.sources.context import Context
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.sources.reading import Reading, Step, Steps
from workable_elt.sources.records import Record, RecordReader
from workable_elt.sources.timeoff import TimeoffPages
from workable_elt.sources.work import Parent

_PARENTS = frozenset(resource.parent for resource in RESOURCES.values() if resource.parent)
# Time off may have to be read person by person.
_ALWAYS_PARENTS = frozenset({"employees"})


def list_steps(
    context: Context, reading: Reading, employees: Callable[[], Iterator[Parent]]
) -> Steps:
    """Read a list, a step a page.

    Args:
        context: the account.
        reading: takes what is learnt on the way.
        employees: gives all employees, for the one list that may have to be read person by
            person.
    """
    resource, outcome = reading.resource, reading.outcome
    client = context.client_for(resource)
    beginning = _Beginning(client)
    pages: OpenList | TimeoffPages
    if resource.name == "timeoff_requests":
        first_day = context.work.from_date.get(resource.name, FIRST_DAY)
        pages = TimeoffPages(client, first_day, employees, context.concurrency)
    else:
        pages = open_list(client, resource.name, attempts(resource.name, context.work))
    taker = _Taker(context, reading)
    for page in pages:
        outcome.began_at = beginning.before(page.began_at)
        yield taker.step(page)
    outcome.began_at = outcome.began_at or beginning.before()
    outcome.notes.extend(pages.notes)
    outcome.narrowed = pages.narrowed
    if isinstance(pages, TimeoffPages):
        outcome.people_asked = pages.people
    return pages.complete


class _Beginning:
    """When a list was first asked for. An empty list has no page to tell it by, and the server's
    clock is known only after the first answer."""

    def __init__(self, client: WorkableClient) -> None:
        self._client = client
        self._ours = datetime.fromtimestamp(time.time(), timezone.utc)

    def before(self, *moments: datetime) -> datetime:
        """Return the server's clock at the beginning, or an earlier one of the moments (UTC)."""
        offset = self._client.server_clock_offset or timedelta()
        return min(naive(moment) for moment in (self._ours + offset, *moments)).replace(
            microsecond=0
        )


class _Taker:
    """Turns the pages of one list into steps."""

    def __init__(self, context: Context, reading: Reading) -> None:
        resource = reading.resource
        self._context = context
        self._reading = reading
        self._client = context.client
        self._reader = RecordReader(resource, context.account, context.policy)
        self._known = context.work.known.get(resource.name, {})
        parents = _PARENTS if context.work.follow_lists else _ALWAYS_PARENTS
        self._has_children = resource.name in parents
        names = [column.name for column in resource.columns]
        self._updated_at = names.index("updated_at") if "updated_at" in names else None

    def step(self, page: Page) -> Step:
        """Read the rows of a page."""
        read_at = server_now(self._client)
        step = Step()
        for raw in page.rows:
            self._take(raw, read_at, step)
        for entry in page.malformed:
            self._quarantine(self._reader.stranger(entry, read_at))
        return step

    def _take(self, raw: dict[str, Any], read_at: datetime, step: Step) -> None:
        outcome = self._reading.outcome
        record = self._reader.read(raw, read_at)
        if isinstance(record, QuarantinedRecord):
            key = self._reader.raw_key(raw, None)
            if key is not None:
                outcome.seen_ids.add(":".join(key))
            self._quarantine(record)
            return
        outcome.seen_ids.add(":".join(record.key))
        self._note(record, raw)
        if self._known.get(record.key) == record.content_hash:
            outcome.unchanged += 1
            return
        step.rows.append(record.values)
        step.records += 1
        step.size += record.size

    def _note(self, record: Record, raw: dict[str, Any]) -> None:
        if self._has_children:
            at = record.values[self._updated_at] if self._updated_at is not None else None
            self._reading.parents.append(Parent(record.key[0], at))
        elif self._reading.resource.name == "employee_fields" and raw.get("viewable_by") == "all":
            self._context.public_fields.add(record.key[0])

    def _quarantine(self, record: QuarantinedRecord) -> None:
        self._reading.outcome.quarantined += 1
        self._context.quarantine.append(record)
