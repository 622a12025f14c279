"""An account per test, waits cut short."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.faults.fault_kit import Account, small_account
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import Loads, configure

from workable_elt.api.retry import RetryPolicy
from workable_elt.simulator.server.runner import Simulator


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An account with a DuckDB file."""
    with _account(monkeypatch) as made:
        yield made


@pytest.fixture
def account_anywhere(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An account with each warehouse in turn."""
    url = os.environ["DESTINATION__POSTGRES__CREDENTIALS"] if warehouse == "postgres" else None
    with _account(monkeypatch, url) as made:
        yield made


@contextmanager
def _account(monkeypatch: pytest.MonkeyPatch, url: str | None = None) -> Iterator[Account]:
    # How long the pauses are is tested where they are made; here they would only cost time.
    monkeypatch.setattr(RetryPolicy, "pause", lambda *_, **__: 0.05)
    with Simulator(tenants=[small_account()], token=TOKEN) as simulator:
        yield Account(Loads(simulator, configure(simulator, monkeypatch), url))
