"""Sensitive values never leave the readings: not in a table, not in quarantine, not in a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sources_kit import PLAN, reading

from workable_elt.settings import RESOURCES
from workable_elt.simulator.making.plan import Plant
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.runner import Simulator

MARKER = "zq7planted"
SENSITIVE = Plant(MARKER).values()


@pytest.fixture(scope="module")
def shared() -> Iterator[Simulator]:
    with Simulator(replace(PLAN, plant_marker=MARKER)) as simulator:
        yield simulator


@pytest.fixture
def simulator(shared: Simulator) -> Iterator[Simulator]:
    yield shared
    shared.control.clear_faults()
    shared.world.set_quirks(Quirks())


def everything(simulator: Simulator, **how: Any) -> dict[str, str]:
    """All that leaves the readings, as text by resource."""
    told: dict[str, str] = {}
    with reading(simulator, **how) as readings:
        for name in RESOURCES:
            tables = [str(table.to_pylist()) for table in readings.take(name)]
            told[name] = f"{tables} {readings.quarantined()} {readings.outcome(name)}"
    return told


def leaks(told: dict[str, str]) -> set[tuple[str, str]]:
    return {(name, value) for name, text in told.items() for value in SENSITIVE if value in text}


def test_the_marker_is_there_to_be_found(simulator: Simulator) -> None:
    truth = {name: str(rows) for name, rows in simulator.control.truth().items()}
    with_secrets = {name for name, _ in leaks(truth)}
    assert with_secrets >= {
        "employee_details", "offers", "requisitions", "candidate_activities", "job_activities"
    }  # fmt: skip


@pytest.mark.parametrize(
    "quirks",
    [
        Quirks(),
        Quirks(file_values="url", currency_values="number", history_rows="returned",
               custom_attribute_values="answers"),
    ],
)  # fmt: skip
def test_no_sensitive_value_leaves_by_default(simulator: Simulator, quirks: Quirks) -> None:
    simulator.world.set_quirks(quirks)
    assert leaks(everything(simulator)) == set()


def test_a_malformed_record_takes_no_sensitive_value_along(simulator: Simulator) -> None:
    for path in (
        "/employees/*",
        "/requisitions",
        "/candidates/*/activities",
        "/candidates/*/offer",
    ):
        simulator.control.inject({"kind": "malformed", "path": path})
    told = everything(simulator)
    assert "expected" in told["employee_details"]
    assert leaks(told) == set()


def test_unknown_fields_about_people_lose_their_values(simulator: Simulator) -> None:
    simulator.control.inject({"kind": "unknown_fields", "path": "/candidates*"})
    with reading(simulator) as readings:
        extras = {
            row["_extra"] for table in readings.take("candidates") for row in table.to_pylist()
        }
    told = [extra for extra in extras if extra is not None]
    assert told
    assert all(extra.count(":null") == extra.count(":") for extra in told)


def test_what_the_configuration_keeps_is_kept(simulator: Simulator) -> None:
    kept = everything(simulator, columns={"requisitions.salary_range": "keep"})
    assert {name for name, _ in leaks(kept)} == {"requisitions"}
