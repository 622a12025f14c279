"""The steps of a history as hypothesis draws them."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import psycopg2
from hypothesis import HealthCheck, Phase, Verbosity, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from tests.histories.world import History

from workable_elt.config import DeletedPeople
from workable_elt.simulator import changes
from workable_elt.simulator.server.access import READ_SCOPES
from workable_elt.simulator.server.chaos import chaos
from workable_elt.warehouse.slices import SliceLimits

STEPS = 7
FEW = 5  # in every run of the suite

seeds = st.integers(0, 9_999)
machines = st.integers(0, 1)
# What the API shows when one looks: an edited rating and names that other records repeat are not
# among it, so a history with those ends with a `--full` run (see `History.settle`).
kinds = st.sampled_from(
    [
        changes.SIGNALLED,
        (*changes.SIGNALLED, *changes.QUIET),
        changes.DESTRUCTIVE,
        (*changes.DESTRUCTIVE, *changes.RESTORING),
        changes.ALL_KINDS,
    ]
)
options = st.sampled_from(
    [
        {},
        {},
        {},
        {"full": True},
        {"depth": "list"},
        {"reconcile": True},
        {"resources": ["candidates", "candidate_details"]},
        {"resources": ["employees", "timeoff_balances"]},
        {"resources": ["jobs", "job_activities", "events"]},
        {"limits": SliceLimits(size=20_000)},
    ]
)
faults = st.sampled_from(
    [
        {"kind": "status", "status": 503, "probability": 0.3},
        {"kind": "status", "status": 500, "path": "/candidates*", "skip": 3},
        {"kind": "status", "status": 401, "skip": 30},
        {"kind": "status", "status": 403, "path": "/employees*"},
        {"kind": "status", "status": 422, "path": "/jobs/*"},
        {"kind": "not_found", "probability": 0.3},
        {"kind": "not_found", "path": "/candidates/*", "probability": 0.7},
        {"kind": "html", "probability": 0.2},
        {"kind": "empty", "probability": 0.2},
        {"kind": "truncated", "probability": 0.2},
        {"kind": "truncated", "path": "/employees", "skip": 1},
        {"kind": "reset", "probability": 0.1},
        {"kind": "refuse", "probability": 0.3},
        {"kind": "malformed", "probability": 0.3},
        {"kind": "malformed", "path": "/candidates"},
        {"kind": "unknown_fields", "probability": 0.5},
    ]
)


class Histories(RuleBasedStateMachine):
    """Draws the steps of a history; the history itself knows what they mean."""

    postgres_server: str | None = None

    @initialize(
        company=st.integers(0, 40),
        quirks=st.none() | st.integers(0, 200),
        deleted_people=st.sampled_from(["deidentify", "deidentify", "remove"]),
    )
    def begin(self, company: int, quirks: int | None, deleted_people: DeletedPeople) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="history-", dir=Path.cwd())
        self._database = _Database(self.postgres_server) if self.postgres_server else None
        url = self._database.url if self._database else None
        folder = Path(self._folder.name)
        self.history = History(folder, company, quirks, url, deleted_people)

    @rule(n=st.integers(1, 12), draw=seeds, which=kinds, hours=st.sampled_from([0.1, 3, 26, 240]))
    def change(self, n: int, draw: int, which: tuple[str, ...], hours: float) -> None:
        self.history.change(n, draw, which, hours)

    @rule(minutes=st.sampled_from([1, 9, 11, 60, 1_500, 14_400]))
    def pass_time(self, minutes: float) -> None:
        self.history.pass_time(minutes)

    @rule(draw=seeds, which=st.lists(faults, min_size=1, max_size=2))
    def inject(self, draw: int, which: list[dict[str, Any]]) -> None:
        self.history.inject(draw, *which)

    @rule(draw=seeds, intensity=st.sampled_from([0.2, 0.5, 1.0]))
    def inject_chaos(self, draw: int, intensity: float) -> None:
        drawn = chaos(draw, intensity)
        self.history.inject(drawn.seed, *drawn.rules)

    @rule(number=st.integers(0, 30))
    def spoil(self, number: int) -> None:
        self.history.spoil(number)

    @rule()
    def mend(self) -> None:
        self.history.mend()

    @rule(scopes=st.none() | st.sets(st.sampled_from(sorted(READ_SCOPES))), jobs=st.integers(0, 3))
    def narrow(self, scopes: set[str] | None, jobs: int) -> None:
        self.history.narrow(None if scopes is None else tuple(sorted(scopes)), jobs or None)

    @rule()
    def renew_token(self) -> None:
        self.history.renew_token()

    @rule(machine=machines, chosen=options)
    def load(self, machine: int, chosen: dict[str, Any]) -> None:
        self.history.run(machine, **chosen)

    @rule(machine=machines)
    def load_ordinarily(self, machine: int) -> None:
        self.history.run(machine)

    @rule(machine=machines, days=st.sampled_from([0.01, 2, 30, 400]))
    def load_since(self, machine: int, days: float) -> None:
        since = self.history.now() - timedelta(days=days)
        self.history.run(machine, since=since)

    @rule(machine=machines, requests=st.integers(1, 120), chosen=options)
    def load_few_requests(self, machine: int, requests: int, chosen: dict[str, Any]) -> None:
        self.history.run(machine, max_requests=requests, **chosen)

    @rule(machine=machines, signs=st.integers(1, 40), chosen=options)
    def load_until_signal(self, machine: int, signs: int, chosen: dict[str, Any]) -> None:
        self.history.run_stopped(machine, signs, **chosen)

    @rule(
        machine=machines,
        point=st.integers(1, 500),
        where=st.sampled_from(["anywhere", "package"]),
        chosen=options,
    )
    def load_and_die(
        self,
        machine: int,
        point: int,
        where: Literal["anywhere", "package"],
        chosen: dict[str, Any],
    ) -> None:
        self.history.run_killed(machine, point, where, **chosen)

    @rule(
        machine=machines,
        kind=st.sampled_from(["candidates", "employees"]),
        number=st.integers(0, 40),
        whole_person=st.booleans(),
    )
    def purge(self, machine: int, kind: str, number: int, whole_person: bool) -> None:
        self.history.purge(machine, kind, number, whole_person=whole_person)

    @rule(machine=machines)
    def lose_home(self, machine: int) -> None:
        self.history.lose_home(machine)

    def teardown(self) -> None:
        if not hasattr(self, "history"):
            return
        try:
            if sys.exc_info()[0] is None:
                self.history.settle(0, one_run=len(self.history.steps) % 2 == 0)
        finally:
            note(self.history.story([]))
            self.history.close()
            if self._database is not None:
                self._database.drop()
            self._folder.cleanup()


class _Database:
    """An empty database of its own on a Postgres server."""

    def __init__(self, server: str) -> None:
        self._admin = psycopg2.connect(server)
        self._admin.autocommit = True
        self._name = f"history_{os.urandom(6).hex()}"
        self._execute(f"create database {self._name}")
        self.url = server.replace("/postgres?", f"/{self._name}?")

    def drop(self) -> None:
        self._execute(f"drop database {self._name} with (force)")
        self._admin.close()

    def _execute(self, statement: str) -> None:
        with self._admin.cursor() as cursor:
            cursor.execute(statement)


def try_histories(
    histories: int,
    draw: int,
    postgres_server: str | None = None,
    *,
    steps: int = STEPS,
    shrink: bool = True,
) -> None:
    """Try a number of histories.

    Args:
        histories: How many.
        draw: The same number draws the same histories.
        postgres_server: Where databases can be made; None for DuckDB files.
        steps: The most that a history has, beside how it begins and ends.
        shrink: Whether to look for the shortest history that fails, for at most five minutes.

    Raises:
        AssertionError: A history did not end in the truth; the message has its whole story.
    """

    @seed(draw)
    class Drawn(Histories):
        pass

    Drawn.postgres_server = postgres_server
    run_state_machine_as_test(
        Drawn,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            print_blob=True,
            report_multiple_bugs=False,
            verbosity=Verbosity.normal,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
