"""The demo and the simulator as a person starts them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import yaml
from cli_process import Cli
from tests.integration.examples_truth import ExamplesTruth

from workable_elt.simulator.company import CompanyPlan

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.sql"))
PLAN = {"candidates": 200, "jobs": 12, "employees": 60, "years": 2}
TINY = [*("--candidates", "100", "--jobs", "6"), *("--employees", "20", "--years", "1")]
SMALL = [word for name, size in PLAN.items() for word in (f"--{name}", str(size))]


@pytest.fixture(scope="module")
def cli(tmp_path_factory):
    """No account at all: the demo needs none."""
    own = Cli(tmp_path_factory.mktemp("demo"), "", token="unset-token")
    for name in [n for n in own.environment if n.startswith(("SOURCES__", "DESTINATION__"))]:
        del own.environment[name]
    return own


@pytest.fixture(scope="module")
def demo(cli):
    old = cli.folder / "workable_demo.duckdb"
    old.write_text("an older demo, to be replaced")
    # With the marts and all tests, as a user has it. The other runs do without.
    ours = dict(cli.environment)
    cli.build_all()
    try:
        return cli.run("demo", "--json", *SMALL, timeout=600)
    finally:
        cli.environment = ours


def test_the_demo_ends_well_and_has_figures_for_everything(demo):
    answer = demo.answer
    assert (demo.code, answer["status"]) == (0, "ok"), demo.err
    assert answer["dbt"]["failed"] == 0
    assert answer["tables"]["ats_jobs"] == 12
    for figure in ("candidates_by_stage", "open_jobs", "headcount_by_department", "away_this_week"):
        assert answer[figure], figure


def test_the_figures_are_those_of_the_database(demo):
    answer = demo.answer
    monday, sunday = (date.fromisoformat(day) for day in answer["week"])
    assert (sunday - monday).days == 6
    with duckdb.connect(answer["database"], read_only=True) as connection:

        def value(query: str) -> int:
            return connection.execute(query).fetchone()[0]

        assert sum(row["employees"] for row in answer["headcount_by_department"]) == value(
            "select count(*) from workable.hris_employees where status = 'active'"
        )
        assert sum(row["candidates"] for row in answer["candidates_by_stage"]) == value(
            "select count(*) from workable.ats_applications where is_open"
        )
        assert len(answer["open_jobs"]) == value(
            "select count(*) from workable.ats_jobs where is_accepting"
        )
    for row in answer["away_this_week"]:
        assert date.fromisoformat(row["start_date"]) <= sunday
        assert date.fromisoformat(row["end_date"]) >= monday


def test_the_time_at_workables_limit_follows_from_the_requests(demo):
    seconds = demo.answer["seconds"]["at_workable_rate_limit"]
    # Ten requests in ten seconds is one a second, in whole windows.
    assert 0 <= seconds - demo.answer["requests"] < 10


def test_every_suggested_query_runs_and_finds_something(demo):
    queries = [query["sql"] for query in demo.answer["queries"]]
    assert len(queries) == 3
    with duckdb.connect(demo.answer["database"], read_only=True) as connection:
        for query in queries:
            assert connection.execute(query).fetchall(), query


def test_every_column_carries_its_description_in_the_warehouse(connection):
    bare = connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name in ('workable', 'workable_marts') and coalesce(comment, '') = ''"
    ).fetchall()
    assert not bare


def test_every_column_that_dbt_makes_is_described(connection):
    pages = [
        yaml.safe_load(page.read_text()) for page in (ROOT / "dbt_project/models").rglob("*.yml")
    ]
    described = {
        (model["name"], column["name"])
        for page in pages
        for model in page.get("models", [])
        for column in model.get("columns", [])
        if column.get("description", "").strip()
    }
    made = connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name in ('workable', 'workable_staging', 'workable_marts')"
    ).fetchall()
    assert len(made) > 2_000
    assert set(made) - described == set()


# the examples


def test_the_demo_answers_five_of_them(demo, connection):
    answers = demo.answer["answers"]
    assert len(answers) == 5
    for answer in answers:
        query = Path(answer["file"]).read_text()
        assert query.startswith(f"-- {answer['question']}\n")
        assert len(answer["rows"]) == len(connection.execute(query).fetchall()) > 0


@pytest.fixture(scope="module")
def truth(demo):
    as_of = datetime.fromisoformat(demo.answer["as_of"].removesuffix("Z"))
    return ExamplesTruth(CompanyPlan(**PLAN), "northlight", as_of)


@pytest.fixture(scope="module")
def connection(demo) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(demo.answer["database"], read_only=True) as opened:
        yield opened


def answered(connection: duckdb.DuckDBPyConnection, number: int) -> list[dict]:
    result = connection.execute(EXAMPLES[number - 1].read_text())
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_there_are_ten_examples():
    assert [int(path.name[:2]) for path in EXAMPLES] == list(range(1, 11))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs_and_finds_something(connection, path):
    assert connection.execute(path.read_text()).fetchall()


def test_time_to_fill_is_what_the_simulator_did(connection, truth):
    rows = {int(row["year_of_hire"]): row for row in answered(connection, 1)}
    expected = truth.days_to_fill()
    assert {year: row["hires"] for year, row in rows.items()} == {
        year: hires for year, (hires, _) in expected.items()
    }
    for year, (_, mean) in expected.items():
        assert float(rows[year]["mean_days_to_fill"]) == pytest.approx(float(mean), abs=0.051)
        parts = rows[year]["days_until_they_applied"] + rows[year]["days_from_there_to_hire"]
        assert float(parts) == pytest.approx(float(mean), abs=0.11)


def test_sources_bring_whom_the_simulator_sent(connection, truth):
    assert {
        row["source_category"]: (row["candidates"], row["hires"]) for row in answered(connection, 2)
    } == truth.by_source()


def test_starters_and_who_is_gone_are_those_of_the_simulator(connection, truth):
    assert {
        row["department"]: (row["started"], row["already_gone"]) for row in answered(connection, 4)
    } == truth.starters()


def test_next_week_has_everybody_who_is_out(connection, truth):
    rows = answered(connection, 5)
    found = sorted((row["first_day"], row["last_day"], row["days_out"]) for row in rows)
    expected = truth.out_next_week()
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    for one, other in zip(found, expected, strict=True):
        assert float(one[2]) == pytest.approx(float(other[2]), abs=0.051)


def test_unused_leave_adds_up_to_the_balances(connection, truth):
    rows = answered(connection, 7)
    left = sum(float(row["days_left"]) for row in rows)
    assert left == pytest.approx(float(truth.unused_leave()), abs=0.051 * len(rows))


# the metrics pages


def queries_of_metrics() -> list:
    """The SQL blocks of docs/metrics*.md, each by its page and place on it."""
    return [
        pytest.param(query, id=f"{page.stem}-{number}")
        for page in sorted((ROOT / "docs").glob("metrics*.md"))
        for number, query in enumerate(
            re.findall(r"^```sql\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL), 1
        )
    ]


@pytest.mark.parametrize("query", queries_of_metrics())
def test_every_query_of_the_metrics_pages_runs(connection, query):
    assert connection.execute(query).description


def test_only_the_database_is_left_behind(demo, cli):
    left = {file.name for file in cli.folder.iterdir()} - {"data", "home"}
    assert left == {"workable_demo.duckdb"}


@pytest.mark.full
def test_a_person_gets_the_summary_and_commands_that_work_as_they_stand(demo, cli, monkeypatch):
    monkeypatch.setitem(cli.environment, "TRANSFORM__VARS", "{}")
    done = cli.run("demo", "--quiet", *TINY)
    assert (done.code, done.err) == (0, "")
    for title in ("unified tables", "by stage", "open jobs", "employees, by department"):
        assert title in done.out
    for answer in demo.answer["answers"]:
        assert answer["question"] in done.out
    assert "Out this week" in done.out
    assert "10 requests in 10 seconds" in done.out
    commands = [line for line in done.out.splitlines() if "import duckdb" in line]
    assert len(commands) == 3
    for command in commands:
        shown = subprocess.run(command, shell=True, cwd=cli.folder, capture_output=True, text=True)
        assert shown.returncode == 0, shown.stderr
        assert "│" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--candidates", "1"], "company"), (["--account", "a", "--account", "b"], "one account")],
)
def test_a_demo_that_cannot_be_is_refused(cli, arguments, words):
    done = cli.run("demo", "--json", *arguments)
    assert (done.code, done.error["code"]) == (2, "usage")
    assert words in done.error["message"]


def test_a_place_that_cannot_be_written_is_said(cli):
    done = cli.run("demo", "--json", "--database", "/proc/nowhere/demo.duckdb")
    assert (done.code, done.error["code"]) == (1, "cannot_write")


# simulate


def ask(base_url: str, token: str) -> int:
    request = urllib.request.Request(
        f"{base_url}/jobs", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def started(cli: Cli, *arguments: str) -> tuple[subprocess.Popen, dict]:
    process = cli.start("simulate", "--json", "--port", "0", *SMALL, *arguments)
    return process, json.loads(process.stdout.readline())


def test_the_simulator_tells_what_a_client_needs_and_ends_on_an_interrupt(cli):
    process, told = started(cli, "--token", "my-own-token")
    try:
        assert told["token"] == "my-own-token"
        assert told["environment"]["SOURCES__WORKABLE__BASE_URL"] == told["base_url"]
        assert ask(told["base_url"], told["token"]) == 200
        assert ask(told["base_url"], "another-token") == 401
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_the_simulator_limits_requests_unless_told_otherwise(cli):
    for option, refused in (("--rate-limit", True), ("--no-rate-limit", False)):
        process, told = started(cli, option)
        try:
            answers = {ask(told["base_url"], told["token"]) for _ in range(25)}
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
        assert (429 in answers) is refused


def test_several_accounts_have_a_token_each(cli):
    process, told = started(cli, "--account", "acme", "--account", "globex")
    try:
        assert [row["subdomain"] for row in told["accounts"]] == ["acme", "globex"]
        for row in told["accounts"]:
            assert ask(told["base_url"], row["token"]) == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def test_quirks_are_listed_with_their_values_and_a_wrong_one_is_refused(cli):
    quirks = {
        row["name"]: row for row in cli.run("simulate", "--list-quirks", "--json").answer["quirks"]
    }
    assert quirks["total_key"]["values"] == ["total_count", "totalCount"]
    done = cli.run("simulate", "--json", "--quirk", "total_key=sum")
    assert (done.code, done.error["code"]) == (2, "usage")
    assert "totalCount" in done.error["message"]


def test_a_port_that_is_taken_is_said(cli):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = cli.run("simulate", "--json", "--port", str(taken.getsockname()[1]), *SMALL)
    assert (done.code, done.error["code"]) == (1, "cannot_listen")


def test_a_person_gets_lines_to_copy(cli):
    process = cli.start("simulate", "--port", "0", *SMALL)
    try:
        lines = [process.stdout.readline() for _ in range(8)]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    exports = dict(line.split()[1].split("=", 1) for line in lines if "export" in line)
    assert set(exports) == {
        "SOURCES__WORKABLE__SUBDOMAIN",
        "SOURCES__WORKABLE__ACCESS_TOKEN",
        "SOURCES__WORKABLE__BASE_URL",
    }
    assert os.environ.get("SOURCES__WORKABLE__BASE_URL") is None
