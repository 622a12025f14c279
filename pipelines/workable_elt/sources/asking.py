"""Which requests read a resource: the particulars of each endpoint, and nothing else.

Lists give pages, details and children give a `Reply` for one parent. Everything here runs without
state, children also in worker threads.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from itertools import chain
from typing import Any

from workable_elt.api import (
    NotFound,
    RequestRejected,
    ResponseError,
    ScopeMissing,
    ServerFailed,
    TransportError,
    UnexpectedShape,
    WorkableClient,
    WorkableError,
)
from workable_elt.api.listing import Listing, Page
from workable_elt.sources.work import Parent, Work

Row = dict[str, Any]

FIRST_DAY = date(1970, 1, 1)
"""Time off and time entries need a first day; none can be older (hris.md section 8.3)."""

DOCUMENT_TYPES = (
    "simple_employee_document",
    "signature_request_employee_document",
    "timeoff_attachment",
    "i_9_form_document",
)
"""One call gives one kind of document (hris.md section 6)."""

_LIST_FIELDS = ("description", "full_description", "requirements", "benefits")
_ACTIVE_ONLY = "inactive members are not listed"
_CONTEXTS = ("all", "team", None)
# Documented without parameters (hris.md sections 8.1 and 10): nobody sees more of them.
_SAME_FOR_ALL = frozenset({"timeoff_categories", "work_schedules", "employee_fields"})


@dataclass
class Reply:
    """What the API said about one parent.

    Attributes:
        rows: its objects; None when the parent was not found.
        read_at: server's clock, UTC, naive.
        malformed: entries that are no objects.
        complete: False when a list moved while it was read.
        error: why this parent could not be read, where another one may well be.
    """

    rows: list[Row] | None
    read_at: datetime
    malformed: list[Any] = field(default_factory=list)
    complete: bool = True
    error: WorkableError | None = None


def naive(moment: datetime) -> datetime:
    """Return an instant as UTC without zone, which is how the warehouse stores it."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def server_now(client: WorkableClient) -> datetime:
    """Return the server's clock now (UTC, naive); ours where it never told."""
    offset = client.server_clock_offset or timedelta()
    now = datetime.fromtimestamp(time.time(), timezone.utc) + offset
    return naive(now).replace(microsecond=0)


# ── lists ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Attempt:
    """One way to ask for a list; `note` says what is missing when it is the one that worked, and
    `narrowed` whether rows are."""

    params: Mapping[str, Any]
    note: str | None = None
    as_member: bool = True
    narrowed: bool = False


def attempts(resource: str, work: Work) -> list[Attempt]:
    """Return the ways to ask for a list, best first, the last one with the fewest parameters.

    A later one is tried when the API refuses the one before; see `open_list`.
    """
    since = {"updated_after": work.updated_after.get(resource)}
    whole = [Attempt({}, "read whole: changes alone are refused")] if any(since.values()) else []
    first_day = work.from_date.get(resource)
    if resource == "jobs":
        # Without `state` all states come (ats.md section 2, Jobs).
        full = {**since, "include_fields": _LIST_FIELDS}
        return [Attempt(full), Attempt(since, "descriptions are in job_details only"), *whole]
    if resource == "members":
        return [Attempt({"status": "all"}), Attempt({}, _ACTIVE_ONLY, narrowed=True)]
    if resource == "events":
        # `team` and `all` are documented for user tokens (ats.md section 2, Events).
        plain = Attempt({}, "events that this token is shown by default", narrowed=True)
        return [*(_events(context, first_day) for context in _CONTEXTS), plain]
    if resource == "time_entries":
        return [Attempt({"from_date": first_day or FIRST_DAY})]
    if resource in _SAME_FOR_ALL:
        return [Attempt({}), Attempt({}, as_member=False)]
    return [Attempt(since), *whole] if whole else [Attempt({})]


def _events(context: str | None, first_day: date | None) -> Attempt:
    params = {"context": context, "include_cancelled": True, "start_date": first_day}
    note = (
        None
        if context == "all"
        else f"this token may read events of context {context or 'user'} only"
    )
    return Attempt(params, note, narrowed=context != "all")


class OpenList:
    """A list that the API has begun to give.

    Attributes:
        notes: what a reader of the status should know.
        narrowed: whether the API shows less in this way than it would in the first one.
    """

    def __init__(self, listing: Listing, way: Attempt) -> None:
        self.notes = [way.note] if way.note else []
        self.narrowed = way.narrowed
        self._listing = listing
        self._first = next(listing, None)

    def __iter__(self) -> Iterator[Page]:
        """Yield the pages, once."""
        return self._listing if self._first is None else chain([self._first], self._listing)

    @property
    def complete(self) -> bool:
        """Whether all of the list was seen; to be asked after the last page."""
        return self._listing.complete is not False


def open_list(client: WorkableClient, name: str, ways: list[Attempt]) -> OpenList:
    """Ask for a list in the first way that the API accepts.

    After a 404 only the way with the fewest parameters is tried: the list is missing, or what
    stands before Workable does not know a parameter.

    Raises:
        WorkableError: the last way's refusal, or any other error of the first page.
    """
    best, *others = ways
    # A scope that is missing is missing for every way, except where the kind of token decides.
    refusals = (RequestRejected, ScopeMissing) if name == "events" else (RequestRejected,)
    asking = client if best.as_member else client.acting_as(None)
    try:
        return OpenList(asking.list(name, **best.params), best)
    except refusals:
        if not others:
            raise
    except NotFound:
        if not others:
            raise
        others = others[-1:]
    return open_list(client, name, others)


# ── details and children ───────────────────────────────────────────────────────────────────────

Ask = Callable[[WorkableClient, Parent], Reply]


def ask(resource: str, client: WorkableClient, parent: Parent) -> Reply:
    """Read what one parent has of a resource.

    The client asks again once after a 404 (single spurious ones have been seen on children of
    listed records); after the second the parent counts as not found.

    Raises:
        WorkableError: what concerns more than this parent, such as a refused token.
    """
    read_at = server_now(client)
    try:
        return _ASK[resource](client, parent)
    except NotFound:
        return Reply(None, read_at)
    except (ServerFailed, RequestRejected, ScopeMissing, TransportError, ResponseError) as error:
        # What the token may not see is no part of the account as it is read.
        return Reply(None, read_at, complete=isinstance(error, ScopeMissing), error=error)


def _one(endpoint: str, path_name: str) -> Ask:
    def read(client: WorkableClient, parent: Parent) -> Reply:
        path: dict[str, Any] = {path_name: parent.key}
        answer = client.answer(endpoint, **path)
        return Reply([answer.data], naive(answer.server_time))

    return read


def _many(endpoint: str, param: str, **more: Any) -> Ask:
    def read(client: WorkableClient, parent: Parent) -> Reply:
        params = {param: parent.key, **more}
        if parent.since_id is None:
            return _all_rows(client, endpoint, params)
        reply = _all_rows(client, endpoint, {**params, "since_id": parent.since_id})
        # What is stored is no news of its candidate.
        reply.rows = [row for row in reply.rows or [] if row.get("id") != parent.since_id]
        return reply

    return read


def _all_rows(client: WorkableClient, endpoint: str, params: Mapping[str, Any]) -> Reply:
    rows: list[Row] = []
    reply = Reply(rows, server_now(client))
    listing = client.list(endpoint, **params)
    for page in listing:
        reply.read_at = naive(page.began_at)
        rows.extend(page.rows)
        reply.malformed.extend(page.malformed)
    reply.complete = listing.complete is not False
    return reply


def _balances(client: WorkableClient, parent: Parent) -> Reply:
    # The client asks again after a 404: spurious ones go away (hris.md section 0.5).
    return _all_rows(client, "timeoff_balances", {"employee_id": parent.key})


def _offer(client: WorkableClient, parent: Parent) -> Reply:
    reply = _one("offers", "id")(client, parent)
    # Without an offer the answer holds the candidate and nothing else (ats.md section 2, Offer).
    reply.rows = [row for row in reply.rows or [] if set(row) - {"candidate"}]
    return reply


def _form(client: WorkableClient, parent: Parent) -> Reply:
    reply = _one("job_application_forms", "shortcode")(client, parent)
    form = reply.rows[0] if reply.rows else {}
    reply.rows = []
    for collection, kind, key in (
        ("form_fields", "form_field", "key"),
        ("questions", "question", "id"),
    ):
        items = form.get(collection) or []
        if not isinstance(items, list):
            raise UnexpectedShape(
                f"expected a list of {collection}.", endpoint="/jobs/:shortcode/application_form"
            )
        for position, item in enumerate(items, start=1):
            if not isinstance(item, dict):
                reply.malformed.append(item)
                continue
            named = {name: value for name, value in item.items() if name != key}
            named.update(item_kind=kind, item_id=item.get(key), position=position)
            reply.rows.append(named)
    return reply


def _files(client: WorkableClient, parent: Parent) -> Reply:
    reply = _all_rows(client, "candidate_files", {"id": parent.key})
    counted: Counter[tuple[str, str]] = Counter()
    for row in reply.rows or []:
        row["kind"] = row.get("kind") or "other"
        counted[str(row.get("name")), str(row["kind"])] += 1
        row["ordinal"] = counted[str(row.get("name")), str(row["kind"])]
    return reply


def _documents(client: WorkableClient, parent: Parent) -> Reply:
    whole = Reply([], server_now(client))
    rows: list[Row] = []
    counted: Counter[str] = Counter()
    for kind in DOCUMENT_TYPES:
        reply = _all_rows(client, "employee_documents", {"id": parent.key, "type": kind})
        for row in reply.rows or []:
            row["type"] = row.get("type") or kind
            place = f"{row['type']}:{row.get('filename')}"
            counted[place] += 1
            row["document_key"] = row.get("id") or f"{place}:{counted[place]}"
            rows.append(row)
        whole.malformed.extend(reply.malformed)
        whole.complete = whole.complete and reply.complete
    whole.rows = rows
    return whole


_ASK: dict[str, Ask] = {
    "candidate_details": _one("candidate_details", "id"),
    "candidate_activities": _many("candidate_activities", "id"),
    "offers": _offer,
    "candidate_files": _files,
    "job_details": _one("job_details", "shortcode"),
    "job_activities": _many("job_activities", "shortcode"),
    "job_stages": _many("job_stages", "shortcode"),
    "job_application_forms": _form,
    "job_members": _many("job_members", "shortcode"),
    "employee_details": _one("employee_details", "id"),
    "timeoff_balances": _balances,
    "employee_documents": _documents,
}
