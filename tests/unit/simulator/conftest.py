"""A running server over the tiny company of `server_kit`, for tests over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
from server_kit import NOW, Visitor, make_tenant

from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.clock import Clock
from workable_elt.simulator.server.runner import Simulator


@pytest.fixture(scope="session")
def shared_server() -> Iterator[Simulator]:
    with Simulator(tenants=[make_tenant()]) as simulator:
        yield simulator


@pytest.fixture
def server(shared_server: Simulator) -> Iterator[Simulator]:
    """The shared server, for tests that change nothing but its switches."""
    yield shared_server
    world = shared_server.world
    world.set_quirks(Quirks())
    world.faults.clear()
    world.limiter.enabled = False
    world.limiter.forget()
    world.counters.reset()


@pytest.fixture
def visit(server: Simulator) -> Iterator[Visitor]:
    with Visitor(server) as visitor:
        yield visitor


@pytest.fixture
def own_server() -> Iterator[Simulator]:
    """A server of the test's own, its clock standing still, for tests that change the company."""
    tenant = make_tenant()
    clock = Clock(datetime.fromtimestamp(NOW / 1000, timezone.utc), frozen=True)
    with Simulator(tenants=[tenant], clock=clock) as simulator:
        yield simulator
