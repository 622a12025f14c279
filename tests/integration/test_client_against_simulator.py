"""The client alone, over real HTTP: every list of a small company whole, and no row twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from workable_elt.api import NotFound, RequestRejected, ScopeMissing, WorkableClient
from workable_elt.simulator import visible
from workable_elt.simulator.making.plan import CompanyPlan
from workable_elt.simulator.quirks import Quirks, random_quirks
from workable_elt.simulator.server.runner import Simulator, make_tenant
from workable_elt.simulator.server.world import Tenant
from workable_elt.simulator.state import Company

PLAN = CompanyPlan(candidates=260, jobs=12, employees=120, years=2, seed=7)
FIRST_DAY = date(1970, 1, 1)


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return make_tenant(PLAN)


@pytest.fixture(
    scope="module", params=[None, *range(1, 11)], ids=lambda seed: f"quirks-{seed or 'default'}"
)
def simulator(request: pytest.FixtureRequest, tenant: Tenant) -> Iterator[Simulator]:
    quirks = Quirks() if request.param is None else random_quirks(request.param)
    with Simulator(tenants=[tenant], quirks=quirks) as running:
        yield running


@pytest.fixture(scope="module")
def client(simulator: Simulator) -> Iterator[WorkableClient]:
    with WorkableClient(simulator.subdomain, simulator.token, base_url=simulator.base_url) as bare:
        yield bare.acting_as(bare.probe().member_id)


def listed_candidates(company: Company, quirks: Quirks) -> list[str]:
    return [c.id for c in company.candidate_order if visible.candidate_is_listed(c, quirks)]


def ids(client: WorkableClient, name: str, key: str = "id", **params: object) -> list[str]:
    listing = client.list(name, **params)
    found = [row[key] for row in listing.rows()]
    assert listing.complete is True
    return found


def test_account_wide_lists_are_whole_and_in_order(
    simulator: Simulator, client: WorkableClient
) -> None:
    company, quirks = simulator.tenant.company, simulator.world.quirks
    assert ids(client, "jobs", "shortcode") == list(company.jobs)
    assert ids(client, "candidates") == listed_candidates(company, quirks)
    assert sorted(ids(client, "members", status="all")) == sorted(company.members)
    assert sorted(ids(client, "departments")) == sorted(company.departments)
    assert sorted(ids(client, "legal_entities")) == sorted(company.legal_entities)
    assert sorted(ids(client, "work_schedules")) == sorted(company.work_schedules)
    assert sorted(ids(client, "permission_sets")) == sorted(company.permission_sets)
    assert sorted(ids(client, "requisitions", "code")) == sorted(company.requisitions)
    fields = ids(client, "employee_fields")
    assert len(fields) == len(set(fields))
    if quirks.termination_field == "custom_field":
        assert set(fields) == set(company.fields)
    assert ids(client, "employees") == [e.id for e in visible.employees(company, quirks)]


def test_time_is_read_whole_whatever_the_account_demands(
    simulator: Simulator, client: WorkableClient
) -> None:
    company, quirks = simulator.tenant.company, simulator.world.quirks
    expected = [request.id for request in visible.timeoff_requests(company, quirks)]

    def of_one(employee_id: str) -> list[str]:
        return ids(client, "timeoff_requests", from_date=FIRST_DAY, employee_id=employee_id)

    if quirks.timeoff_requests_need_employee_id == "yes":
        with pytest.raises(RequestRejected):
            ids(client, "timeoff_requests", from_date=FIRST_DAY)
        people = ids(client, "employees")
        found = [one for _, requests in client.map(of_one, people) for one in requests]
    else:
        found = ids(client, "timeoff_requests", from_date=FIRST_DAY)
    assert sorted(found) == sorted(expected)
    entries = ids(client, "time_entries", "uuid", from_date=FIRST_DAY)
    assert len(entries) == len(set(entries))
    assert set(entries) <= set(company.time_entries)


def test_filters_survive_all_pages_of_a_list(simulator: Simulator, client: WorkableClient) -> None:
    company, quirks = simulator.tenant.company, simulator.world.quirks
    listed = set(listed_candidates(company, quirks))
    crowded = max(company.jobs, key=lambda code: len(company.candidates_by_job.get(code, [])))
    expected = [c.id for c in company.candidates_by_job[crowded] if c.id in listed]
    assert sorted(ids(client, "candidates", shortcode=crowded)) == sorted(expected)


def test_streams_of_jobs_are_whole(simulator: Simulator, client: WorkableClient) -> None:
    company, quirks = simulator.tenant.company, simulator.world.quirks
    streams = client.map(lambda code: ids(client, "job_activities", shortcode=code), company.jobs)
    for shortcode, found in streams:
        shown = [
            activity.id
            for activity in company.activities_by_job.get(shortcode, [])
            if visible.activity_is_shown(company, activity, quirks)
        ]
        assert found == shown


def test_details_come_for_every_listed_record_and_in_order(
    simulator: Simulator, client: WorkableClient
) -> None:
    company, quirks = simulator.tenant.company, simulator.world.quirks
    candidates = listed_candidates(company, quirks)

    def candidate(name: str) -> str:
        found: str = client.one("candidate_details", id=name)["id"]
        return found

    assert [found for _, found in client.map(candidate, candidates)] == candidates
    for code, requisition in company.requisitions.items():
        assert client.one("requisition_details", code=code)["id"] == requisition.id
    for employee in visible.employees(company, quirks)[:20]:
        assert client.one("employee_details", id=employee.id)["id"] == employee.id
        balances = ids(client, "timeoff_balances", "category_id", employee_id=employee.id)
        of_employee = company.timeoff_balances.get(employee.id, {})
        assert sorted(map(str, balances)) == sorted(of_employee)
    with pytest.raises(NotFound):
        client.one("candidate_details", id="ffffffff")


def test_a_token_without_a_scope_is_told_which(tenant: Tenant) -> None:
    with Simulator(tenants=[tenant]) as simulator:
        token = simulator.control.add_token(scopes=["r_jobs"])
        with WorkableClient(simulator.subdomain, token, base_url=simulator.base_url) as client:
            assert len(ids(client, "jobs")) == len(tenant.company.jobs)
            with pytest.raises(ScopeMissing, match="r_candidates"):
                ids(client, "candidates")


def test_the_real_clock_and_a_real_limit_earn_no_429(tenant: Tenant) -> None:
    with Simulator(tenants=[tenant], rate_limit=True) as simulator:
        token = simulator.control.add_token(kind="partner", client_id="p1")
        with WorkableClient(
            simulator.subdomain, token, base_url=simulator.base_url, client_id="p1"
        ) as client:
            names = listed_candidates(tenant.company, Quirks())[:70]
            read = client.map(lambda name: client.one("candidate_details", id=name), names)
            assert [name for name, _ in read] == names
            assert client.stats.requests == 70
            assert client.stats.rate_limited == 0
            assert client.rate_limit == 50
