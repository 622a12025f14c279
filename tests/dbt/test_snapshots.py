"""Snapshots: dated by as_of, kept through a full refresh, never taken back in time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.dbt.kit import Row, Warehouse

JOB = {"shortcode": "JOB1", "title": "Night Porter"}
FIRST, SECOND, EARLIER = "2026-05-01 09:30:00", "2026-05-02 09:30:00", "2026-05-01 09:29:59"
# And what reads them by itself.
READERS = (
    *("+ats_jobs", "+int_workable__requisitions_seen", "+int_workable__job_archivals_listed"),
    *("+int_workable__people_remembered", "+int_workable__hires_remembered"),
)
TAKEN = (
    *("--select", "+resource_type:snapshot", *READERS),
    *("--exclude-resource-type", "unit_test", "test"),
)


def _job(shortcode: str, state: str) -> Row:
    return {
        "shortcode": shortcode,
        "id": shortcode.lower(),
        "state": state,
        "created_at": "2026-01-01 00:00:00",
    }


def _candidate(candidate_id: str, stage: str, seen: int, **facts: Any) -> Row:
    return {
        "id": candidate_id,
        "job": JOB,
        "stage": stage,
        "stage_kind": "interview",
        "disqualified": False,
        "created_at": "2026-01-01 08:00:00",
        "_read_seq": seen,
        **facts,
    }


def _activity(activity_id: str, action: str, at: str, seen: int) -> Row:
    return {
        "candidate_id": "c1",
        "id": activity_id,
        "action": action,
        "created_at": at,
        "_read_seq": seen,
    }


def _numbers(warehouse: Warehouse) -> dict[str, int]:
    rows = warehouse.rows(
        "select activity_key, change_position from workable_snapshots.snapshot_stage_changes "
        "where dbt_valid_to is null"
    )
    return {row["activity_key"].split(":")[1]: row["change_position"] for row in rows}


def _build(warehouse: Warehouse, as_of: str, *arguments: str) -> None:
    # As `workable-elt run` does.
    warehouse.dbt("build", *TAKEN, *arguments, DBT_ENV_CUSTOM_ENV_WORKABLE_AS_OF=as_of)


def _versions(warehouse: Warehouse, table: str, columns: str) -> list[tuple[Any, ...]]:
    query = f"select {columns}, dbt_valid_from, dbt_valid_to from workable_snapshots.{table}"
    found = [tuple(row.values()) for row in warehouse.rows(query)]
    return sorted(found, key=str)


# Three calls of dbt take their time, so Postgres is part of the whole matrix alone.
@pytest.mark.parametrize(
    "raw_warehouse", ["duckdb", pytest.param("postgres", marks=pytest.mark.full)], indirect=True
)
def test_versions_begin_and_end_at_as_of_and_what_was_told_once_stays(
    raw_warehouse: Warehouse,
) -> None:
    raw_warehouse.insert(
        {
            "jobs": [_job("JOB1", "published"), _job("JOB2", "draft"), _job("JOB3", "archived")],
            "requisitions": [{"code": "R1", "id": "r1", "state": "open"}],
        }
    )
    mail = "cleo@x.org"  # the one who names the person is blanked later
    raw_warehouse.insert(
        {
            "candidates": [
                _candidate("c1", "Phone", 1, email=mail),
                _candidate("b1", "Phone", 1, email=mail),
            ],
            # Hexadecimal ids: 9f comes before 100.
            "candidate_activities": [
                _activity("100", "disqualified", "2026-04-20 10:00:00", 1),
                _activity("9f", "applied", "2026-04-20 10:00:00", 1),
                _activity("a0", "commented", "2026-04-20 11:00:00", 1),
            ],
        }
    )
    _build(raw_warehouse, FIRST)
    numbers = _numbers(raw_warehouse)
    assert sorted(numbers, key=numbers.__getitem__) == ["9f", "100"]
    raw_warehouse._execute(
        [
            ("update workable_raw.jobs set state = 'archived' where shortcode = 'JOB1'", ()),
            ("update workable_raw.jobs set state = 'published' where shortcode = 'JOB2'", ()),
            ("update workable_raw.requisitions set state = 'filled'", ()),
            ("update workable_raw.candidates set stage = 'Interview' where id = 'c1'", ()),
            (
                "update workable_raw.candidates set email = null, anonymized = true "
                "where id = 'b1'",
                (),
            ),
        ]
    )
    # One that happened before the others and was read after them; the last one is purged meanwhile.
    raw_warehouse.insert(
        {"candidate_activities": [_activity("50", "reverted", "2026-04-01 10:00:00", 2)]}
    )
    raw_warehouse._execute(
        [
            ("delete from workable_raw.candidate_activities where id = '100'", ()),
            (
                "delete from workable_snapshots.snapshot_stage_changes "
                "where activity_key = 'acme:100'",
                (),
            ),
        ]
    )
    _build(raw_warehouse, SECOND, "--full-refresh")
    later = _numbers(raw_warehouse)
    assert later == {"9f": numbers["9f"], "50": later["50"]}
    assert later["50"] > numbers["100"]

    first, second = datetime.fromisoformat(FIRST), datetime.fromisoformat(SECOND)
    stages = "application_key, current_stage_name"
    assert _versions(raw_warehouse, "snapshot_applications", stages) == [
        ("acme:b1", "Phone", first, None),
        ("acme:c1", "Interview", second, None),
        ("acme:c1", "Phone", first, second),
    ]
    assert _versions(raw_warehouse, "link_person", "candidate_key, person_key, match_basis") == [
        ("acme:b1", "acme:b1", "email", first, None),
        ("acme:c1", "acme:b1", "email", first, None),
    ]
    people = raw_warehouse.rows(
        "select candidate_key, person_key from workable_staging.int_workable__people_remembered"
    )
    assert {row["candidate_key"]: row["person_key"] for row in people} == {
        "acme:b1": "acme:b1",
        "acme:c1": "acme:b1",
    }
    jobs = raw_warehouse.rows(
        "select shortcode, first_opened_at, opened_at_basis, archived_at from workable.ats_jobs"
    )
    created = datetime(2026, 1, 1)
    assert sorted(tuple(row.values()) for row in jobs) == [
        ("JOB1", created, "inferred", second),
        ("JOB2", second, "snapshot", None),
        ("JOB3", created, "inferred", None),
    ]
    listed = raw_warehouse.rows("select * from workable_staging.int_workable__job_archivals_listed")
    assert [tuple(row.values()) for row in listed] == [("acme:JOB1", second, None)]
    seen = raw_warehouse.rows("select * from workable_staging.int_workable__requisitions_seen")
    assert seen == [
        {
            "account": "acme",
            "requisition_key": "acme:R1",
            "first_seen_open_at": first,
            "first_seen_filled_at": second,
            "days_seen_open": 1,
            "days_seen_on_hold": None,
            "is_opened_before_history": True,
        }
    ]
    with pytest.raises(AssertionError, match="as_of is older than the last snapshot"):
        _build(raw_warehouse, EARLIER)
