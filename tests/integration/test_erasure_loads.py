"""Loads that find people deleted leave nothing of them; nor do later ones bring anything back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.erasure_kit import file_texts, found_in, table_texts, telling_values
from tests.integration.load_kit import Loads, configure

from workable_elt.settings import RESOURCES
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=40, jobs=3, employees=14, years=1, seed=17)
ALL = json.dumps(list(RESOURCES))


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN, rate_limit=False) as running:
        yield running


@pytest.fixture
def loads(
    simulator: Simulator,
    warehouse: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Loads:
    url = request.getfixturevalue("postgres_url") if warehouse == "postgres" else None
    return Loads(simulator, configure(simulator, monkeypatch, resources=ALL), url)


def let_people_go(loads: Loads, *kinds: str, n: int = 6) -> set[str]:
    """Delete people in the simulator; gives what is said of nobody any more."""
    before = loads.simulator.control.truth()
    done = loads.simulator.control.apply_changes(n=n, seed=3, kinds=list(kinds), advance=3600)
    assert {change["kind"] for change in done} == set(kinds), done
    return telling_values(before, loads.simulator.control.truth())


def what_is_left(loads: Loads, values: set[str]) -> set[tuple[str, str]]:
    file = loads.config.duckdb_file
    without = [file] if file else []
    texts = {**table_texts(loads), **file_texts(Path.cwd(), without=without)}
    return found_in({**texts, **file_texts(loads.config.home)}, values)


def counts(loads: Loads) -> dict[str, Any]:
    return {
        name: loads.query(f"select count(*) from workable_raw.{name}")[0][0] for name in RESOURCES
    }


def test_nothing_of_deleted_people_is_left_and_nothing_comes_back(loads: Loads) -> None:
    loads.run()
    values = let_people_go(loads, "deleted", "employee_deleted")
    assert len(what_is_left(loads, values)) > 50
    before = counts(loads)
    loads.run(reconcile=True)
    assert what_is_left(loads, values) == set()
    # Facts stay; only rows whose keys are file names went, and new ones may have come.
    after = counts(loads)
    lost = {name for name in before if after[name] < before[name]}
    assert lost <= {"candidate_files", "employee_documents", "timeoff_requests", "events"}, lost
    loads.run(full=True, reconcile=True)
    assert what_is_left(loads, values) == set()


def test_nothing_of_anonymised_people_is_left(loads: Loads) -> None:
    loads.run()
    values = let_people_go(loads, "anonymized", n=3)
    assert len(what_is_left(loads, values)) > 10
    loads.run()
    assert what_is_left(loads, values) == set()
    assert loads.differences() == {}
