"""Reads time-off requests: of the account at once, or person by person where that is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workable_elt.api import RequestRejected, WorkableClient
from workable_elt.api.listing import Page
from workable_elt.sources.work import Parent


@dataclass
class TimeoffPages:
    """The pages of one reading; requests of every state, as the client asks by default.

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

    def __iter__(self) -> Iterator[Page]:
        """Yield the pages, each request once."""
        begun = False
        try:
            for page in self._list():
                begun = True
                yield page
        except RequestRejected:
            if begun:
                raise
        else:
            return
        # Documented for account tokens, though not what was recorded (hris.md section 8.3).
        self.notes.append("this token must name an employee: read person by person")
        for _, pages in self.client.map(
            lambda one: list(self._list(employee_id=one.key)), self.employees(), self.concurrency
        ):
            yield from pages

    def _list(self, **filters: Any) -> Iterator[Page]:
        listing = self.client.list("timeoff_requests", from_date=self.first_day, **filters)
        yield from listing
        if listing.complete is False:
            self.complete = False
