"""Several accounts in one run: each in its own rows, and the failure of one is its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from tests.integration.load_kit import DEFAULT_TABLES, Loads
from tests.integration.raw_truth import differences, expected_table, loaded_table

from workable_elt.config import Config, read_config
from workable_elt.exits import EXIT_PARTIAL
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load

PLANS = {
    "north": CompanyPlan(candidates=40, jobs=4, employees=12, years=1, seed=1),
    "south": CompanyPlan(candidates=50, jobs=5, employees=12, years=1, seed=2),
}


@pytest.fixture
def simulators() -> Iterator[dict[str, Simulator]]:
    with Simulator(PLANS["north"]) as north, Simulator(PLANS["south"]) as south:
        yield {"north": north, "south": south}


@pytest.fixture
def config(
    simulators: dict[str, Simulator], warehouse: str, monkeypatch: pytest.MonkeyPatch
) -> Config:
    accounts = [
        {
            "account": label,
            "subdomain": simulator.subdomain,
            "access_token": simulator.token,
            "base_url": simulator.base_url,
        }
        for label, simulator in simulators.items()
    ]
    monkeypatch.setenv("SOURCES__WORKABLE__ACCOUNTS", json.dumps(accounts))
    return read_config()


def loads_of(config: Config, simulator: Simulator) -> Loads:
    return Loads(simulator, config, os.environ.get("DESTINATION__POSTGRES__CREDENTIALS"))


@pytest.mark.full_on("duckdb")
def test_accounts_load_side_by_side_into_one_dataset(
    config: Config, simulators: dict[str, Simulator]
) -> None:
    report = load(config)
    assert report.status == "ok", report.to_json()
    assert [account.account for account in report.accounts] == ["north", "south"]
    for label, simulator in simulators.items():
        query = loads_of(config, simulator).query
        truth = simulator.control.truth()
        for name in DEFAULT_TABLES:
            found = loaded_table(name, query, label)
            assert differences(expected_table(name, truth), found) == [], (label, name)


@pytest.mark.full_on("postgres")
def test_refused_account_leaves_the_other_one_loaded(
    config: Config, simulators: dict[str, Simulator]
) -> None:
    south = simulators["south"]
    south.control.change_token(south.token, revoked=True)
    report = load(config, depth="list")
    assert report.exit_code == EXIT_PARTIAL
    assert {account.account: account.status for account in report.accounts} == {
        "north": "ok",
        "south": "failed",
    }
    query = loads_of(config, south).query
    assert loaded_table("candidates", query, "north")
    assert not loaded_table("candidates", query, "south")


@pytest.mark.full_on("postgres")
def test_one_account_can_be_chosen(config: Config) -> None:
    report = load(config, accounts=["south"], depth="list")
    assert [account.account for account in report.accounts] == ["south"]
