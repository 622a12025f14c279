"""What DuckDB may take of the memory while a load has its file open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.integration.load_kit import LABEL, Loads, configure

from workable_elt.config import Config
from workable_elt.settings import SCHEMA_NAME
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import memory, recorder, slices
from workable_elt.warehouse.pipeline import create_tables, open_pipeline
from workable_elt.warehouse.sql import Reader, entered

PLAN = CompanyPlan(candidates=600, jobs=6, employees=20, years=1, seed=8)
LARGE = "select list(repeat('x', 1000) || n::varchar) from range(30000) numbers(n)"
LIMIT = "select value from duckdb_settings() where name = 'memory_limit'"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What DuckDB has as its limit after each package."""
    seen: list[str] = []

    def watched(pipeline: Any, tables: Any) -> list[str]:
        loaded = slices.load_package(pipeline, tables)
        seen.append(Reader.of_pipeline(pipeline).value(LIMIT))
        return loaded

    monkeypatch.setattr(recorder, "load_package", watched)
    return seen


def test_a_load_takes_little(
    loads: Loads, limits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory.os, "cpu_count", lambda: 2)
    loads.run(depth="list")
    assert set(limits) == {"122.0 MiB"}  # 128 MB


def test_what_the_user_has_chosen_stays(
    loads: Loads, limits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = '{"memory_limit": "1GiB"}'
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS__GLOBAL_CONFIG", chosen)
    loads.run(depth="list")
    assert set(limits) == {"1.0 GiB"}


def test_a_package_that_needs_more_gets_it(
    limits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half of what the first package needs, and enough for the tables to be made.
    monkeypatch.setattr(memory, "_MEGABYTES", 9)
    monkeypatch.setattr(memory, "_MEGABYTES_PER_THREAD", 0)
    monkeypatch.setattr(slices, "_PAUSES", (0.0, 0.0))
    with Simulator(replace(PLAN, candidates=4_000), rate_limit=False) as simulator:
        loads = Loads(simulator, configure(simulator, monkeypatch))
        loads.run(depth="list")
        assert "8.5 MiB" not in limits  # the first package was too large for it
        names = ("candidates", "jobs", "employees")
        assert not [name for name in names if name in loads.differences()]


def test_a_users_limit_is_not_lifted(
    configured: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = '{"memory_limit": "9MB"}'
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS__GLOBAL_CONFIG", chosen)
    pipeline = open_pipeline(configured(), LABEL)
    create_tables(pipeline)
    with entered(pipeline.sql_client(SCHEMA_NAME)):
        reader = Reader.of_pipeline(pipeline)
        with pytest.raises(Exception, match="memory"):
            reader.rows(LARGE)
        assert reader.value(LIMIT) == "8.5 MiB"


def test_a_query_that_needs_more_gets_it(configured: Callable[..., Config]) -> None:
    pipeline = open_pipeline(configured(), LABEL)
    create_tables(pipeline)
    with entered(pipeline.sql_client(SCHEMA_NAME)) as client:
        client.execute_sql("set global memory_limit = '8MB'")
        reader = Reader.of_pipeline(pipeline)
        (row,) = reader.rows(LARGE)
        assert len(row[0]) == 30_000
        assert reader.value(LIMIT) != "7.6 MiB"
