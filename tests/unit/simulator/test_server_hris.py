"""HR reads over real HTTP: pages, both vocabularies, filters. Counts come from `server_kit`."""

import pytest
from server_kit import HR_ADMIN, PLAIN, employee_id

AS_ADMIN = {"member_id": HR_ADMIN}
FROM_1970 = {"from_date": "1970-01-01", "limit": 100}


def test_employees_come_by_name_ten_at_a_time_with_a_total(visit):
    body = visit.get("/employees", AS_ADMIN).json()
    # Last names run against the ids: the person with the highest number comes first.
    assert [row["id"] for row in body["employees"]] == [employee_id(n) for n in range(24, 14, -1)]
    assert body["total_count"] == 25
    assert set(body) == {"total_count", "employees"}


def test_offset_counts_items(visit):
    params = {**AS_ADMIN, "limit": 20, "offset": 20}
    assert visit.ids("/employees", "employees", params) == [employee_id(n) for n in (4, 3, 2, 1, 0)]
    assert visit.ids("/employees", "employees", {**params, "offset": 25}) == []


def test_the_total_of_employees_may_have_its_documented_name(visit, server):
    server.control.set_quirks(total_key="totalCount")
    body = visit.get("/employees", AS_ADMIN).json()
    assert (body["totalCount"], "total_count" in body) == (25, False)


@pytest.mark.parametrize(("limit", "rows"), [("25", 20), ("7", 10), ("1000", 25)])
def test_an_odd_limit_is_refused_or_clamped(visit, server, limit, rows):
    params = {**AS_ADMIN, "limit": limit}
    assert visit.get("/employees", params).status_code == 422
    server.control.set_quirks(odd_limit="clamped")
    assert len(visit.ids("/employees", "employees", params)) == rows


def test_leavers_are_inactive_or_absent(visit, server):
    params = {**AS_ADMIN, "limit": 100}
    states = [row["state"] for row in visit.rows("/employees", "employees", params)]
    assert (len(states), states.count("inactive"), states.count("draft")) == (25, 1, 1)
    server.control.set_quirks(leavers="absent")
    assert len(visit.rows("/employees", "employees", params)) == 24
    assert visit.get(f"/employees/{employee_id(24)}", AS_ADMIN).status_code == 404


def test_list_and_detail_speak_two_vocabularies(visit):
    row = visit.rows("/employees", "employees", {**AS_ADMIN, "limit": 100})[-1]
    detail = visit.get(f"/employees/{employee_id(0)}", AS_ADMIN).json()
    assert row["id"] == detail["id"] == employee_id(0)
    assert (row["department_id"], row["state"]) == ("e2", "published")
    assert (detail["department"], detail["status"]) == ("e2", "status_active")
    assert "department_id" not in detail
    assert "state" not in detail


def test_employees_can_be_searched_and_ordered(visit):
    found = visit.ids("/employees", "employees", {**AS_ADMIN, "query": "p007@"})
    assert found == [employee_id(7)]
    assert visit.get("/employees", {**AS_ADMIN, "order_by": "salary"}).status_code == 422
    assert visit.get("/employees", {**AS_ADMIN, "order_by": "department"}).status_code == 200


def test_documents_come_one_type_at_a_time(visit):
    path = f"/employees/{employee_id(0)}/documents"
    body = visit.get(path, AS_ADMIN).json()
    assert (body["total_count"], len(body["employee_documents"])) == (2, 2)
    other = visit.rows(path, "employee_documents", {**AS_ADMIN, "type": "timeoff_attachment"})
    assert [row["filename"] for row in other] == ["paper2"]
    assert visit.get(path, {**AS_ADMIN, "type": "novel"}).status_code == 422


def test_the_org_chart_has_two_levels_by_name(visit):
    nodes = visit.get("/employees/orgchart", AS_ADMIN).json()
    # 0 leads 1 to 4; 1 leads the others, who are a level too deep.
    people = [node["content"]["id"] for node in nodes]
    assert people == [employee_id(n) for n in (4, 3, 2, 1, 0)]
    parents = {node["content"]["id"]: node["parent_id"] for node in nodes}
    assert parents[employee_id(0)] is None
    assert parents[employee_id(4)] == employee_id(0)


def test_the_org_chart_goes_on_below_a_person(visit):
    params = {**AS_ADMIN, "employee_id": employee_id(1)}
    nodes = visit.get("/employees/orgchart", params).json()
    # 5 to 22 are published, 23 is a draft, 24 has left.
    assert len(nodes) == 18
    with_managers = visit.get("/employees/orgchart", {**params, "include_manager": "true"}).json()
    added = {n["content"]["id"] for n in with_managers} - {n["content"]["id"] for n in nodes}
    assert added == {employee_id(0), employee_id(1)}


def test_balances_are_for_one_person(visit, server):
    params = {**AS_ADMIN, "employee_id": employee_id(0)}
    (row,) = visit.rows("/timeoff/balances", "balances", params)
    # 20 + 1.5 carried over, less the approved week of five days.
    assert (row["units_available"], row["units_used"]) == ("16.50", "5.00")
    none = {**AS_ADMIN, "employee_id": employee_id(5)}
    assert visit.get("/timeoff/balances", none).json() == {"balances": []}
    assert visit.get("/timeoff/balances", {"employee_id": "ffff"}).status_code == 404
    assert visit.get("/timeoff/balances", AS_ADMIN).status_code == 422
    server.control.set_quirks(balances_need_employee_id="no")
    assert visit.get("/timeoff/balances", AS_ADMIN).json() == {"balances": []}


def test_spurious_404s_of_balances_go_away_on_retry(visit, server):
    server.control.set_quirks(spurious_balance_404="sometimes")
    failed = 0
    for n in range(150):
        params = {**AS_ADMIN, "employee_id": employee_id(n % 24)}
        if visit.get("/timeoff/balances", params).status_code == 404:
            failed += 1
            assert visit.get("/timeoff/balances", params).status_code == 200
    assert 0 < failed < 40


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"from_date": "2026-01-01"}, ["72800", "72801", "72802", "72803"]),
        ({"from_date": "2026-03-04", "to_date": "2026-04-06"}, ["72800", "72801"]),
        ({"from_date": "2026-03-06T00:00:00.000", "to_date": "2026-03-31"}, ["72800"]),
        ({"from_date": "2026-03-07", "to_date": "2026-03-31"}, []),
        ({"from_date": "2026-01-01", "employee_id": employee_id(1)}, ["72801", "72803"]),
        ({"from_date": "2026-01-01", "employee_ids[]": [employee_id(0)]}, ["72800", "72802"]),
        ({"from_date": "2026-01-01", "category_ids": "10014"}, []),
        ({"from_date": "2026-01-01", "states": ["approved", "pending"]}, ["72800", "72801"]),
    ],
)
def test_requests_can_be_filtered(visit, params, expected):
    assert visit.ids("/timeoff/requests", "requests", params) == expected


def test_requests_need_a_start_of_the_window(visit):
    assert visit.get("/timeoff/requests").status_code == 422


def test_the_window_may_ask_for_starts_inside(visit, server):
    params = {"from_date": "2026-03-04", "to_date": "2026-04-06"}
    server.control.set_quirks(from_date_semantics="start_inside")
    assert visit.ids("/timeoff/requests", "requests", params) == ["72801"]


def test_cancelled_requests_may_be_hidden_until_they_are_named(visit, server):
    server.control.set_quirks(cancelled_requests="hidden")
    assert visit.ids("/timeoff/requests", "requests", FROM_1970) == ["72800", "72801", "72803"]
    named = {**FROM_1970, "states[]": ["canceled", "pending"]}
    assert visit.ids("/timeoff/requests", "requests", named) == ["72801", "72802"]


@pytest.mark.parametrize(
    ("form", "honoured", "ignored"),
    [("brackets", "states[]", "states"), ("repeat", "states", "states[]")],
)
def test_a_list_parameter_may_be_honoured_in_one_form_only(visit, server, form, honoured, ignored):
    server.control.set_quirks(array_parameters=form)
    how_many = {
        name: len(visit.rows("/timeoff/requests", "requests", {**FROM_1970, name: ["approved"]}))
        for name in (honoured, ignored)
    }
    assert how_many == {honoured: 1, ignored: 4}


def test_requests_may_lack_a_total_and_need_an_employee(visit, server):
    server.control.set_quirks(timeoff_total="absent", timeoff_requests_need_employee_id="yes")
    assert visit.get("/timeoff/requests", FROM_1970).status_code == 422
    body = visit.get("/timeoff/requests", {**FROM_1970, "employee_id": employee_id(0)}).json()
    assert set(body) == {"requests"}


@pytest.mark.parametrize(
    ("params", "last_digits"),
    [
        ({}, "102"),
        ({"from_date": "2026-01-12"}, "12"),
        ({"to_date": "2026-01-11"}, "0"),
        ({"types[]": ["time-entry", "clock-in"]}, "12"),
        ({"employee_ids[]": [employee_id(1)]}, "02"),
        ({"duration": 30}, "1"),
        ({"duration": 30, "duration_operator": "greater_than"}, "0"),
    ],
)
def test_time_entries_come_by_person_and_can_be_filtered(visit, params, last_digits):
    rows = visit.rows("/time-tracking/time-entries", "time_entries", params)
    assert "".join(row["uuid"][-1] for row in rows) == last_digits


def test_without_a_member_an_account_token_sees_public_facts_of_published_people(visit, server):
    row = visit.rows("/employees", "employees", {"limit": 100})[-1]
    body = visit.get("/employees", {"limit": 100}).json()
    assert (body["total_count"], row["email"], row["work_email"]) == (23, None, "p000@inn.example")
    assert "personal_email" not in visit.get(f"/employees/{employee_id(0)}").json()
    assert visit.get(f"/employees/{employee_id(23)}").status_code == 404
    server.control.set_quirks(employees_without_member_id="all")
    assert visit.get("/employees").json()["total_count"] == 25


def test_whose_eyes_a_read_uses_decides_what_it_sees(visit):
    assert visit.get("/employees", {"member_id": PLAIN}).json()["total_count"] == 23
    assert visit.get("/employees", {"member_id": "a00001"}).json()["total_count"] == 25
    assert visit.get("/employees", {"member_id": "a00004"}).status_code == 403
    assert visit.get("/employees", {"member_id": "a00005"}).status_code == 403
    assert visit.get("/employees", {"member_id": "ffffff"}).status_code == 422


def test_a_user_token_acts_as_its_member(visit, server):
    admin = server.control.add_token(kind="user", member_id=HR_ADMIN)
    plain = server.control.add_token(kind="user", member_id=PLAIN)
    assert visit.get("/employees", token=admin).json()["total_count"] == 25
    assert visit.get("/employees", AS_ADMIN, token=plain).json()["total_count"] == 23
    # The plain member is employee 1, by work e-mail: own requests only.
    assert visit.ids("/timeoff/requests", "requests", FROM_1970, token=plain) == ["72801", "72803"]
    assert visit.get("/timeoff/balances", token=plain).json() == {"balances": []}
