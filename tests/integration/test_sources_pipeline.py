"""The sources in plain dlt pipelines, on both warehouses, outside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dlt
import pytest
from dlt.common.pipeline import LoadInfo
from sources_kit import PLAN, reading
from tests.histories.killed import run_and_kill_after

from workable_elt import prepare, workable_ats, workable_hris
from workable_elt.api import ConfigurationError
from workable_elt.settings import RAW_DATASET, RESOURCES
from workable_elt.simulator import events as ev
from workable_elt.simulator.server.runner import Simulator
from workable_elt.sources import Parent, Work
from workable_elt.sources.columns import declared_schema

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def shared() -> Iterator[Simulator]:
    with Simulator(PLAN) as simulator:
        yield simulator


@pytest.fixture
def simulator(shared: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """A running Workable, which the environment points to."""
    monkeypatch.setenv("RUNTIME__LOG_LEVEL", "ERROR")
    monkeypatch.setenv("SOURCES__WORKABLE__SUBDOMAIN", shared.subdomain)
    monkeypatch.setenv("SOURCES__WORKABLE__ACCESS_TOKEN", shared.token)
    monkeypatch.setenv("SOURCES__WORKABLE__BASE_URL", shared.base_url)
    return shared


@pytest.fixture
def pipeline(warehouse: str, tmp_path: Path) -> dlt.Pipeline:
    """A plain pipeline into an empty warehouse."""
    destination: Any = warehouse
    if warehouse == "duckdb":
        destination = dlt.destinations.duckdb(str(tmp_path / "plain.duckdb"))
    return dlt.pipeline("plain", destination=destination, dataset_name=RAW_DATASET)


@pytest.fixture
def local(tmp_path: Path) -> dlt.Pipeline:
    """The same into DuckDB, for what no warehouse decides."""
    destination = dlt.destinations.duckdb(str(tmp_path / "local.duckdb"))
    return dlt.pipeline("local", destination=destination, dataset_name=RAW_DATASET)


def select(pipeline: dlt.Pipeline, sql: str) -> list[Row]:
    with pipeline.sql_client() as client:
        return [tuple(row) for row in client.execute_sql(sql) or ()]


def content(pipeline: dlt.Pipeline) -> dict[str, list[Row]]:
    """Keys and content hashes of all tables."""
    return {
        name: sorted(
            select(pipeline, f"select {', '.join(RESOURCES[name].primary_key)}, _content_hash from {name}")
        )
        for name in pipeline.default_schema.data_table_names()
    }  # fmt: skip


def loaded(info: LoadInfo) -> bool:
    return bool(info.loads_ids) and not info.has_failed_jobs


@pytest.mark.full_on("duckdb")
def test_a_second_run_neither_fails_nor_doubles(
    simulator: Simulator, pipeline: dlt.Pipeline
) -> None:
    optional = [name for name, one in RESOURCES.items() if one.optional]
    for _ in range(2):
        source = workable_hris()
        for name in optional:
            if name in source.resources:
                source.resources[name].selected = True
        assert loaded(pipeline.run([workable_ats(), source]))
        counts = {name: len(rows) for name, rows in content(pipeline).items()}
        company = simulator.tenant.company
        assert counts["jobs"] == counts["job_details"] == len(company.jobs)
        assert counts["employees"] == counts["employee_details"] == len(company.employees)
        assert counts["timeoff_requests"] == len(company.timeoff_requests)
        assert counts["offers"] <= len(company.offers)
        assert counts["time_entries"] == len(company.time_entries)
        assert all(len(set(rows)) == len(rows) for rows in content(pipeline).values())


def test_one_source_object_can_be_run_again(simulator: Simulator, local: dlt.Pipeline) -> None:
    source = workable_ats().with_resources("jobs", "job_stages")
    local.run(source)
    before = content(local)
    local.run(source)
    assert content(local) == before
    assert len(before["jobs"]) == len(simulator.tenant.company.jobs)


def test_a_child_alone_reads_its_parents_silently(
    simulator: Simulator, local: dlt.Pipeline
) -> None:
    local.run(workable_ats().with_resources("job_details"))
    assert local.default_schema.data_table_names() == ["job_details"]
    assert {row[1] for row in content(local)["job_details"]} == set(simulator.tenant.company.jobs)


def test_a_list_that_became_empty_loses_its_rows(
    simulator: Simulator, pipeline: dlt.Pipeline
) -> None:
    tenant = simulator.tenant
    emptied, other = [key for key, job in tenant.company.jobs.items() if job.hiring_team][:2]
    work = Work(parents={"job_members": [Parent(emptied), Parent(other)]})

    def load() -> dict[str, int]:
        with reading(simulator, work) as readings:
            pipeline.run(workable_ats(readings=readings, resources=["job_members"]))
        rows = select(pipeline, "select shortcode, count(*) from job_members group by 1")
        return {str(key): int(count) for key, count in rows}

    team, others = (tenant.company.jobs[key].hiring_team for key in (emptied, other))
    assert load() == {emptied: len(team), other: len(others)}
    tenant.record(ev.JobChanged(tenant.company.now, None, emptied, {"hiring_team": ()}))
    try:
        assert load() == {other: len(others)}
    finally:
        tenant.record(ev.JobChanged(tenant.company.now, None, emptied, {"hiring_team": team}))
    assert load() == {emptied: len(team), other: len(others)}
    assert select(pipeline, "select count(*) from job_members where _is_marker") == [(0,)]


def test_the_newest_of_two_readings_in_one_package_wins(
    simulator: Simulator, pipeline: dlt.Pipeline
) -> None:
    job = next(iter(simulator.tenant.company.jobs.values()))
    old_title = job.title

    def both() -> Iterator[Any]:
        for title in ("Old title", "New title"):
            simulator.tenant.record(
                ev.JobChanged(simulator.tenant.company.now, None, job.shortcode, {"title": title})
            )
            with reading(simulator) as readings:
                yield from readings.take("jobs")

    table = declared_schema().tables["jobs"]["columns"]
    pipeline.run(
        dlt.resource(
            both(), name="jobs", columns=table, write_disposition="merge", file_format="parquet"
        )
    )
    rows = select(pipeline, f"select title from jobs where shortcode = '{job.shortcode}'")
    simulator.tenant.record(
        ev.JobChanged(simulator.tenant.company.now, None, job.shortcode, {"title": old_title})
    )
    assert rows == [("New title",)]


def test_the_load_id_is_in_every_row_where_dlt_is_told_to(
    simulator: Simulator, local: dlt.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NORMALIZE__PARQUET_NORMALIZER__ADD_DLT_LOAD_ID", "true")
    info = local.run(workable_ats().with_resources("stages"))
    assert select(local, "select distinct _dlt_load_id from stages") == [(info.loads_ids[0],)]


def test_loading_changes_nothing_about_the_declared_columns(
    simulator: Simulator, pipeline: dlt.Pipeline
) -> None:
    pipeline.run(workable_ats().with_resources("jobs", "job_stages", "requisitions"))
    declared = declared_schema().tables
    for name in pipeline.default_schema.data_table_names():
        assert pipeline.default_schema.tables[name]["columns"] == declared[name]["columns"]


def test_a_policy_from_the_configuration_reaches_the_warehouse(
    simulator: Simulator, local: dlt.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "SOURCES__WORKABLE__COLUMNS", '{"members.email": "hash", "members.name": "drop"}'
    )
    monkeypatch.setenv("SOURCES__WORKABLE__HASH_KEY", "a key")
    local.run(workable_ats().with_resources("members"))
    rows = select(local, "select name, email from members")
    assert len(rows) == len(simulator.tenant.company.members)
    assert all(name is None and len(email) == 64 and "@" not in email for name, email in rows)


def test_a_start_date_leaves_out_what_has_not_changed_since(
    simulator: Simulator, local: dlt.Pipeline
) -> None:
    source = workable_ats(start_date="2026-05-01", depth="list")
    local.run(source.with_resources("candidates"))
    (oldest,) = select(local, "select min(updated_at) from candidates")[0]
    assert str(oldest) >= "2026-05-01"


def test_a_prepared_pipeline_killed_in_a_merge_has_lost_no_row(
    simulator: Simulator, local: dlt.Pipeline
) -> None:
    def run() -> object:
        stages = workable_ats().with_resources("jobs", "job_stages")
        return local.run(stages, loader_file_format="parquet")

    prepare(local)
    run()
    stages = select(local, "select count(*) from job_stages")
    assert stages[0][0] > 0
    assert run_and_kill_after(run, r'DELETE FROM \S*"workable_raw"\."job_stages"')
    assert select(local, "select count(*) from job_stages") == stages


def test_depth_list_reads_lists_only(
    simulator: Simulator, local: dlt.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES__WORKABLE__DEPTH", "list")
    local.run(workable_ats())
    tables = set(local.default_schema.data_table_names())
    assert "candidates" in tables
    assert all(RESOURCES[name].reading == "list" for name in tables)


def test_the_column_policy_comes_from_its_own_section_alone(
    simulator: Simulator, local: dlt.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")  # how wide the terminal is
    monkeypatch.setenv("SOURCES__WORKABLE__COLUMNS", '{"candidates.phone": "drop"}')
    assert loaded(local.run(workable_ats().with_resources("candidates")))
    company = simulator.tenant.company
    assert any(candidate.phone for candidate in company.candidates.values())
    assert select(local, "select count(phone), count(email) > 0 from candidates") == [(0, True)]


def test_a_column_policy_that_cannot_be_read_is_a_configuration_error(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES__WORKABLE__COLUMNS", "{not json")
    with pytest.raises(ConfigurationError, match="columns"):
        workable_ats()
