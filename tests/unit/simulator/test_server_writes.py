"""Writes over real HTTP: what they answer, and what a read shows afterwards."""

import httpx
import pytest
from server_kit import CROWDED, HR_ADMIN, PLAIN, QUIET, Visitor, candidate_id, employee_id

FIRST, OTHER = candidate_id(3), candidate_id(4)
AS_ADMIN = {"member_id": HR_ADMIN}


@pytest.fixture
def visit(own_server):
    with Visitor(own_server) as visitor:
        yield visitor


def post(visit, path, **body):
    return visit.send("POST", path, json={"member_id": PLAIN, **body})


def shown(visit, candidate):
    """The candidate's row in the list, and in the detail."""
    rows = visit.rows("/candidates", "candidates", {"since_id": candidate, "limit": 1})
    detail = visit.get(f"/candidates/{candidate}").json()["candidate"]
    assert rows[0]["id"] == candidate
    return rows[0], detail


def last_activity(visit, candidate):
    return visit.rows(f"/candidates/{candidate}/activities", "activities")[-1]


def test_a_move_changes_the_stage_in_list_and_detail(visit):
    shown(visit, FIRST)  # so that a stale row would be kept
    answer = post(visit, f"/candidates/{FIRST}/move", target_stage="offer")
    assert (answer.status_code, answer.content) == (200, b"")
    row, detail = shown(visit, FIRST)
    assert (row["stage"], detail["stage_kind"]) == ("Offer", "offer")
    # 1 January 2026 + 200 days is where the clock stands.
    assert row["updated_at"] == "2026-07-20T00:00:00Z"
    activity = last_activity(visit, FIRST)
    assert (activity["action"], activity["member"]["id"]) == ("offer", PLAIN)
    assert (activity["stage_name"], activity["target_stage"]["slug"]) == ("Applied", "offer")


def test_a_disqualification_can_be_reverted(visit):
    assert post(visit, f"/candidates/{FIRST}/disqualify", disqualify_reason_id="d2").is_success
    row, detail = shown(visit, FIRST)
    assert (row["disqualified"], row["disqualification_reason"]) == (True, "Withdrew")
    assert detail["withdrew"] is True
    assert post(visit, f"/candidates/{FIRST}/disqualify", disqualify_reason_id="d2").is_error
    assert post(visit, f"/candidates/{FIRST}/revert").is_success
    assert shown(visit, FIRST)[0]["disqualified"] is False


def test_a_comment_answers_with_the_id_of_its_activity(visit):
    answer = post(visit, f"/candidates/{FIRST}/comments", comment={"body": "Good talk"})
    activity = last_activity(visit, FIRST)
    assert answer.json() == {"id": activity["id"]}
    assert (activity["action"], activity["body"]) == ("comment", "Good talk")


def test_an_edited_rating_makes_no_new_activity(visit):
    path = f"/candidates/{FIRST}/ratings"
    assert post(visit, path, scale="stars", grade=1).is_success
    before = visit.rows(f"/candidates/{FIRST}/activities", "activities")
    edit = {"member_id": PLAIN, "scale": "stars", "grade": 4}
    assert visit.send("PUT", path, json=edit).is_success
    after = visit.rows(f"/candidates/{FIRST}/activities", "activities")
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert (before[-1]["rating"]["grade"], after[-1]["rating"]["grade"]) == (1, 4)
    assert post(visit, path, scale="thumbs", grade=3).status_code == 422


def test_a_relocated_candidate_gets_a_new_id_and_the_old_one_is_gone(visit):
    answer = post(
        visit,
        f"/candidates/{FIRST}/relocate",
        target_job_shortcode=QUIET,
        target_stage="interview",
    )
    new = answer.json()["candidate"]["id"]
    assert visit.get(f"/candidates/{FIRST}").status_code == 404
    assert FIRST not in visit.ids("/candidates", "candidates")
    detail = visit.get(f"/candidates/{new}").json()["candidate"]
    assert (detail["job"]["shortcode"], detail["stage"]) == (QUIET, "Interview")
    assert detail["created_at"] == "2026-01-04T00:00:00Z"
    actions = [row["action"] for row in visit.rows(f"/candidates/{new}/activities", "activities")]
    assert actions == ["applied", "moved"]


def test_a_copy_leaves_the_original(visit):
    answer = post(visit, f"/candidates/{FIRST}/copy", target_job_shortcode=QUIET)
    new = answer.json()["candidate"]["id"]
    assert visit.get(f"/candidates/{FIRST}").status_code == 200
    copied = visit.get(f"/candidates/{new}").json()["candidate"]
    assert copied["common_source"] == "Copied from another job"
    assert last_activity(visit, new)["action"] == "copied"


def test_a_created_candidate_is_the_last_of_the_list(visit):
    body = {"sourced": False, "candidate": {"name": "Oona Varga", "email": "oona@home.example"}}
    answer = visit.send("POST", f"/jobs/{QUIET}/candidates", json=body)
    made = answer.json()["candidate"]
    assert (answer.status_code, answer.json()["status"]) == (201, "created")
    assert (made["stage"], made["firstname"], made["sourced"]) == ("Applied", "Oona", False)
    assert visit.ids(f"/jobs/{QUIET}/candidates", "candidates")[-1] == made["id"]
    again = visit.send("POST", f"/jobs/{QUIET}/candidates", json=body)
    assert again.status_code == 422
    assert again.json()["validation_errors"] == {"email": ["candidate already exists"]}


def test_a_patch_changes_what_it_names(visit):
    body = {"candidate": {"headline": "Porter", "tags": ["b", "a"], "phone": ""}}
    answer = visit.send("PATCH", f"/candidates/{FIRST}", json=body)
    detail = answer.json()["candidate"]
    assert (detail["headline"], detail["tags"], detail["phone"]) == ("Porter", ["b", "a"], None)
    assert detail["email"] == "c003@home.example"
    assert shown(visit, FIRST)[0]["headline"] == "Porter"


@pytest.mark.parametrize("body", [{}, {"member_id": "ffff"}, {"member_id": "a00005"}])
def test_an_action_needs_an_active_member(visit, body):
    body = {**body, "target_stage": "offer"}
    assert visit.send("POST", f"/candidates/{FIRST}/move", json=body).status_code == 422
    assert shown(visit, FIRST)[0]["stage"] == "Applied"


def test_a_write_needs_its_scope(visit, own_server):
    token = own_server.control.add_token(scopes=["r_candidates"])
    answer = visit.send("PUT", f"/candidates/{FIRST}/tags", json={"tags": []}, token=token)
    assert answer.status_code == 403


def test_a_body_that_is_no_object_is_400(visit, own_server):
    answer = httpx.put(
        f"{own_server.base_url}/candidates/{FIRST}/tags",
        headers={"Authorization": f"Bearer {own_server.token}"},
        content=b"[1,",
    )
    assert answer.status_code == 400


def test_an_employee_is_created_in_one_vocabulary_and_answered_in_the_other(visit):
    body = {
        **AS_ADMIN,
        "state": "published",
        "employee": {
            "firstname": "Aa",
            "lastname": "Aaa",
            "job_title": "Cook",
            "start_date": "2026-08-01T00:00:00.000Z",
            "department": "e1",
        },
    }
    answer = visit.send("POST", "/employees", json=body)
    assert answer.json()["department_id"] == "e1"
    people = visit.ids("/employees", "employees", AS_ADMIN)
    assert people[0] == answer.json()["id"]
    changed = visit.send(
        "PATCH", f"/employees/{people[0]}", json={**AS_ADMIN, "employee": {"job_title": "Chef"}}
    )
    assert changed.json()["job_title"] == "Chef"
    assert visit.rows("/employees", "employees", AS_ADMIN)[0]["job_title"] == "Chef"


def test_a_request_is_decided_by_the_key_of_its_approval(visit):
    body = {
        **AS_ADMIN,
        "employee_id": employee_id(0),
        "category_id": "10013",
        "from_date": "2026-09-01T00:00:00.000",
        "to_date": "2026-09-02T00:00:00.000",
    }
    made = visit.send("POST", "/timeoff/requests", json=body).json()
    assert (made["state"], made["requesting_total"]) == ("pending", 2)
    (approval,) = made["pending_approvals"]
    decision = {**AS_ADMIN, "state": "approved", "approver_id": approval["approver_id"]}
    decided = visit.send("PATCH", f"/timeoff/approvals/{approval['id']}", json=decision).json()
    assert (decided["state"], decided["pending_approvals"]) == ("approved", [])
    balance = visit.rows("/timeoff/balances", "balances", {"employee_id": employee_id(0)})[0]
    # 21.5 days less the five of March and these two.
    assert balance["units_available"] == "14.50"


def test_departments_are_created_moved_and_deleted(visit):
    made = visit.send("POST", "/departments", json={"name": "Bar", "parent_id": "e2"}).json()
    assert made["parent_id"] == "e2"
    moved = {"id": made["id"], "name": "Bar", "parent_id": None}
    assert visit.send("PUT", "/departments", json=moved).json() == {**moved, "sample": False}
    loop = {"id": "e1", "name": "Operations", "parent_id": "e2"}
    assert visit.send("PUT", "/departments", json=loop).status_code == 422
    assert visit.send("DELETE", f"/departments/{made['id']}").status_code == 204
    refused = visit.send("DELETE", "/departments/e2")
    assert refused.status_code == 409
    assert set(refused.json()["affected_resources"]) == {"jobs", "employees"}
    assert visit.get(f"/jobs/{CROWDED}").json()["department"] == "Front Desk"
