"""Pages of both kinds: since_id in recruiting (ats.md, 1), limit and offset in HR (hris.md, 0.2)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar
from urllib.parse import quote, urlencode

import orjson

from .call import Call
from .errors import invalid
from .routing import Reply

DEFAULT_CURSOR_LIMIT = 50
DEFAULT_OFFSET_LIMIT = 10
MAX_LIMIT = 100
OFFSET_LIMITS = (10, 20, 50, 100)


class Numbered(Protocol):
    """A record with the integer behind its hexadecimal id."""

    @property
    def number(self) -> int:
        """The integer."""


N = TypeVar("N", bound=Numbered)
T = TypeVar("T")


def in_id_order(records: Mapping[str, N]) -> list[N]:
    """Give records in the order in which they were inserted at Workable, which is that of ids."""
    return sorted(records.values(), key=attrgetter("number"))


def cursor_page(
    call: Call,
    key: str,
    records: Sequence[N],
    encode: Callable[[N], bytes],
    *,
    path: str,
    keep: Callable[[N], bool] | None = None,
    left_out: frozenset[str] = frozenset(),
    always_kept: frozenset[str] = frozenset(),
) -> Reply:
    """Answer with one page of a list in id order.

    ``since_id`` and ``max_id`` are inclusive; ``paging`` is there only when there is more, and
    carries the id of the next page's first row.

    Args:
        call: The request.
        key: Of the list in the envelope.
        records: All records, ascending by number.
        encode: Gives a record's JSON.
        path: Of the next page, below ``/spi/v3``.
        keep: Says whether a record passes the filters; None for all.
        left_out: Parameters that the next link never repeats, being in its path.
        always_kept: Parameters that say which list it is, so that no quirk loses them.

    Returns:
        The page.
    """
    limit = _cursor_limit(call)
    since, until = call.params.hex_id("since_id"), call.params.hex_id("max_id")
    by_number = attrgetter("number")
    start = 0 if since is None else bisect_left(records, since, key=by_number)
    stop = len(records) if until is None else bisect_right(records, until, key=by_number)
    rows: list[bytes] = []
    following: N | None = None
    for at in range(start, stop):
        record = records[at]
        if keep is not None and not keep(record):
            continue
        if len(rows) == limit:
            following = record
            break
        rows.append(encode(record))
    tail = b"}"
    if following is not None:
        kept = _kept_filters(call, left_out, always_kept)
        link = _next_link(
            call, path, [*kept, ("limit", limit), ("since_id", f"{following.number:x}")]
        )
        tail = b',"paging":' + orjson.dumps({"next": link}) + b"}"
    return Reply(b'{"%s":[%s]%s' % (key.encode(), b",".join(rows), tail))


def _cursor_limit(call: Call) -> int:
    limit = call.params.number("limit")
    largest = int(call.quirks.largest_page)
    if limit is None:
        return min(DEFAULT_CURSOR_LIMIT, largest)
    if limit > MAX_LIMIT and call.quirks.limit_over_100 == "422":
        raise invalid("limit must be at most 100")
    return min(max(limit, 1), largest)


def _kept_filters(
    call: Call, left_out: frozenset[str], always_kept: frozenset[str]
) -> list[tuple[str, str]]:
    """Give the filters that the next link repeats; whether it does is a quirk."""
    dropped = left_out | {"limit", "since_id"}
    all_kept = call.quirks.next_link_keeps_filters == "yes"
    return [
        (name, value)
        for name, value in call.params.pairs
        if name not in dropped and (all_kept or name in always_kept)
    ]


def _next_link(call: Call, path: str, pairs: Sequence[tuple[str, str | int]]) -> str:
    host = call.origin
    if call.quirks.next_link_host == "workable":
        host = f"https://{call.company.account.subdomain}.workable.com"
    return f"{host}/spi/v3{quote(path)}?{urlencode(pairs)}"


def offset_page(
    call: Call,
    key: str,
    records: Sequence[T],
    encode: Callable[[T], bytes],
    *,
    total_key: str | None = "total_count",
    any_limit: bool = False,
) -> Reply:
    """Answer with one page of an HR list.

    Args:
        call: The request.
        key: Of the list in the envelope.
        records: All records that pass the filters, in the API's order.
        encode: Gives a record's JSON.
        total_key: Of the total in the envelope; None for an envelope without one.
        any_limit: Whether every limit up to 100 is fine, as for documents (hris.md, 6).

    Returns:
        The page.
    """
    limit = _offset_limit(call, any_limit=any_limit)
    offset = max(call.params.number("offset") or 0, 0)
    rows = b",".join([encode(record) for record in records[offset : offset + limit]])
    total = b'"%s":%d,' % (total_key.encode(), len(records)) if total_key else b""
    return Reply(b'{%s"%s":[%s]}' % (total, key.encode(), rows))


def _offset_limit(call: Call, *, any_limit: bool) -> int:
    limit = call.params.number("limit")
    if limit is None:
        return DEFAULT_OFFSET_LIMIT
    if any_limit:
        return min(max(limit, 1), MAX_LIMIT)
    if limit not in OFFSET_LIMITS and call.quirks.odd_limit == "422":
        raise invalid("limit must be one of 10, 20, 50, 100")
    return max((each for each in OFFSET_LIMITS if each <= limit), default=OFFSET_LIMITS[0])
