"""Reads lists that hand out `paging.next` with a `since_id`.

Ids are base-16 numbers in texts, some made of digits only, so their order as text means nothing:
rows are told apart by equality, and the server's own link says where to go on (ats.md section 1).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from workable_elt.api.endpoints import Endpoint
from workable_elt.api.envelope import Row, next_link_of, total_of, unwrap_rows
from workable_elt.api.errors import PagingStuck
from workable_elt.api.exchange import Target
from workable_elt.api.links import QueryParams, rebase_next
from workable_elt.api.listing import AcceptedForms, Fetch, Page, Question

_CURSOR_PARAMS = frozenset({"since_id", "max_id"})
# A server may filter after cutting a page, so empty pages occur; not this many in a row.
_MOST_BARREN_PAGES = 50


def read_cursor_list(
    fetch: Fetch,
    forms: AcceptedForms,
    endpoint: Endpoint,
    path: str,
    params: Mapping[str, Any],
    base_url: str,
) -> Generator[Page, None, bool]:
    """Yield the pages of a cursor list, each row once; return True at the end.

    The first page comes even when it is empty: it says when the listing began.

    Raises:
        PagingStuck: a next link leads to a page read before, or pages stay without new rows.
        ForeignLink: a next link leads to a foreign host.
        WorkableError: whatever a request raises.
    """
    question, answer = forms.ask_first(fetch, endpoint, path, params)
    began_at = answer.server_time
    target = question.target()
    visited = {_position(target)}
    previous: set[Any] = set()
    number = barren = 0
    while True:
        rows, malformed = unwrap_rows(endpoint, answer.data)
        fresh = _new_rows(rows, previous, endpoint.row_id)
        number += 1
        if fresh or malformed or number == 1:
            yield Page(fresh, began_at, total_of(answer.data), number, malformed)
        link = next_link_of(endpoint, answer.data)
        if link is None:
            return True
        barren = 0 if fresh else barren + 1
        next_path, query = rebase_next(link, base_url, endpoint.path)
        target = Target(endpoint.path, next_path, _with_filters(query, question, next_path))
        if _position(target) in visited or barren > _MOST_BARREN_PAGES:
            raise PagingStuck(
                f"paging.next does not advance after page {number}.",
                endpoint=endpoint.path,
                hint="Nothing of this list counts as read; report it to Workable if it stays so.",
            )
        visited.add(_position(target))
        previous = {row.get(endpoint.row_id) for row in rows}
        answer = fetch(target)


def _new_rows(rows: list[Row], previous: set[Any], row_id: str) -> list[Row]:
    """Drop what the page before had already, and doubles within the page."""
    seen = set(previous)
    fresh = []
    for row in rows:
        name = row.get(row_id)
        if not isinstance(name, str | int):
            fresh.append(row)
        elif name not in seen:
            seen.add(name)
            fresh.append(row)
    return fresh


def _with_filters(query: QueryParams, question: Question, next_path: str) -> QueryParams:
    """Put back the filters and the page size that a next link has lost.

    A filter that moved into the path, as `shortcode` does, is not lost.
    """
    present = {name.removesuffix("[]") for name, _ in query}
    in_path = set(next_path.split("/")) - set(question.path.split("/"))
    asked = question.filter_params
    if question.limit is not None:
        asked = (*asked, ("limit", str(question.limit)))
    lost = tuple(
        (name, value)
        for name, value in asked
        if name.removesuffix("[]") not in present
        and name not in _CURSOR_PARAMS
        and value not in in_path
    )
    return (*query, *lost)


def _position(target: Target) -> tuple[str, QueryParams]:
    return target.path, tuple(sorted(target.params))
