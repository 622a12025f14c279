"""Random later changes: coherent, repeatable, and of the kinds asked for."""

from __future__ import annotations

import pickle
from collections import Counter
from functools import cache

import orjson
import pytest

from workable_elt.simulator.changes import (
    ALL_KINDS,
    DESTRUCTIVE,
    WITHOUT_DELETES,
    apply_random_changes,
)
from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.state import Company
from workable_elt.simulator.truth import truth

PLAN = CompanyPlan(candidates=120, jobs=6, employees=16, years=1, seed=21)


PREPARED = [
    *("event_scheduled", "timeoff_requested", "offer_made", "requisition_created"),
    *("department_created", "deleted", "job_deleted", "employee_deleted"),
]
"""What a small company may have none of, and later changes need."""


@cache
def pickled_log() -> bytes:
    return pickle.dumps(generate(PLAN))


def fresh() -> tuple[Company, EventLog]:
    log = pickle.loads(pickled_log())
    return Company.from_log(log), log


def test_the_state_after_changes_is_what_the_longer_log_folds_into() -> None:
    company, log = fresh()
    apply_random_changes(company, log, 200, seed=1, kinds=ALL_KINDS)
    refolded = Company.from_log(log)
    assert orjson.dumps(truth(company)) == orjson.dumps(truth(refolded))


def test_the_same_seed_makes_the_same_changes() -> None:
    logs = []
    for _ in range(2):
        company, log = fresh()
        apply_random_changes(company, log, 60, seed=2, kinds=ALL_KINDS)
        logs.append(list(log.to_json_lines()))
    assert logs[0] == logs[1]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_each_kind_of_change_can_be_asked_for_alone(kind: str) -> None:
    company, log = fresh()
    for step, prepared in enumerate(PREPARED):
        apply_random_changes(company, log, 2, seed=step, kinds=[prepared])
    before, now = orjson.dumps(truth(company)), log.now
    changes = apply_random_changes(company, log, 1, seed=3, kinds=[kind])
    assert [change["kind"] for change in changes] == [kind]
    assert log.events[-1].at > now
    assert orjson.dumps(truth(company)) != before


def test_nothing_is_deleted_unless_asked_for() -> None:
    company, log = fresh()
    ids = {row["id"] for row in truth(company)["candidates"]}
    changes = apply_random_changes(company, log, 150, seed=4)
    assert not Counter(change["kind"] for change in changes).keys() & set(DESTRUCTIVE)
    assert ids <= {row["id"] for row in truth(company)["candidates"]}


def test_changes_end_at_the_instant_that_is_given() -> None:
    company, log = fresh()
    now = log.now + 3 * 86_400_000
    began = len(log.events)
    apply_random_changes(company, log, 20, seed=5, now=now, kinds=WITHOUT_DELETES)
    instants = [event.at for event in log.events[began:]]
    assert instants == sorted(instants)
    assert now - 20_000 < instants[0]
    assert max(instants) == log.now == company.now == now


def test_an_unknown_kind_is_refused() -> None:
    company, log = fresh()
    with pytest.raises(ValueError, match="promoted"):
        apply_random_changes(company, log, 1, seed=6, kinds=["promoted"])
