"""The JSON of single records against hand-written expectations from the API notes."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.fields import BUILT_IN_FIELDS
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.quirks import Quirks, parse_quirks
from workable_elt.simulator.render import AtsRenderer, HrisRenderer
from workable_elt.simulator.state import Company

NOW = int(datetime(2026, 5, 1, 9, 30, 15, 250_000, timezone.utc).timestamp() * 1000)
HOUR = 3_600_000
STAGES = (
    r.Stage(0x50779C, "Applied", "applied", "applied", 1, "default"),
    r.Stage(0x50779F, "Interview", "interview", "interview", 2, "default"),
    r.Stage(0x5077A0, "Hired", "hired", "hired", 3, "default"),
)
SOURCE = r.Source("linkedin.com", None, "linkedin.com", "Job boards")
PROFILE = ev.Profile(
    "Oona",
    "Varga",
    "Oona@Home.example",
    None,
    answers=(
        r.Answer("q1", ("c2",)),
        r.Answer("q2", date(2026, 7, 1)),
        r.Answer("q3", False),
        r.Answer("q4", None),
    ),
)
QUESTIONS = (
    r.Question(
        1, "q1", "Office", "dropdown", True, True, (r.Choice("c1", "A"), r.Choice("c2", "B"))
    ),
    r.Question(2, "q2", "When", "date", False),
    r.Question(3, "q3", "Permit", "boolean", False),
    r.Question(4, "q4", "Why", "free_text", False),
)


def job(number: int, shortcode: str) -> r.Job:
    return r.Job(
        number, f"{number:x}", shortcode, 600 + number, "Porter", "OPS-7", "published", NOW, NOW,
        department_id="d2", questions=QUESTIONS, salary_currency="EUR",
    )  # fmt: skip


def company(*events: ev.LogEvent) -> Company:
    base: list[ev.LogEvent] = [
        ev.MemberAdded(
            NOW, None, r.Member(1, "m1", "Sam Root", "s@x.example", None, "admin", "admin", True)
        ),
        ev.DepartmentCreated(NOW, None, r.Department(1, "d1", "Operations", None)),
        ev.DepartmentCreated(NOW, None, r.Department(2, "d2", "Front Desk", "d1")),
        ev.PipelineAdded(NOW, None, "default", STAGES),
        ev.ReasonAdded(NOW, None, r.DisqualificationReason(1, "r1", "Not a fit", False, 1)),
        *(ev.FieldAdded(NOW, None, built_in) for built_in in BUILT_IN_FIELDS),
        ev.JobCreated(NOW, "m1", job(16, "AAAA000001")),
        ev.JobCreated(NOW, "m1", job(17, "BBBB000002")),
    ]
    log = EventLog(r.Account("ac", "Inn", "inn"), NOW, NOW, {}, [*base, *events])
    return Company.from_log(log)


def entered() -> ev.CandidateEntered:
    return ev.CandidateEntered(
        NOW, None, "27270280", 1, "applied", "AAAA000001", STAGES[0].number, SOURCE, PROFILE, 0x11
    )  # fmt: skip


def moved(at: int = NOW + HOUR) -> ev.StageMoved:
    return ev.StageMoved(at, "m1", "27270280", STAGES[0].number, STAGES[1].number, 0x12)


def ats(folded: Company, *settings: str) -> AtsRenderer:
    return AtsRenderer(folded, parse_quirks(settings))


def test_a_candidate_row_has_the_stage_name_whole_seconds_and_no_resume_key() -> None:
    folded = company(entered(), moved())
    row = ats(folded).candidate_row(folded.candidates["27270280"])
    assert row["stage"] == "Interview"
    assert row["stage_kind"] == "interview"
    assert row["created_at"] == "2026-05-01T09:30:15Z"
    assert row["updated_at"] == "2026-05-01T10:30:15Z"
    assert row["job"] == {"shortcode": "AAAA000001", "title": "Porter"}
    assert row["name"] == "Oona Varga"
    assert not row.keys() & {"resume_metadata", "withdrew", "talent_pool"}


def test_a_talent_pool_candidate_has_a_pool_instead_of_a_job() -> None:
    event = entered()
    event.job = None
    folded = company(event)
    row = ats(folded).candidate_row(folded.candidates["27270280"])
    assert "job" not in row
    assert row["talent_pool"] == {"talent_pool_id": 4711, "identifier": "1267"}


def test_answers_tell_their_type_by_their_key() -> None:
    folded = company(entered())
    detail = ats(folded).candidate_detail(folded.candidates["27270280"])
    assert detail["answers"] == [
        {"question": {"body": "Office"}, "answer": {"choices": [{"body": "B"}]}},
        {"question": {"body": "When"}, "answer": {"date": "2026-07-01"}},
        {"question": {"body": "Permit"}, "answer": {"checked": False}},
        {"question": {"body": "Why"}, "answer": None},
    ]
    assert detail["location"]["city"] is None
    assert "social_profiles" not in detail


def test_a_move_names_the_stage_before_in_one_stream_and_the_target_in_the_other() -> None:
    folded = company(entered(), moved())
    _, activity = folded.activities_by_candidate["27270280"]
    in_candidate = ats(folded).candidate_activity(activity)
    in_job = ats(folded).job_activity(activity)
    assert in_candidate["action"] == in_job["action"] == "interview"
    assert in_candidate["stage_name"] == "Applied"
    assert in_candidate["target_stage"] == {
        "id": 5273503,
        "identifier": "50779f",
        "name": "Interview",
        "slug": "interview",
    }
    assert in_job["stage_name"] == "Interview"
    assert in_job["created_at"] == "2026-05-01T10:30:15.250Z"
    assert in_job["candidate"] == {"id": "27270280", "name": "Oona Varga"}
    assert in_job["member"] == {"id": "m1", "name": "Sam Root", "type": "Member"}


def test_an_application_has_no_member_and_no_stage_in_the_jobs_stream() -> None:
    folded = company(entered())
    (activity,) = folded.activities_by_job["AAAA000001"]
    row = ats(folded).job_activity(activity)
    assert "member" not in row
    assert row["stage_name"] is None
    assert row["id"] == "00000011"


def relocated() -> list[ev.LogEvent]:
    stage = STAGES[0].number
    return [
        entered(),
        ev.Commented(NOW + 1, "m1", "27270280", stage, "Hello", ("admin",), 0x12),
        ev.Relocated(
            NOW + HOUR, "m1", "27270300", "27270280", "BBBB000002", stage, STAGES[1].number, 0x13
        ),
    ]


def test_a_relocated_candidate_keeps_history_under_a_new_id() -> None:
    folded = company(*relocated())
    new = folded.candidates["27270300"]
    detail = ats(folded).candidate_detail(new)
    assert detail["created_at"] == "2026-05-01T09:30:15Z"
    assert detail["originating_candidate_id"] == "27270280"
    stream = folded.activities_by_candidate["27270300"]
    assert [activity.action for activity in stream] == ["applied", "comment", "moved"]
    assert {a.updated_at for a in stream} == {NOW + HOUR}
    assert folded.activities_by_job["AAAA000001"] == []
    assert [a.number for a in folded.activities_by_job["BBBB000002"]] == [0x11, 0x12, 0x13]


def test_where_only_copies_show_their_origin_a_relocated_one_does_not() -> None:
    folded = company(*relocated())
    renderer = ats(folded, "originating_candidate_id=copy")
    detail = renderer.candidate_detail(folded.candidates["27270300"])
    assert detail["originating_candidate_id"] is None


def test_an_edited_rating_rewrites_its_activity() -> None:
    stage = STAGES[0].number
    folded = company(
        entered(),
        ev.Rated(NOW + 1, "m1", "27270280", stage, r.Rating("stars", 0), None, ("admin",), 0x12),
        ev.RatingEdited(NOW + HOUR, "m1", "27270280", r.Rating("stars", 4), "Better", 0x12),
    )
    _, activity = folded.activities_by_candidate["27270280"]
    row = ats(folded).candidate_activity(activity)
    assert row["rating"] == {"score": "definite", "scale": "stars", "grade": 4}
    assert row["created_at"] == "2026-05-01T09:30:15.251Z"
    assert row["updated_at"] == "2026-05-01T10:30:15.250Z"
    assert ats(folded).job_activity(activity)["rating"] == {"score": "definite"}


def test_a_reverted_disqualification_leaves_no_trace_on_the_candidate() -> None:
    stage = STAGES[0].number
    out = ev.Disqualified(NOW + 1, "m1", "27270280", stage, "r1", False, 0x12)
    folded = company(entered(), out)
    detail = ats(folded).candidate_detail(folded.candidates["27270280"])
    assert detail["disqualification_reason"] == "Not a fit"
    assert detail["disqualified_at"] == "2026-05-01T09:30:15.251Z"
    folded.apply(ev.Reverted(NOW + 2, "m1", "27270280", stage, 0x13))
    detail = ats(folded).candidate_detail(folded.candidates["27270280"])
    assert detail["disqualified"] is False
    assert detail["disqualification_reason"] is None
    assert detail["disqualified_at"] is None


def test_without_an_offer_there_is_only_the_candidate() -> None:
    folded = company(entered())
    offer = ats(folded).offer(folded.candidates["27270280"])
    assert offer == {"candidate": {"id": "27270280", "name": "Oona Varga", "location": None}}


def test_a_jobs_created_at_is_cut_to_midnight_and_its_departments_are_a_path() -> None:
    folded = company()
    row = ats(folded).job_row(folded.jobs["AAAA000001"])
    assert row["created_at"] == "2026-05-01T00:00:00Z"
    assert row["updated_at"] == "2026-05-01T09:30:15Z"
    assert row["full_title"] == "Porter - OPS-7"
    assert row["department"] == "Front Desk"
    assert row["department_hierarchy"] == [
        {"id": "d1", "name": "Operations"},
        {"id": "d2", "name": "Front Desk"},
    ]
    assert row["salary"]["salary_currency"] == "eur"
    detail = ats(folded).job_detail(folded.jobs["AAAA000001"])
    assert "sample" not in detail
    assert "location_str" not in detail["location"]


def test_an_anonymised_candidate_has_no_personal_facts_left() -> None:
    stage = STAGES[0].number
    folded = company(
        entered(),
        ev.Commented(NOW + 1, "m1", "27270280", stage, "Hello Oona", ("admin",), 0x12),
        ev.CandidateUpdated(NOW + 2, None, "27270280", {"is_anonymized": True}),
    )
    candidate = folded.candidates["27270280"]
    renderer = ats(folded)
    shown = [
        renderer.candidate_row(candidate),
        renderer.candidate_detail(candidate),
        *(renderer.candidate_activity(a) for a in folded.activities_by_candidate[candidate.id]),
        *(renderer.job_activity(a) for a in folded.activities_by_job["AAAA000001"]),
    ]
    assert shown[0]["anonymized"] is True
    assert "Oona" not in repr(shown)
    assert "Varga" not in repr(shown)


def employee(**more: object) -> r.Employee:
    values = {
        "rows": {
            "personal_email": [r.Row(0x51AA1, "ines@home.example")],
            "salary_group": [r.Row(0x51AA2, {"salary_pay_rate": r.Money(50.0, "EUR", "year")})],
        },
        **more,
    }
    return r.Employee(
        2_767_000, "2a3cda", 1, "Ines", "Abadi", "17", "published", "Field engineer",
        date(2024, 3, 4), NOW, NOW, work_email="ines@work.example", department_id="d2", **values,
    )  # fmt: skip


def test_an_employees_list_email_is_the_private_one_and_the_detail_has_other_words() -> None:
    boss = r.Employee(
        2_766_000, "2a38f2", 2, "Bo", "Boss", "1", "published", "CEO", date(2020, 1, 1), NOW, NOW
    )
    folded = company(
        ev.EmployeeCreated(NOW, None, boss),
        ev.EmployeeCreated(NOW, None, employee(manager_id=boss.id)),
    )
    renderer = HrisRenderer(folded, Quirks())
    row = renderer.employee_row(folded.employees["2a3cda"])
    assert row["email"] == "ines@home.example"
    assert row["start_date"] == "2024-03-04T00:00:00.000Z"
    assert row["reporting_line"] == [2_766_000]
    assert row["division_id"] is None
    assert "avatar" not in row
    detail = renderer.employee_detail(folded.employees["2a3cda"])
    assert detail["status"] == "status_active"
    assert detail["reports_to"] == "2a38f2"
    assert detail["department"] == "d2"
    assert detail["skills"] == []
    assert not detail.keys() & {"email", "state", "avatar", "sample", "birthdate", "division"}
    assert detail["personal_email"] == [
        {
            "row_id": "51aa1",
            "history_of": "51aa1",
            "is_primary": True,
            "value": "ines@home.example",
        }
    ]
    reports = renderer.employee_detail(folded.employees["2a38f2"])["direct_reports"]
    assert [report["id"] for report in reports] == ["2a3cda"]


def test_older_pay_is_returned_only_where_the_quirk_says_so() -> None:
    more = r.Row(0x51AA9, {"salary_pay_rate": r.Money(60.0, "EUR", "year")})
    folded = company(
        ev.EmployeeCreated(NOW, None, employee()),
        ev.RowAdded(NOW + 1, None, "2a3cda", "salary_group", more),
    )
    record = folded.employees["2a3cda"]
    now = HrisRenderer(folded, Quirks()).employee_detail(record)["salary_group"]
    assert [row["value"]["salary_pay_rate"]["amount"] for row in now] == [60.0]
    quirks = Quirks(history_rows="returned")
    rows = HrisRenderer(folded, quirks).employee_detail(record)["salary_group"]
    assert [(row["row_id"], row["is_primary"]) for row in rows] == [
        ("51aa9", True),
        ("51aa2", False),
    ]


def test_a_colleague_without_hr_rights_sees_public_fields_only() -> None:
    folded = company(ev.EmployeeCreated(NOW, None, employee()))
    detail = HrisRenderer(folded, Quirks()).employee_detail(
        folded.employees["2a3cda"], sees_all=False
    )
    assert detail["work_email"] == "ines@work.example"
    assert not detail.keys() & {"salary_group", "personal_email", "contact_group"}


def time_off(**more: object) -> list[ev.LogEvent]:
    values = {
        "number": 5,
        "id": "7280f",
        "employee_id": "2a3cda",
        "category_id": "10013",
        "from_at": datetime(2026, 5, 11),
        "to_at": datetime(2026, 5, 12),
        "unit": "half_days",
        "total": Decimal("1.5"),
        "state": "pending",
        "created_at": NOW,
        "updated_at": NOW,
        "updated_by": "Ines Abadi",
        "half_days": (r.HalfDay(date(2026, 5, 12), "first"),),
        "pending_approvals": (("d4011", "uuid"),),
        **more,
    }
    request = r.TimeoffRequest(**values)
    return [
        ev.EmployeeCreated(NOW, None, employee()),
        ev.TimeoffCategoryAdded(NOW, None, r.TimeoffCategory(1, "10013", "Paid ", True, None)),
        ev.CycleStarted(
            NOW, None, "2a3cda", "10013", 2026, "half_days", Decimal(1), Decimal("0.25")
        ),
        ev.TimeoffRequested(NOW, None, request),
    ]


def test_a_request_is_sent_as_wall_clock_with_the_categorys_name() -> None:
    folded = company(*time_off())
    row = HrisRenderer(folded, Quirks()).timeoff_request(folded.timeoff_requests["7280f"])
    assert row["from_date"] == "2026-05-11T00:00:00.000"
    assert row["formatted_period"] == "11 May 2026 - 12 May 2026"
    assert row["requesting_total"] == 1.5
    assert row["half_days"] == [{"date": "2026-05-12T00:00:00.000", "half": "first"}]
    assert row["category_name"] == "Paid "
    assert row["pending_approvals"] == [{"id": "d4011", "approver_id": "uuid"}]
    assert "category_id" not in row


def test_an_hourly_request_prints_the_time_of_day_and_whole_numbers() -> None:
    folded = company(
        *time_off(
            unit="hours",
            total=Decimal(3),
            half_days=(),
            from_at=datetime(2026, 5, 11, 9),
            to_at=datetime(2026, 5, 11, 12),
        )
    )
    row = HrisRenderer(folded, Quirks()).timeoff_request(folded.timeoff_requests["7280f"])
    assert row["formatted_period"] == "11 May 2026 (09:00) - 11 May 2026 (12:00)"
    assert row["requesting_total"] == 3
    assert isinstance(row["requesting_total"], int)


def test_a_balance_follows_approvals_and_may_fall_below_zero() -> None:
    folded = company(*time_off())
    renderer = HrisRenderer(folded, Quirks())

    def shown() -> tuple[str, str]:
        balance = renderer.timeoff_balance(folded.timeoff_balances["2a3cda"]["10013"])
        return balance["units_available"], balance["units_used"]

    assert shown() == ("1.25", "0.00")
    folded.apply(ev.TimeoffDecided(NOW + 1, None, "7280f", "approved", "Bo Boss"))
    assert shown() == ("-0.25", "1.50")
    folded.apply(ev.TimeoffDecided(NOW + 2, None, "7280f", "canceled", "Ines Abadi"))
    assert shown() == ("1.25", "0.00")


def test_an_all_digit_category_id_is_a_number_only_where_the_quirk_says_so() -> None:
    folded = company(*time_off())
    category = folded.timeoff_categories["10013"]
    assert HrisRenderer(folded, Quirks()).timeoff_category(category)["id"] == "10013"
    numeric = HrisRenderer(folded, Quirks(timeoff_category_ids="numbers"))
    assert numeric.timeoff_category(category)["id"] == 10013


def test_a_super_admin_carries_only_that_role() -> None:
    folded = company()
    row = ats(folded).member(folded.members["m1"])
    assert row["roles"] == ["workable.superadmin"]
    assert row["role"] == "admin"
    assert "role" not in ats(folded, "member_legacy_roles=absent").member(folded.members["m1"])


def test_stage_ids_of_two_jobs_differ_where_the_quirk_says_so() -> None:
    folded = company()
    jobs = list(folded.jobs.values())
    assert {ats(folded).stage(STAGES[0], job)["id"] for job in jobs} == {0x50779C}
    own = ats(folded, "stage_ids=per_job")
    assert len({own.stage(STAGES[0], job)["id"] for job in [*jobs, None]}) == 3
