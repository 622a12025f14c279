"""Signals to real processes, wherever they are at that moment; the same command makes it up."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import pytest
from cli_process import Cli, Done
from tests.integration.load_kit import Loads, configure

from workable_elt.exits import BusyError
from workable_elt.simulator.changes import SIGNALLED
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess
from workable_elt.warehouse import load
from workable_elt.warehouse.lock import opened
from workable_elt.warehouse.stopping import Stop

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=17)
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
ENDS_WITHIN = 20.0
"""Ten seconds are promised; the machine that tests may be busy."""
PATIENCE = 120.0


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(PLAN) as running:
        yield running


@pytest.fixture(autouse=True)
def calm(simulator: SimulatorProcess) -> Iterator[None]:
    """No fault, no limit, and a clock that runs, before each test and after it."""
    simulator.control.clear_faults()
    simulator.control.reset_counters()
    yield
    simulator.control.clear_faults()
    simulator.control.set_rate_limit(enabled=False)
    simulator.control.set_clock(frozen=False)


class Worker:
    """The command line with a warehouse of its own, and the truth to compare it with."""

    def __init__(self, cli: Cli, loads: Loads) -> None:
        self.cli = cli
        self.loads = loads
        self.control = loads.simulator.control
        self.process: subprocess.Popen[str] | None = None

    def start(self, *command: str) -> subprocess.Popen[str]:
        self.process = self.cli.start(*command, "--json", wait_seconds="100")
        return self.process

    def send(self, sent: signal.Signals) -> Done:
        """Send a signal, and insist on what holds for every end by one."""
        assert self.process is not None
        self.process.send_signal(sent)
        return self.end(sent)

    def end(self, sent: signal.Signals) -> Done:
        assert self.process is not None
        since = time.monotonic()
        out, err = self.process.communicate(timeout=PATIENCE)
        assert time.monotonic() - since < ENDS_WITHIN
        assert self.process.returncode == CODES[sent], err
        assert "Traceback" not in out + err, err
        done = Done(self.process.returncode, out, err)
        assert done.error["code"] == "interrupted"
        assert self.files_of_packages() == []
        return done

    def insist(self, sent: signal.Signals) -> Done:
        """Send a signal again and again, as somebody does who has lost patience."""
        assert self.process is not None
        while self.process.poll() is None:
            self.process.send_signal(sent)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.1)
        return self.end(sent)

    def files_of_packages(self) -> list[Path]:
        """What dlt has on the disk besides its state, which holds no rows."""
        files = [path for path in self.files("pipelines/**/*") if path.is_file()]
        return [path for path in files if path.name != "state.json"]

    def files(self, pattern: str) -> list[Path]:
        """What lies under the home folder; nothing where folders vanish while they are listed."""
        try:
            return list(self.cli.home.glob(pattern))
        except FileNotFoundError:
            return []

    def comes_to_the_truth_here(self, **arguments: Any) -> None:
        """The same without a process, which costs seconds."""
        self.loads.run(**arguments)
        assert self.loads.differences() == {}

    def comes_to_the_truth(self, *command: str) -> Done:
        done = self.cli.run(*command, "--json")
        assert (done.code, done.answer["status"]) == (0, "ok"), done.err
        assert self.loads.differences() == {}
        return done

    def hit_by(self, **rule: Any) -> Callable[[], bool]:
        """Inject a fault; give what says whether a request has met it."""
        self.control.inject(rule)
        return lambda: self.control.faults()[-1]["hits"] > 0

    def requests(self) -> int:
        total: int = self.control.counters()["total"]
        return total

    def is_alone(self) -> None:
        """Wait for the requests of an earlier process: they count once they are answered."""
        counted = -1
        while counted != self.requests():
            counted = self.requests()
            time.sleep(0.5)
        self.control.reset_counters()


@pytest.fixture
def worker(
    simulator: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Worker]:
    """On DuckDB."""
    cli = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", str(cli.database))
    yield from working(cli, simulator, monkeypatch, None)


@pytest.fixture
def on_postgres(
    simulator: SimulatorProcess,
    tmp_path: Path,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Worker]:
    cli = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
    cli.environment["WORKABLE_ELT_DESTINATION"] = "postgres"
    cli.environment["DESTINATION__POSTGRES__CREDENTIALS"] = postgres_url
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", postgres_url)
    yield from working(cli, simulator, monkeypatch, postgres_url)


def working(
    cli: Cli, simulator: Any, monkeypatch: pytest.MonkeyPatch, url: str | None
) -> Iterator[Worker]:
    cli.environment["SOURCES__WORKABLE__ACCOUNT"] = "acme"
    worker = Worker(cli, Loads(simulator, configure(simulator, monkeypatch), url))
    yield worker
    if worker.process is not None:
        worker.process.kill()
        worker.process.communicate()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what the test waits for does not come"
        time.sleep(0.02)


def suspend_when(process: subprocess.Popen[str], condition: Callable[[], bool]) -> None:
    """Suspend a process at a moment when a condition holds; SIGCONT lets it go on."""
    deadline = time.monotonic() + PATIENCE
    while True:
        assert time.monotonic() < deadline, "the moment does not come"
        assert process.poll() is None, "it ended before the moment came"
        if condition():
            process.send_signal(signal.SIGSTOP)
            wait_for(lambda: is_suspended(process.pid))
            # It may have passed meanwhile.
            if condition():
                return
            process.send_signal(signal.SIGCONT)
        time.sleep(0.002)


def is_suspended(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def in_a_package(worker: Worker) -> bool:
    """Whether dlt is loading rows at this moment."""
    return worker.files("pipelines/*/*/*/*/load/normalized/*/started_jobs/*.parquet") != []


def test_a_signal_ends_the_wait_for_the_rate_limit(worker: Worker) -> None:
    # Ten requests are one window, and no other one comes while the clock stands still.
    now = worker.control.now()
    begins = datetime.fromtimestamp(now.timestamp() // 10 * 10 + 10, timezone.utc)
    worker.control.set_clock(begins, frozen=True)
    worker.control.set_rate_limit(enabled=True)
    worker.start("load")
    wait_for(lambda: worker.requests() >= 10)
    worker.send(signal.SIGTERM)
    assert worker.requests() == 10
    worker.control.set_rate_limit(enabled=False)
    worker.control.set_clock(frozen=False)
    worker.comes_to_the_truth("load")


def test_a_signal_ends_a_body_that_drips(worker: Worker) -> None:
    met = worker.hit_by(kind="slow", path="/candidates", seconds=100)
    worker.start("load")
    wait_for(met)
    worker.send(signal.SIGTERM)
    worker.control.clear_faults()
    worker.comes_to_the_truth_here()


def test_a_signal_ends_the_pause_before_the_next_try(worker: Worker) -> None:
    met = worker.hit_by(kind="status", status=503, path="/candidates", retry_after=30)
    worker.start("load")
    wait_for(met)
    worker.send(signal.SIGINT)
    assert worker.control.faults()[0]["hits"] == 1
    worker.control.clear_faults()
    worker.comes_to_the_truth_here()


def test_a_package_is_loaded_to_its_end_when_a_signal_comes(worker: Worker) -> None:
    process = worker.start("load")
    suspend_when(process, lambda: in_a_package(worker))
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    worker.end(signal.SIGTERM)
    loaded = worker.loads.query("select count(*) from workable_raw._dlt_loads where status = 0")
    assert loaded > [(0,)]
    worker.comes_to_the_truth_here()


def test_a_signal_in_a_package_on_postgres_gives_the_lease_back(on_postgres: Worker) -> None:
    process = on_postgres.start("load")
    suspend_when(process, lambda: in_a_package(on_postgres))
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGCONT)
    on_postgres.end(signal.SIGINT)
    assert leases(on_postgres) == []
    on_postgres.comes_to_the_truth("load")


@pytest.mark.full
def test_a_signal_in_the_build_is_followed_by_a_whole_build(worker: Worker) -> None:
    worker.start("run")
    # dbt writes down there what it executes, model by model.
    wait_for(lambda: worker.files("**/run/**/*.sql") != [])
    worker.send(signal.SIGINT)
    done = worker.comes_to_the_truth("run")
    assert done.answer["dbt"]["models"] > 14
    people = len(worker.control.truth()["candidates"])
    assert worker.loads.query("select count(*) from workable.ats_candidates") == [(people,)]


def test_a_second_interrupt_ends_at_once(worker: Worker) -> None:
    met = worker.hit_by(kind="delay", path="/candidates", seconds=60)
    worker.start("load")
    wait_for(met)
    done = worker.insist(signal.SIGINT)
    # An orderly end tells what it did.
    assert done.answer["accounts"] == []
    worker.control.clear_faults()
    worker.comes_to_the_truth("load")


@pytest.mark.full
def test_a_second_interrupt_on_postgres_leaves_a_lease_that_expires(on_postgres: Worker) -> None:
    on_postgres.loads.run()
    on_postgres.control.apply_changes(10, 3, kinds=("applied", "moved", "commented"))
    with psycopg2.connect(str(on_postgres.loads.postgres_url)) as stranger:
        stranger.cursor().execute("lock table workable_raw.candidates in access exclusive mode")
        on_postgres.start("load")
        waits = "select count(*) > 0 from pg_stat_activity where wait_event = 'relation'"
        wait_for(lambda: on_postgres.loads.query(waits) == [(True,)])
        done = on_postgres.insist(signal.SIGINT)
        assert done.answer["accounts"] == []
    stranger.close()
    busy = on_postgres.cli.run("load", "--json")
    assert (busy.code, busy.error["code"]) == (4, "busy")
    let_leases_expire(on_postgres)
    on_postgres.comes_to_the_truth("load")


def test_a_signal_ends_the_wait_for_a_file_that_a_stranger_has(worker: Worker) -> None:
    worker.is_alone()
    with duckdb.connect(str(worker.cli.database)):
        worker.start("load")
        lock = worker.cli.database.with_name(worker.cli.database.name + ".lock")
        wait_for(lambda: lock.exists() and bool(lock.read_text()))
        worker.send(signal.SIGTERM)
        assert worker.requests() == 0
    worker.comes_to_the_truth_here()


def test_a_wait_for_a_file_is_no_longer_than_its_stop(tmp_path: Path) -> None:
    file, stop = tmp_path / "w.duckdb", Stop()
    stop.request("signal")
    with open_elsewhere(file), pytest.raises(BusyError, match="is open in process"):
        opened(file, 100_000, sleep=stop.signalled.wait)


def test_a_signal_ends_the_wait_for_others_that_load_on_postgres(on_postgres: Worker) -> None:
    on_postgres.loads.run()
    execute(
        on_postgres,
        "insert into workable_raw._leases (lease, owner, acquired_at, expires_at) "
        "values ('load:workable_raw', 'a stranger', now(), now() + interval '1 day')",
    )
    on_postgres.start("load")
    wait_for(lambda: ("run:acme",) in leases(on_postgres))
    on_postgres.send(signal.SIGTERM)
    # Its own lease was given back, so it came to its end in order.
    assert leases(on_postgres) == [("load:workable_raw",)]
    execute(on_postgres, "delete from workable_raw._leases")
    on_postgres.comes_to_the_truth_here()


@contextlib.contextmanager
def open_elsewhere(file: Path) -> Iterator[None]:
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.communicate("\n")


def leases(worker: Worker) -> list[tuple[Any, ...]]:
    return worker.loads.query("select lease from workable_raw._leases order by lease")


def let_leases_expire(worker: Worker) -> None:
    """What the server's clock does within 60 seconds."""
    execute(worker, "update workable_raw._leases set expires_at = now() - interval '1 day'")


def execute(worker: Worker, statement: str) -> None:
    connection = psycopg2.connect(str(worker.loads.postgres_url))
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.mark.full
def test_a_full_load_lets_nobody_see_fewer_rows_than_before(on_postgres: Worker) -> None:
    on_postgres.loads.run()
    before = counts(on_postgres)
    assert min(before.values()) > 0
    process = on_postgres.start("load", "--full")
    looks = 0
    while process.poll() is None:
        seen = counts(on_postgres)
        assert {name: seen[name] for name in seen if seen[name] < before[name]} == {}
        looks += 1
        time.sleep(0.02)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert looks > 10
    assert on_postgres.loads.differences() == {}


@pytest.mark.full
def test_full_loads_that_were_stopped_leave_nothing_out(worker: Worker) -> None:
    worker.loads.run()
    changes = {"kinds": SIGNALLED, "advance": 3600}
    worker.control.apply_changes(10, 5, **changes)
    report = load(worker.loads.config, full=True, max_requests=40)
    assert report.exit_code == 0
    assert report.stopped is not None
    assert report.stopped["reason"] == "max_requests"
    worker.comes_to_the_truth_here()

    worker.control.apply_changes(10, 6, **changes)
    met = worker.hit_by(kind="delay", path="/candidates/*", skip=5, seconds=60)
    worker.start("load", "--full")
    wait_for(met)
    worker.send(signal.SIGTERM)
    worker.control.clear_faults()
    worker.comes_to_the_truth_here()
    worker.comes_to_the_truth_here(full=True)


WATCHED = ("candidates", "candidate_details", "job_stages", "job_activities", "timeoff_balances")


def counts(worker: Worker) -> dict[str, int]:
    """Live rows of tables of every kind, seen from another connection at one moment."""
    gone = "select count(*) from workable_raw._tombstones where resolved_at is null and resource ="
    parts = [
        f"select '{name}', (select count(*) from workable_raw.{name}) - ({gone} '{name}')"
        for name in WATCHED
    ]
    return dict(worker.loads.query(" union all ".join(parts)))
