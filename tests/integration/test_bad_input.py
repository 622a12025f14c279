"""Each wrong input gives one readable message, its exit code, no traceback, nothing half-written.

Real processes against a real HTTP server; the database files are real, too.
"""

from __future__ import annotations

import http.server
import resource
import socket
import subprocess
import sys
import threading

import duckdb
import pytest
from cli_process import TOKEN, Cli, Done

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess

PLAN = CompanyPlan(candidates=40, jobs=4, employees=15, years=1, seed=3)


@pytest.fixture(scope="module")
def simulator():
    with SimulatorProcess(PLAN) as running:
        yield running


@pytest.fixture
def cli(simulator, tmp_path):
    simulator.control.clear_faults()
    return Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)


def assert_refused(done: Done, code: int, *words: str) -> None:
    """One object that says what is wrong and what to do; the same, readable, on stderr."""
    assert done.code == code, done.err
    answer = done.answer
    assert answer["status"] == "failed"
    error = answer["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["hint"], error
    assert "\n" not in error["message"]
    said = f"{error['message']} {error['hint']}"
    for word in words:
        assert word in said, error
    assert f"Error: {error['message']}" in done.err


def assert_no_database(cli: Cli) -> None:
    assert not cli.database.exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# The account


class NotFoundForEverything(http.server.BaseHTTPRequestHandler):
    """What workable.com answers for a subdomain that nobody has."""

    def do_GET(self) -> None:
        body = b"<html><body>Not found</body></html>"
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def nobody():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), NotFoundForEverything)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/spi/v3"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_subdomain_that_nobody_has(tmp_path, nobody):
    done = Cli(tmp_path, nobody, subdomain="acmee").run("run", "--json")
    assert_refused(done, 1, "acmee", "subdomain")


@pytest.mark.parametrize("subdomain", ["https://acme.workable.com", "acme corp", "acme/../x"])
def test_a_subdomain_that_cannot_be_one(cli, subdomain):
    assert_refused(cli.run("run", "--json", subdomain=subdomain), 2, "subdomain")
    assert_no_database(cli)


def test_a_token_that_is_refused(cli):
    done = cli.run("run", "--json", access_token="tok-of-somebody-else")
    assert_refused(done, 1, "token")
    assert "tok-of-somebody-else" not in done.out + done.err


def test_a_token_that_is_not_set(cli):
    done = cli.run("run", "--json", without=("access_token",))
    assert_refused(done, 2, "SOURCES__WORKABLE__ACCESS_TOKEN")
    assert_no_database(cli)


def test_a_scope_that_was_never_granted_skips_its_tables_and_nothing_else(cli, simulator):
    token = simulator.control.add_token(
        account=simulator.subdomain, scopes=["r_jobs", "r_candidates", "r_account"]
    )
    # With all marts: those about people are empty, and none of them minds.
    del cli.environment["TRANSFORM__VARS"]
    done = cli.run("run", "--json", access_token=token)
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    resources = done.resources()
    assert resources["jobs"]["status"] == "ok"
    assert resources["jobs"]["rows"] > 0
    assert resources["timeoff_requests"]["status"] == "skipped"
    assert "r_timeoff" in str(resources["timeoff_requests"]["error"])
    assert done.answer["dbt"]["failed"] == 0


def test_a_host_that_nobody_answers_on(cli):
    url = f"http://127.0.0.1:{free_port()}/spi/v3"
    assert_refused(cli.run("run", "--json", base_url=url), 1, "no connection", "base_url")


def test_a_host_name_that_does_not_exist(cli):
    done = cli.run("run", "--json", base_url="https://workable.invalid/spi/v3")
    assert_refused(done, 1, "no connection", "base_url")


def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(cli):
    done = cli.run("run", "--json", base_url="http://workable.example.com/spi/v3")
    assert_refused(done, 2, "https")
    assert_no_database(cli)


def test_an_account_that_is_not_configured(cli):
    assert_refused(cli.run("run", "--json", "--account", "acmee"), 2, "acmee")
    assert_no_database(cli)


# Names


@pytest.mark.parametrize("command", ["run", "load", "plan"])
def test_a_resource_that_does_not_exist_names_the_nearest(cli, command):
    done = cli.run(command, "--json", "--resource", "candidate")
    assert_refused(done, 2, "'candidate'", "candidates")
    assert_no_database(cli)


@pytest.mark.parametrize("command", ["run", "build", "load"])
def test_a_destination_that_does_not_exist(cli, command):
    assert_refused(cli.run(command, "--json", "--destination", "duckbd"), 2, "duckbd")
    assert_no_database(cli)


# Files


@pytest.mark.parametrize("name", ["config.toml", "secrets.toml"])
def test_a_configuration_file_that_is_no_toml(cli, name):
    (cli.folder / ".dlt").mkdir()
    (cli.folder / ".dlt" / name).write_text(f'[sources.workable]\naccess_token = "{TOKEN}\n')
    done = cli.run("run", "--json")
    assert_refused(done, 2, name, "line 2")
    assert TOKEN not in done.out + done.err
    assert_no_database(cli)


def test_a_key_that_nobody_reads_names_the_nearest(cli):
    (cli.folder / ".dlt").mkdir()
    (cli.folder / ".dlt" / "config.toml").write_text('[sources.workable]\nsub_domain = "acme"\n')
    assert_refused(cli.run("run", "--json"), 2, "sub_domain", "subdomain")


@pytest.mark.parametrize("command", ["run", "load", "build", "status"])
def test_a_file_that_is_no_database_is_not_touched(cli, command):
    cli.database.write_bytes(b"these are not the tables you are looking for" * 500)
    before = cli.database.read_bytes()
    assert_refused(cli.run(command, "--json"), 1, "w.duckdb", "DuckDB")
    assert cli.database.read_bytes() == before


def test_a_folder_that_cannot_be_made(cli):
    cli.database.parent.rmdir()
    cli.database.parent.write_text("a file is in the way")
    assert_refused(cli.run("load", "--json"), 1, str(cli.database.parent))


HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("command", ["run", "load"])
def test_a_database_that_another_process_has_open_is_busy_and_names_it(cli, command):
    with duckdb.connect(str(cli.database)) as connection:
        connection.execute("create table theirs as select 42 as answer")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, cli.database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "open\n"
        done = cli.run(command, "--json", wait_seconds="0.5")
        assert_refused(done, 4, str(holder.pid), "w.duckdb")
    finally:
        holder.communicate("\n", timeout=30)
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        tables = connection.execute("select table_name from information_schema.tables").fetchall()
    assert tables == [("theirs",)]


def small_disk() -> None:
    """In the child: no file may grow beyond 1 MB. The tables fit, their rows do not."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


def test_a_full_disk_is_said_and_the_next_run_with_room_is_right(cli):
    done = cli.finish(cli.start("load", "--json", before=small_disk))
    assert_refused(done, 1)
    assert "size" in done.error["message"] or "disk" in done.error["message"]
    again = cli.run("load", "--json")
    assert (again.code, again.answer["status"]) == (0, "ok"), again.err
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        (ids, rows) = connection.execute(
            "select count(distinct id), count(*) from workable_raw.candidates"
        ).fetchone()
    assert ids == rows > 0
