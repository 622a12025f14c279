"""What the readings give equals what the simulator knows, under quirks drawn at random."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from sources_kit import PLAN, reading, rows
from tests.integration.raw_truth import Table, business_columns, differences, expected_table

from workable_elt.settings import RESOURCES
from workable_elt.simulator.quirks import QUIRKS, Quirks, random_quirks
from workable_elt.simulator.server.runner import Simulator


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN) as simulator:
        yield simulator


def given(name: str, taken: list[dict[str, Any]]) -> Table:
    """Rows by key, business columns only, JSON parsed."""
    resource = RESOURCES[name]
    table: Table = {}
    for row in taken:
        values = {
            column.name: json.loads(row[column.name])
            if column.type == "json" and row[column.name] is not None
            else row[column.name]
            for column in business_columns(resource)
        }
        table[tuple(str(values[key]) for key in resource.key)] = values
    assert len(table) == len(taken), f"{name} repeats a key"
    return table


def different(simulator: Simulator) -> dict[str, list[str]]:
    truth = simulator.control.truth()
    told = {}
    with reading(simulator) as readings:
        for name in RESOURCES:
            expected = expected_table(
                name, with_document_keys(truth) if "documents" in name else truth
            )
            told[name] = differences(expected, given(name, rows(readings, name)))
            assert readings.outcome(name).status == "ok", (name, readings.outcome(name).problem)
        assert readings.quarantined() == []
    return {name: lines for name, lines in told.items() if lines}


def with_document_keys(truth: dict[str, Any]) -> dict[str, Any]:
    """Documents with an id are keyed by it (hris.md section 6)."""
    documents = [{**row, "document_key": row["id"]} for row in truth["employee_documents"]]
    return {**truth, "employee_documents": documents}


def test_every_table_equals_the_truth(simulator: Simulator) -> None:
    simulator.world.set_quirks(Quirks())
    assert different(simulator) == {}


@pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(n, marks=pytest.mark.full) for n in range(3, 30))]
)
def test_every_table_equals_the_truth_under_random_quirks(simulator: Simulator, seed: int) -> None:
    simulator.world.set_quirks(random_quirks(seed, settled=True))
    assert different(simulator) == {}, asdict(simulator.world.quirks)


@pytest.mark.full
@pytest.mark.parametrize(
    ("name", "value"),
    [(quirk.name, value) for quirk in QUIRKS.values() for value in quirk.values[1:]],
)
def test_every_table_equals_the_truth_under_each_quirk(
    simulator: Simulator, name: str, value: str
) -> None:
    simulator.world.set_quirks(Quirks(**{name: value}))
    assert different(simulator) == {}
