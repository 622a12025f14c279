"""Faults on demand, as an HTTP client meets them."""

import time

import httpx
import pytest
from server_kit import CROWDED, candidate_id


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_burst_of_errors_ends(visit, server, status):
    server.control.inject({"kind": "status", "status": status, "path": "/jobs", "times": 2})
    assert [visit.get("/jobs").status_code for _ in range(3)] == [status, status, 200]


def test_an_error_may_say_when_to_come_back(visit, server):
    server.control.inject({"kind": "status", "status": 503, "retry_after": 7})
    assert visit.get("/jobs").headers["Retry-After"] == "7"


def test_a_spurious_404_hits_only_what_it_matches(visit, server):
    server.control.inject({"kind": "not_found", "path": "/candidates/*", "times": 1})
    assert visit.get("/candidates").status_code == 200
    answer = visit.get(f"/candidates/{candidate_id(0)}")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
    assert visit.get(f"/candidates/{candidate_id(0)}").status_code == 200


def test_html_may_come_with_status_200(visit, server):
    server.control.inject({"kind": "html"})
    answer = visit.get("/jobs")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_truncated_json_has_a_length_that_agrees(visit, server):
    whole = visit.get("/jobs").content
    server.control.inject({"kind": "truncated"})
    answer = visit.get("/jobs")
    assert answer.content == whole[: len(whole) * 2 // 3]
    with pytest.raises(ValueError, match=r".+"):
        answer.json()


def test_an_empty_body_is_no_json(visit, server):
    server.control.inject({"kind": "empty"})
    assert (visit.get("/jobs").status_code, visit.get("/jobs").content) == (200, b"")


@pytest.mark.parametrize("kind", ["reset", "refuse"])
def test_a_reset_connection_is_a_transport_error(visit, server, kind):
    server.control.inject({"kind": kind, "path": "/jobs", "times": 1})
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        visit.get("/jobs")
    assert visit.get("/jobs").status_code == 200


def test_a_slow_body_and_a_late_answer_are_whole(visit, server):
    whole = visit.get("/jobs").content
    server.control.inject(
        {"kind": "slow", "seconds": 0.4, "times": 1}, {"kind": "delay", "seconds": 0.3, "times": 1}
    )
    for least in (0.4, 0.3):
        began = time.monotonic()
        assert visit.get("/jobs").content == whole
        assert time.monotonic() - began >= least


def test_one_record_may_have_an_impossible_value(visit, server):
    good = visit.rows("/candidates", "candidates")
    server.control.inject({"kind": "malformed"}, seed=3)
    bad = visit.rows("/candidates", "candidates")
    changed = [(old, new) for old, new in zip(good, bad, strict=True) if old != new]
    ((old, new),) = changed
    assert old["id"] == new["id"]
    assert sum(old[key] != new[key] for key in old) == 1


def test_the_impossible_value_may_be_chosen(visit, server):
    server.control.inject(
        {"kind": "malformed", "path": f"/jobs/{CROWDED}", "field": "created_at", "value": [1]}
    )
    assert visit.get(f"/jobs/{CROWDED}").json()["created_at"] == [1]


def test_unknown_fields_may_appear_in_every_record(visit, server):
    server.control.inject({"kind": "unknown_fields", "path": "/jobs"})
    assert all({"x_new_field", "x_newer_field"} <= set(row) for row in visit.rows("/jobs", "jobs"))


def test_a_fault_on_a_write_may_come_before_it_or_after_it(own_server):
    path, sent = f"/candidates/{candidate_id(0)}/tags", {"tags": ["one"]}
    headers = {"Authorization": f"Bearer {own_server.token}"}
    candidate = own_server.tenant.company.candidates[candidate_id(0)]
    with httpx.Client(base_url=own_server.base_url, headers=headers) as http:
        own_server.control.inject({"kind": "status", "times": 1, "method": "PUT"})
        assert http.put(path, json=sent).status_code == 503
        assert candidate.tags == ()
        own_server.control.inject({"kind": "truncated", "times": 1, "method": "PUT"})
        assert http.put(path, json=sent).status_code == 200
        assert candidate.tags == ("one",)


def test_hits_are_counted(visit, server):
    server.control.inject({"kind": "status", "path": "/jobs", "skip": 1, "times": 1})
    for _ in range(3):
        visit.get("/jobs")
    (rule,) = server.control.faults()
    assert (rule["hits"], rule["seen"]) == (1, 2)
    server.control.clear_faults()
    assert server.control.faults() == []
