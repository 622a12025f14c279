"""Servers that answer what no page documents: the good rows are kept, the rest is told.

Loads run in process against `replay_server`, over real HTTP into a real DuckDB file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from replay_data import PANEL, SUBDOMAIN, make_account
from replay_server import TOKEN, Answer, Hook, ReplayServer

from workable_elt.api.retry import RetryPolicy
from workable_elt.config import read_config
from workable_elt.warehouse import load

HOST = f"https://{SUBDOMAIN}.workable.com/spi/v3"


class Loaded:
    """What one load told and left."""

    def __init__(self, report: dict[str, Any], exit_code: int, file: Path) -> None:
        self.exit_code = exit_code
        self.resources = {row["name"]: row for row in report["accounts"][0]["resources"]}
        self._file = file

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self._file), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def ids(self, table: str) -> list[str]:
        return [row[0] for row in self.rows(f"select id from workable_raw.{table} order by 1")]

    def outcome(self, resource: str) -> tuple[str, int, str | None]:
        row = self.resources[resource]
        return row["status"], row["rows"], row["error"]["code"] if row["error"] else None


LoadFrom = Callable[..., Loaded]


@pytest.fixture
def load_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LoadFrom:
    def run(server: ReplayServer, *resources: str) -> Loaded:
        file = tmp_path / "w.duckdb"
        for name, value in {
            "SOURCES__WORKABLE__SUBDOMAIN": SUBDOMAIN,
            "SOURCES__WORKABLE__ACCESS_TOKEN": TOKEN,
            "SOURCES__WORKABLE__BASE_URL": server.base_url,
            "DESTINATION__DUCKDB__CREDENTIALS": str(file),
        }.items():
            monkeypatch.setenv(name, value)
        report = load(read_config(), resources=resources)
        return Loaded(report.to_json(), report.exit_code, file)

    return run


def always(body: Any, status: int = 200, **headers: str) -> Hook:
    return lambda _path, _query: Answer(body, status, headers)


@pytest.mark.parametrize("refusal", [400, 404])
def test_a_server_that_refuses_what_was_never_recorded_is_asked_more_plainly(
    load_from: LoadFrom, refusal: int
) -> None:
    with ReplayServer(refusal=refusal) as server:
        loaded = load_from(server)
    refused = {"recruiters", "custom_attributes", "requisitions"}
    for name in refused:
        assert loaded.outcome(name)[0] == ("failed" if refusal == 400 else "skipped")
    assert {row["status"] for row in loaded.resources.values() if row["name"] not in refused} == {
        "ok"
    }
    rows = {name: loaded.resources[name]["rows"] for name in ("jobs", "members", "events")}
    assert rows == {"jobs": 3, "members": 3, "events": 2}
    rows = {name: loaded.resources[name]["rows"] for name in ("timeoff_requests", "job_activities")}
    assert rows == {"timeoff_requests": 4, "job_activities": 19}
    assert loaded.resources["timeoff_requests"]["notes"]


def test_an_endpoint_that_is_nowhere_costs_nothing_else(load_from: LoadFrom) -> None:
    gone = always({"error": "Not found"}, 404)
    with ReplayServer(hooks={"/events": gone, "/timeoff/balances": gone}) as server:
        loaded = load_from(server, "jobs", "events", "employees", "timeoff_balances")
        assert server.count("/timeoff/balances") == 8  # twice an employee
    assert loaded.exit_code == 0
    assert loaded.outcome("events") == ("skipped", 0, "not_found")
    assert loaded.outcome("employees") == ("ok", 4, None)
    assert "404" in loaded.resources["timeoff_balances"]["notes"][0]


def test_hr_scopes_alone_skip_hiring_and_its_children_run_after_run(load_from: LoadFrom) -> None:
    hiring = ("/jobs", "/candidates", "/stages", "/members", "/events", "/requisitions")
    names = ("jobs", "job_details", "candidates", "offers", "members", "employees")
    with ReplayServer(forbidden=hiring) as server:
        first, second = load_from(server, *names), load_from(server, *names)
        server.forbidden = ()
        third = load_from(server, *names)
    for loaded in (first, second):
        assert loaded.exit_code == 0
        skipped = {name for name in names if loaded.outcome(name)[0] == "skipped"}
        assert skipped == {"jobs", "job_details", "candidates", "offers", "members"}
    assert (third.exit_code, third.outcome("job_details")) == (0, ("ok", 3, None))
    assert len(third.ids("employees")) == 4


def test_a_record_that_may_not_be_seen_stops_none_behind_it(load_from: LoadFrom) -> None:
    hidden = always({"error": "Forbidden"}, 403)
    with ReplayServer(hooks={"/employees/200002": hidden, f"/jobs/{PANEL}": hidden}) as server:
        loaded = load_from(server, "employees", "employee_details", "jobs", "job_details")
        # Nothing but these two is due then.
        again = load_from(server, "employees", "employee_details", "jobs", "job_details")
    assert (loaded.exit_code, again.exit_code) == (0, 0)
    assert loaded.outcome("employee_details") == ("ok", 3, None)
    assert loaded.outcome("job_details") == ("ok", 2, None)
    assert again.outcome("employee_details") == ("ok", 0, None)
    assert again.outcome("job_details") == ("ok", 0, None)
    for one in (loaded, again):
        assert "1 record" in one.resources["job_details"]["notes"][0]


def test_what_fails_for_ever_fails_alone(
    load_from: LoadFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RetryPolicy, "pause", lambda *_: 0.0)
    page = always(b"<html><body>Log in</body></html>", 200, **{"Content-Type": "text/html"})
    with ReplayServer(hooks={"/events": always(b"", 500), "/departments": page}) as server:
        loaded = load_from(server, "events", "departments", "stages")
        assert server.count("/events") == 6
    assert loaded.exit_code == 3
    assert loaded.outcome("events") == ("failed", 0, "server_failed")
    assert loaded.outcome("departments") == ("failed", 0, "not_json")
    assert loaded.outcome("stages") == ("ok", 6, None)
    assert len(loaded.ids("stages")) == 6


def test_malformed_rows_are_put_aside_with_a_reason_and_the_good_ones_load(
    load_from: LoadFrom,
) -> None:
    account = make_account()
    good = account["/candidates"][0]
    account["/candidates"] += [
        {**good, "id": None},
        {**good, "id": "30000001", "stage": {"name": "Talk"}},
        {**good, "id": "30000002", "created_at": "yesterday"},
        {**good, "id": "30000003", "updated_at": 10**30},
        "a text",
    ]
    account["/stages"].append({**account["/stages"][0], "id": "77", "position": 2**70})
    with ReplayServer(account, page=50) as server:
        loaded = load_from(server, "candidates", "stages")
    assert loaded.exit_code == 0
    assert (len(loaded.ids("candidates")), len(loaded.ids("stages"))) == (7, 6)
    found = loaded.rows("select resource, reason from workable_raw._quarantine order by 1, 2")
    assert found == [
        ("candidates", "created_at: expected timestamp, got a text"),
        ("candidates", "expected an object, got a text"),
        ("candidates", "id: expected text, got null"),
        ("candidates", "stage: expected text, got an object"),
        ("candidates", "updated_at: expected timestamp, got a whole number"),
        ("stages", "position: expected bigint, got a whole number"),
    ]


def test_numbers_for_texts_and_texts_that_no_warehouse_takes(load_from: LoadFrom) -> None:
    account = make_account()
    account["/candidates"][0] |= {"name": "Nul\0l \ud800", "phone": 353215550101}
    account["/candidates"][1] |= {"disqualified": "false", "created_at": 1777622400}
    account["/departments"][0] |= {"id": 9001, "parent_id": 9000}
    account["/jobs"][0] |= {"salary": {"salary_from": 10**30}, "department_hierarchy": None}
    with ReplayServer(account, page=50) as server:
        loaded = load_from(server, "candidates", "departments", "jobs")
    assert loaded.exit_code == 0
    [[name, phone]] = loaded.rows(
        "select name, phone from workable_raw.candidates where id = '27270280'"
    )
    assert name.startswith("Nul")
    assert "\0" not in name
    assert phone == "353215550101"
    [[flag, made]] = loaded.rows(
        "select disqualified, created_at from workable_raw.candidates where id = '2f41c0aa'"
    )
    assert (flag, str(made)) == (False, "2026-05-01 08:00:00")
    assert loaded.ids("departments") == ["9001", "9c00", "9c02"]
    [[text]] = loaded.rows(
        "select salary ->> 'salary_from' from workable_raw.jobs where id = '5c01fe'"
    )
    assert text == str(10**30)


def test_no_link_or_redirect_takes_the_token_to_another_host(load_from: LoadFrom) -> None:
    with ReplayServer() as thief:
        rows = make_account()["/candidates"][:3]
        link = {"next": "https://evil.example/spi/v3/candidates?since_id=2f41c0ac"}
        redirects = {"Location": f"{thief.base_url}/stages"}
        hooks = {
            "/candidates": always({"candidates": rows, "paging": link}),
            "/stages": always(b"", 302, **redirects),
            "/events": always(b"", 302, Location="https://evil.example/spi/v3/events"),
        }
        with ReplayServer(hooks=hooks) as server:
            loaded = load_from(server, "candidates", "stages", "events", "departments")
        assert thief.asked == []
    assert loaded.exit_code == 3
    assert loaded.outcome("candidates") == ("failed", 3, "foreign_link")
    assert loaded.outcome("events") == ("failed", 0, "foreign_link")
    assert loaded.outcome("stages")[0] == "failed"
    assert loaded.outcome("departments") == ("ok", 3, None)


def test_a_next_link_that_never_advances_ends(load_from: LoadFrom) -> None:
    link = {"next": f"{HOST}/candidates?limit=50&since_id=27270280"}
    stuck = always({"candidates": make_account()["/candidates"], "paging": link})
    with ReplayServer(hooks={"/candidates": stuck}) as server:
        loaded = load_from(server, "candidates")
        assert server.count("/candidates") == 2
    assert loaded.outcome("candidates") == ("failed", 7, "paging_stuck")


@pytest.mark.parametrize(
    ("total", "status"), [(3, "partial"), (400, "partial"), ("4", "ok"), (None, "ok"), (4, "ok")]
)
def test_a_wrong_total_loses_no_employee(load_from: LoadFrom, total: Any, status: str) -> None:
    people = make_account()["/employees"]

    def page(_path: str, query: dict[str, str]) -> Answer:
        offset = int(query["offset"])
        return Answer({"total_count": total, "employees": people[offset : offset + 2]})

    with ReplayServer(hooks={"/employees": page}) as server:
        loaded = load_from(server, "employees")
    assert loaded.outcome("employees")[:2] == (status, 4)


def test_rows_that_come_twice_are_kept_once(load_from: LoadFrom) -> None:
    rows = make_account()["/candidates"]

    def page(_path: str, query: dict[str, str]) -> Answer:
        if "since_id" in query:
            return Answer({"candidates": [*rows[3:], rows[0]]})
        link = {"next": f"{HOST}/candidates?since_id=2f41c0ac"}
        return Answer({"candidates": rows[:4], "paging": link})

    with ReplayServer(hooks={"/candidates": page}) as server:
        loaded = load_from(server, "candidates")
    assert loaded.outcome("candidates") == ("ok", 7, None)
    assert len(loaded.ids("candidates")) == 7


def test_bare_arrays_for_envelopes_and_the_other_way_round(load_from: LoadFrom) -> None:
    account = make_account()
    bare = ("/candidates", "/jobs", "/members", "/employees", "/stages", "/timeoff/requests")
    wrapped = {
        "/departments": "departments", "/legal_entities": "some_new_key",
        "/employee_fields": "fields", "/work_schedules": "data",
    }  # fmt: skip
    hooks = {path: always(account[path]) for path in bare}
    hooks |= {path: always({key: account[path], "page": 1}) for path, key in wrapped.items()}
    hooks["/employees/2a41c3"] = always({"employee": account["/employees/2a41c3"]})
    hooks["/candidates/27270280"] = always(account["/candidates/27270280"]["candidate"])
    names = {
        "candidates": 7, "jobs": 3, "members": 3, "employees": 4, "stages": 6,
        "timeoff_requests": 4, "departments": 3, "legal_entities": 3, "employee_fields": 6,
        "work_schedules": 1, "employee_details": 4, "candidate_details": 7,
    }  # fmt: skip
    with ReplayServer(hooks=hooks) as server:
        loaded = load_from(server, *names)
    assert loaded.exit_code == 0
    assert {name: loaded.outcome(name)[:2] for name in names} == {
        name: ("ok", rows) for name, rows in names.items()
    }


def test_an_empty_account_is_a_good_account(load_from: LoadFrom) -> None:
    lists = {path: [] for path in make_account() if path.count("/") == 1}
    lists |= {"/timeoff/categories": [], "/timeoff/requests": []}
    with ReplayServer(lists) as server:
        loaded = load_from(server)
    assert loaded.exit_code == 0
    assert {(row["status"], row["rows"]) for row in loaded.resources.values()} == {("ok", 0)}
