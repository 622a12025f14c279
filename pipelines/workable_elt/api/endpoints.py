"""The one table of endpoints: path, envelope, paging, scope, parameters.

Names are those of the raw tables where a raw table is read from the endpoint. Facts come from
ats.md sections 1 and 2 and hris.md sections 0 to 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Paging(Enum):
    """How an endpoint hands out its rows."""

    CURSOR = "cursor"  # `paging.next` with an inclusive `since_id`, absent on the last page
    OFFSET = "offset"  # `limit` and `offset` in items, a total in the envelope
    WHOLE = "whole"  # everything in one answer; a next link is followed all the same
    OBJECT = "object"  # one object


@dataclass(frozen=True)
class Endpoint:
    """One read of the API.

    Attributes:
        name: what callers use; the raw table's name where there is one.
        path: template under the base URL, with ``:name`` for a path parameter.
        paging: how the rows come.
        key: the collection's key in the envelope, or the wrapper's key of an object. Both the
            wrapped and the bare form are accepted for every endpoint.
        scope: what the token needs.
        params: query parameters that a caller may give.
        limits: page sizes to ask for, largest first; the next one is tried after a 400 or 422.
        row_id: the key that names a row.
        acts_as_member: an HR read, which gets `member_id` in its query.
        empty_when_missing: 404 means that there are none.
    """

    name: str
    path: str
    paging: Paging
    key: str
    scope: str
    params: frozenset[str] = frozenset()
    limits: tuple[int, ...] = ()
    row_id: str = "id"
    acts_as_member: bool = False
    empty_when_missing: bool = False

    @property
    def path_params(self) -> tuple[str, ...]:
        """Names of the path parameters, in order."""
        return tuple(part[1:] for part in self.path.split("/") if part.startswith(":"))


def _cursor(name: str, path: str, key: str, scope: str, params: str = "") -> Endpoint:
    cursor = {"limit", "since_id", "max_id"}
    return Endpoint(
        name, path, Paging.CURSOR, key, scope, frozenset(params.split()) | cursor, (100, 50)
    )


def _whole(name: str, path: str, key: str, scope: str, params: str = "") -> Endpoint:
    return Endpoint(name, path, Paging.WHOLE, key, scope, frozenset(params.split()))


def _object(name: str, path: str, key: str, scope: str) -> Endpoint:
    return Endpoint(name, path, Paging.OBJECT, key, scope)


def _hr_offset(
    name: str, path: str, key: str, scope: str, params: str = "", row_id: str = "id"
) -> Endpoint:
    allowed = frozenset(params.split()) | {"limit", "offset", "member_id"}
    return Endpoint(
        name, path, Paging.OFFSET, key, scope, allowed, (100, 50), row_id, acts_as_member=True
    )


def _hr_whole(
    name: str, path: str, key: str, scope: str, params: str = "", row_id: str = "id"
) -> Endpoint:
    allowed = frozenset(params.split()) | {"member_id"}
    return Endpoint(name, path, Paging.WHOLE, key, scope, allowed, (), row_id, acts_as_member=True)


_JOBS, _CANDIDATES, _ACCOUNT = "r_jobs", "r_candidates", "r_account"
_EMPLOYEES, _TIMEOFF, _TIME = "r_employees", "r_timeoff", "r_time_tracking"
_CHANGED = "created_after updated_after"

_TABLE = (
    # jobs
    _cursor("jobs", "/jobs", "jobs", _JOBS, f"state include_fields {_CHANGED}"),
    _object("job_details", "/jobs/:shortcode", "job", _JOBS),
    _whole("job_stages", "/jobs/:shortcode/stages", "stages", _JOBS),
    _whole("job_questions", "/jobs/:shortcode/questions", "questions", _JOBS),
    _object(
        "job_application_forms", "/jobs/:shortcode/application_form", "application_form", _JOBS
    ),
    _cursor("job_activities", "/jobs/:shortcode/activities", "activities", _CANDIDATES),
    _whole("job_members", "/jobs/:shortcode/members", "members", _JOBS),
    _whole("job_recruiters", "/jobs/:shortcode/recruiters", "recruiters", _JOBS),
    _whole(
        "job_custom_attributes", "/jobs/:shortcode/custom_attributes", "custom_attributes", _JOBS
    ),
    _cursor(
        "job_candidates", "/jobs/:shortcode/candidates", "candidates", _CANDIDATES,
        f"stage email {_CHANGED}",
    ),
    # candidates
    _cursor(
        "candidates", "/candidates", "candidates", _CANDIDATES,
        f"email shortcode stage {_CHANGED}",
    ),
    _object("candidate_details", "/candidates/:id", "candidate", _CANDIDATES),
    _cursor(
        "candidate_activities", "/candidates/:id/activities", "activities", _CANDIDATES,
        "actions updated_after",
    ),
    _object("offers", "/candidates/:id/offer", "offer", _CANDIDATES),
    _whole("candidate_files", "/candidates/:id/files", "files", _CANDIDATES),
    # account-wide lists
    _whole("stages", "/stages", "stages", _JOBS),
    _cursor("members", "/members", "members", _JOBS, "role shortcode email name status"),
    _whole("recruiters", "/recruiters", "recruiters", _JOBS, "shortcode"),
    _whole("custom_attributes", "/custom_attributes", "custom_attributes", _JOBS),
    _whole(
        "disqualification_reasons", "/disqualification_reasons", "disqualification_reasons",
        _CANDIDATES,
    ),
    _cursor(
        "events", "/events", "events", _JOBS,
        "type start_date end_date candidate_id shortcode member_id context include_cancelled",
    ),
    _object("event_details", "/events/:id", "event", _JOBS),
    _cursor(
        "requisitions", "/requisitions", "requisitions", "r_requisitions",
        f"state job_id plan_date_from plan_date_to {_CHANGED}",
    ),
    _object("requisition_details", "/requisitions/:code", "requisition", "r_requisitions"),
    _whole("departments", "/departments", "departments", _ACCOUNT),
    _whole("legal_entities", "/legal_entities", "legal_entities", _ACCOUNT),
    _whole("permission_sets", "/permission_sets", "permission_sets", _ACCOUNT),
    _object(
        "collaboration_permissions", "/collaboration_permissions", "collaboration_permissions",
        _ACCOUNT,
    ),
    Endpoint(
        "subscriptions", "/subscriptions", Paging.WHOLE, "subscriptions", _CANDIDATES,
        empty_when_missing=True,
    ),
    # people
    _hr_offset("employees", "/employees", "employees", _EMPLOYEES, "query order_by"),
    Endpoint(
        "employee_details", "/employees/:id", Paging.OBJECT, "employee", _EMPLOYEES,
        frozenset({"member_id"}), acts_as_member=True,
    ),
    _hr_offset(
        "employee_documents", "/employees/:id/documents", "employee_documents", _EMPLOYEES, "type"
    ),
    _hr_whole("employee_fields", "/employee_fields", "employee_fields", _ACCOUNT),
    _hr_whole(
        "orgchart", "/employees/orgchart", "orgchart", _EMPLOYEES,
        "employee_id include_manager legal_entity_ids department_ids",
    ),
    _hr_whole("work_schedules", "/work_schedules", "work_schedules", _ACCOUNT),
    # time
    _hr_whole("timeoff_categories", "/timeoff/categories", "categories", _TIMEOFF),
    _hr_whole(
        "timeoff_balances", "/timeoff/balances", "balances", _TIMEOFF, "employee_id",
        row_id="category_id",
    ),
    _hr_offset(
        "timeoff_requests", "/timeoff/requests", "requests", _TIMEOFF,
        "from_date to_date category_ids states employee_id employee_ids",
    ),
    _hr_offset(
        "time_entries", "/time-tracking/time-entries", "time_entries", _TIME,
        "from_date to_date employee_ids types duration duration_operator", row_id="uuid",
    ),
)  # fmt: skip

ENDPOINTS: dict[str, Endpoint] = {endpoint.name: endpoint for endpoint in _TABLE}
BY_PATH: dict[str, Endpoint] = {endpoint.path: endpoint for endpoint in _TABLE}

TIMEOFF_STATES = ("pending", "approved", "rejected", "canceled")
"""Every state of a time-off request (hris.md section 8.3); all are named, since it is not known
whether cancelled ones come by default."""
