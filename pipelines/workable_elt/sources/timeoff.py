"""Reads time-off requests, whose list differs between accounts more than any other.

Two facts are not settled (hris.md section 8.3 and its open questions): whether an account token
must name an employee, and in which form a list of states is understood. A server that does not
understand the form ignores it, and may then leave out the cancelled ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workable_elt.api import RequestRejected, WorkableClient
from workable_elt.api.listing import Page
from workable_elt.sources.work import Parent

_CANCELLED = "canceled"


@dataclass
class TimeoffPages:
    """The pages of one reading.

    Args:
        client: reads the account.
        first_day: requests that end before it are left out.
        employees: gives all employees; asked only where each must be named.
        concurrency: requests side by side where each employee is named.

    Attributes:
        complete: whether all lists were seen to their ends, once the pages are.
        notes: what a reader of the status should know.
    """

    client: WorkableClient
    first_day: date
    employees: Callable[[], Iterator[Parent]]
    concurrency: int
    complete: bool = True
    notes: list[str] = field(default_factory=list)
    _seen: set[Any] = field(default_factory=set)
    _saw_cancelled: bool = False

    def __iter__(self) -> Iterator[Page]:
        """Yield the pages, each request once."""
        yield from self._read()
        if not self._saw_cancelled:
            # One value needs no array form. Costs little: mostly no list is shorter.
            yield from self._read(states=_CANCELLED)

    def _read(self, **filters: Any) -> Iterator[Page]:
        try:
            yield from self._fresh(self._list(filters))
        except RequestRejected:
            if self._seen:
                raise
            note = "this token must name an employee: read person by person"
            if note not in self.notes:
                self.notes.append(note)
            for _, pages in self.client.map(
                lambda one: list(self._list({**filters, "employee_id": one.key})),
                self.employees(),
                self.concurrency,
            ):
                yield from self._fresh(iter(pages))

    def _list(self, filters: dict[str, Any]) -> Iterator[Page]:
        listing = self.client.list("timeoff_requests", from_date=self.first_day, **filters)
        yield from listing
        if listing.complete is False:
            self.complete = False

    def _fresh(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            rows = [row for row in page.rows if row.get("id") not in self._seen]
            self._seen.update(row.get("id") for row in rows)
            self._saw_cancelled |= any(row.get("state") == _CANCELLED for row in rows)
            if rows or page.malformed:
                yield Page(rows, page.began_at, page.total, page.number, page.malformed)
