"""Readings over real HTTP: what is read, when it stops, and what becomes of errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sources_kit import PLAN, reading, rows

from workable_elt.api import AuthenticationFailed
from workable_elt.settings import RESOURCES
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.server.access import ALL_SCOPES
from workable_elt.simulator.server.runner import Simulator
from workable_elt.sources import Parent, Work


@pytest.fixture(scope="module")
def shared() -> Iterator[Simulator]:
    with Simulator(PLAN) as simulator:
        yield simulator


@pytest.fixture
def simulator(shared: Simulator) -> Iterator[Simulator]:
    yield shared
    shared.control.clear_faults()
    shared.world.set_quirks(Quirks())


def present_candidates(simulator: Simulator) -> set[str]:
    """Candidates with a job that were neither deleted nor relocated."""
    return {
        one.id
        for one in simulator.tenant.company.candidate_order
        if one.deleted_at is None and one.relocated_to is None and one.job_shortcode is not None
    }


def test_a_list_gives_every_record_once(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        ids = [row["id"] for row in rows(readings, "candidates")]
        outcome = readings.outcome("candidates")
    assert len(ids) == len(set(ids))
    assert set(ids) == present_candidates(simulator) == outcome.seen_ids
    assert (outcome.status, outcome.complete, outcome.rows) == ("ok", True, len(ids))


def test_a_detail_is_read_for_each_listed_record(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        details = rows(readings, "candidate_details")
        listed = {row["id"]: row["updated_at"] for row in rows(readings, "candidates")}
    assert {row["id"]: row["_listed_updated_at"] for row in details} == listed


def test_the_list_behind_its_details_is_read_once(simulator: Simulator) -> None:
    simulator.control.reset_counters(recording=True)
    with reading(simulator) as readings:
        for name in ("job_stages", "job_members", "jobs"):
            rows(readings, name)
        assert readings.outcome("jobs").requests == 1
        assert readings.outcome("job_stages").requests == len(simulator.tenant.company.jobs)


def test_only_the_named_parents_are_read(simulator: Simulator) -> None:
    wanted = sorted(simulator.tenant.company.jobs)[:2]
    work = Work(parents={"job_details": [Parent(key) for key in (*wanted, wanted[0])]})
    with reading(simulator, work) as readings:
        assert [row["shortcode"] for row in rows(readings, "job_details")] == wanted
        assert readings.outcome("jobs").requests == 0
        assert [one.key for one in readings.outcome("job_details").parents_read] == wanted


def test_a_reading_stops_and_goes_on_without_loss(simulator: Simulator) -> None:
    taken: list[list[str]] = []
    with reading(simulator) as readings:
        while not readings.is_finished("candidate_details"):
            part = rows(readings, "candidate_details", lambda count, _size: count >= 7)
            taken.append([row["id"] for row in part])
            assert readings.outcome("candidate_details").status in ("partial", "ok")
    assert [len(part) for part in taken[:-1]] == [7] * (len(taken) - 1)
    together = [key for part in taken for key in part]
    assert len(together) == len(set(together))
    assert set(together) == present_candidates(simulator)


def test_bytes_are_told_to_whoever_may_stop_it(simulator: Simulator) -> None:
    told: list[int] = []
    with reading(simulator) as readings:
        rows(readings, "candidates", lambda _count, size: bool(told.append(size)))
    assert told[0] > 100 * len(present_candidates(simulator))


def test_progress_adds_up_to_the_outcome(simulator: Simulator) -> None:
    told: list[tuple[str, int, int]] = []
    with reading(simulator, on_progress=lambda *what: told.append(what)) as readings:
        rows(readings, "employee_details")
        for name in ("employee_details", "employees", "employee_fields"):
            outcome = readings.outcome(name)
            mine = [what for what in told if what[0] == name]
            assert sum(what[1] for what in mine) == outcome.rows
            assert sum(what[2] for what in mine) == outcome.requests


def test_rows_that_are_stored_already_are_left_out(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        stored = {(row["shortcode"],): row["_content_hash"] for row in rows(readings, "jobs")}
    changed = sorted(stored)[0]
    known = {**stored, changed: "another hash"}
    with reading(simulator, Work(known={"jobs": known})) as readings:
        assert [row["shortcode"] for row in rows(readings, "jobs")] == [changed[0]]
        outcome = readings.outcome("jobs")
    assert (outcome.unchanged, outcome.seen_ids) == (len(stored) - 1, {key for (key,) in stored})


def test_unchanged_list_rows_still_have_details(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        stored = {(row["shortcode"],): row["_content_hash"] for row in rows(readings, "jobs")}
    with reading(simulator, Work(known={"jobs": stored})) as readings:
        assert len(rows(readings, "job_details")) == len(stored)


def test_only_what_changed_since_the_watermark_is_listed(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        changed_at = {row["id"]: row["updated_at"] for row in rows(readings, "candidates")}
    watermark = sorted(changed_at.values())[-5]
    with reading(simulator, Work(updated_after={"candidates": watermark})) as readings:
        found = {row["id"] for row in rows(readings, "candidates")}
    assert found == {key for key, at in changed_at.items() if at >= watermark}


def test_the_beginning_is_told_by_the_servers_clock(simulator: Simulator) -> None:
    before = simulator.control.now().astimezone(timezone.utc).replace(tzinfo=None)
    with reading(simulator) as readings:
        rows(readings, "candidates")
        rows(readings, "permission_sets")
        began = [readings.outcome(name).began_at for name in ("candidates", "permission_sets")]
    for moment in began:
        assert isinstance(moment, datetime)
        assert abs(moment - before) < timedelta(seconds=10)


def test_depth_list_switches_off_what_costs_a_request_per_record(simulator: Simulator) -> None:
    with reading(simulator, Work(depth="list")) as readings:
        for name, resource in RESOURCES.items():
            if resource.reading != "list":
                assert rows(readings, name) == []
                assert readings.outcome(name).status == "off"
                assert readings.outcome(name).requests == 0


def test_a_missing_scope_skips_that_resource_and_its_children(simulator: Simulator) -> None:
    token = simulator.control.add_token(scopes=sorted(ALL_SCOPES - {"r_employees"}))
    with reading(simulator, token=token) as readings:
        assert rows(readings, "employees") == []
        assert rows(readings, "employee_details") == []
        assert len(rows(readings, "jobs")) == len(simulator.tenant.company.jobs)
        for name in ("employees", "employee_details"):
            outcome = readings.outcome(name)
            assert outcome.status == "skipped"
            assert outcome.problem is not None
            assert outcome.problem.code == "scope_missing"
            assert "r_employees" in outcome.problem.message


def test_a_refused_token_stops_the_account(simulator: Simulator) -> None:
    with reading(simulator, token="no-such-token") as readings, pytest.raises(AuthenticationFailed):
        rows(readings, "candidates")


def test_a_failing_endpoint_fails_alone(simulator: Simulator) -> None:
    simulator.control.inject({"kind": "status", "path": "/events", "status": 503})
    with reading(simulator) as readings:
        assert rows(readings, "events") == []
        assert len(rows(readings, "departments")) == len(simulator.tenant.company.departments)
        outcome = readings.outcome("events")
    assert (outcome.status, outcome.complete) == ("failed", False)
    assert outcome.problem is not None
    assert outcome.problem.code == "server_failed"


def test_a_record_that_cannot_be_read_keeps_no_other_from_it(simulator: Simulator) -> None:
    jobs = sorted(simulator.tenant.company.jobs)
    simulator.control.inject({"kind": "status", "path": f"/jobs/{jobs[2]}", "status": 500})
    work = Work(parents={"job_details": [Parent(key) for key in jobs]})
    with reading(simulator, work) as readings:
        others = [key for key in jobs if key != jobs[2]]
        assert [row["shortcode"] for row in rows(readings, "job_details")] == others
        outcome = readings.outcome("job_details")
    assert [one.key for one in outcome.parents_read] == others
    assert (outcome.status, outcome.complete) == ("partial", False)
    assert outcome.problem is not None
    assert outcome.problem.code == "server_failed"


def test_an_endpoint_that_does_not_work_is_given_up(simulator: Simulator) -> None:
    jobs = sorted(simulator.tenant.company.jobs)
    for key in jobs[2:]:
        simulator.control.inject({"kind": "status", "path": f"/jobs/{key}", "status": 500})
    work = Work(parents={"job_details": [Parent(key) for key in jobs]})
    with reading(simulator, work, concurrency=1) as readings:
        # What was read before is given out.
        assert [row["shortcode"] for row in rows(readings, "job_details")] == jobs[:2]
        assert readings.outcome("job_details").status == "failed"
        # Two tries for each of the three that failed.
        assert readings.outcome("job_details").requests <= 2 + 2 * 3 + 2


def test_a_child_that_is_gone_is_noted_and_no_error(simulator: Simulator) -> None:
    jobs = sorted(simulator.tenant.company.jobs)
    simulator.control.inject({"kind": "not_found", "path": f"/jobs/{jobs[0]}/members"})
    work = Work(parents={"job_members": [Parent(key) for key in jobs[:2]]})
    with reading(simulator, work) as readings:
        tables = [row for table in readings.take("job_members") for row in table.to_pylist()]
        outcome = readings.outcome("job_members")
    assert outcome.status == "ok"
    assert [(one.key, one.found) for one in outcome.parents_read] == [
        (jobs[0], False), (jobs[1], True)
    ]  # fmt: skip
    # Without a reading there is no marker, so what is stored of that job stays.
    assert {row["shortcode"] for row in tables} == {jobs[1]}


def test_a_single_spurious_404_changes_nothing(simulator: Simulator) -> None:
    simulator.control.inject({"kind": "not_found", "path": "/timeoff/balances", "times": 1})
    with reading(simulator) as readings:
        rows(readings, "timeoff_balances")
        outcome = readings.outcome("timeoff_balances")
    assert outcome.status == "ok"
    assert all(one.found for one in outcome.parents_read)


def test_a_malformed_record_is_put_aside_and_the_rest_is_read(simulator: Simulator) -> None:
    rule = {"kind": "malformed", "path": "/members", "field": "active", "value": {"no": "flag"}}
    simulator.control.inject({**rule, "times": 1})
    with reading(simulator) as readings:
        read = rows(readings, "members")
        bad = readings.quarantined()
        outcome = readings.outcome("members")
        assert readings.quarantined() == []
    everybody = set(simulator.tenant.company.members)
    assert len(bad) == outcome.quarantined >= 1
    assert {row["id"] for row in read} | {one.record_id for one in bad} == everybody
    assert outcome.seen_ids == everybody
    assert {one.reason for one in bad} == {"active: expected bool, got an object"}
    assert outcome.status == "ok"


@pytest.mark.parametrize("seed", [1, 2])
def test_no_malformed_answer_stops_a_reading(simulator: Simulator, seed: int) -> None:
    simulator.control.inject({"kind": "malformed", "path": "*", "probability": 0.5}, seed=seed)
    with reading(simulator) as readings:
        for name in RESOURCES:
            rows(readings, name)
            assert readings.is_finished(name)
            assert readings.outcome(name).status == "ok", readings.outcome(name).problem
        assert len(readings.quarantined()) > 20


def test_fields_that_nobody_has_documented_break_nothing(simulator: Simulator) -> None:
    simulator.control.inject({"kind": "unknown_fields", "path": "/stages"})
    with reading(simulator) as readings:
        read = rows(readings, "stages")
    assert len(read) == len(simulator.control.truth()["stages"])
    assert all(json.loads(row["_extra"]) for row in read)


def test_an_employees_custom_field_stays_where_all_may_see_it(simulator: Simulator) -> None:
    company = simulator.tenant.company
    public = {one.id for one in company.fields.values() if one.viewable_by == "all"}
    with reading(simulator) as readings:
        details = rows(readings, "employee_details")
    extras: list[dict[str, Any]] = [json.loads(row["_extra"]) for row in details if row["_extra"]]
    assert extras
    for extra in extras:
        for key, value in extra.items():
            assert (value is None) or key in public


def test_every_employee_is_seen_with_the_eyes_of_an_hr_admin(simulator: Simulator) -> None:
    simulator.world.set_quirks(Quirks(employees_without_member_id="published_only"))
    with reading(simulator) as readings:
        states = {row["id"]: row["state"] for row in rows(readings, "employees")}
    assert set(states) == set(simulator.tenant.company.employees)


@pytest.mark.parametrize("need", ["no", "yes"])
@pytest.mark.parametrize("arrays", ["both", "brackets", "repeat"])
def test_all_time_off_is_read_whatever_the_account_demands(
    simulator: Simulator, need: str, arrays: str
) -> None:
    quirks = Quirks(
        timeoff_requests_need_employee_id=need,
        array_parameters=arrays,
        cancelled_requests="hidden",
    )
    simulator.world.set_quirks(quirks)
    with reading(simulator) as readings:
        found = [row["id"] for row in rows(readings, "timeoff_requests")]
    assert sorted(found) == sorted(simulator.tenant.company.timeoff_requests)


def test_a_narrower_view_of_events_is_told(simulator: Simulator) -> None:
    simulator.world.set_quirks(Quirks(events_context_all="user_token_only"))
    with reading(simulator) as readings:
        rows(readings, "events")
        outcome = readings.outcome("events")
    assert outcome.status == "ok"
    assert outcome.notes == ["this token may read events of context user only"]


def test_cancelled_events_are_read_too(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        found = {row["id"]: row["cancelled"] for row in rows(readings, "events")}
    events = simulator.tenant.company.events
    assert found == {one.id: one.is_cancelled for one in events.values()}


def test_inactive_members_are_read_too(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        found = {row["id"]: row["active"] for row in rows(readings, "members")}
    members = simulator.tenant.company.members
    assert found == {one.id: one.is_active for one in members.values()}


def test_only_candidates_with_an_offer_have_a_row(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        found = {row["candidate_id"] for row in rows(readings, "offers")}
    assert found == set(simulator.tenant.company.offers) & present_candidates(simulator)


def test_documents_of_every_kind_are_read(simulator: Simulator) -> None:
    with reading(simulator) as readings:
        found = {row["id"]: row["type"] for row in rows(readings, "employee_documents")}
    documents = simulator.tenant.company.documents
    assert found == {one.id: one.type for own in documents.values() for one in own}


def test_a_stream_goes_on_from_where_it_was_left(simulator: Simulator) -> None:
    company = simulator.tenant.company
    job = max(company.jobs, key=lambda key: len(company.activities_by_job.get(key, [])))
    with reading(simulator, Work(parents={"job_activities": [Parent(job)]})) as readings:
        whole = [row["id"] for row in rows(readings, "job_activities")]
    rest = Work(parents={"job_activities": [Parent(job, since_id=whole[3])]})
    with reading(simulator, rest) as readings:
        # The API gives the row again from which the stream goes on; it is no news.
        assert [row["id"] for row in rows(readings, "job_activities")] == whole[4:]
