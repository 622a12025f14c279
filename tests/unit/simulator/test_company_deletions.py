"""What each delete takes away from what an admin reads, what it leaves, and what comes back."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import orjson
import pytest

from workable_elt.simulator.changes import apply_random_changes
from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.quirks import parse_quirks
from workable_elt.simulator.state import Company
from workable_elt.simulator.truth import truth

PLAN = CompanyPlan(candidates=120, jobs=6, employees=16, years=1, seed=21)


@cache
def pickled_log() -> bytes:
    return pickle.dumps(generate(PLAN))


class Account:
    """A company to which things happen, and what it showed before the last of them."""

    def __init__(self) -> None:
        self.log: EventLog = pickle.loads(pickled_log())
        self.company = Company.from_log(self.log)

    def let(self, *kinds: str, n: int = 1, seed: int = 7) -> str:
        """Let things of each kind happen; give the id of the last."""
        for kind in kinds:
            self.before = self.truth()
            made = apply_random_changes(self.company, self.log, n, seed=seed, kinds=[kind])
        return made[-1]["id"]

    def truth(self, *quirks: str) -> dict[str, list[dict[str, Any]]]:
        return orjson.loads(orjson.dumps(truth(self.company, parse_quirks(quirks))))

    def gone(self, table: str, key: Callable[[dict[str, Any]], Any]) -> set[Any]:
        """Keys of a table that were there before the last change and are not now."""
        return {key(row) for row in self.before[table]} - {key(row) for row in self.truth()[table]}


def by(*names: str) -> Callable[[dict[str, Any]], Any]:
    if len(names) == 1:
        return lambda row: row[names[0]]
    return lambda row: tuple(row[name] for name in names)


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.mark.parametrize(
    ("kind", "table", "key", "prepared"),
    [
        ("event_deleted", "events", "id", ["event_scheduled"]),
        ("requisition_deleted", "requisitions", "code", ["requisition_created"]),
        ("department_deleted", "departments", "id", ["department_created"]),
        ("reason_deleted", "disqualification_reasons", "id", []),
        ("custom_attribute_deleted", "custom_attributes", "id", []),
        ("timeoff_request_deleted", "timeoff_requests", "id", ["timeoff_requested"]),
        ("employee_deleted", "employees", "id", []),
        ("job_deleted", "jobs", "shortcode", []),
    ],
)
def test_what_is_deleted_is_the_one_row_that_vanishes(account, kind, table, key, prepared):
    gone = account.let(*prepared, kind)
    assert account.gone(table, by(key)) == {gone}


def test_a_deleted_job_takes_along_what_hangs_on_it(account):
    gone = account.let("job_deleted")
    candidates = {c["id"] for c in account.before["candidates"] if c["job"]["shortcode"] == gone}
    assert candidates
    assert account.gone("candidates", by("id")) == candidates
    for table in ("job_details", "job_stages", "job_application_forms", "job_members"):
        assert account.gone(table, by("shortcode")) == {gone}
    assert account.gone("candidate_details", by("id")) == candidates
    shown = account.truth()
    assert not [row for row in shown["job_activities"] if row["shortcode"] == gone]
    assert not [row for row in shown["events"] if row["candidate"]["id"] in candidates]


def test_requisitions_of_a_deleted_job_stay_without_a_job(account):
    account.let("requisition_created", n=6)
    gone = account.let("job_deleted")
    job_id = next(job["id"] for job in account.before["jobs"] if job["shortcode"] == gone)

    def named(rows):
        return {row["code"] for row in rows if row["job"] and row["job"]["id"] == job_id}

    lost = named(account.before["requisitions"])
    now = {row["code"]: row for row in account.truth()["requisitions"]}
    assert lost
    assert all(now[code]["job"] is None for code in lost)


def test_candidates_may_outlive_their_job(account):
    gone = account.let("job_deleted")
    kept = account.truth("candidates_of_deleted_job=kept")
    assert {row["id"] for row in kept["candidates"]} == {
        row["id"] for row in account.before["candidates"]
    }
    assert gone not in {row["shortcode"] for row in kept["jobs"]}
    assert gone in {row["job"]["shortcode"] for row in kept["candidates"]}


@pytest.mark.parametrize(
    ("deleted", "restored", "tables"),
    [
        ("job_deleted", "job_restored", ["jobs", "candidates", "job_stages", "job_activities"]),
        ("deleted", "candidate_restored", ["candidates", "candidate_activities"]),
        ("employee_deleted", "employee_restored", ["employees", "timeoff_balances"]),
    ],
)
def test_what_comes_back_comes_with_all_its_rows(account, deleted, restored, tables):
    gone = account.let(deleted)
    before = account.before
    assert account.let(restored) == gone
    for table in tables:
        count = len(before[table])
        assert count > len(account.before[table]), table
        assert len(account.truth()[table]) == count, table


@pytest.mark.parametrize("bumps", ["yes", "no"])
def test_a_restored_candidate_may_keep_its_updated_at(account, bumps):
    account.let("deleted")
    later = account.log.now
    gone = account.let("candidate_restored")
    rows = account.truth(f"restore_bumps_updated_at={bumps}")["candidates"]
    row = next(row for row in rows if row["id"] == gone)
    fresh = account.company.candidates[gone].quiet_changes["restore"] > later
    shown = datetime.fromisoformat(row["updated_at"].replace("Z", "+00:00"))
    assert fresh
    assert (shown.timestamp() * 1000 > later) == (bumps == "yes")


@pytest.mark.parametrize(
    ("kind", "table"), [("form_emptied", "job_application_forms"), ("team_emptied", "job_members")]
)
def test_a_list_of_a_job_may_become_empty(account, kind, table):
    shortcode = account.let(kind)
    assert [row for row in account.before[table] if row["shortcode"] == shortcode]
    assert not [row for row in account.truth()[table] if row["shortcode"] == shortcode]


@pytest.mark.parametrize(
    ("kind", "table", "item"),
    [
        ("question_removed", "job_application_forms", "id"),
        ("team_member_removed", "job_members", "id"),
    ],
)
def test_one_item_of_a_job_may_go(account, kind, table, item):
    shortcode = account.let(kind)
    gone = account.gone(table, lambda row: (row["shortcode"], row.get(item)))
    assert [parent for parent, _ in gone] == [shortcode]


@pytest.mark.parametrize("bumps", ["yes", "no"])
def test_a_changed_team_moves_the_jobs_updated_at_only_under_the_quirk(account, bumps):
    shortcode = account.let("team_member_removed")
    setting = f"job_parts_bump_updated_at={bumps}"
    then = {row["shortcode"]: row["updated_at"] for row in account.before["jobs"]}
    now = {row["shortcode"]: row["updated_at"] for row in account.truth(setting)["jobs"]}
    assert {code for code in now if now[code] != then[code]} == (
        {shortcode} if bumps == "yes" else set()
    )


def test_a_removed_stage_is_gone_from_every_job_of_its_pipeline_and_nobody_stands_in_it(account):
    stage = int(account.let("stage_removed"))
    name = next(row["name"] for row in account.before["job_stages"] if row["id"] == stage)
    assert stage not in {row["id"] for row in account.truth()["job_stages"]}
    pipeline = account.company.stages[stage].pipeline
    jobs = {job.shortcode for job in account.company.jobs.values() if job.pipeline == pipeline}
    standing = [
        row["id"]
        for row in account.truth()["candidates"]
        if row["stage"] == name and row["job"]["shortcode"] in jobs
    ]
    assert standing == []


def test_balances_go_one_by_one_or_all_at_once(account):
    person = account.let("balance_withdrawn")
    gone = account.gone("timeoff_balances", by("employee_id", "category_id"))
    assert [employee for employee, _ in gone] == [person]
    emptied = account.let("balances_emptied")
    assert emptied not in {row["employee_id"] for row in account.truth()["timeoff_balances"]}


def test_a_deleted_employee_is_nowhere_but_in_requests_if_a_quirk_says_so(account):
    account.let("timeoff_requested", n=12)
    asked = {row["employee_id"] for row in account.before["timeoff_requests"]}
    gone = ""
    for seed in range(20):
        gone = account.let("employee_deleted", seed=seed)
        if gone in asked:
            break
    name = account.company.past_employees[gone].lastname
    assert gone in asked
    assert gone.encode() not in orjson.dumps(account.truth())
    kept = account.truth("requests_of_deleted_employee=kept")["timeoff_requests"]
    theirs = [row for row in kept if row["employee_id"] == gone]
    assert theirs
    assert all(row["updated_by"] is None for row in theirs)
    assert name.encode() not in orjson.dumps(theirs)


@pytest.mark.parametrize("kind", ["deleted", "anonymized"])
@pytest.mark.parametrize("shown", ["404", "anonymized"])
def test_no_row_shows_a_personal_value_of_who_is_gone(account, kind, shown):
    account.let("event_scheduled", "commented", "messaged", n=30)
    account.let("disqualified", n=10)
    made = apply_random_changes(account.company, account.log, 15, seed=1, kinds=[kind])
    tables = account.truth(f"deleted_candidate={shown}")
    gone = {change["id"] for change in made}
    for row in tables["candidates"]:
        if row["id"] not in gone:
            continue
        assert row["anonymized"] is True
        texts = ("name", "firstname", "lastname", "email", "phone", "headline", "address")
        assert [row[text] for text in texts] == [None] * 7
    rows_about = [
        row
        for table in ("events", "candidate_activities", "job_activities", "offers")
        for row in tables[table]
        if row.get("candidate_id") in gone or (row.get("candidate") or {}).get("id") in gone
    ]
    for row in rows_about:
        candidate = account.company.candidates[row.get("candidate_id") or row["candidate"]["id"]]
        name = f"{candidate.firstname} {candidate.lastname}"
        for value in filter(None, (name, candidate.email, candidate.phone)):
            assert orjson.dumps(value).strip(b'"') not in orjson.dumps(row)
    if kind == "anonymized" or shown == "anonymized":
        assert rows_about


def test_a_deleted_tag_is_on_nobody(account):
    tag = account.let("tag_deleted")
    assert any(tag in row["tags"] for row in account.before["candidate_details"])
    assert not any(tag in row["tags"] for row in account.truth()["candidate_details"])


def test_reasons_and_attributes_that_are_gone_still_speak_from_old_records(account):
    for seed in range(3):
        account.let("reason_deleted", "custom_attribute_deleted", seed=seed)
    texts = {row["description"] for row in account.truth()["disqualification_reasons"]}
    told = {row["disqualification_reason"] for row in account.truth()["candidates"]} - {None}
    assert told - texts
