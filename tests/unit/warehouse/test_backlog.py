"""The backlog as a query: what is due, in which order, from which cursor. Rows made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import dlt
import pyarrow as pa
import pytest

from workable_elt.config import Config
from workable_elt.sources.arrow import resource_schema
from workable_elt.warehouse.backlog import Backlog, positional
from workable_elt.warehouse.pipeline import create_tables, open_pipeline
from workable_elt.warehouse.slices import load_package, service_table
from workable_elt.warehouse.sql import Reader

NOW = datetime(2026, 3, 10, 12)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Row = dict[str, Any]


class World:
    """A warehouse with hand-made rows of one account."""

    def __init__(self, pipeline: dlt.Pipeline) -> None:
        self.pipeline = pipeline
        self.reader = Reader.of_pipeline(pipeline)

    def put(self, **tables: list[Row]) -> None:
        """Load rows; the account is added."""
        load_package(
            self.pipeline,
            {
                name: [_service(name, rows) if name.startswith("_") else _raw(name, rows)]
                for name, rows in tables.items()
            },
        )

    def due(self, resource: str, *, since: datetime | None = None) -> list[str]:
        backlog = Backlog(self.reader, "acme", NOW, since=since)
        aged = [one.parent for one in backlog.aged(resource)]
        parents = [parent.key for parent in (*backlog.changed(resource), *aged)]
        assert backlog.count(resource) == len(parents)
        return parents


def _raw(name: str, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(
        [{"account": "acme", **row} for row in rows], schema=resource_schema(name)
    )


def _service(name: str, rows: list[Row]) -> pa.Table:
    return service_table(name, [{"account": "acme", **row} for row in rows])


def visit(resource: str, parent: str, read_at: datetime, listed: datetime | None = None) -> Row:
    return {
        "resource": resource,
        "parent_id": parent,
        "read_at": read_at,
        "listed_updated_at": listed,
        "found": True,
    }


def candidate(key: str, updated_at: datetime, job: str = "OPEN", **more: Any) -> Row:
    return {
        "id": key,
        "updated_at": updated_at,
        "job": json.dumps({"shortcode": job}),
        "_read_at": updated_at,
        **more,
    }


@pytest.fixture
def world(warehouse: str, configured: Callable[..., Config]) -> World:
    pipeline = open_pipeline(configured(), "acme")
    create_tables(pipeline)
    return World(pipeline)


def test_active_in_open_jobs_come_first_and_then_the_newest(world: World) -> None:
    world.put(
        jobs=[
            {"shortcode": "OPEN", "state": "published"},
            {"shortcode": "OLD", "state": "archived"},
        ],
        candidates=[
            candidate("a1", NOW - 3 * DAY),
            candidate("a2", NOW - 2 * DAY),
            candidate("b1", NOW - HOUR, job="OLD"),
            candidate("b2", NOW - DAY, disqualified=True),
        ],
    )
    assert world.due("candidate_details") == ["a2", "a1", "b1", "b2"]


def test_visited_is_due_again_when_its_list_row_says_so(world: World) -> None:
    world.put(
        candidates=[candidate("a1", NOW - HOUR), candidate("a2", NOW - HOUR)],
        _visits=[
            visit("candidate_details", "a1", NOW - DAY, NOW - 2 * DAY),
            visit("candidate_details", "a2", NOW - DAY, NOW - HOUR),
        ],
    )
    assert world.due("candidate_details") == ["a1"]
    assert sorted(world.due("candidate_activities")) == ["a1", "a2"]


def test_new_activity_makes_its_candidate_due(world: World) -> None:
    activity = {"shortcode": "OPEN", "id": "9", "_read_at": NOW}
    world.put(
        candidates=[candidate("a1", NOW - DAY), candidate("a2", NOW - DAY)],
        job_activities=[{**activity, "candidate": json.dumps({"id": "a2"})}],
        _visits=[visit("candidate_details", key, NOW - HOUR, NOW - DAY) for key in ("a1", "a2")],
    )
    assert world.due("candidate_details") == ["a2"]


def test_visit_of_a_package_that_was_not_committed_does_not_count(world: World) -> None:
    world.put(
        candidates=[candidate("a1", NOW - DAY)],
        _visits=[visit("candidate_details", "a1", NOW, NOW - DAY)],
    )
    assert world.due("candidate_details") == []
    with world.pipeline.sql_client("workable") as client:
        client.execute_sql("delete from _dlt_loads")
    assert world.due("candidate_details") == ["a1"]


def test_deleted_record_is_never_due_until_it_comes_back(world: World) -> None:
    gone = {"resource": "candidates", "record_id": "a1", "deleted_at": NOW}
    world.put(candidates=[candidate("a1", NOW)], _tombstones=[gone])
    assert world.due("candidate_details") == []
    world.put(_tombstones=[{**gone, "resolved_at": NOW}])
    assert world.due("candidate_details") == ["a1"]


def test_full_run_makes_everything_due_that_it_has_not_read_itself(world: World) -> None:
    world.put(
        candidates=[candidate("a1", NOW - DAY), candidate("a2", NOW - DAY)],
        _visits=[
            visit("candidate_details", "a1", NOW - HOUR, NOW - DAY),
            visit("candidate_details", "a2", NOW + HOUR, NOW - DAY),
        ],
    )
    assert world.due("candidate_details") == []
    assert world.due("candidate_details", since=NOW) == ["a1"]


def test_job_children_age_only_while_the_job_is_open(world: World) -> None:
    keys = ("OPEN", "INTERNAL", "OLD")
    states = ("published", "closed", "archived")
    world.put(
        jobs=[
            {"shortcode": key, "state": state, "updated_at": NOW - 30 * DAY}
            for key, state in zip(keys, states, strict=True)
        ],
        _visits=[
            visit(name, key, NOW - 8 * DAY, NOW - 30 * DAY)
            for name in ("job_stages", "job_details")
            for key in keys
        ],
    )
    assert sorted(world.due("job_stages")) == ["INTERNAL", "OPEN"]
    assert world.due("job_details") == []


def test_stream_of_a_job_is_due_by_its_candidates_and_by_age(world: World) -> None:
    ages = {"FRESH": HOUR, "DAILY": 25 * HOUR, "MOVED": HOUR, "OLD": 25 * HOUR, "OLDEST": 8 * DAY}
    world.put(
        jobs=[
            {"shortcode": key, "state": "archived" if key.startswith("OLD") else "published"}
            for key in ages
        ],
        candidates=[candidate("a1", NOW, job="MOVED"), candidate("a2", NOW - DAY, job="FRESH")],
        _visits=[visit("job_activities", key, NOW - age) for key, age in ages.items()],
    )
    assert sorted(world.due("job_activities")) == ["DAILY", "MOVED", "OLDEST"]


def test_stream_goes_on_at_the_largest_id_as_a_number(world: World) -> None:
    world.put(
        jobs=[{"shortcode": "J1", "state": "published"}, {"shortcode": "J2", "state": "draft"}],
        job_activities=[
            {"shortcode": "J1", "id": key} for key in ("ffffffff", "100000000", "9fffffff")
        ],
    )
    parents = Backlog(world.reader, "acme", NOW).changed("job_activities")
    assert {parent.key: parent.since_id for parent in parents} == {"J1": "100000000", "J2": None}
    again = Backlog(world.reader, "acme", NOW, since=NOW).changed("job_activities")
    assert {parent.since_id for parent in again} == {None}


def test_only_who_reached_an_offer_is_asked_for_one(world: World) -> None:
    world.put(
        stages=[
            {"id": "1", "slug": "offer-stage", "name": "Offer stage", "kind": "offer"},
            {"id": "2", "slug": "interview", "name": "Interview", "kind": "interview"},
        ],
        candidates=[
            candidate("now", NOW, stage_kind="offer"),
            candidate("hired", NOW, stage_kind="hired"),
            candidate("was", NOW, stage_kind="interview"),
            candidate("never", NOW, stage_kind="interview"),
        ],
        job_activities=[
            {
                "shortcode": "OPEN",
                "id": str(number),
                "action": action,
                "candidate": json.dumps({"id": key}),
            }
            for number, (key, action) in enumerate(
                [("was", "offer-stage"), ("never", "interview"), ("never", "offer")]
            )
        ],
    )
    assert sorted(world.due("offers")) == ["hired", "now", "was"]


def test_unsettled_offers_are_asked_for_daily(world: World) -> None:
    keys = {"open": "pending", "settled": "accepted", "none": None, "young": "pending"}
    world.put(
        candidates=[candidate(key, NOW - 9 * DAY, stage_kind="offer") for key in keys],
        offers=[{"candidate_id": key, "state": state} for key, state in keys.items() if state],
        _visits=[
            visit("offers", key, NOW - (HOUR if key == "young" else 25 * HOUR), NOW - 9 * DAY)
            for key in keys
        ],
    )
    assert sorted(world.due("offers")) == ["none", "open"]


def test_employees_are_due_by_change_and_by_age_oldest_first(world: World) -> None:
    world.put(
        employees=[
            {"id": key, "_read_at": NOW - 2 * DAY} for key in ("old", "older", "young", "new")
        ]
        + [{"id": "changed", "_read_at": NOW}],
        _visits=[
            visit("timeoff_balances", "old", NOW - 25 * HOUR),
            visit("timeoff_balances", "older", NOW - 26 * HOUR),
            visit("timeoff_balances", "young", NOW - HOUR),
            visit("timeoff_balances", "changed", NOW - HOUR),
        ],
    )
    assert world.due("timeoff_balances") == ["new", "changed", "older", "old"]


def test_other_accounts_do_not_show(world: World) -> None:
    world.put(candidates=[{**candidate("a1", NOW), "account": "other"}])
    assert world.due("candidate_details") == []


def test_named_parameters_become_positional_in_order() -> None:
    query, values = positional("a = %(x)s and b = %(y)s or c = %(x)s", {"x": 1, "y": 2})
    assert query == "a = %s and b = %s or c = %s"
    assert values == [1, 2, 1]
