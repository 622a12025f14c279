"""Reads of candidates and what hangs on them (ats.md, 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workable_elt.simulator import visible
from workable_elt.simulator.records import Activity, Candidate

from .call import Call, millis
from .encode import candidate_rows, plain
from .errors import forbidden, invalid, not_found
from .paging import cursor_page
from .routing import Reply, Routes, reply_json

_Keep = Callable[[Candidate], bool]


def add_routes(routes: Routes) -> None:
    """Serve the endpoints of this module."""
    routes.add("GET", "/candidates", list_candidates, "r_candidates")
    routes.add("GET", "/candidates/:id", show_candidate, "r_candidates")
    routes.add("GET", "/candidates/:id/activities", list_activities, "r_candidates")
    routes.add("GET", "/candidates/:id/offer", show_offer, "r_candidates", "r_offers")
    routes.add("GET", "/candidates/:id/files", list_files, "r_candidates")
    routes.add("GET", "/jobs/:shortcode/candidates", list_candidates_of_job, "r_candidates")
    routes.add("GET", "/jobs/:shortcode/candidates/:id", show_candidate_of_job, "r_candidates")


def find_candidate(call: Call, candidate_id: str) -> Candidate:
    """Find a candidate that exists for the caller.

    Raises:
        ApiError: 404, there is none: unknown, deleted or relocated away; 404 or 403, it is out of
            sight.
    """
    candidate = call.company.candidates.get(candidate_id)
    if candidate is None or not visible.candidate_exists(candidate, call.quirks):
        raise not_found()
    if not call.sees_candidate(candidate):
        raise call.hidden()
    return candidate


def list_candidates(call: Call) -> Reply:
    """``GET /candidates``; with ``shortcode`` the next link moves to the legacy nested route."""
    shortcode = call.params.one("shortcode")
    if shortcode is None:
        return _page(call, call.company.candidate_order, "/candidates", frozenset())
    if shortcode not in call.company.jobs or not call.token.sees_job(shortcode):
        if call.quirks.unknown_filter == "422":
            raise invalid("shortcode is unknown")
        return _page(call, [], "/candidates", frozenset())
    nested = call.quirks.next_link_of_job == "nested"
    path = f"/jobs/{shortcode}/candidates" if nested else "/candidates"
    rows = _of_job(call, shortcode)
    return _page(call, rows, path, frozenset({"shortcode"}) if nested else frozenset(), shortcode)


def list_candidates_of_job(call: Call) -> Reply:
    """``GET /jobs/:shortcode/candidates``, the legacy nested route."""
    shortcode = call.job(call.parts[0]).shortcode
    rows = _of_job(call, shortcode)
    return _page(call, rows, f"/jobs/{shortcode}/candidates", frozenset(), shortcode)


def _of_job(call: Call, shortcode: str) -> Sequence[Candidate]:
    return call.company.candidates_by_job.get(shortcode, [])


def _page(
    call: Call,
    candidates: Sequence[Candidate],
    path: str,
    left_out: frozenset[str],
    shortcode: str | None = None,
) -> Reply:
    tests = _filters(call, shortcode)
    selected = _selected(call, candidates, tests, shortcode) if tests else candidates
    quirks = call.quirks
    return cursor_page(
        call,
        "candidates",
        selected,
        candidate_rows(call.world, call.company),
        path=path,
        keep=lambda candidate: visible.candidate_is_listed(candidate, quirks),
        left_out=left_out,
        always_kept=frozenset({"shortcode"}),
    )


def _selected(
    call: Call, candidates: Sequence[Candidate], tests: dict[str, _Keep], shortcode: str | None
) -> Sequence[Candidate]:
    """Apply the filters to the whole list once; the next pages find the result kept."""

    def select() -> list[Candidate]:
        rows: Iterable[Candidate] = candidates
        for test in tests.values():
            rows = filter(test, rows)
        return list(rows)

    return call.view(f"candidates {shortcode} {list(tests)}", select)


def _filters(call: Call, shortcode: str | None) -> dict[str, _Keep]:
    """Build the tests that a row must pass beside being listed, each under a name of its own."""
    quirks, token, params = call.quirks, call.token, call.params
    tests: dict[str, _Keep] = {}
    if token.shortcodes is not None:
        tests[f"sight {sorted(token.shortcodes)}"] = call.sees_candidate
    if (email := params.one("email")) is not None:
        wanted = email.casefold()
        tests[f"email {wanted}"] = lambda c: (
            not visible.candidate_is_blank(c) and (c.email or "").casefold() == wanted
        )
    # Older clients of the nested route call the stage filter "state".
    slug = params.one("stage") or (params.one("state") if shortcode else None)
    if slug is not None:
        _check_stage(call, slug)
        tests[f"stage {slug}"] = lambda c: c.stage.slug == slug
    if (after := params.time("created_after")) is not None:
        created = _from(millis(after), quirks.created_after_inclusive)
        tests[f"created {created}"] = lambda c: c.created_at >= created
    if (after := params.time("updated_after")) is not None:
        updated, kinds = (
            _from(millis(after), quirks.updated_after_inclusive),
            visible.bumping_kinds(quirks),
        )
        tests[f"updated {updated}"] = lambda c: visible.candidate_updated_at(c, kinds) >= updated
    return tests


def _from(after: int, inclusive: str) -> int:
    """Give the first instant that passes a filter of epoch milliseconds."""
    return after if inclusive == "yes" else after + 1


def _check_stage(call: Call, slug: str) -> None:
    known = any(stage.slug == slug for stage in call.company.stages.values())
    if not known and call.quirks.unknown_filter == "422":
        raise invalid("stage is unknown")


def show_candidate(call: Call) -> Reply:
    """``GET /candidates/:id``."""
    candidate = find_candidate(call, call.parts[0])
    return reply_json({"candidate": call.ats.candidate_detail(candidate)})


def show_candidate_of_job(call: Call) -> Reply:
    """``GET /jobs/:shortcode/candidates/:id``, the legacy form of the detail."""
    shortcode = call.job(call.parts[0]).shortcode
    candidate = find_candidate(call, call.parts[1])
    if candidate.job_shortcode != shortcode:
        raise not_found()
    return reply_json({"candidate": call.ats.candidate_detail(candidate)})


def list_activities(call: Call) -> Reply:
    """``GET /candidates/:id/activities``."""
    candidate = find_candidate(call, call.parts[0])
    actions = call.params.joined("actions")
    after = call.params.time("updated_after")
    since = None if after is None else _from(millis(after), call.quirks.updated_after_inclusive)

    def keep(activity: Activity) -> bool:
        if since is not None and activity.updated_at < since:
            return False
        return actions is None or _action(call, activity) in actions

    return cursor_page(
        call,
        "activities",
        call.company.activities_by_candidate.get(candidate.id, []),
        plain(call.ats.candidate_activity),
        path=f"/candidates/{candidate.id}/activities",
        keep=keep,
    )


def _action(call: Call, activity: Activity) -> str:
    if activity.action == "disqualified":
        return call.quirks.disqualified_action
    return activity.action


def show_offer(call: Call) -> Reply:
    """``GET /candidates/:id/offer``; with none it is still 200, with only the candidate inside."""
    if call.quirks.offer_scope not in call.token.scopes:
        raise forbidden()
    candidate = find_candidate(call, call.parts[0])
    return reply_json(call.ats.offer(candidate))


def list_files(call: Call) -> Reply:
    """``GET /candidates/:id/files``."""
    candidate = find_candidate(call, call.parts[0])
    return reply_json({"files": call.ats.files(candidate)})
