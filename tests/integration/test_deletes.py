"""What becomes of records that vanish from Workable, through real loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.histories.closing import live_table, texts_of_tables, unresolved
from tests.integration.lent_loads import TOKEN
from tests.integration.load_kit import DEFAULT_TABLES, LABEL, Loads, configure
from tests.integration.raw_truth import differences, expected_table

from workable_elt.exits import EXIT_OK, EXIT_PARTIAL
from workable_elt.progress import NullProgress
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import LoadReport, load
from workable_elt.warehouse.stopping import Stop

PLAN = CompanyPlan(candidates=40, jobs=4, employees=12, years=1, seed=3)
LATER = 3600


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN, token=TOKEN) as simulator:
        yield Loads(simulator, configure(simulator, monkeypatch))


def change(loads: Loads, *kinds: str, n: int = 1, seed: int = 1) -> list[str]:
    """Let things happen; gives the ids of the records."""
    made = loads.simulator.control.apply_changes(n=n, seed=seed, kinds=kinds, advance=LATER)
    return [one["id"] for one in made]


def stones(loads: Loads, resource: str = "candidates") -> dict[str, tuple[Any, ...]]:
    """The tombstones of a list: reason, successor, whether it is open."""
    rows = loads.query(
        "select record_id, reason, replaced_by_id, resolved_at is null "
        f"from workable_raw._tombstones where account = '{LABEL}' and resource = '{resource}'"
    )
    return {row[0]: row[1:] for row in rows}


def deletes(report: LoadReport, resource: str = "candidates") -> dict[str, int]:
    found = next(r for r in report.accounts[0].resources if r.name == resource)
    assert found.deletes is not None
    return {name: count for name, count in found.deletes.items() if count and name != "listed"}


def assert_exact(loads: Loads) -> None:
    """The live rows of every table are what Workable shows now."""
    truth, gone = loads.simulator.control.truth(), unresolved(loads.query)
    with loads.connected():
        for name in DEFAULT_TABLES:
            found = live_table(name, loads.query, gone)
            assert differences(expected_table(name, truth), found) == [], name


def test_deleted_candidates_get_exactly_their_tombstones(loads: Loads) -> None:
    loads.begin()
    listed = {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    gone = change(loads, "deleted", n=3)
    report = loads.run(reconcile=True)
    assert set(gone) < listed
    assert len(set(gone)) == 3
    assert stones(loads) == dict.fromkeys(gone, ("deleted", None, True))
    assert deletes(report) == {"vanished": 3, "deleted": 3}
    assert unresolved(loads.query)["candidates"] == set(gone)
    assert_exact(loads)


def test_too_many_deletes_are_held_until_they_are_accepted(loads: Loads) -> None:
    loads.begin()
    rows = len(loads.table("candidates"))
    gone = change(loads, "deleted", n=21)
    held = load(loads.config, reconcile=True)
    (account,) = held.accounts
    error = next(r.error for r in account.resources if r.name == "candidates")
    assert held.exit_code == EXIT_PARTIAL
    assert error is not None
    assert error["code"] == "deletes_held"
    assert error["hint"].endswith("--accept-deletes candidates.")
    assert "21" in error["message"]
    assert deletes(held) == {"vanished": 21, "held": 21}
    assert account.complete
    assert held.as_of is not None
    assert stones(loads) == {}
    assert len(loads.table("candidates")) == rows

    again = load(loads.config)
    assert again.exit_code == EXIT_PARTIAL, "what is held is decided anew by every run"
    accepted = loads.run(accept_deletes=["candidates"])
    assert deletes(accepted) == {"vanished": 21, "deleted": 21}
    assert stones(loads) == dict.fromkeys(gone, ("deleted", None, True))
    assert loads.run().exit_code == EXIT_OK
    assert_exact(loads)


def test_another_token_decides_only_at_its_second_look(
    loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads.begin()
    (gone,) = change(loads, "deleted")
    token = loads.simulator.control.add_token()
    swapped = Loads(loads.simulator, configure(loads.simulator, monkeypatch, access_token=token))
    report = swapped.run(reconcile=True)
    notes = next(r.notes for r in report.accounts[0].resources if r.name == "candidates")
    assert deletes(report) == {"vanished": 1, "undecided": 1}
    assert any("another token" in note for note in notes)
    assert stones(swapped) == {}
    # No second wish is needed: an undecided list is read whole by the next run.
    assert deletes(swapped.run()) == {"vanished": 1, "deleted": 1}
    assert stones(swapped) == {gone: ("deleted", None, True)}


@pytest.mark.full
def test_what_was_out_of_sight_is_all_back_with_the_sight(loads: Loads) -> None:
    control, token = loads.simulator.control, loads.simulator.token
    loads.begin()
    jobs = sorted(row["shortcode"] for row in control.truth()["jobs"])
    control.change_token(token, shortcodes=jobs[1:])
    load(loads.config, reconcile=True)
    control.change_token(token, see_all=True)
    report = loads.run(reconcile=True)
    assert deletes(report, "jobs") in ({}, {"returned": 1})
    assert {name: ids for name, ids in unresolved(loads.query).items() if ids} == {}
    assert_exact(loads)


def test_single_404_of_a_record_that_is_hidden_deletes_nothing(loads: Loads) -> None:
    control = loads.simulator.control
    control.set_quirks(talent_pool_listed="yes")
    loads.begin()
    pool = {row["id"] for row in control.truth()["candidates"] if not row.get("job")}
    control.set_quirks(talent_pool_listed="no")
    once = sorted(pool)[0]
    control.inject({"kind": "not_found", "path": f"/candidates/{once}", "times": 1})
    report = loads.run(reconcile=True)
    assert pool
    assert control.faults()[0]["hits"] == 1
    assert deletes(report) == {"vanished": len(pool), "not_listed": len(pool)}
    assert stones(loads) == dict.fromkeys(pool, ("not_listed", None, False))


@pytest.mark.full
def test_record_that_answers_is_not_asked_for_again_for_a_week(
    loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = loads.simulator.control
    control.set_quirks(talent_pool_listed="yes")
    config = configure(loads.simulator, monkeypatch, reconcile_every="0")
    loads = Loads(loads.simulator, config)
    loads.run()
    control.set_quirks(talent_pool_listed="no")
    assert deletes(loads.run())["not_listed"] > 0
    assert deletes(loads.run()) == {}
    control.advance(8 * 24 * 3600)
    assert deletes(loads.run())["not_listed"] > 0


@pytest.mark.full
def test_record_that_may_not_be_seen_or_fails_is_left_for_later(loads: Loads) -> None:
    control = loads.simulator.control
    loads.begin()
    refused, failing = change(loads, "deleted", n=2)
    control.inject({"kind": "status", "status": 403, "path": f"/candidates/{refused}"})
    control.inject({"kind": "status", "status": 400, "path": f"/candidates/{failing}"})
    assert deletes(loads.run(reconcile=True)) == {"vanished": 2, "undecided": 2}
    assert stones(loads) == {}
    control.clear_faults()
    assert deletes(loads.run(reconcile=True)) == {"vanished": 2, "deleted": 2}


def test_record_that_comes_back_is_as_it_was(loads: Loads) -> None:
    loads.begin()
    gone = change(loads, "deleted", n=3)
    loads.run(reconcile=True)
    back = change(loads, "candidate_restored", n=2)
    report = loads.run(reconcile=True)
    assert deletes(report)["returned"] == 2
    assert unresolved(loads.query)["candidates"] == set(gone) - set(back)
    assert_exact(loads)


def test_record_that_comes_back_unsignalled_is_found_by_a_sweep(loads: Loads) -> None:
    loads.simulator.control.set_quirks(restore_bumps_updated_at="no")
    loads.begin()
    gone = change(loads, "deleted", n=2)
    # Out of the watermark's overlap.
    loads.simulator.control.advance(LATER)
    loads.run(reconcile=True)
    change(loads, "candidate_restored", n=2)
    loads.run()
    assert unresolved(loads.query)["candidates"] == set(gone)
    loads.run(reconcile=True)
    assert unresolved(loads.query).get("candidates", set()) == set()
    assert_exact(loads)


@pytest.mark.full
def test_sweep_is_due_after_the_configured_days(loads: Loads) -> None:
    loads.begin()
    (gone,) = change(loads, "deleted")
    assert loads.run().exit_code == EXIT_OK
    assert stones(loads) == {}
    loads.simulator.control.advance(7 * 24 * 3600)
    loads.run()
    assert stones(loads) == {gone: ("deleted", None, True)}


def test_run_that_ends_before_it_settles_is_made_up_for(loads: Loads) -> None:
    loads.begin()
    (gone,) = change(loads, "deleted")
    stop = Stop()

    class AfterLists(NullProgress):
        """Asks for the end as soon as the first stream of a job was read."""

        def resource_finished(self, *about: Any) -> None:
            if about[1] == "job_activities":
                stop.request("signal")

    load(loads.config, reconcile=True, stop=stop, progress=AfterLists())
    assert stones(loads) == {}
    whole = loads.query(
        "select count(*) from workable_raw._syncs where resource = 'candidates' "
        "and mode = 'full' and complete and not reconciled"
    )
    assert whole == [(1,)]
    # The list was read whole a moment ago, but what it lacked was not decided upon.
    assert deletes(loads.run()) == {"vanished": 1, "deleted": 1}
    assert stones(loads) == {gone: ("deleted", None, True)}


@pytest.mark.full
def test_run_without_news_costs_no_request_more(loads: Loads) -> None:
    loads.begin()
    loads.run()
    loads.simulator.control.reset_counters(recording=True)
    loads.run()
    asked = loads.simulator.control.counters()["requests"]
    assert "GET /candidates" in asked
    assert [endpoint for endpoint in asked if ":" in endpoint] == [], "lists and nothing else"


@pytest.mark.full
def test_asking_that_is_stopped_is_made_up_for(loads: Loads) -> None:
    loads.begin()
    enough = loads.run(reconcile=True).requests
    gone = change(loads, "deleted", n=6)
    stopped = load(loads.config, reconcile=True, max_requests=enough + 3)
    assert stopped.exit_code == EXIT_OK
    assert stopped.requests <= enough + 3
    assert len(stones(loads)) < 6
    loads.run()
    assert stones(loads) == dict.fromkeys(gone, ("deleted", None, True))
    assert_exact(loads)


LISTS = (
    ("event_deleted", "events", "id"),
    ("requisition_deleted", "requisitions", "code"),
    ("timeoff_request_deleted", "timeoff_requests", "id"),
    ("employee_deleted", "employees", "id"),
    ("job_deleted", "jobs", "shortcode"),
    ("department_deleted", "departments", "id"),
    ("reason_deleted", "disqualification_reasons", "id"),
    ("custom_attribute_deleted", "custom_attributes", "id"),
)


def test_every_list_loses_what_was_deleted(loads: Loads) -> None:
    loads.begin()
    gone = {resource: change(loads, kind, seed=5)[0] for kind, resource, _ in LISTS}
    truth = loads.simulator.control.truth()
    for _, resource, key in LISTS:
        assert gone[resource] not in {row[key] for row in truth[resource]}
    report = loads.run(reconcile=True)
    for resource, one in gone.items():
        assert deletes(report, resource)["deleted"] >= 1
        assert stones(loads, resource)[one] == ("deleted", None, True)
    # What tells of no change is read again when it has its age: managers' reports, balances.
    loads.simulator.control.advance(25 * LATER)
    loads.run()
    assert_exact(loads)


@pytest.mark.parametrize("origin", ["relocated", pytest.param("none", marks=pytest.mark.full)])
def test_relocated_candidates_name_their_successors(loads: Loads, origin: str) -> None:
    control = loads.simulator.control
    control.set_quirks(originating_candidate_id=origin)
    loads.begin()
    before = {row["id"] for row in control.truth()["candidates"]}
    old = change(loads, "relocated", n=3)
    truth = control.truth()["candidates"]
    new = {row["id"] for row in truth} - before
    people = {row["id"]: (row["created_at"], row["email"]) for row in truth}
    report = loads.run(reconcile=True)
    assert deletes(report) == {"vanished": 3, "relocated": 3}
    found = stones(loads)
    assert set(found) == before - {row["id"] for row in truth}
    assert {successor for _, successor, _ in found.values()} == new
    stored = loads.query("select id, created_at, email from workable_raw.candidates")
    kept = {candidate: (created_at, email) for candidate, created_at, email in stored}
    for gone, (reason, successor, is_open) in found.items():
        assert (reason, is_open) == ("relocated", True)
        # The person lives on: the old record keeps what it had, and it is the same person's.
        assert kept[gone] == kept[successor]
        assert kept[gone][1] == people[successor][1]
    assert len(old) == 3
    assert_exact(loads)


@pytest.mark.full
def test_relocations_are_told_after_they_were_read_in_an_ordinary_run(loads: Loads) -> None:
    loads.begin()
    change(loads, "relocated", n=2)
    loads.run()
    assert stones(loads) == {}
    report = loads.run(reconcile=True)
    assert deletes(report) == {"vanished": 2, "relocated": 2}
    assert_exact(loads)


@pytest.mark.full
def test_candidate_moved_twice_between_two_looks_has_a_chain_to_follow(loads: Loads) -> None:
    control = loads.simulator.control
    loads.begin()
    before = {row["id"] for row in control.truth()["candidates"]}
    for seed in range(60):
        change(loads, "relocated", seed=seed)
        now = {row["id"] for row in control.truth()["candidates"]}
        if len(before - now) < seed + 1:
            break
    else:
        pytest.fail("nobody was moved twice")
    loads.run(reconcile=True, accept_deletes=["candidates"])
    found = stones(loads)
    assert set(found) == before - now
    assert {reason for reason, _, _ in found.values()} == {"relocated"}
    assert {successor for _, successor, _ in found.values()} <= now
    assert_exact(loads)


def personal_values(row: dict[str, Any]) -> set[str]:
    return {row[name] for name in ("email", "phone", "name") if row.get(name)}


def test_anonymized_person_is_blank_everywhere_in_the_same_run(loads: Loads) -> None:
    control = loads.simulator.control
    loads.begin()
    before = {row["id"]: row for row in control.truth()["candidates"]}
    (blank,) = change(loads, "anonymized")
    report = loads.run()
    assert deletes(report) == {"anonymized": 1}
    assert stones(loads) == {blank: ("anonymized", None, False)}
    assert_exact(loads)
    texts = "\n".join(text for _, text in texts_of_tables(loads.query))
    assert {value for value in personal_values(before[blank]) if value in texts} == set()
    assert deletes(loads.run()) == {}, "it is first seen once"


@pytest.mark.full
def test_deleted_person_takes_earlier_records_along(loads: Loads) -> None:
    control = loads.simulator.control
    loads.begin()
    change(loads, "relocated", n=6, seed=2)
    loads.run(reconcile=True)
    moved = {successor: old for old, (_, successor, _) in stones(loads).items()}
    for seed in range(40):
        before = {row["id"]: row for row in control.truth()["candidates"]}
        (gone,) = change(loads, "deleted", seed=seed)
        if gone in moved:
            break
    else:
        pytest.fail("no relocated candidate was deleted")
    loads.run(reconcile=True, accept_deletes=["candidates"])
    assert stones(loads)[gone] == ("deleted", None, True)
    assert stones(loads)[moved[gone]] == ("relocated", gone, True)
    texts = "\n".join(text for _, text in texts_of_tables(loads.query))
    assert {value for value in personal_values(before[gone]) if value in texts} == set()
    kept = loads.query(f"select created_at from workable_raw.candidates where id = '{gone}'")
    assert kept[0][0] is not None, "the facts stay"


@pytest.mark.full
def test_people_are_removed_with_the_facts_where_that_is_wanted(
    loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configure(loads.simulator, monkeypatch, deleted_people="remove")
    loads = Loads(loads.simulator, config)
    loads.begin()
    gone = change(loads, "deleted", n=2)
    loads.run(reconcile=True)
    assert stones(loads) == dict.fromkeys(gone, ("deleted", None, True))
    truth = {row["id"] for row in loads.simulator.control.truth()["candidates"]}
    assert {key[0] for key in loads.table("candidates")} == truth
    assert {key[0] for key in loads.table("candidate_activities")} <= truth
    assert_exact(loads)
