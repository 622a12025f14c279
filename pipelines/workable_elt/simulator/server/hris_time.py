"""Reads of time off and time tracking (hris.md, 8 and 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import TypeVar

from workable_elt.simulator import visible
from workable_elt.simulator.records import TimeEntry, TimeoffRequest

from .access import TokenKind
from .call import Call, millis
from .encode import plain
from .errors import invalid, not_found
from .faults import draw
from .paging import offset_page
from .routing import Reply, Routes, reply_json
from .viewpoint import own_profile, viewpoint

T = TypeVar("T")

REQUEST_STATES = ("pending", "approved", "rejected", "canceled")
_SPURIOUS_SHARE = 0.05
_DURATIONS: dict[str, Callable[[int, int], bool]] = {
    "equal": lambda minutes, wanted: minutes == wanted,
    "greater_than": lambda minutes, wanted: minutes > wanted,
    "greater_than_or_equal": lambda minutes, wanted: minutes >= wanted,
    "less_than": lambda minutes, wanted: minutes < wanted,
    "less_than_or_equal": lambda minutes, wanted: minutes <= wanted,
}


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    routes.add("GET", "/timeoff/categories", list_categories, "r_timeoff")
    routes.add("GET", "/timeoff/balances", list_balances, "r_timeoff")
    routes.add("GET", "/timeoff/requests", list_requests, "r_timeoff")
    routes.add("GET", "/time-tracking/time-entries", list_time_entries, "r_time_tracking")


def list_categories(call: Call) -> Reply:
    """``GET /timeoff/categories``."""
    categories = call.company.timeoff_categories.values()
    return reply_json({"categories": [call.hris.timeoff_category(each) for each in categories]})


def list_balances(call: Call) -> Reply:
    """``GET /timeoff/balances``: of one person; a user token that names nobody means itself."""
    seen_by = viewpoint(call)
    employee_id = call.params.one("employee_id")
    if employee_id is None and call.token.kind is TokenKind.USER and seen_by.member:
        own = own_profile(call, seen_by.member)
        employee_id = own.id if own else None
    if employee_id is None:
        if call.quirks.balances_need_employee_id == "yes":
            raise invalid("employee_id is required")
        return reply_json({"balances": []})
    employee = call.company.employees.get(employee_id)
    if employee is None or not visible.employee_exists(employee, call.quirks):
        raise not_found()
    if call.token.published_only and employee.state != "published":
        raise call.hidden()
    if call.quirks.spurious_balance_404 == "sometimes" and _fails_now(call, employee_id):
        raise not_found()
    balances = call.company.timeoff_balances.get(employee_id, {})
    return reply_json({"balances": [call.hris.timeoff_balance(each) for each in balances.values()]})


def _fails_now(call: Call, employee_id: str) -> bool:
    """Draw a 404 that goes away on retry: the same person never fails twice in a row."""
    asked = call.world.balances_asked
    asked[employee_id] += 1
    now = draw(0, employee_id, asked[employee_id]) < _SPURIOUS_SHARE
    if now:
        asked[employee_id] += _tries_until_good(employee_id, asked[employee_id])
    return now


def _tries_until_good(employee_id: str, asked: int) -> int:
    """Count the further tries that would fail too, so that they can be passed over."""
    ahead = 0
    while draw(0, employee_id, asked + ahead + 1) < _SPURIOUS_SHARE:
        ahead += 1
    return ahead


def list_requests(call: Call) -> Reply:
    """``GET /timeoff/requests``: by start; cancelled ones by default only as a quirk says."""
    seen_by = viewpoint(call)
    people = _people_asked_for(call)
    if people is None and call.token.kind is TokenKind.USER and not seen_by.sees_all:
        own = own_profile(call, seen_by.member) if seen_by.member else None
        people = {own.id} if own else set()
    needs_one = call.quirks.timeoff_requests_need_employee_id == "yes"
    if people is None and needs_one and call.token.kind is not TokenKind.USER:
        raise invalid("employee_id is required")
    if call.token.published_only:
        published = {e.id for e in call.company.employees.values() if e.state == "published"}
        people = published if people is None else people & published
    keep = _request_filter(call, people)
    shown = _selected(
        call,
        f"requests {people and sorted(people)}",
        lambda: filter(keep, visible.timeoff_requests(call.company, call.quirks)),
    )
    return offset_page(
        call,
        "requests",
        shown,
        plain(call.hris.timeoff_request),
        total_key="total_count" if call.quirks.timeoff_total == "present" else None,
    )


def _selected(call: Call, kind: str, select: Callable[[], Iterable[T]]) -> list[T]:
    """Apply a request's filters once; its next pages find the result kept."""
    filters = sorted(pair for pair in call.params.pairs if pair[0] not in {"limit", "offset"})
    return call.view(f"{kind} {filters}", lambda: list(select()))


def _people_asked_for(call: Call) -> set[str] | None:
    one = call.params.one("employee_id")
    several = call.params.many("employee_ids", call.quirks.array_parameters)
    if one is None and several is None:
        return None
    return {*(several or []), *([one] if one else [])}


def _request_filter(call: Call, people: set[str] | None) -> Callable[[TimeoffRequest], bool]:
    form = call.quirks.array_parameters
    states = call.params.many("states", form)
    categories = call.params.many("category_ids", form)
    if states is None and call.quirks.cancelled_requests == "hidden":
        states = [state for state in REQUEST_STATES if state != "canceled"]
    first, last = _window(call)
    overlap = call.quirks.from_date_semantics == "overlap"

    def keep(request: TimeoffRequest) -> bool:
        reaches = _end(request.to_at) if overlap else request.from_at
        return (
            first <= reaches
            and request.from_at <= last
            and (people is None or request.employee_id in people)
            and (states is None or request.state in states)
            and (categories is None or request.category_id in categories)
        )

    return keep


def _window(call: Call) -> tuple[datetime, datetime]:
    """Read ``from_date`` and ``to_date``: wall-clock times without a zone.

    Raises:
        ApiError: 422 without ``from_date``.
    """
    first, last = _wall_clock(call, "from_date"), _wall_clock(call, "to_date")
    if first is None:
        raise invalid("from_date is required")
    return first, datetime.max if last is None else _end(last)


def _wall_clock(call: Call, name: str) -> datetime | None:
    moment = call.params.time(name)
    return None if moment is None else moment.replace(tzinfo=None)


def _end(moment: datetime) -> datetime:
    """Give the end of the day for a midnight, which stands for a whole day; else the moment."""
    if moment.time() == time.min:
        return moment + timedelta(days=1, microseconds=-1)
    return moment


def list_time_entries(call: Call) -> Reply:
    """``GET /time-tracking/time-entries``: by person and clock-in."""
    keep = _entry_filter(call)
    shown = _selected(
        call, "time entries", lambda: filter(keep, call.company.time_entries_in_order())
    )
    return offset_page(call, "time_entries", shown, plain(call.hris.time_entry))


def _entry_filter(call: Call) -> Callable[[TimeEntry], bool]:
    people, kinds = call.params.many("employee_ids"), call.params.many("types")
    first, last = call.params.time("from_date"), call.params.time("to_date")
    begin = millis(first) if first else -(2**62)
    end = millis(_end(last)) if last else 2**62
    minutes = call.params.number("duration")
    operator = call.params.one("duration_operator") or "equal"
    if operator not in _DURATIONS:
        raise invalid("duration_operator is unknown")
    compare = _DURATIONS[operator]

    def keep(entry: TimeEntry) -> bool:
        if not begin <= entry.clock_in <= end:
            return False
        if people is not None and entry.employee_id not in people:
            return False
        if kinds is not None and entry.type not in kinds:
            return False
        if minutes is None:
            return True
        out = entry.clock_out
        return out is not None and compare((out - entry.clock_in) // 60_000, minutes)

    return keep
