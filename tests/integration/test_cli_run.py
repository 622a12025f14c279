"""The machine interface of load, build and run, with real processes, HTTP and DuckDB."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time

import duckdb
import msgpack
import pytest
from cli_process import LEAN_BUILD, Cli

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess

PLAN = CompanyPlan(candidates=40, jobs=4, employees=15, years=1, seed=4)


@pytest.fixture(scope="module")
def simulator():
    with SimulatorProcess(PLAN) as running:
        yield running


@pytest.fixture
def cli(simulator, tmp_path):
    simulator.control.clear_faults()
    return Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)


@pytest.fixture(scope="module")
def loaded(simulator, tmp_path_factory):
    """A warehouse after one good run, and that run; tests with it change nothing for good."""
    simulator.control.clear_faults()
    simulator.control.reset_counters()
    own = Cli(
        tmp_path_factory.mktemp("loaded"), simulator.base_url, simulator.token, simulator.subdomain
    )
    own.environment["TRANSFORM__DATA_TESTS"] = "true"
    done = own.run("run", "--json")
    own.environment |= LEAN_BUILD
    done.asked = simulator.control.counters()["total"]
    return own, done


def models_read_at(cli: Cli) -> dict[str, float]:
    """When dbt last read each model."""
    reading = cli.home / "dbt" / "target" / "partial_parse.msgpack"
    nodes = msgpack.unpackb(reading.read_bytes(), strict_map_key=False)["nodes"]
    return {name: node["created_at"] for name, node in nodes.items()}


def test_the_object_of_run_has_the_promised_shape(loaded):
    _, done = loaded
    answer = done.answer
    assert (done.code, answer["status"]) == (0, "ok"), done.err
    assert {"status", "accounts", "dbt", "requests", "rate_limited", "seconds"} <= set(answer)
    (account,) = answer["accounts"]
    assert {"account", "resources"} <= set(account)
    for row in account["resources"]:
        assert {"name", "rows", "requests", "status", "error"} <= set(row)
        assert row["status"] in {"ok", "partial", "skipped", "failed", "off"}
    assert {"models", "tests", "passed", "failed", "warned"} <= set(answer["dbt"])
    assert isinstance(answer["seconds"], float)


def test_the_figures_of_run_are_those_of_the_warehouse(loaded, simulator):
    cli, done = loaded
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        for name, row in done.resources().items():
            query = f'select count(*) from workable_raw."{name}"'
            assert connection.execute(query).fetchone() == (row["rows"],), name
    assert done.answer["requests"] == done.asked
    assert done.resources()["candidates"]["rows"] > 0


def test_every_model_is_built_and_every_test_accounted_for(loaded):
    _, done = loaded
    dbt = done.answer["dbt"]
    assert dbt["models"] > 14
    assert dbt["failed"] == 0
    assert dbt["passed"] + dbt["warned"] == dbt["tests"] > 0


def test_a_second_run_without_changes_leaves_dbt_out(loaded):
    cli, _ = loaded
    done = cli.run("run", "--json")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    assert done.answer["dbt"]["skipped"] is True
    assert {done.answer["dbt"][key] for key in ("models", "tests", "passed", "failed")} == {0}


def test_load_takes_resources_and_says_nothing_of_others(cli):
    done = cli.run("load", "--json", "--resource", "jobs", "--resource", "candidates")
    assert done.code == 0, done.err
    read = {name for name, row in done.resources().items() if row["status"] == "ok"}
    assert read == {"jobs", "candidates"}
    assert "dbt" not in done.answer


def test_depth_list_asks_for_no_single_record(cli, simulator):
    simulator.control.reset_counters(recording=True)
    done = cli.run("load", "--json", "--depth", "list")
    assert done.code == 0, done.err
    assert done.resources()["candidates"]["rows"] > 0
    assert done.resources().get("candidate_details", {"rows": 0})["rows"] == 0


def test_build_alone_needs_no_token_and_selects_models(loaded):
    cli, _ = loaded
    done = cli.run(
        *["build", "--json", "--select", "stg_workable__jobs"],
        without=("access_token", "subdomain", "base_url"),
    )
    assert (done.code, done.answer["status"], done.answer["dbt"]["models"]) == (0, "ok", 1)


def test_build_before_a_load_says_what_to_do_and_makes_no_file(cli):
    done = cli.run("build", "--json")
    assert (done.code, done.error["code"]) == (1, "nothing_loaded")
    assert not cli.database.exists()


def test_a_person_reads_the_same_without_json(loaded):
    cli, _ = loaded
    done = cli.run("run")
    assert done.code == 0
    assert "candidates" in done.out
    assert "dbt was not needed" in done.out
    assert "\033[" not in done.out + done.err


def test_quiet_says_nothing_on_stderr(loaded):
    cli, _ = loaded
    assert cli.run("run", "--quiet", "--json").err == ""


def test_what_load_brought_is_built_by_the_next_run_though_nothing_is_new_to_it(loaded, simulator):
    cli, _ = loaded
    simulator.control.apply_changes(20, 1)
    load = cli.run("load", "--json")
    assert (load.code, load.answer["status"]) == (0, "ok"), load.err
    assert load.answer["changed_tables"]
    before = models_read_at(cli)
    done = cli.run("run", "--json")
    assert done.answer["changed_tables"] == []
    assert done.answer["dbt"]["models"] > 14
    # Another run, another "now": dbt goes by its reading of the project all the same.
    assert models_read_at(cli) == before


def test_a_failing_resource_is_partial_and_the_rest_is_loaded_and_built(loaded, simulator):
    cli, _ = loaded
    simulator.control.apply_changes(20, 2)
    simulator.control.inject({"kind": "status", "path": "/events*", "status": 422})
    try:
        done = cli.run("run", "--json")
    finally:
        simulator.control.clear_faults()
    assert (done.code, done.answer["status"]) == (3, "partial"), done.err
    resources = done.resources()
    assert resources["events"]["status"] == "failed"
    assert set(resources["events"]["error"]) == {"code", "message", "hint"}
    assert resources["jobs"]["status"] == "ok"
    assert done.error == resources["events"]["error"]
    assert done.answer["dbt"]["models"] > 14


def test_progress_goes_to_stderr_in_plain_lines(loaded):
    cli, _ = loaded
    done = cli.run("load", "--json", "--resource", "jobs")
    assert "jobs: ok" in done.err
    assert "\r" not in done.err


def test_progress_on_a_terminal_is_live_and_leaves_standard_output_alone(loaded):
    cli, _ = loaded
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        cli.command("load", "--json", "--resource", "jobs"),
        cwd=cli.folder,
        env={**cli.environment, "TERM": "xterm-256color"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=follower,
        text=True,
    )
    os.close(follower)
    seen = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # what Linux says when the other end has closed
            break
        if not part:
            break
        seen += part
    out, _ = process.communicate(timeout=120)
    os.close(leader)
    assert json.loads(out)["status"] == "ok"
    assert b"\033[" in seen
    assert b"jobs" in seen


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_with_one_object_and_no_traceback(cli, simulator, sent, code):
    simulator.control.inject({"kind": "delay", "path": "/candidates*", "seconds": 20})
    before = simulator.control.counters()["total"]
    process = cli.start("run", "--json")
    while simulator.control.counters()["total"] == before:
        time.sleep(0.1)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in out + err
    assert process.returncode == code, err
    assert json.loads(out)["error"]["code"] == "interrupted"
