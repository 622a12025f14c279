"""A run that stops early, by a limit or a signal, is gone on with by the next ones."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator

import pytest
from cli_process import Cli
from tests.integration.load_kit import Loads, configure

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=11)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN) as running:
        yield running


def test_runs_of_fifty_requests_never_send_more_and_come_to_the_truth(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(simulator, configure(simulator, monkeypatch))
    for _ in range(20):
        simulator.control.reset_counters()
        report = load(loads.config, max_requests=50)
        assert simulator.control.counters()["total"] <= 50
        assert report.exit_code == 0
        if report.stopped is None:
            break
        assert report.stopped["reason"] == "max_requests"
    assert report.stopped is None
    assert loads.differences() == {}


@pytest.mark.full
def test_signal_ends_an_answer_that_does_not_come_and_the_same_command_goes_on(
    simulator: Simulator, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
    simulator.control.inject({"kind": "delay", "path": "/candidates/*", "seconds": 40})
    process = cli.start("load", "--json", account="acme")
    asked: dict[str, int] = {}
    deadline = time.monotonic() + 120
    while not any("/candidates/" in path for path in asked) and time.monotonic() < deadline:
        time.sleep(0.1)
        asked = simulator.control.counters().get("by_path", {}) or asked
        if simulator.control.counters()["total"] > 40:
            break
    sent_at = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - sent_at < 20
    answer = json.loads(out)
    assert process.returncode == 143, err
    assert "Traceback" not in out + err
    assert (answer["status"], answer["error"]["code"]) == ("partial", "interrupted")

    simulator.control.clear_faults()
    assert cli.run("load", "--json", account="acme").code == 0
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", str(cli.database))
    assert Loads(simulator, configure(simulator, monkeypatch)).differences() == {}
