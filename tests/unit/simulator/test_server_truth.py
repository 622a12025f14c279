"""What a client reads page by page is what the truth says, under any quirks."""

from urllib.parse import urlsplit

import httpx
import pytest

from workable_elt.simulator.changes import DESTRUCTIVE, RESTORING, SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import Quirks, random_quirks
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=300, jobs=10, employees=40, years=2, seed=3)
CURSORS = ("candidates", "jobs", "events", "requisitions", "members")
BARE = {
    "departments": "departments",
    "legal_entities": "legal_entities",
    "permission_sets": "permission_sets",
    "disqualification_reasons": "disqualification_reasons",
    "employee_fields": "employee_fields",
    "work_schedules": "work_schedules",
}
WRAPPED = {
    "stages": "stages",
    "recruiters": "recruiters",
    "custom_attributes": "custom_attributes",
    "timeoff/categories": "timeoff_categories",
}


@pytest.fixture(scope="module", params=["as-made", "after-deletes"])
def simulator(request):
    with Simulator(PLAN) as running:
        if request.param == "after-deletes":
            running.control.apply_changes(120, seed=8, kinds=[*DESTRUCTIVE, *SIGNALLED])
            running.control.apply_changes(4, seed=9, kinds=RESTORING)
        yield running


@pytest.fixture(params=[None, 1, 2, 3], ids=lambda seed: f"quirks-{seed}")
def reader(request, simulator):
    """A client under drawn quirks, as an admin whose filters ask for everything."""
    quirks = Quirks() if request.param is None else random_quirks(request.param, settled=True)
    simulator.world.set_quirks(quirks)
    headers = {"Authorization": f"Bearer {simulator.token}"}
    with httpx.Client(base_url=simulator.base_url, headers=headers, timeout=20) as http:
        yield Reader(simulator, http)


class Reader:
    def __init__(self, simulator, http):
        self.simulator, self.http = simulator, http
        members = simulator.tenant.company.members.values()
        self.admin = next(m.id for m in members if m.is_super_admin and m.is_active)
        self.truth = simulator.control.truth()

    def get(self, path, params=None):
        answer = self.http.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def by_cursor(self, path, key, **filters):
        """Follow the links, and put back the filters that they have lost."""
        rows, params = [], {"limit": 50, **filters}
        while True:
            body = self.get(path, params)
            rows += body[key]
            if "paging" not in body:
                return rows
            link = urlsplit(body["paging"]["next"])
            path = link.path.removeprefix("/spi/v3")
            params = {**filters, **dict(httpx.QueryParams(link.query))}

    def by_offset(self, path, key, **params):
        rows = []
        while True:
            offset = {"limit": 50, "offset": len(rows), "member_id": self.admin}
            body = self.get(path, {**offset, **params})
            rows += body[key]
            if len(body[key]) < 50:
                return rows


@pytest.mark.parametrize("table", CURSORS)
def test_lists_by_cursor_are_complete(reader, table):
    rows = reader.by_cursor(f"/{table}", table, status="all", include_cancelled="true")
    assert rows == reader.truth[table]
    assert rows


def test_bare_and_wrapped_lists_are_complete(reader):
    for path, table in BARE.items():
        assert reader.get(f"/{path}") == reader.truth[table], path
    for path, table in WRAPPED.items():
        assert reader.get(f"/{path}")[path.rpartition("/")[2]] == reader.truth[table], path


def test_employees_and_their_details_are_complete(reader):
    assert reader.by_offset("/employees", "employees") == reader.truth["employees"]
    details = [
        reader.get(f"/employees/{row['id']}", {"member_id": reader.admin})
        for row in reader.truth["employees"]
    ]
    assert details == reader.truth["employee_details"]


def test_requests_are_complete_when_every_state_is_named(reader):
    states = ["pending", "approved", "rejected", "canceled"]
    asked = {"from_date": "1970-01-01", "states": states, "states[]": states}
    rows = []
    people = [row["id"] for row in reader.truth["employees"]]
    if reader.simulator.world.quirks.timeoff_requests_need_employee_id == "yes":
        for person in people:
            rows += reader.by_offset("/timeoff/requests", "requests", employee_id=person, **asked)
    else:
        rows = reader.by_offset("/timeoff/requests", "requests", **asked)
    expected = reader.truth["timeoff_requests"]
    assert sorted(rows, key=lambda row: row["id"]) == sorted(expected, key=lambda row: row["id"])


def test_details_and_streams_of_candidates_are_complete(reader):
    listed = [row["id"] for row in reader.truth["candidates"]]
    details = [reader.get(f"/candidates/{each}")["candidate"] for each in listed]
    assert details == reader.truth["candidate_details"]
    activities = [
        {"candidate_id": each, **row}
        for each in listed
        for row in reader.by_cursor(f"/candidates/{each}/activities", "activities")
    ]
    assert activities == reader.truth["candidate_activities"]


def test_what_hangs_on_jobs_is_complete(reader):
    shortcodes = [row["shortcode"] for row in reader.truth["jobs"]]
    for name, table, key in [
        ("activities", "job_activities", "activities"),
        ("stages", "job_stages", "stages"),
        ("members", "job_members", "members"),
    ]:
        rows = [
            {"shortcode": shortcode, **row}
            for shortcode in shortcodes
            for row in reader.by_cursor(f"/jobs/{shortcode}/{name}", key)
        ]
        assert rows == reader.truth[table], name
    assert [reader.get(f"/jobs/{each}") for each in shortcodes] == reader.truth["job_details"]


def test_what_was_deleted_is_unknown_by_id(reader):
    company = reader.simulator.tenant.company
    listed = {row["id"] for row in reader.truth["candidates"]}
    pool = {each.id for each in company.candidate_order if each.job_shortcode is None}
    gone = [f"/candidates/{each}" for each in company.candidates.keys() - listed - pool]
    gone += [f"/jobs/{each}" for each in company.past_jobs]
    gone += [f"/employees/{each}" for each in company.past_employees]
    for path in gone:
        answer = reader.http.get(path, params={"member_id": reader.admin})
        assert answer.status_code == 404, path
