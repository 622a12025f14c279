"""Every unified table equals what the simulator's own records say, under any reading of the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.integration import semantic_layer
from tests.integration.built import Warehouse
from tests.integration.headcount_built import HEADCOUNT, HISTORY_FROM, headcount_rebuilt
from tests.oracle import recruiting
from tests.oracle.candidates import CandidateOracle
from tests.oracle.compare import differences
from tests.oracle.employees import EmployeeOracle
from tests.oracle.headcount import HeadcountOracle
from tests.oracle.hiring_marts import MARTS, HiringOracle
from tests.oracle.time_off import TIME_OFF, TimeOffOracle
from tests.oracle.values import Row

from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.quirks import Quirks, random_quirks
from workable_elt.simulator.server.runner import Simulator

SMALL = {"candidates": 250, "jobs": 12, "employees": 40, "years": 2}
LARGE = {"candidates": 1_500, "jobs": 45, "employees": 200, "years": 4}


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: a company, and how its API behaves."""

    seed: int
    size: str
    quirk_seed: int | None
    zone: str = "UTC"

    @property
    def quirks(self) -> Quirks:
        return Quirks() if self.quirk_seed is None else random_quirks(self.quirk_seed)

    @property
    def plan(self) -> CompanyPlan:
        return CompanyPlan(**(SMALL if self.size == "small" else LARGE), seed=self.seed)

    def __str__(self) -> str:
        return f"seed{self.seed}-{self.size}-quirks{self.quirk_seed}"


# The first is drawn so that leave dates are known: the headcount has a past then.
ALWAYS = [
    Cell(1, "small", 108, "America/Los_Angeles"),
    Cell(2, "small", 21),
    Cell(3, "small", 31),
    Cell(4, "small", 41),
    Cell(7, "small", 71, "Europe/Athens"),
]
REST = [
    Cell(seed, size, quirk_seed)
    for seed in (1, 2, 3)
    for size in ("small", "large")
    for quirk_seed in (None, 10 * seed + 1, 10 * seed + 2)
    if (seed, size, quirk_seed) not in {(c.seed, c.size, c.quirk_seed) for c in ALWAYS}
]


@dataclass(frozen=True)
class Built:
    """A built warehouse beside what should be in it."""

    warehouse: Warehouse
    hiring: HiringOracle
    ats: CandidateOracle
    hris: EmployeeOracle
    cell: Cell
    recruiting: recruiting.RecruitingOracle


@pytest.fixture(
    scope="module",
    params=[*ALWAYS, *(pytest.param(cell, marks=pytest.mark.full) for cell in REST)],
    ids=str,
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Load and build one cell, once for all of its tables."""
    cell: Cell = request.param
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("cell")))
    with Simulator(cell.plan, quirks=cell.quirks, rate_limit=False) as sim:
        answer = warehouse.run(sim, TRANSFORM__REPORTING_TIME_ZONE=cell.zone)
        company, account = sim.tenant.company, sim.subdomain
    as_of = datetime.fromisoformat(answer["as_of"].removesuffix("Z"))
    return Built(
        warehouse,
        HiringOracle(company, cell.quirks, account, as_of, cell.zone),
        CandidateOracle(company, cell.quirks, account),
        EmployeeOracle(company, cell.quirks, account),
        cell,
        recruiting.RecruitingOracle(company, cell.quirks, account, as_of, cell.zone),
    )


Expectation = Callable[[Built], list[Row]]

EXPECTED: dict[str, tuple[tuple[str, ...], Expectation]] = {
    "ats_departments": (("department_key",), lambda b: b.ats.departments()),
    "ats_users": (("user_key",), lambda b: b.ats.users()),
    "ats_disqualification_reasons": (
        ("disqualification_reason_key",),
        lambda b: b.ats.reasons(),
    ),
    "ats_job_interview_stages": (("stage_key",), lambda b: b.ats.job_stages()),
    "ats_jobs": (("job_key",), lambda b: b.ats.jobs()),
    "ats_job_hiring_team": (("job_key", "user_key"), lambda b: b.ats.hiring_team()),
    "ats_requisitions": (("requisition_key",), lambda b: b.ats.requisitions()),
    "ats_candidates": (("candidate_key",), lambda b: b.ats.candidates()),
    "ats_applications": (("application_key",), lambda b: b.ats.applications()),
    "ats_stage_transitions": (("activity_key",), lambda b: b.ats.transitions()),
    "ats_activities": (("activity_key",), lambda b: b.ats.activities()),
    "ats_offers": (("candidate_key",), lambda b: b.ats.offers()),
    "ats_interviews": (("interview_id",), lambda b: b.ats.interviews()),
    "ats_candidate_tags": (("candidate_key", "tag"), lambda b: b.ats.tags()),
    "ats_application_answers": (("candidate_key", "question"), lambda b: b.ats.answers()),
    "ats_attachments": (("candidate_key", "attachment_type"), lambda b: b.ats.resumes()),
    "hris_employees": (("employee_key",), lambda b: b.hris.employees()),
    "hris_work_schedules": (("work_schedule_key",), lambda b: b.hris.schedules()),
    "hris_timeoff_types": (("timeoff_type_key",), lambda b: b.hris.timeoff_types()),
    "hris_timeoff_balances": (("timeoff_balance_key",), lambda b: b.hris.balances()),
    "hris_timeoff_requests": (("timeoff_request_key",), lambda b: b.hris.requests()),
}


@pytest.mark.parametrize("table", list(EXPECTED))
def test_the_table_equals_the_simulators_records(built: Built, table: str) -> None:
    key, expectation = EXPECTED[table]
    expected = expectation(built)
    assert expected, f"the company of this cell has nothing to say about {table}"
    found = differences(table, expected, built.warehouse.table(table), key)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("mart", list(MARTS))
def test_the_hiring_mart_equals_what_the_records_say(built: Built, mart: str) -> None:
    key, rows = MARTS[mart]
    expected = rows(built.hiring)
    assert expected, f"the company of this cell has nothing to say about {mart}"
    found = differences(mart, expected, built.warehouse.table(mart, "workable_marts"), key)
    assert not found, "\n".join(found)


@dataclass(frozen=True)
class Headcount:
    """A headcount with a past beside what it should be."""

    warehouse: Warehouse
    oracle: HeadcountOracle


@pytest.fixture(scope="module")
def headcount(built: Built) -> Headcount:
    """The cell's headcount since a day on which nothing had been read yet."""
    warehouse = headcount_rebuilt(built.warehouse)
    newest = "select max(completed_at) as at from workable_raw._syncs where complete"
    today = warehouse.rows(newest)[0]["at"].date()
    log, cell = generate(built.cell.plan), built.cell
    return Headcount(
        warehouse,
        HeadcountOracle(log, cell.quirks, built.hris.account, today, HISTORY_FROM),
    )


@pytest.mark.parametrize("figures", list(HEADCOUNT))
def test_the_headcount_equals_what_the_event_log_adds_up_to(
    headcount: Headcount, figures: str
) -> None:
    query, key, expectation = HEADCOUNT[figures]
    expected = expectation(headcount.oracle)
    knows_its_past = headcount.oracle.history_from == HISTORY_FROM
    assert expected or not knows_its_past, f"the cell has nothing to say about {figures}"
    found = differences(figures, expected, headcount.warehouse.rows(query), key)
    assert not found, "\n".join(found)


def test_the_semantic_layer_gives_the_figures_of_the_marts(
    built: Built, headcount: Headcount, tmp_path: Path
) -> None:
    if built.cell != ALWAYS[0]:
        pytest.skip("MetricFlow takes a minute, and one company has all the figures")
    expected = semantic_layer.of_the_marts(headcount.warehouse)
    assert all(expected.values()), "the company of this cell lacks a figure"
    found = semantic_layer.of_the_semantic_layer(headcount.warehouse, tmp_path)
    # Both divide, one of them rounds to six digits.
    assert found == {metric: pytest.approx(months, abs=1e-6) for metric, months in expected.items()}


RECRUITING: dict[str, tuple[tuple[str, ...], Expectation]] = {
    "hiring_sources": (
        ("month", "source_category", "source_name"),
        lambda b: b.recruiting.sources(),
    ),
    "hiring_response": (("month", "job_key"), lambda b: b.recruiting.response()),
    "hiring_disqualifications": (
        (
            *("month", "job_key", "reporting_stage"),
            *("disqualification_reason_key", "disqualification_type"),
        ),
        lambda b: b.recruiting.disqualifications(),
    ),
    "hiring_offers": (("month", "department_key"), lambda b: b.recruiting.offers()),
    "hiring_jobs": (("job_key",), lambda b: b.recruiting.jobs()),
    "hiring_requisitions": (
        ("requisition_key",),
        lambda b: b.recruiting.requisitions_planned(),
    ),
    "hiring_interviews": (("interview_key", "user_key"), lambda b: b.recruiting.interviews()),
    "hiring_recruiter_activity": (
        ("user_key", "month"),
        lambda b: b.recruiting.recruiter_activity(),
    ),
    "hiring_recruiter_load": (("user_key",), lambda b: b.recruiting.recruiter_load()),
    "hiring_to_start": (
        ("application_key", "employee_key"),
        lambda b: b.recruiting.to_start(b.hris.links()),
    ),
}


@pytest.mark.parametrize("mart", list(RECRUITING))
def test_the_recruiting_mart_equals_what_the_records_say(built: Built, mart: str) -> None:
    key, expectation = RECRUITING[mart]
    expected = expectation(built)
    assert expected, f"the company of this cell has nothing to say about {mart}"
    found = differences(mart, expected, built.warehouse.table(mart, "workable_marts"), key)
    assert not found, "\n".join(found)


def test_candidates_are_grouped_into_the_same_persons(built: Built) -> None:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in built.warehouse.table("ats_candidates"):
        groups[row["person_key"]].append(row["candidate_id"])
    assert sorted(tuple(sorted(ids)) for ids in groups.values()) == built.ats.persons()
    people = {row["person_key"]: row for row in built.warehouse.table("ats_people")}
    assert {key: row["candidate_count"] for key, row in people.items()} == {
        key: len(ids) for key, ids in groups.items()
    }


def test_hires_are_linked_to_their_employees_and_nobody_else(built: Built) -> None:
    employees = built.warehouse.table("hris_employees")
    linked = {
        row["employee_key"]: row["candidate_key"] for row in employees if row["candidate_key"]
    }
    assert linked == built.hris.links()
    applications = built.warehouse.table("ats_applications")
    assert {r["candidate_key"]: r["employee_key"] for r in applications if r["employee_key"]} == {
        candidate: employee for employee, candidate in linked.items()
    }


def test_groups_hold_departments_and_places(built: Built) -> None:
    kinds = {"department", "legal_entity", "location", "site"}
    rows = [r for r in built.warehouse.table("hris_groups") if r["group_type"] in kinds]
    found = differences("hris_groups", built.hris.groups(), rows, ("group_key",))
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def time_off(built: Built) -> TimeOffOracle:
    """Time off as of the day on which the cell was read."""
    newest = "select max(completed_at) as at from workable_raw._syncs where complete"
    now = built.warehouse.rows(newest)[0]["at"].replace(tzinfo=timezone.utc)
    zone, hris = built.cell.zone, built.hris
    return TimeOffOracle(
        hris.company, hris.quirks, hris.account, now.astimezone(ZoneInfo(zone)).date(), zone
    )


def test_the_company_takes_time_off_in_every_way(time_off: TimeOffOracle) -> None:
    requests = time_off.counted()
    balances = [
        balance
        for one in time_off.people
        for balance in time_off.company.timeoff_balances.get(one, {}).values()
    ]

    assert {request.state for request in requests} >= {"approved", "rejected", "canceled"}
    assert {off.unit for off in time_off.offs} == {"days", "hours"}
    assert {"one_day", "schedule", "pro_rata"} <= {off.basis for off in time_off.offs}
    assert any(request.half_days for request in requests)
    assert any(request.from_at.month != request.to_at.month for request in requests)
    assert any(balance.is_unlimited for balance in balances)
    assert any(balance.available < 0 and not balance.is_unlimited for balance in balances)


@pytest.mark.parametrize("mart", list(TIME_OFF))
def test_time_off_equals_what_the_records_add_up_to(
    built: Built, time_off: TimeOffOracle, mart: str
) -> None:
    key, expectation = TIME_OFF[mart]
    expected = expectation(time_off)
    assert expected, f"the company of this cell has nothing to say about {mart}"
    rows = built.warehouse.table(mart, schema="workable_marts")
    found = differences(mart, expected, rows, key)
    assert not found, "\n".join(found)
