"""dbt in this process, on a small project of its own and a real DuckDB file."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from workable_elt.exits import UserError
from workable_elt.progress import NullProgress
from workable_elt.transform import Target, build, project_dir
from workable_elt.transform.build import forget_other_release
from workable_elt.transform.results import without_values

PROJECT = """
name: tiny
version: 0.1.0
config-version: 2
profile: workable_elt
models: {tiny: {+materialized: table}}
"""
GOOD_SQL = """
select 1 as id, '{{ dbt_metadata_envs["WORKABLE_AS_OF"] }}' as as_of, '{{ var("reporting_time_zone") }}' as zone
"""
TESTS = """
models:
  - name: good
    columns:
      - name: id
        data_tests:
          - unique
          - not_null
"""
FAILING = """
models:
  - name: good
    columns:
      - name: id
        data_tests:
          - unique
          - accepted_values: {name: fails, arguments: {values: ['2']}}
          - accepted_values: {name: warns, arguments: {values: ['3']}, config: {severity: warn}}
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT)
    shutil.copy(project_dir() / "profiles.yml", folder)
    (folder / "models" / "good.sql").write_text(GOOD_SQL)
    (folder / "models" / "good.yml").write_text(TESTS)
    return folder


@pytest.fixture
def target(tmp_path):
    return Target("duckdb", str(tmp_path / "x.duckdb"), tmp_path / "home", time_zone="Asia/Tokyo")


class Built(NullProgress):
    def __init__(self):
        self.calls = []

    def built(self, done, total, node):
        self.calls.append((done, total, node))


def test_a_good_build_counts_models_and_tests(project, target):
    progress = Built()
    report = build(target, as_of=datetime(2026, 3, 18, 9), project=project, progress=progress)
    assert (report.status, report.models, report.tests, report.passed) == ("ok", 1, 2, 2)
    assert (report.failed, report.warned, report.failures) == (0, 0, ())
    names = ["good", "not_null_good_id", "unique_good_id"]
    assert sorted(node.name for node in report.slowest) == names
    times = [node.seconds for node in report.slowest]
    assert times == sorted(times, reverse=True)
    assert min(times) > 0
    assert times[0] < report.seconds
    assert [call[:2] for call in progress.calls] == [(1, 3), (2, 3), (3, 3)]


def test_a_build_can_leave_the_tests_to_another(project, target):
    (project / "models" / "good.yml").write_text(FAILING)
    report = build(replace(target, data_tests=False), as_of=datetime(2026, 3, 18), project=project)
    assert (report.status, report.models, report.tests) == ("ok", 1, 0)


def test_the_models_get_the_moment_and_the_zone(project, target):
    build(target, as_of=datetime(2026, 3, 18, 9, 30), project=project)
    with duckdb.connect(target.credentials) as connection:
        rows = connection.execute("select as_of, zone from workable.good").fetchall()
    assert rows == [("2026-03-18 09:30:00.000000", "Asia/Tokyo")]


def test_another_process_can_open_the_file_afterwards(project, target):
    build(target, as_of=datetime(2026, 3, 18), project=project)
    code = (
        f"import duckdb; duckdb.connect({target.credentials!r}).execute('create table t (a int)')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_failing_and_warning_tests_are_named_with_their_sql(project, target):
    (project / "models" / "good.yml").write_text(FAILING)
    report = build(target, as_of=datetime(2026, 3, 18), project=project)
    assert report.status == "failed"
    assert (report.tests, report.passed, report.failed, report.warned) == (3, 1, 1, 1)
    assert [(f.name, f.severity, f.rows) for f in report.failures] == [
        ("fails", "error", 1),
        ("warns", "warn", 1),
    ]
    sql = Path(report.failures[0].compiled).read_text()
    with duckdb.connect(target.credentials) as connection:
        assert len(connection.execute(sql).fetchall()) == 1


def test_a_model_that_cannot_be_built_fails_without_showing_a_value(project, target):
    (project / "models" / "bad.sql").write_text("select cast('ann@example.com' as integer) as id")
    (project / "models" / "after.sql").write_text("select * from {{ ref('bad') }}")
    report = build(target, as_of=datetime(2026, 3, 18), project=project)
    assert (report.status, report.failed, report.not_run) == ("failed", 1, 1)
    assert report.failures[0].kind == "model"
    assert "Could not convert string" in report.failures[0].message
    assert "ann@" not in json.dumps(report.to_json())


def test_no_file_of_dbt_holds_a_value_of_a_row(project, target):
    (project / "models" / "bad.sql").write_text(
        "select cast(name as integer) as id from (select chr(97) || 'nn@example.com' as name)"
    )
    build(target, as_of=datetime(2026, 3, 18), project=project)
    texts = [file.read_bytes() for file in target.home.rglob("*") if file.is_file()]
    assert texts
    assert not any(b"ann@example.com" in text for text in texts)


def test_a_project_that_does_not_compile_is_one_error(project, target):
    (project / "models" / "bad.sql").write_text("select * from {{ ref('absent') }}")
    with pytest.raises(UserError) as caught:
        build(target, project=project)
    assert caught.value.code == "dbt"
    assert "absent" in caught.value.message


def test_what_dbt_knows_of_another_release_is_forgotten(project, target):
    known = target.home / "dbt" / "target" / "partial_parse.msgpack"
    forget_other_release(known.parent, project)
    known.write_bytes(b"of this release")
    forget_other_release(known.parent, project)
    assert known.exists()
    (project / "models" / "good.sql").write_text("select 2 as id")
    forget_other_release(known.parent, project)
    assert not known.exists()


def test_the_environment_is_as_before(project, target, monkeypatch):
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", "mine.duckdb")
    monkeypatch.delenv("WORKABLE_ELT_DESTINATION", raising=False)
    build(target, as_of=datetime(2026, 3, 18), project=project)
    assert os.environ["DESTINATION__DUCKDB__CREDENTIALS"] == "mine.duckdb"
    assert "WORKABLE_ELT_DESTINATION" not in os.environ


@pytest.mark.parametrize(
    ("message", "blanked"),
    [
        (
            "Conversion Error: Could not convert string 'a@b.c' to INT32",
            "Conversion Error: Could not convert string '...' to INT32",
        ),
        (
            'invalid input syntax for type timestamp without time zone: "a@b.c"\nLINE 1: x',
            "invalid input syntax for type timestamp without time zone: '...'",
        ),
        (
            "Could not convert string 'a@b.c' to INT32\n\nLINE 3: ...ect cast('a@b.c' as int)\n  ^^",
            "Could not convert string '...' to INT32",
        ),
        ('column "full_name" does not exist', 'column "full_name" does not exist'),
    ],
)
def test_values_are_blanked_and_names_are_kept(message, blanked):
    assert without_values(message) == blanked
