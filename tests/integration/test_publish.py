"""`--publish`: readers have a copy that is swapped in one step, and never half of one."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from cli_process import Cli

from workable_elt.exits import BusyError, UsageError, WarehouseError
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess
from workable_elt.warehouse.copies import known_copies
from workable_elt.warehouse.lock import exclusive, refuse_during_run
from workable_elt.warehouse.publish import check_publish, publish

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=21)


def database(file: Path, rows: int) -> None:
    with duckdb.connect(str(file)) as connection:
        connection.execute("create or replace table t as select * from range(?)", [rows])


def count(file: Path, table: str = "t") -> int:
    with duckdb.connect(str(file), read_only=True) as connection:
        (found,) = connection.execute(f"select count(*) from {table}").fetchone() or (0,)
        return int(found)


@pytest.fixture
def config(configured, tmp_path, monkeypatch):
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", str(tmp_path / "w.duckdb"))
    database(tmp_path / "w.duckdb", 3)
    return configured(wait_seconds=0)


def test_reader_of_the_old_copy_goes_on_and_the_next_sees_the_new_one(config, tmp_path):
    copy = tmp_path / "readers" / "copy.duckdb"
    copy.parent.mkdir()
    publish(config, copy, "one")
    with duckdb.connect(str(copy), read_only=True) as reader:
        database(config.duckdb_file, 8)
        publish(config, copy, "two")
        assert reader.execute("select count(*) from t").fetchone() == (3,)
    assert count(copy) == 8
    assert [path.name for path in copy.parent.iterdir()] == ["copy.duckdb"]


def test_the_log_of_a_killed_writer_is_in_the_copy(config, tmp_path):
    child = os.fork()
    if child == 0:
        connection = duckdb.connect(str(config.duckdb_file))
        connection.execute("insert into t select * from range(4)")
        os._exit(0)  # no checkpoint: the rows are in the log file alone
    os.waitpid(child, 0)
    copy = tmp_path / "copy.duckdb"
    publish(config, copy, "one")
    assert count(copy) == 7


def test_what_readers_wrote_into_the_old_copy_does_not_reach_the_new_one(config, tmp_path):
    copy = tmp_path / "copy.duckdb"
    publish(config, copy, "one")
    copy.with_name("copy.duckdb.wal").write_bytes(b"no log of this file")
    publish(config, copy, "two")
    assert count(copy) == 3


def test_while_a_load_is_at_work_nothing_is_published_and_the_old_copy_stays(config, tmp_path):
    copy = tmp_path / "copy.duckdb"
    publish(config, copy, "one")
    with exclusive(config, (), "a load"), pytest.raises(WarehouseError, match="No copy"):
        publish(config, copy, "two")
    assert count(copy) == 3


def test_reader_who_comes_during_a_load_is_told_where_the_copy_is(config, tmp_path):
    copy = tmp_path / "copy.duckdb"
    with exclusive(config, (), "a load"):
        with pytest.raises(BusyError) as told:
            refuse_during_run(config)
        assert "copy" not in told.value.hint
    publish(config, copy, "one")
    with exclusive(config, (), "a load"):
        with pytest.raises(BusyError) as told:
            refuse_during_run(config)
        assert str(copy) in told.value.hint


def test_copies_are_remembered_beside_the_file_as_long_as_they_exist(config, tmp_path):
    first, second = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    for copy in (first, second, first):
        publish(config, copy, "one")
    assert known_copies(config.duckdb_file) == [second, first]
    second.unlink()
    assert known_copies(config.duckdb_file) == [first]


def test_the_warehouse_itself_is_no_copy(config):
    for name in ("w.duckdb", "w.duckdb.wal", "../" + config.duckdb_file.parent.name + "/w.duckdb"):
        with pytest.raises(UsageError):
            check_publish(config, config.duckdb_file.parent / name)
    assert count(config.duckdb_file) == 3


@pytest.mark.parametrize("place", ["missing/copy.duckdb", "a_folder"])
def test_place_that_cannot_be_written_is_refused_before_any_work(config, tmp_path, place):
    (tmp_path / "a_folder").mkdir()
    with pytest.raises(WarehouseError):
        check_publish(config, tmp_path / place)


@pytest.fixture(scope="module")
def simulator():
    with SimulatorProcess(PLAN) as running:
        yield running


@pytest.fixture
def cli(simulator, tmp_path):
    return Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)


def test_run_publishes_what_it_built(cli, tmp_path):
    copy = tmp_path / "readers.duckdb"
    done = cli.run("run", "--publish", str(copy), "--json")
    assert (done.code, done.answer["published"]) == (0, [str(copy)]), done.err
    assert count(copy, "workable.ats_candidates") == count(cli.database, "workable.ats_candidates")
    assert count(copy, "workable.ats_candidates") > 0


@pytest.mark.full
def test_a_build_after_people_were_deleted_replaces_the_copies_that_it_knows(
    cli, simulator, tmp_path
):
    copy = tmp_path / "readers.duckdb"
    assert cli.run("run", "--publish", str(copy), "--json").code == 0
    assert cli.run("run", "--json").answer["published"] == []
    simulator.control.apply_changes(n=1, seed=1, kinds=["deleted"], advance=60)
    named = "workable_raw.candidates where name is not null"
    before = count(copy, named)
    assert cli.run("reconcile", "--json").code == 0
    assert count(copy, named) == before
    done = cli.run("run", "--json")
    assert (done.code, done.answer["published"]) == (0, [str(copy)]), done.err
    assert count(copy, named) == before - 1


def test_publish_of_a_server_is_a_wrong_use(cli, tmp_path):
    cli.environment["DESTINATION__POSTGRES__CREDENTIALS"] = "postgresql://u:p@127.0.0.1:1/d"
    done = cli.run(
        "run", "--destination", "postgres", "--publish", str(tmp_path / "x.duckdb"), "--json"
    )
    assert (done.code, done.error["code"]) == (2, "usage")


def test_publish_to_a_place_that_cannot_be_written_asks_workable_nothing(cli, simulator, tmp_path):
    simulator.control.reset_counters()
    done = cli.run("run", "--publish", str(tmp_path / "no" / "x.duckdb"), "--json")
    assert (done.code, done.error["code"]) == (1, "warehouse")
    assert simulator.control.counters()["total"] == 0
