"""The real command against an account that answers as Workable was recorded to answer.

Server and data share nothing with our client and simulator; every expectation is written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cli_process import Cli, Done
from replay_data import DRAFT, NIGHT, PANEL, SUBDOMAIN
from replay_server import TOKEN, ReplayServer


class Replayed:
    """What one run left."""

    def __init__(self, cli: Cli, done: Done, server: ReplayServer) -> None:
        self.done, self.server = done, server
        self._file = cli.database

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self._file), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def table(self, name: str, columns: str) -> list[tuple[Any, ...]]:
        """Rows of a unified table by key, which comes first; the account is left off the keys."""
        found = self.rows(f"select {columns} from workable.{name} order by 1")
        return [tuple(_short(value) for value in row) for row in found]


def _short(value: Any) -> Any:
    return value.replace(f"{SUBDOMAIN}:", "") if isinstance(value, str) else value


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayed]:
    folder: Path = tmp_path_factory.mktemp("replayed")
    with ReplayServer(prefix="/gateway/eu") as server:
        cli = Cli(folder, server.base_url, TOKEN, SUBDOMAIN)
        cli.environment["TRANSFORM__DATA_TESTS"] = "true"
        yield Replayed(cli, cli.run("run", "--json"), server)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# ── the run ────────────────────────────────────────────────────────────────────────────────────


def test_all_is_read_without_a_refused_request(replayed: Replayed) -> None:
    answer = replayed.done.answer
    assert (replayed.done.code, answer["status"]) == (0, "ok"), replayed.done.err
    account = answer["accounts"][0]
    assert (account["complete"], account["backlog"]) == (True, 0)
    assert {row["status"] for row in account["resources"]} == {"ok"}
    assert sum(row["quarantined"] for row in account["resources"]) == 0
    assert answer["dbt"]["failed"] == 0
    assert answer["requests"] == len(replayed.server.asked)
    assert {asked.status for asked in replayed.server.asked} == {200}


def test_the_super_admin_reads_the_hr_part(replayed: Replayed) -> None:
    [asked] = [a for a in replayed.server.asked if a.path == "/employees/2a41c3"]
    assert asked.query == {"member_id": "1f0002"}


RAW_ROWS = {
    "candidates": 7, "candidate_details": 7, "candidate_activities": 17, "job_activities": 19,
    "offers": 1, "jobs": 3, "job_details": 3, "job_stages": 15, "job_application_forms": 5,
    "job_members": 1, "stages": 6, "members": 3, "recruiters": 0, "custom_attributes": 0,
    "disqualification_reasons": 2, "departments": 3, "permission_sets": 0, "events": 2,
    "requisitions": 0, "employees": 4, "employee_details": 4, "employee_fields": 6,
    "legal_entities": 3, "work_schedules": 1, "timeoff_categories": 3, "timeoff_balances": 4,
    "timeoff_requests": 4, "candidate_files": 0, "employee_documents": 0, "time_entries": 0,
}  # fmt: skip


def test_every_raw_table_has_the_rows_that_were_sent(replayed: Replayed) -> None:
    counted = {
        name: replayed.rows(f"select count(*) from workable_raw.{name}")[0][0] for name in RAW_ROWS
    }
    assert counted == RAW_ROWS


def test_raw_candidates_keep_ids_as_text_and_absent_keys_as_null(replayed: Replayed) -> None:
    found = replayed.rows(
        "select id, email, withdrew, job ->> 'shortcode', talent_pool ->> 'talent_pool_id', "
        "resume_metadata is null, hired_at, updated_at "
        "from workable_raw.candidates where id in ('27270280', '2f41c0aa', '2f41c0af') order by 1"
    )
    updated = at("2026-06-01 08:00:00")
    assert found == [
        ("27270280", "ana@mail.example", None, NIGHT, None, False, None, updated),
        ("2f41c0aa", "bo@mail.example", None, NIGHT, None, True, at("2026-06-20 12:00:00"),
         updated),
        ("2f41c0af", "fay@mail.example", None, None, "77", True, None, updated),
    ]  # fmt: skip


def test_unknown_keys_are_told_and_kept_only_where_nobody_is_described(replayed: Replayed) -> None:
    def extra(table: str, where: str) -> Any:
        [(text,)] = replayed.rows(f"select _extra from workable_raw.{table} where {where}")
        return json.loads(text)

    new = {"brand_new_field": {"nested": [1, "two", None]}}
    assert extra("departments", "id = '9c01'") == new
    assert extra("jobs", f"shortcode = '{NIGHT}'") == new
    assert extra("candidates", "id = '27270280'") == {"brand_new_field": None}
    assert extra("employee_details", "id = '2a41c3'") == {"11a07": "Blue", "11a08": None}


def test_pay_and_numbers_of_the_state_are_in_no_file(replayed: Replayed) -> None:
    assert replayed.rows(
        "select salary_group, social_security_number_group from workable_raw.employee_details "
        "where id = '2a41c3'"
    ) == [(None, None)]
    database = replayed.done.answer["database"]
    assert b"SECRET-SSN" not in Path(database).read_bytes()


# ── hiring ─────────────────────────────────────────────────────────────────────────────────────


def test_applications(replayed: Replayed) -> None:
    columns = (
        "application_key, person_key, job_key, current_stage_key, current_stage_name, "
        "current_stage_kind, status, is_open, hired_at, hired_at_basis, moved_to_offer_at, "
        "disqualified_at, disqualification_reason_key, disqualified_stage_name, offer_state, "
        "employee_key, source_category"
    )
    none = (None,) * 4
    ours = "company_marketing"
    assert replayed.table("ats_applications", columns) == [
        ("27270280", "27270280", NIGHT, f"{NIGHT}:5272203", "Phone Screen", "phone_screen",
         "active", True, None, None, None, None, None, None, None, None, "job_board"),
        ("2f41c0aa", "2f41c0aa", NIGHT, f"{NIGHT}:5272206", "Hired", "hired", "hired", False,
         at("2026-06-20 12:00:00.789"), "observed", at("2026-06-10 08:00:00"), None, None, None,
         "accepted", "2a41c3", ours),
        ("2f41c0ab", "2f41c0ab", NIGHT, f"{NIGHT}:5272204", "Interview", "interview",
         "rejected", False, None, None, None, at("2026-05-20 10:00:00.123"), "a1", "Interview",
         None, None, ours),
        ("2f41c0ac", "2f41c0ac", NIGHT, f"{NIGHT}:5272203", "Phone Screen", "phone_screen",
         "withdrawn", False, None, None, None, at("2026-05-21 10:00:00"), "a2", "Phone Screen",
         None, None, ours),
        ("2f41c0ad", "2f41c0ad", PANEL, None, "Talk", "interview", "active", True, None, None,
         None, *none, None, ours),
        ("2f41c0ae", "27270280", PANEL, f"{PANEL}:5272301", "Applied", "applied", "active",
         True, None, None, None, *none, None, "other"),
    ]  # fmt: skip


def test_candidates(replayed: Replayed) -> None:
    columns = (
        "candidate_key, job_key, email, city, is_talent_pool, is_sourced, current_title, "
        "resume_file_name, first_activity_at, last_activity_at"
    )
    first = at("2026-05-01 08:00:00")
    assert replayed.table("ats_candidates", columns) == [
        ("27270280", NIGHT, "ana@mail.example", "Cork", False, False, "Porter", "cv.pdf", first,
         at("2026-05-03 09:00:00")),
        ("2f41c0aa", NIGHT, "bo@mail.example", None, False, False, None, None, first,
         at("2026-06-20 12:00:00.789")),
        ("2f41c0ab", NIGHT, "cy@mail.example", None, False, False, None, None, first,
         at("2026-05-20 10:00:00.123")),
        ("2f41c0ac", NIGHT, "di@mail.example", None, False, False, None, None, first,
         at("2026-05-21 10:00:00")),
        ("2f41c0ad", PANEL, None, None, False, True, None, None, first,
         at("2026-05-02 08:00:00")),
        ("2f41c0ae", PANEL, " ANA@mail.example", None, False, False, None, None, first, first),
        ("2f41c0af", None, "fay@mail.example", None, True, True, None, None, None, None),
    ]  # fmt: skip


def test_one_person_with_two_records_by_an_address_in_two_spellings(replayed: Replayed) -> None:
    assert replayed.table("ats_people", "person_key, email, candidate_count, match_basis") == [
        ("27270280", "ana@mail.example", 2, "email"),
        ("2f41c0aa", "bo@mail.example", 1, "email"),
        ("2f41c0ab", "cy@mail.example", 1, "email"),
        ("2f41c0ac", "di@mail.example", 1, "email"),
        ("2f41c0ad", None, 1, None),
        ("2f41c0af", "fay@mail.example", 1, "email"),
    ]


def test_stage_transitions(replayed: Replayed) -> None:
    columns = (
        "stage_transition_key, application_key, entry_number, from_stage_name, to_stage_key, "
        "to_stage_kind, occurred_at, user_key"
    )
    began, rev = at("2026-05-01 08:00:00"), "member:1f0003"
    stage = {number: f"{NIGHT}:527220{number}" for number in range(1, 7)}
    assert replayed.table("ats_stage_transitions", columns) == [
        ("5b000001", "27270280", 1, None, stage[2], "applied", began, None),
        ("5b000002", "27270280", 2, "Applied", stage[3], "phone_screen",
         at("2026-05-02 08:00:00.250"), rev),
        ("5b000010", "2f41c0aa", 1, None, stage[2], "applied", began, None),
        ("5b000011", "2f41c0aa", 2, "Applied", stage[4], "interview",
         at("2026-05-10 08:00:00"), None),
        ("5b000012", "2f41c0aa", 3, "Interview", stage[5], "offer",
         at("2026-06-10 08:00:00"), None),
        ("5b000013", "2f41c0aa", 4, "Offer", stage[6], "hired",
         at("2026-06-20 12:00:00.789"), rev),
        ("5b000020", "2f41c0ab", 1, None, stage[2], "applied", began, None),
        ("5b000021", "2f41c0ab", 2, "Applied", stage[4], "interview",
         at("2026-05-11 08:00:00"), None),
        ("5b000030", "2f41c0ac", 1, None, stage[2], "applied", began, None),
        ("5b000031", "2f41c0ac", 2, "Applied", stage[3], "phone_screen",
         at("2026-05-12 08:00:00"), None),
        ("5b000040", "2f41c0ad", 1, None, f"{PANEL}:5272301", "applied", began, None),
        ("5b000041", "2f41c0ad", 2, "Applied", f"{PANEL}:5272303", "interview",
         at("2026-05-02 08:00:00"), None),
        ("5b000050", "2f41c0ae", 1, None, f"{PANEL}:5272301", "applied", began, None),
    ]  # fmt: skip


def test_bodies_stay_only_where_the_hiring_team_may_read_them(replayed: Replayed) -> None:
    columns = "activity_key, activity_type, body, rating_scale, rating_grade"
    found = replayed.table("ats_activities", columns)
    assert [row for row in found if row[1] in ("note", "rating")] == [
        ("5b000003", "note", "Good hands", None, None),
        ("5b000004", "rating", None, "stars", 4),
    ]
    assert [row[2] for row in found if row[2]] == ["Good hands"]


def test_jobs(replayed: Replayed) -> None:
    columns = (
        "job_key, job_id, status, status_raw, department_key, department_path, salary_min, "
        "salary_max, salary_currency, first_opened_at, created_date, is_accepting, city"
    )
    opened, made = at("2026-03-01 09:00:00"), date(2026, 2, 11)
    pay = (Decimal(31000), Decimal("34000.5"), "EUR")
    assert replayed.table("ats_jobs", columns) == [
        (DRAFT, "500200", "draft", "draft", None, None, None, None, None, None, made, False,
         "Cork"),
        (NIGHT, "5c01fe", "published", "published", "9c01", "Operations > Dockside", *pay,
         opened, made, True, "Cork"),
        (PANEL, "5c01ff", "internal", "closed", None, None, *pay, opened, made, True, "Cork"),
    ]  # fmt: skip


def test_departments(replayed: Replayed) -> None:
    columns = "department_key, parent_department_key, root_department_key, path, depth"
    assert replayed.table("ats_departments", columns) == [
        ("9c00", None, "9c00", "Operations", 1),
        ("9c01", "9c00", "9c00", "Operations > Dockside", 2),
        ("9c02", "9c01", "9c00", "Operations > Dockside > Night Watch", 3),
    ]


def test_users(replayed: Replayed) -> None:
    columns = "user_key, name, access_role, is_active, employee_key"
    assert replayed.table("ats_users", columns) == [
        ("member:1f0001", "Ada Root", "admin", True, None),
        ("member:1f0002", "Sol Super", "super_admin", True, "2a41c1"),
        ("member:1f0003", "Rev Iewer", "reviewer", True, None),
    ]


def test_answers(replayed: Replayed) -> None:
    columns = (
        "answer_key, question, question_id, answer_type, answer_text, answer_number, "
        "answer_boolean, answer_date, answer_choices"
    )
    none = (None,) * 4
    assert replayed.table("ats_application_answers", columns) == [
        ("27270280:1", "Can you swim?", "7700", "boolean", None, None, True, None, None),
        ("27270280:2", "Which shifts?", "7701", "choices", *none, '["Night","Day"]'),
        ("27270280:3", "Years at sea", None, "number", None, Decimal(3), None, None, None),
        ("27270280:4", "Why us?", None, "text", "The sea.", *none),
        ("27270280:5", "Free from", None, "date", None, None, None, date(2026, 8, 1), None),
        ("27270280:6", None, None, None, None, *none),
    ]


def test_tags_interviews_and_teams(replayed: Replayed) -> None:
    assert replayed.table("ats_candidate_tags", "candidate_tag_key, tag") == [
        ("27270280:night owl", "night owl"),
        ("27270280:swimmer", "swimmer"),
    ]
    columns = "interview_key, interview_type, candidate_key, is_cancelled, conference_type"
    assert replayed.table("ats_interviews", columns) == [
        ("3000002", "interview", "2f41c0ab", True, None),
        ("3e00001", "call", "27270280", False, "zoom"),
    ]
    columns = "job_key, user_key, collaboration_role"
    assert replayed.table("ats_job_hiring_team", columns) == [
        (NIGHT, "member:1f0003", "hiring_manager")
    ]


# ── people ─────────────────────────────────────────────────────────────────────────────────────

ENTITY, CORK, PIER = (f"0b4c0000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))


def test_employees(replayed: Replayed) -> None:
    columns = (
        "employee_key, full_name, status, personal_email, job_title, hire_date, start_date, "
        "manager_key, department_key, legal_entity_key, site_key, employment_type, country_code, "
        "weekly_hours, full_time_equivalent, candidate_key, candidate_link_basis, user_key"
    )
    march, entity, site = date(2024, 3, 4), f"legal_entity:{ENTITY}", f"site:{PIER}"
    nothing = (None,) * 7
    assert replayed.table("hris_employees", columns) == [
        ("200002", "Tim Super", "active", "family@mail.example", "Sailor", None, march, "2a41c1",
         "9c01", entity, site, *nothing),
        ("2a41c1", "Sol Super", "active", "family@mail.example", "Harbour master", None, march,
         None, "9c00", entity, None, *nothing[:6], "member:1f0002"),
        ("2a41c3", "Bo Lind", "active", "bo@mail.example", "Sailor", date(2026, 6, 20),
         date(2026, 7, 1), "2a41c1", "9c02", entity, site, "full_time", "IE", Decimal(30),
         Decimal("0.75"), "2f41c0aa", "email", None),
        ("2a41c4", "Una Moss", "pending", None, "Sailor", None, date(2026, 9, 1), None, None,
         None, None, *nothing),
    ]  # fmt: skip


def test_employments_and_custom_fields(replayed: Replayed) -> None:
    columns = "employment_key, employee_key, employment_type, effective_date, is_primary"
    assert replayed.table("hris_employments", columns) == [
        ("2a41c3:51aa2", "2a41c3", "full_time", date(2026, 7, 1), True)
    ]
    columns = "employee_key, field_id, field_label, value_text"
    assert replayed.table("hris_employee_field_values", columns) == [
        ("2a41c3", "11a07", "Oilskin colour", "Blue")
    ]
    columns = "field_key, field_type, is_custom, is_multiple, keeps_history, parent_field_id"
    assert replayed.table("hris_fields", columns) == [
        ("11a07", "text", True, False, False, None),
        ("11a08", "text", True, False, False, None),
        ("employee_number", "text", False, False, False, None),
        ("employment_group", "composite", False, True, True, None),
        ("employment_group:employment_effective_date", "date", False, False, False,
         "employment_group"),
        ("employment_group:employment_status", "dropdown", False, False, False,
         "employment_group"),
        ("firstname", "text", False, False, False, None),
        ("start_date", "date", False, False, True, None),
    ]  # fmt: skip


def test_groups(replayed: Replayed) -> None:
    columns = "group_key, parent_group_key, path, time_zone, legal_name"
    zone, root = "Europe/Dublin", "Lumen Ferry Ltd"
    assert replayed.table("hris_groups", columns) == [
        ("department:9c00", None, "Operations", None, None),
        ("department:9c01", "department:9c00", "Operations > Dockside", None, None),
        ("department:9c02", "department:9c01", "Operations > Dockside > Night Watch", None, None),
        (f"legal_entity:{ENTITY}", None, root, None, None),
        (f"location:{CORK}", f"legal_entity:{ENTITY}", f"{root} > Cork", zone, None),
        (f"site:{PIER}", f"location:{CORK}", f"{root} > Cork > Pier 4", zone, None),
    ]


def test_time_off(replayed: Replayed) -> None:
    assert replayed.table("hris_timeoff_types", "timeoff_type_key, name, is_paid") == [
        ("10013", "Paid time off", True),
        ("10014", "Unpaid leave", False),
        ("10a13", "Sick leave", True),
    ]
    columns = "timeoff_balance_key, unit, unit_raw, available, used, carried_over, is_unlimited"
    zero = Decimal(0)
    assert replayed.table("hris_timeoff_balances", columns) == [
        ("200002:10013", "days", "full_days", Decimal(12), Decimal(8), Decimal("2.5"), False),
        ("2a41c1:10013", "days", "half_days", Decimal(-2), Decimal(22), zero, False),
        ("2a41c1:10014", "days", "full_days", Decimal(-3), Decimal(3), zero, True),
        ("2a41c1:10a13", "hours", "hours", Decimal("40.5"), Decimal(8), zero, False),
    ]
    columns = (
        "timeoff_request_key, employee_key, timeoff_type_key, status, start_date, end_date, "
        "starts_at_local, ends_at_local, start_half, end_half, amount, unit, pending_approver_ids"
    )
    assert replayed.table("hris_timeoff_requests", columns) == [
        ("7280d", "2a41c1", "10013", "requested", date(2026, 5, 11), date(2026, 5, 12), None,
         None, None, "first", Decimal("1.5"), "days", "6b0e2f10-0000-4000-8000-000000000009"),
        ("7280e", "2a41c1", "10a13", "approved", date(2026, 5, 20), date(2026, 5, 20),
         at("2026-05-20 00:00:00"), at("2026-05-20 00:00:00"), None, None, Decimal(8), "hours",
         None),
        ("72810", "200002", "10a13", "approved", date(2026, 5, 25), date(2026, 5, 25),
         at("2026-05-25 09:00:00"), at("2026-05-25 13:30:00"), None, None, Decimal("4.5"),
         "hours", None),
        ("72811", "200002", "10013", "declined", date(2026, 6, 1), date(2026, 6, 12), None,
         None, None, None, Decimal(10), "days", None),
    ]  # fmt: skip
