"""check, plan and status as programs and people read them."""

from __future__ import annotations

import duckdb
import pytest
from cli_process import Cli

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess

PLAN = CompanyPlan(candidates=40, jobs=4, employees=15, years=1, seed=5)


@pytest.fixture(scope="module")
def simulator():
    with SimulatorProcess(PLAN) as running:
        yield running


@pytest.fixture(scope="module")
def cli(simulator, tmp_path_factory):
    """A warehouse into which everything was loaded."""
    folder = tmp_path_factory.mktemp("inspect")
    own = Cli(folder, simulator.base_url, simulator.token, simulator.subdomain)
    assert own.run("load", "--json").code == 0
    return own


@pytest.fixture
def fresh(simulator, tmp_path):
    return Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)


def test_check_names_every_scope_and_the_eyes(cli):
    done = cli.run("check", "--json")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    (account,) = done.answer["accounts"]
    assert {row["grant"] for row in account["scopes"]} == {"granted"}
    assert account["member_id"]
    assert done.answer["warehouse"]["status"] == "ok"


def test_check_says_what_a_missing_scope_switches_off(cli, simulator):
    token = simulator.control.add_token(account=simulator.subdomain, scopes=["r_jobs"])
    done = cli.run("check", "--json", access_token=token)
    assert done.code == 0, done.err
    scopes = {row["scope"]: row for row in done.answer["accounts"][0]["scopes"]}
    assert scopes["r_timeoff"]["grant"] == "missing"
    assert "timeoff_requests" in scopes["r_timeoff"]["switched_off"]
    assert scopes["r_jobs"]["switched_off"] == []


def test_check_fails_on_a_refused_token_and_on_a_warehouse_that_is_none(fresh):
    refused = fresh.run("check", "--json", access_token="tok-of-somebody-else")
    assert (refused.code, refused.answer["status"]) == (1, "failed")
    assert refused.error["code"] == "unauthorized"
    fresh.database.write_text("no database")
    assert fresh.run("check", "--json").code == 1


def test_check_makes_no_database(fresh):
    assert fresh.run("check", "--json").code == 0
    assert not fresh.database.exists()


def test_plan_before_the_first_load_asks_nothing_and_knows_no_upper_bound(fresh, simulator):
    simulator.control.reset_counters()
    done = fresh.run("plan", "--json")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    (account,) = done.answer["accounts"]
    assert account["requests"]["high"] is None
    assert simulator.control.counters()["total"] == 0
    assert not fresh.database.exists()


def test_the_next_load_costs_what_the_plan_promised(cli, simulator):
    exact = cli.run("plan", "--json", "--exact").answer["accounts"][0]["requests"]
    estimate = cli.run("plan", "--json").answer["accounts"][0]["requests"]
    simulator.control.reset_counters()
    assert cli.run("load", "--json").code == 0
    asked = simulator.control.counters()["total"]
    # One more finds the member through whose eyes HR data is read.
    assert exact["low"] <= asked <= exact["high"] + 1
    assert estimate["low"] <= asked <= estimate["high"] + 1


def test_status_tells_rows_and_freshness_of_every_table(cli):
    done = cli.run("status", "--json")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    (account,) = done.answer["accounts"]
    assert account["complete_at"]
    rows = {row["name"]: row["rows"] for row in account["resources"]}
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        for name, count in rows.items():
            query = f'select count(*) from workable_raw."{name}"'
            assert connection.execute(query).fetchone() == (count,), name
    assert rows["candidates"] > 0
    assert all(row["completed_at"] for row in account["resources"])


def test_status_before_a_load_says_what_to_do_and_makes_no_file(fresh):
    done = fresh.run("status", "--json")
    assert (done.code, done.error["code"]) == (1, "nothing_loaded")
    assert not fresh.database.exists()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("check", ["r_candidates", "granted", "Warehouse"]),
        ("plan", ["candidates", "requests", "10 requests in 10 seconds"]),
        ("status", ["candidates", "complete as of", "w.duckdb"]),
    ],
)
def test_a_person_reads_a_table(cli, command, words):
    done = cli.run(command)
    assert done.code == 0, done.err
    # A line that is wider than the page is broken, so the words are looked for on one line.
    text = " ".join(done.out.split())
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("command", ["check", "plan", "status", "load", "build"])
def test_an_unknown_account_is_refused_by_every_command(cli, command):
    done = cli.run(command, "--json", "--account", "northligth")
    assert (done.code, done.error["code"]) == (2, "usage")
    assert "northlight" in done.error["hint"]


def test_nothing_is_written_outside_home_and_database(cli):
    assert {file.name for file in cli.folder.iterdir()} == {"home", "data"}
    assert {file.name for file in cli.database.parent.iterdir()} <= {"w.duckdb", "w.duckdb.lock"}
