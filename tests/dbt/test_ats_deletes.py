"""Deleted, anonymised and relocated candidates: history keeps its counts, persons go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.dbt.kit import Row, Warehouse

JOB = {"shortcode": "JOB1", "title": "Night Porter"}
OTHER_JOB = {"shortcode": "JOB2", "title": "Day Porter"}
GONE = "2026-05-02 10:00:00"


def _candidate(candidate_id: str, **facts: Any) -> Row:
    return {
        "id": candidate_id,
        "job": JOB,
        "stage": "Interview",
        "stage_kind": "interview",
        "disqualified": False,
        "created_at": "2026-01-01 08:00:00",
        **facts,
    }


def _activity(activity_id: str, candidate_id: str, action: str, **facts: Any) -> Row:
    return {
        "id": activity_id,
        "candidate_id": candidate_id,
        "action": action,
        "created_at": "2026-01-01 08:00:00",
        **facts,
    }


def _tombstone(record_id: str, reason: str, **facts: Any) -> Row:
    return {
        "resource": "candidates",
        "record_id": record_id,
        "reason": reason,
        "deleted_at": GONE,
        **facts,
    }


# d1 deleted, a1 anonymised, m1 relocated to m2, b1 back again, n1 out of sight of a narrower token.
ROWS: dict[str, list[Row]] = {
    "candidates": [
        _candidate("c1", name="Cleo", email="cleo@x.org"),
        _candidate("d1"),
        _candidate("a1", anonymized=True),
        _candidate("m1", name="Mo", email="mo@x.org"),
        _candidate("m2", name="Mo", email="mo@x.org", job=OTHER_JOB),
        _candidate("b1", name="Bo", email="bo@x.org"),
        _candidate("n1", name="Nia", email="nia@x.org"),
    ],
    "candidate_details": [
        {"id": "m1", "tags": ["night", "night", "day"]},
        {"id": "m2", "tags": ["night"]},
    ],
    "candidate_activities": [
        _activity("e1", "m1", "applied", stage_name="Applied"),
        _activity("e1", "m2", "applied", stage_name="Applied"),
        _activity("e2", "m2", "moved", stage_name="Interview", created_at="2026-05-01 09:00:00"),
        _activity("e3", "d1", "applied", stage_name="Applied"),
        _activity("e4", "a1", "applied", stage_name="Applied"),
    ],
    "jobs": [
        {**JOB, "id": "1", "state": "published", "created_at": "2025-12-01 00:00:00"},
        {**OTHER_JOB, "id": "2", "state": "archived", "created_at": "2025-12-01 00:00:00"},
    ],
    "offers": [{"candidate_id": "m1", "state": "sent"}, {"candidate_id": "m2", "state": "sent"}],
    "_tombstones": [
        _tombstone("d1", "deleted"),
        _tombstone("a1", "anonymized"),
        _tombstone("m1", "relocated", replaced_by_id="m2"),
        _tombstone("b1", "deleted", resolved_at="2026-05-03 10:00:00"),
        _tombstone("n1", "not_listed"),
    ],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("deletes"))).create(ROWS)
    warehouse.dbt("build", "--quiet", "--exclude-resource-type", "unit_test")
    return warehouse


def _ids(warehouse: Warehouse, query: str) -> set[str]:
    return {row["candidate_id"] for row in warehouse.rows(query)}


def test_every_application_stays_a_fact(built: Warehouse) -> None:
    flags = {
        row["candidate_id"]: (row["is_deleted"], row["is_superseded"], row["is_anonymized"])
        for row in built.rows("select * from workable.ats_applications")
    }

    assert flags == {
        "c1": (False, False, False),
        "d1": (True, False, False),
        "a1": (False, False, True),
        "m1": (True, True, False),
        "m2": (False, False, False),
        "b1": (False, False, False),
        "n1": (False, False, False),
    }


def test_tables_of_persons_leave_out_who_is_gone(built: Warehouse) -> None:
    assert _ids(built, "select candidate_id from workable.ats_candidates") == {
        *("c1", "m2", "b1", "n1")
    }
    people = built.rows("select full_name, candidate_count from workable.ats_people")
    assert {(row["full_name"], row["candidate_count"]) for row in people} == {
        *(("Cleo", 1), ("Mo", 1), ("Bo", 1), ("Nia", 1))
    }


def test_only_live_applications_in_live_jobs_are_open(built: Warehouse) -> None:
    query = "select candidate_id from workable.ats_applications where is_open"

    assert _ids(built, query) == {"c1", "a1", "b1", "n1"}


def test_a_relocation_hands_on_history_and_leaves_one_of_everything(built: Warehouse) -> None:
    moved = built.rows("select * from workable.ats_applications where candidate_id = 'm2'")[0]
    history = built.rows(
        "select entry_number, entry_type, job_key from workable.ats_stage_transitions "
        "where application_key = 'acme:m2' order by 1"
    )
    old = built.rows("select * from workable.ats_stage_transitions where candidate_key = 'acme:m1'")
    offers = built.rows("select offer_key from workable.ats_offers where not is_deleted")
    tags = built.rows("select candidate_tag_key from workable.ats_candidate_tags order by 1")

    assert moved["relocated_from_application_key"] == "acme:m1"
    assert moved["relocated_from_basis"] == "source"
    assert [(h["entry_number"], h["entry_type"], h["job_key"]) for h in history] == [
        (1, "applied", "acme:JOB2"),
        (2, "relocated", "acme:JOB2"),
    ]
    assert old == []
    assert [row["offer_key"] for row in offers] == ["acme:m2"]
    assert [row["candidate_tag_key"] for row in tags] == [
        *("acme:m1:day", "acme:m1:night", "acme:m2:night")
    ]


def test_activities_of_who_is_gone_stay_and_say_so(built: Warehouse) -> None:
    rows = built.rows("select activity_key, is_deleted, is_anonymized from workable.ats_activities")

    assert {(r["activity_key"], r["is_deleted"], r["is_anonymized"]) for r in rows} == {
        ("acme:e1", False, False),
        ("acme:e2", False, False),
        ("acme:e3", True, False),
        ("acme:e4", False, True),
    }
