"""Purges that are killed, and purges among accounts that share ids: both warehouses."""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.histories.killed import run_and_kill
from tests.integration.erasure_kit import found_in, table_texts
from tests.integration.load_kit import DEFAULT_TABLES, Loads, account_environment, configure
from tests.integration.raw_truth import differences, expected_table, loaded_table

from workable_elt.config import LeaseTerms, read_config
from workable_elt.exits import BusyError
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import load
from workable_elt.warehouse.erasure.purge import purge

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=23)
POINTS = (3, 15, 30, 45)
"""Statements and requests of a purge after which it dies; the last ones are near its end."""


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN, rate_limit=False) as running:
        yield running


def purged(loads: Loads, who: str) -> bool:
    """Purge; False where the lease of a purge that died is in the way still."""
    people = {"candidates": [who]}
    try:
        purge(loads.config, loads.config.accounts, people, whole_person=False, run_id="again")
    except BusyError:
        return False
    return True


def when_free(loads: Loads, who: str) -> None:
    deadline = time.monotonic() + 30
    while not purged(loads, who):
        assert time.monotonic() < deadline, "the lease of a dead purge does not expire"
        time.sleep(0.1)


def test_purge_that_was_killed_is_finished_by_the_same_command(
    simulator: Simulator, warehouse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configure(simulator, monkeypatch)
    config = replace(config, lease=LeaseTerms(heartbeat=0.2, expiry=1.0))
    url = os.environ["DESTINATION__POSTGRES__CREDENTIALS"] if warehouse == "postgres" else None
    loads = Loads(simulator, config, url)
    loads.run()
    people = sorted(row["id"] for row in simulator.control.truth()["candidates"])
    killed = 0
    for point, who in zip(POINTS, people, strict=False):
        killed += run_and_kill(functools.partial(purged, loads, who), point, "anywhere")
        when_free(loads, who)
        named = {name for name, _ in found_in(table_texts(loads), [who])}
        assert named == {"workable_raw._tombstones"}, (point, named)
    assert killed >= len(POINTS) - 1
    loads.run(full=True, reconcile=True)
    assert loads.differences() == {}


@pytest.mark.full
def test_of_accounts_that_share_ids_only_the_named_one_loses_the_person(
    simulator: Simulator, warehouse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Simulator(PLAN, rate_limit=False) as other:
        told = {"north": simulator, "south": other}
        names = ("SUBDOMAIN", "ACCESS_TOKEN", "BASE_URL")
        accounts = []
        for label, account in told.items():
            values = account_environment(account)
            own = {name.lower(): values[f"SOURCES__WORKABLE__{name}"] for name in names}
            accounts.append({"account": label, **own})
        monkeypatch.setenv("SOURCES__WORKABLE__ACCOUNTS", json.dumps(accounts))
        config = read_config()
        url = os.environ["DESTINATION__POSTGRES__CREDENTIALS"] if warehouse == "postgres" else None
        loads = Loads(simulator, config, url)
        assert load(config).status == "ok"
        truth = simulator.control.truth()
        who = min(row["id"] for row in truth["candidates"])
        north, south = config.accounts

        done = purge(config, (north,), {"candidates": [who]}, whole_person=True, run_id="one")
        assert [removal.account for removal in done.accounts] == ["north"]
        assert (who,) not in loaded_table("candidates", loads.query, "north")
        for name in DEFAULT_TABLES:
            found = loaded_table(name, loads.query, "south")
            assert differences(expected_table(name, truth), found) == [], name

        done = purge(config, (north, south), {"candidates": [who]}, whole_person=True, run_id="two")
        assert [removal.account for removal in done.accounts] == ["north", "south"]
        named = {name for name, _ in found_in(table_texts(loads), [who])}
        assert named == {"workable_raw._tombstones"}
