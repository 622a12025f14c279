"""The made-up company is coherent: checked on the log and the records, for several seeds."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from workable_elt.simulator import events as ev
from workable_elt.simulator.company import CompanyPlan, Plant, generate
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.making.clock import day_of
from workable_elt.simulator.state import Company
from workable_elt.simulator.truth import truth

PLANS = [
    CompanyPlan(candidates=400, jobs=15, employees=60, years=2, seed=1),
    CompanyPlan(candidates=120, jobs=6, employees=20, years=1, seed=2),
    CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=3),
]
DAY = 86_400_000


@cache
def log_of(plan: CompanyPlan) -> EventLog:
    return generate(plan)


@cache
def company_of(plan: CompanyPlan) -> Company:
    return Company.from_log(log_of(plan))


def planned(test):
    return pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"seed{plan.seed}")(test)


@planned
def test_the_same_plan_gives_the_same_log(plan: CompanyPlan) -> None:
    assert list(generate(plan).to_json_lines()) == list(log_of(plan).to_json_lines())


def test_another_seed_gives_another_log() -> None:
    one, other = (
        generate(CompanyPlan(candidates=30, jobs=3, employees=12, seed=seed)) for seed in (1, 2)
    )
    assert list(one.to_json_lines()) != list(other.to_json_lines())


@planned
def test_there_are_exactly_as_many_candidates_jobs_and_people_as_planned(plan: CompanyPlan) -> None:
    company = company_of(plan)
    living = [c for c in company.candidates.values() if c.relocated_to is None]
    assert len(living) == plan.candidates
    assert len(company.jobs) == plan.jobs
    present = [e for e in company.employees.values() if e.state == "published" and not e.is_sample]
    assert len(present) == plan.employees


@planned
def test_nothing_happens_before_the_beginning_or_after_the_present(plan: CompanyPlan) -> None:
    instants = [event.at for event in log_of(plan).events]
    assert plan.began_at <= min(instants)
    assert max(instants) <= plan.now_at


@planned
def test_numbers_grow_in_the_order_of_the_log(plan: CompanyPlan) -> None:
    company = company_of(plan)
    candidates = [candidate.number for candidate in company.candidate_order]
    assert candidates == sorted(set(candidates))
    activities = list(company.activities)
    assert activities == sorted(set(activities))
    for table in (company.events, company.timeoff_requests, company.employees, company.jobs):
        numbers = [record.number for record in table.values()]
        assert numbers == sorted(set(numbers))


@planned
def test_hr_ids_are_the_internal_number_plus_1234_in_hexadecimal(plan: CompanyPlan) -> None:
    company = company_of(plan)
    for table in (company.employees, company.departments, company.timeoff_requests):
        assert all(int(key, 16) == record.number + 1234 for key, record in table.items())


def test_some_ids_have_digits_only_and_some_have_letters() -> None:
    kinds = Counter(c.id.isdecimal() for c in company_of(PLANS[0]).candidates.values())
    assert kinds[True] > 0
    assert kinds[False] > 0


@planned
def test_candidates_move_only_from_where_they_stand(plan: CompanyPlan) -> None:
    stands: dict[str, int] = {}
    turned_down: set[str] = set()
    for event in log_of(plan).events:
        match event:
            case ev.CandidateEntered() | ev.Copied():
                assert event.candidate not in stands
                stands[event.candidate] = event.stage
            case ev.Relocated():
                assert stands.pop(event.old) == event.stage
                stands[event.candidate] = event.target
            case ev.StageMoved():
                assert stands[event.candidate] == event.stage
                assert event.candidate not in turned_down
                stands[event.candidate] = event.target
            case ev.Disqualified():
                assert stands[event.candidate] == event.stage
                assert event.candidate not in turned_down
                turned_down.add(event.candidate)
            case ev.Reverted():
                turned_down.remove(event.candidate)


@planned
def test_each_event_of_a_candidate_lies_after_the_entry(plan: CompanyPlan) -> None:
    entered: dict[str, int] = {}
    for event in log_of(plan).events:
        if isinstance(event, ev.CandidateEntered | ev.Copied | ev.Relocated):
            entered[event.candidate] = event.at
        elif isinstance(event, ev.CandidateEvent):
            assert event.at >= entered[event.candidate]


@planned
def test_candidates_stay_within_the_stages_of_their_job(plan: CompanyPlan) -> None:
    company = company_of(plan)
    for candidate in company.candidates.values():
        if candidate.job_shortcode is not None and candidate.relocated_to is None:
            assert candidate.stage in company.stages_of(company.jobs[candidate.job_shortcode])


@planned
def test_applications_fall_into_the_time_in_which_the_job_is_open(plan: CompanyPlan) -> None:
    opened: dict[str, int] = {}
    for event in log_of(plan).events:
        if isinstance(event, ev.JobOpened) or (
            isinstance(event, ev.JobStateChanged) and event.state == "closed"
        ):
            opened.setdefault(event.shortcode, event.at)
        elif isinstance(event, ev.CandidateEntered) and event.job is not None:
            assert opened[event.job] <= event.at


@planned
def test_members_act_only_while_they_are_there(plan: CompanyPlan) -> None:
    log, since, until = log_of(plan), {}, {}
    for event in log.events:
        if isinstance(event, ev.MemberAdded):
            since[event.member.id] = event.at
        elif isinstance(event, ev.MemberChanged):
            until[event.member_id] = event.at
    for event in log.events:
        if event.actor is not None:
            assert since[event.actor] <= event.at <= until.get(event.actor, plan.now_at)


@planned
def test_a_hired_candidate_is_the_employee_it_links_to(plan: CompanyPlan) -> None:
    company = company_of(plan)
    hires = [e for e in company.employees.values() if e.hired_candidate_id is not None]
    assert hires
    for employee in hires:
        candidate = company.candidates[employee.hired_candidate_id or ""]
        assert candidate.person == employee.person
        assert candidate.stage.kind == "hired"
        assert candidate.hired_at is not None
        assert candidate.hired_at <= employee.created_at
        assert day_of(candidate.hired_at) < employee.start_date
        assert employee.candidate_id in (None, candidate.id)


@planned
def test_the_managers_form_a_tree_under_the_head(plan: CompanyPlan) -> None:
    company = company_of(plan)
    staff = [e for e in company.employees.values() if e.state != "inactive" and not e.is_sample]
    heads = [e for e in staff if e.manager_id is None]
    assert [head.job_title for head in heads] == ["CEO"]
    for employee in staff:
        line = company.managers_above(employee)
        assert employee is heads[0] or line[-1] is heads[0]
        assert all(manager.state != "inactive" for manager in line)


@planned
def test_drafts_start_later_and_leavers_left_before_the_present(plan: CompanyPlan) -> None:
    today = day_of(plan.now_at)
    for employee in company_of(plan).employees.values():
        if employee.state == "draft":
            assert employee.start_date > today
        if employee.state == "inactive":
            assert employee.left_on is not None
            assert employee.start_date <= employee.left_on <= today


@planned
def test_rehires_begin_after_the_same_person_left(plan: CompanyPlan) -> None:
    company = company_of(plan)
    for employee in company.employees.values():
        if employee.previous_employee_id is not None:
            before = company.employees[employee.previous_employee_id]
            assert before.person == employee.person
            assert before.left_on is not None
            assert before.left_on < employee.start_date


@planned
def test_time_off_lies_inside_the_employment_and_never_overlaps_its_own_kind(
    plan: CompanyPlan,
) -> None:
    company = company_of(plan)
    taken: dict[tuple[str, str], list] = {}
    for request in company.timeoff_requests.values():
        employee = company.employees[request.employee_id]
        assert employee.start_date <= request.from_at.date() <= request.to_at.date()
        assert employee.left_on is None or request.to_at.date() <= employee.left_on
        taken.setdefault((request.employee_id, request.category_id), []).append(request)
    for requests in taken.values():
        requests.sort(key=lambda request: request.from_at)
        for earlier, later in pairwise(requests):
            assert earlier.to_at.date() < later.from_at.date()


@planned
def test_balances_are_entitled_plus_carried_minus_approved(plan: CompanyPlan) -> None:
    company = company_of(plan)
    for (employee_id, category_id), cycle in company.cycles.items():
        if company.employees[employee_id].state == "inactive":
            assert employee_id not in company.timeoff_balances
            continue
        approved = sum(
            request.total
            for request in company.timeoff_requests.values()
            if (request.employee_id, request.category_id) == (employee_id, category_id)
            and request.state == "approved"
            and request.from_at.year == cycle.year
        )
        balance = company.timeoff_balances[employee_id][category_id]
        assert balance.used == approved
        assert balance.available == cycle.entitled + cycle.carried_over - approved


def test_the_default_company_has_the_awkward_cases() -> None:
    company = Company.from_log(generate(CompanyPlan()))
    candidates = [c for c in company.candidates.values() if c.relocated_to is None]
    employees = list(company.employees.values())
    balances = [b for rows in company.timeoff_balances.values() for b in rows.values()]
    emails = Counter(
        e.personal_email for e in employees if e.personal_email and e.state != "inactive"
    )
    assert any(c.email is None and c.phone for c in candidates)
    assert any(c.email and c.email != c.email.lower() for c in candidates)
    assert any(c.job_shortcode is None for c in candidates)
    assert any(c.relocated_from for c in candidates)
    assert any(c.copied_from for c in candidates)
    assert any(c.is_anonymized for c in candidates)
    assert max(Counter(c.person for c in candidates).values()) > 1
    assert max(emails.values()) > 1
    assert any(e.previous_employee_id for e in employees)
    assert any(e.candidate_id for e in employees)
    assert any(e.lastname.endswith(" ") for e in employees)
    assert any(b.available < 0 for b in balances)
    assert any(b.is_unlimited for b in balances)
    assert {b.unit for b in balances} == {"full_days", "half_days", "hours"}
    assert {j.state for j in company.jobs.values()} == {"draft", "published", "closed", "archived"}
    assert {o.state for o in company.offers.values()} >= {"accepted", "declined", "rescinded"}
    assert {q.state for q in company.timeoff_requests.values()} == {
        "pending",
        "approved",
        "rejected",
        "canceled",
    }
    assert any(event.is_cancelled for event in company.events.values())
    assert any(len(event.attendees) > 1 for event in company.events.values())


def test_a_plan_too_small_for_a_company_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 12 employees"):
        CompanyPlan(employees=3)


def test_the_marker_is_in_every_sensitive_column_and_in_no_other() -> None:
    marker = "SECRET-7f"
    plan = CompanyPlan(candidates=200, jobs=8, employees=30, seed=5, plant_marker=marker)
    values = Plant(marker).values()
    shown = truth(Company.from_log(generate(plan)))
    marked = {
        (table, key)
        for table, rows in shown.items()
        for row in rows
        for key, value in row.items()
        if any(planted in repr(value) for planted in values)
    }
    employee = {key for table, key in marked if table == "employee_details"}
    note = next(f["id"] for f in shown["employee_fields"] if f["label"] == "Disciplinary note")
    assert employee == SENSITIVE_FIELDS | {note}
    assert marked - {("employee_details", key) for key in employee} == {
        ("candidate_activities", "body"),
        ("job_activities", "body"),
        ("offers", "document_variables"),
        ("requisitions", "requisition_attributes"),
        ("requisitions", "salary"),
        ("requisitions", "salary_range"),
    }
    public = [a for a in shown["candidate_activities"] if marker in (a["body"] or "")]
    assert {tuple(a["visibility_roles"]) for a in public} == {("admin",)}


SENSITIVE_FIELDS = {
    "allergies",
    "bank_details_group",
    "birthPlace",
    "birthdate",
    "bonus_group",
    "commission_group",
    "contact_group",
    "credit_card_group",
    "dietary_restrictions",
    "driver_license_group",
    "national_identification_number_group",
    "passport_group",
    "salary_group",
    "social_insurance_number_group",
    "social_security_number_group",
    "stock_options_group",
    "tax_identification_number_group",
    "visa_group",
}
