"""De-identified people: nothing personal is left in the raw tables, and every fact is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.integration.erasure_kit import found_in, table_texts, telling_values
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import LABEL, Loads, configure

from workable_elt.settings import RESOURCES
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse.erasure import blanked
from workable_elt.warehouse.pipeline import open_pipeline
from workable_elt.warehouse.slices import load_package
from workable_elt.warehouse.sql import Reader

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=11)
ALL = json.dumps(list(RESOURCES))


@pytest.fixture
def loads(
    warehouse: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Loads]:
    url = request.getfixturevalue("postgres_url") if warehouse == "postgres" else None
    with Simulator(PLAN, rate_limit=False, token=TOKEN) as simulator:
        config = configure(simulator, monkeypatch, resources=ALL)
        yield Loads(simulator, config, url)


def blank(loads: Loads, **people: list[str]) -> dict[str, int]:
    """Blank people and load the result; gives rows by table."""
    pipeline = open_pipeline(loads.config, LABEL)
    tables = blanked(Reader.of_pipeline(pipeline), LABEL, people)
    load_package(pipeline, tables)
    pipeline.drop()
    return {name: sum(part.num_rows for part in parts) for name, parts in tables.items()}


def counts(loads: Loads) -> dict[str, int]:
    return {
        name: loads.query(f"select count(*) from workable_raw.{name}")[0][0] for name in RESOURCES
    }


def test_nothing_personal_of_deleted_people_is_left(loads: Loads) -> None:
    loads.begin()
    before = loads.simulator.control.truth()
    rows = counts(loads)
    applied: dict[str, Any] = loads.simulator.control.apply_changes(
        n=4, seed=2, kinds=["deleted", "employee_deleted"], advance=60
    )
    assert applied
    after = loads.simulator.control.truth()
    gone = {
        kind: sorted({row["id"] for row in before[kind]} - {row["id"] for row in after[kind]})
        for kind in ("candidates", "employees")
    }
    assert all(gone.values()), gone
    values = telling_values(before, after)
    assert found_in(table_texts(loads), values), "nothing to look for"

    blank(loads, **gone)
    assert found_in(table_texts(loads), values) == set()
    left = counts(loads)
    with_file_names = {"candidate_files", "employee_documents"}
    assert {n for n in rows if left[n] != rows[n]} <= with_file_names


def test_rows_of_packages_that_are_left_out_are_left_as_they_are(loads: Loads) -> None:
    loads.begin()
    people = {"candidates": [row["id"] for row in loads.simulator.control.truth()["candidates"]]}
    loaded = loads.query("select distinct _dlt_load_id from workable_raw.candidates")
    packages = [str(row[0]) for row in loaded]
    reader = Reader.of_pipeline(open_pipeline(loads.config, LABEL))

    def rows(*but: dict[str, list[str]]) -> dict[str, int]:
        tables = blanked(reader, LABEL, people, *but)
        return {name: sum(part.num_rows for part in parts) for name, parts in tables.items()}

    everything = rows()
    assert everything["candidates"] == len(people["candidates"])
    assert rows({"candidates": ["no package"]}) == everything
    rest = {name: count for name, count in everything.items() if name != "candidates"}
    assert rows({"candidates": packages}) == rest
