"""No figure of a past month changes when people are deleted; relocations change the job alone.

The same company is built three times: as it was, after every tenth candidate was deleted or
anonymised, and after every tenth of the others was relocated. What the marts said of months that
were over by then is compared with what they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.dbt.kit import Warehouse as Dbt
from tests.integration.built import Warehouse
from tests.oracle.compare import differences
from tests.oracle.people import persons
from tests.oracle.values import Row

from workable_elt.simulator.changes.candidates import is_here
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.happening import apply_changes
from workable_elt.simulator.server.runner import Simulator
from workable_elt.simulator.visible import candidate_is_listed

PLAN = CompanyPlan(candidates=240, jobs=12, employees=20, years=1.5, seed=23, sample_rows=False)
THIS_MONTH = date(2026, 6, 1)  # all changes lie in it
TENTH = 24
Marts = dict[str, list[Row]]


@dataclass(frozen=True)
class Past:
    """What of a mart holds for a past month.

    Attributes:
        key: Tells its rows apart.
        period: The column that says when.
        sums: Columns about now between which somebody deleted shifts: their sum holds.
        now: Columns about now that hold by no sum.
    """

    key: str
    period: str = "month"
    sums: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


MARTS = {
    # Who waited and is gone was pending and is deleted.
    "hiring_funnel": Past("funnel_key", sums=("pending", "deleted")),
    "hiring_sources": Past("source_month_key", sums=("pending", "deleted")),
    # An offer that nobody can answer any more is lost.
    "hiring_offers": Past("offer_month_key", sums=("pending", "lost")),
    # Whom nobody has looked at yet and still can.
    "hiring_response": Past("response_key", now=("unreviewed_open",)),
    "hiring_time_to_hire": Past("time_to_hire_key"),
    "hiring_stage_exits": Past("stage_exits_key"),
    "hiring_velocity": Past("velocity_key"),
    "hiring_disqualifications": Past("disqualification_group_key"),
    "hiring_recruiter_activity": Past("recruiter_month_key"),
    "hiring_interviews": Past(
        "interview_member_key", period="interview_date", now=("is_deleted", "deleted_at")
    ),
    "hiring_pipeline_daily": Past("pipeline_daily_key", period="day"),
    "hiring_to_start": Past("hire_or_starter_key", period="hired_date"),
}

# A relocated record begins anew in the other job's pipeline, so where somebody stands (by position)
# and the one more entry are about now; so is what an earlier cohort did this month. To relocate is
# to look at somebody.
SUMMED = {
    "hiring_funnel": (
        ("month", "source_category"),
        ("candidates", "disqualified", "withdrew", "pending", "hired", "deleted"),
    ),
    "hiring_stage_exits": (
        ("month", "reporting_stage", "source_category"),
        ("exits", "advanced", "rejected", "withdrew", "moved_back", "deleted", "job_archived"),
    ),
    "hiring_velocity": (("month", "reporting_stage"), ("moves",)),
    "hiring_response": (
        ("month",),
        (
            *("applicants", "applicants_2_days_old", "applicants_5_days_old"),
            *("applicants_10_days_old", "actioned_within_2_days", "actioned_within_5_days"),
            "actioned_within_10_days",
        ),
    ),
    "hiring_offers": (
        ("month",),
        ("extended", "accepted", "declined", "rescinded", "lost", "pending", "hires_without_offer"),
    ),
    "hiring_pipeline_daily": (("day", "reporting_stage"), ("applications",)),
}
# These have no job in their grain, or only of people whose case is closed: nothing changes.
WITHOUT_JOB = (
    *("hiring_sources", "hiring_time_to_hire", "hiring_disqualifications"),
    *("hiring_recruiter_activity", "hiring_to_start"),
)


@dataclass(frozen=True)
class Builds:
    """The marts of past months, as three builds told them.

    Attributes:
        before: With everybody.
        deleted: After people went.
        relocated: After others were relocated.
        people: Distinct people who ever applied before this month, by build in that order.
        links: The links of persons and hires in the last build, with what the snapshot remembers.
    """

    before: Marts
    deleted: Marts
    relocated: Marts
    people: list[int]
    links: list[Row]


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Load and build, three times."""
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("past")))
    marts: list[Marts] = []
    people: list[int] = []
    with Simulator(PLAN, rate_limit=False) as sim:
        sim.control.set_clock(frozen=True)
        for happen in (None, _people_go, _people_move):
            if happen is not None:
                happen(sim)
                warehouse.call(sim, "reconcile", "--accept-deletes", "candidates")
            warehouse.call(sim, "load")
            _build(warehouse)
            marts.append({name: _past(warehouse, name) for name in MARTS})
            people.append(_people(warehouse))
    return Builds(*marts, people, _links(warehouse))


def _people_go(sim: Simulator) -> None:
    """Every tenth; among them hires whom an e-mail alone links to an employee, and records of people
    who have others, the one that names the person or another."""
    company = sim.tenant.company
    listed = [c for c in company.candidates.values() if candidate_is_listed(c, Quirks())]
    of_several = [ids for ids in persons(listed) if len(ids) > 1]
    chosen = (
        {e.hired_candidate_id for e in company.employees.values() if not e.candidate_id},
        {ids[0] for ids in of_several[::2]},
        {ids[1] for ids in of_several[1::2]},
    )
    for among in chosen:
        apply_changes(
            *(sim.world, sim.tenant),
            n=2,
            seed=8,
            kinds=("deleted",),
            eligible=lambda candidate, among=among: candidate.id in among,
        )
    sim.control.apply_changes(TENTH - 10, 8, kinds=("deleted",))
    sim.control.apply_changes(4, 8, kinds=("anonymized",))


def _people_move(sim: Simulator) -> None:
    """Every tenth, each once; some out of jobs that were archived before anybody saw them, where
    the move must not tell until when they were in the stage: they had left it before."""
    company = sim.tenant.company
    for out_of_archived, n in ((True, 3), (False, TENTH - 3)):
        made = apply_changes(
            *(sim.world, sim.tenant),
            n=n,
            seed=8,
            kinds=("relocated",),
            eligible=lambda candidate, archived=out_of_archived: (
                candidate.relocated_from is None
                and (company.jobs[str(candidate.job_shortcode)].state == "archived") is archived
            ),
        )
        assert len(made) == n
    assert sum(map(is_here, company.candidates.values())) // 10 <= TENTH


def _build(warehouse: Warehouse) -> None:
    Dbt(warehouse.folder).build_selected(
        "+path:models/marts/hiring", DESTINATION__DUCKDB__CREDENTIALS=str(warehouse.file)
    )


def _past(warehouse: Warehouse, name: str) -> list[Row]:
    rows = warehouse.table(name, "workable_marts")
    period = MARTS[name].period
    return [row for row in rows if row[period] is not None and row[period] < THIS_MONTH]


def _people(warehouse: Warehouse) -> int:
    query = (
        "select count(distinct person_key) as people from workable_marts.hiring_applications "
        f"where applied_date < date '{THIS_MONTH}'"
    )
    return int(warehouse.rows(query)[0]["people"])


def _links(warehouse: Warehouse) -> list[Row]:
    return warehouse.rows(
        "select candidate_key, known.person_key, remembered.person_key as remembered_key, "
        "known.match_basis, remembered.match_basis as remembered_basis "
        "from workable_staging.int_workable__people_remembered as known "
        "join workable_snapshots.link_person as remembered using (candidate_key) "
        "where remembered.dbt_valid_to is null"
    )


def _steady(mart: Past, rows: Iterable[Row]) -> list[Row]:
    """Rows without what is about now, of which the sum alone holds."""
    about_now = {*mart.sums, *mart.now}
    return [
        {
            **{column: value for column, value in row.items() if column not in about_now},
            "sum of " + " and ".join(mart.sums): sum(row[column] for column in mart.sums),
        }
        for row in rows
    ]


def _summed(rows: Iterable[Row], by: tuple[str, ...], measures: tuple[str, ...]) -> list[Row]:
    sums: Mapping[tuple[object, ...], list[int]] = defaultdict(lambda: [0] * len(measures))
    for row in rows:
        total = sums[tuple(row[column] for column in by)]
        for place, measure in enumerate(measures):
            total[place] += row[measure]
    return [
        {**dict(zip(by, key, strict=True)), **dict(zip(measures, total, strict=True))}
        for key, total in sums.items()
    ]


@pytest.mark.parametrize("name", list(MARTS))
def test_deleting_people_changes_no_past_month(builds: Builds, name: str) -> None:
    mart = MARTS[name]
    before, after = _steady(mart, builds.before[name]), _steady(mart, builds.deleted[name])
    found = differences(name, before, after, [mart.key])
    assert before
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", list(SUMMED))
def test_relocating_people_changes_the_job_alone(builds: Builds, name: str) -> None:
    by, measures = SUMMED[name]
    before = _summed(builds.deleted[name], by, measures)
    found = differences(name, before, _summed(builds.relocated[name], by, measures), by)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", WITHOUT_JOB)
def test_relocating_people_changes_nothing_that_has_no_job(builds: Builds, name: str) -> None:
    found = differences(name, builds.deleted[name], builds.relocated[name], [MARTS[name].key])
    assert not found, "\n".join(found)


def test_people_are_as_many_as_ever(builds: Builds) -> None:
    assert len(set(builds.people)) == 1


def test_what_a_build_remembers_it_finds_again(builds: Builds) -> None:
    assert builds.links
    for link in builds.links:
        assert link["person_key"] == link["remembered_key"]
        assert link["match_basis"] == link["remembered_basis"]


def test_jobs_did_change(builds: Builds) -> None:
    assert builds.deleted["hiring_funnel"] != builds.relocated["hiring_funnel"]
    gone = [
        sum(row["deleted"] for row in marts["hiring_funnel"])
        for marts in (builds.before, builds.deleted)
    ]
    assert gone[0] < gone[1]
