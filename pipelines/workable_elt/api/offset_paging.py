"""Reads lists paged by `limit` and `offset`.

Such a list shifts under the reader when a row is inserted or renamed before the offset (employees
are ordered by name, hris.md section 1): a row is then seen twice, or never. So the distinct ids of
a reading are checked against the total, and the list is read again while they differ.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workable_elt.api.endpoints import Endpoint
from workable_elt.api.envelope import Row, total_of, unwrap_rows
from workable_elt.api.errors import PagingStuck
from workable_elt.api.listing import AcceptedForms, Fetch, Page, Question

MOST_READINGS = 3


@dataclass
class _Reading:
    """One pass over the list."""

    names: set[Any] = field(default_factory=set)
    nameless: int = 0
    totals: set[int] = field(default_factory=set)
    offset: int = 0

    def take(self, row: Row, row_id: str) -> None:
        name = row.get(row_id)
        if isinstance(name, str | int):
            self.names.add(name)
        else:
            self.nameless += 1

    @property
    def size(self) -> int:
        return len(self.names) + self.nameless

    @property
    def adds_up(self) -> bool:
        """Whether this pass saw a list that stood still, whole."""
        return not self.totals or self.totals == {self.size}


def read_offset_list(
    fetch: Fetch,
    forms: AcceptedForms,
    endpoint: Endpoint,
    path: str,
    params: Mapping[str, Any],
) -> Generator[Page, None, bool]:
    """Yield the pages of an offset list, each row once; the first one even when it is empty.

    Returns:
        Whether one of at most `MOST_READINGS` readings had as many distinct rows as the total
        said. A later reading yields only rows that no earlier one had.

    Raises:
        PagingStuck: the server ignores the offset and gives no total, and its one page is full, so
            that there may be more.
        WorkableError: whatever a request raises.
    """
    question, answer = forms.ask_first(fetch, endpoint, path, params, offset=0)
    began_at = answer.server_time
    yielded: set[Any] = set()
    number = 0
    for attempt in range(MOST_READINGS):
        reading = _Reading()
        while True:
            rows, malformed = unwrap_rows(endpoint, answer.data)
            fresh, repeats = _take(reading, rows, endpoint, yielded, first=attempt == 0)
            total = total_of(answer.data)
            if repeats and total is None:
                _check_is_whole(endpoint, rows, question)
                return True
            reading.nameless += len(malformed)
            reading.offset += len(rows) + len(malformed)
            if total is not None:
                reading.totals.add(total)
            number += 1
            if fresh or number == 1 or (malformed and attempt == 0):
                yield Page(fresh, began_at, total, number, malformed if attempt == 0 else [])
            if _ended(rows, malformed, reading, total):
                break
            answer = fetch(question.target(offset=reading.offset))
        if reading.adds_up:
            return True
        if attempt + 1 < MOST_READINGS:
            answer = fetch(question.target(offset=0))
    return False


def _take(
    reading: _Reading, rows: list[Row], endpoint: Endpoint, yielded: set[Any], *, first: bool
) -> tuple[list[Row], bool]:
    """Enter the rows of a page into the reading.

    Returns:
        Those not yielded before, and whether this reading had all of them already.
    """
    known = reading.size
    fresh = []
    for row in rows:
        reading.take(row, endpoint.row_id)
        name = row.get(endpoint.row_id)
        if not isinstance(name, str | int):
            if first:
                fresh.append(row)
        elif name not in yielded:
            yielded.add(name)
            fresh.append(row)
    return fresh, bool(rows) and reading.size == known and not reading.totals


def _check_is_whole(endpoint: Endpoint, rows: list[Row], question: Question) -> None:
    """Accept a list that comes whole whatever the offset, as a bare array does.

    Raises:
        PagingStuck: the page is as long as was asked for, so that it may be cut.
    """
    if question.limit is None or len(rows) >= question.limit:
        raise PagingStuck(
            "the list repeats itself: the server ignores the offset and gives no total.",
            endpoint=endpoint.path,
            hint="Nothing of this list counts as read.",
        )


def _ended(rows: list[Row], malformed: list[Any], reading: _Reading, total: int | None) -> bool:
    """Tell whether the list is over.

    A short page proves nothing: a server may cap the page size below what was asked. Without a
    total only an empty page ends the list.
    """
    if not rows and not malformed:
        return True
    return total is not None and reading.offset >= total
