"""Reads time-off requests: of the account at once, or person by person where that is refused."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workable_elt.api import NotFound, RequestRejected, WorkableClient
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
        narrowed: whether requests may be left out: of other states, or of people whom the list of
            employees does not show.
        people: the employees who were asked for, where each had to be named: of them every request
            was shown.
    """

    client: WorkableClient
    first_day: date
    employees: Callable[[], Iterator[Parent]]
    concurrency: int
    complete: bool = True
    notes: list[str] = field(default_factory=list)
    narrowed: bool = False
    people: set[str] | None = None

    def __iter__(self) -> Iterator[Page]:
        """Yield the pages, each request once."""
        if (yield from self._of_account()):
            return
        self.narrowed = True
        if (yield from self._of_account(states=())):
            self.notes.append("time off of the states that the server lists by default")
            return
        # Documented for account tokens, though not what was recorded (hris.md section 8.3).
        self.notes.append("this token must name an employee: read person by person")
        self.people = set()
        for one, pages in self.client.map(
            lambda one: list(self._list(employee_id=one.key)), self.employees(), self.concurrency
        ):
            yield from pages
            self.people.add(one.key)

    def _of_account(self, **filters: Any) -> Generator[Page, None, bool]:
        """Yield the pages of everybody's requests; return whether the API takes the question.

        A 404 is the answer only to the question with the fewest parameters: a gateway or a
        recording may not know the others.
        """
        begun = False
        try:
            for page in self._list(**filters):
                begun = True
                yield page
        except RequestRejected:
            if begun:
                raise
            return False
        except NotFound:
            if begun or filters:
                raise
            return False
        return True

    def _list(self, **filters: Any) -> Iterator[Page]:
        listing = self.client.list("timeoff_requests", from_date=self.first_day, **filters)
        yield from listing
        if listing.complete is False:
            self.complete = False
