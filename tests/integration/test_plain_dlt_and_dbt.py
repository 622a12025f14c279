"""Without the command line: a pipeline of one's own, then dbt's own command, as the README says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dlt
import duckdb
import pytest

from workable_elt import prepare, workable_ats, workable_hris
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=60, jobs=4, employees=14, years=1, seed=4)
PROJECT = Path(__file__).parents[2] / "dbt_project"


def test_the_models_build_from_what_plain_dlt_has_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.duckdb"
    with Simulator(PLAN, rate_limit=False) as sim:
        for key, value in {
            "SUBDOMAIN": sim.subdomain,
            "ACCESS_TOKEN": sim.token,
            "BASE_URL": sim.base_url,
        }.items():
            monkeypatch.setenv(f"SOURCES__WORKABLE__{key}", value)
        pipeline = dlt.pipeline(
            "people",
            destination=dlt.destinations.duckdb(str(file)),
            dataset_name="workable_raw",
            pipelines_dir=str(tmp_path / "pipelines"),
        )
        prepare(pipeline)
        jobs_and_people = workable_ats().with_resources("jobs", "job_details", "members")
        pipeline.run([jobs_and_people, workable_hris()], loader_file_format="parquet")
        truth = sim.control.truth()

    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("dbt"), "build", "--quiet"),
            *("--project-dir", PROJECT, "--profiles-dir", PROJECT),
            *("--target-path", tmp_path / "target", "--log-path", tmp_path / "logs"),
            *("--exclude-resource-type", "unit_test"),
        ],
        env={**os.environ, "DESTINATION__DUCKDB__CREDENTIALS": str(file)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    with duckdb.connect(str(file), read_only=True) as connection:
        counts = {
            table: connection.execute(f"select count(*) from workable.{table}").fetchall()[0][0]
            for table in ("ats_jobs", "hris_employees", "hris_timeoff_requests", "ats_candidates")
        }
    assert counts == {
        "ats_jobs": len(truth["jobs"]),
        "hris_employees": len(truth["employees"]),
        "hris_timeoff_requests": len(truth["timeoff_requests"]),
        "ats_candidates": 0,
    }
