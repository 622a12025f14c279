"""One account, one warehouse, two machines, and everything that may happen to them.

Each step is a method; a history is a list of calls. `History.settle` ends it: faults cease, sight is
whole again, one clean run, one reconcile, and then everything is compared with the truth.
"""

from __future__ import annotations

import enum
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.histories import closing
from tests.histories.killed import Where, run_and_kill
from tests.histories.people import Memory, leaks, texts_of_files
from tests.integration.load_kit import Loads, account_environment

from workable_elt.api.auth import Secret
from workable_elt.api.retry import RetryPolicy
from workable_elt.config import Config, DeletedPeople, LeaseTerms, read_config
from workable_elt.exits import EXIT_FAILED, EXIT_OK, EXIT_PARTIAL, BusyError
from workable_elt.progress import NullProgress
from workable_elt.simulator import changes
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import Quirks, random_quirks
from workable_elt.simulator.server.access import ALL_SCOPES
from workable_elt.simulator.server.clock import Clock
from workable_elt.simulator.server.runner import Simulator, make_tenant
from workable_elt.warehouse import LoadReport, load
from workable_elt.warehouse.erasure.purge import purge
from workable_elt.warehouse.stopping import Stop

LONG_AFTER = timedelta(days=8)
"""By then every reading has reached its maximum age, so what gives no signal is due as well."""

_Result = TypeVar("_Result")

_TICK = 0.2
_LEASE = LeaseTerms(heartbeat=0.2, expiry=2.0)
_PATIENCE = 60.0
_OBJECTS = ("stop", "progress")
_IMPOSSIBLE = {"field": "created_at", "value": {"unexpected": True}}


_BLURRING = (*changes.RIPPLES, "rating_edited")
"""Kinds that change what other rows repeat, or a stream that nobody has reason to read again."""

_BELIEVABLE = {"malformed", "new_type", "hostile_text", "huge_number", "deep_nesting"}
"""Faults with status 200 whose values may well pass for right ones: only a full run mends those. A
page that lacks a row of a filtered list without a total is mended by a reconcile."""


class Strictness(enum.Enum):
    """How much must agree with the truth."""

    NOTHING_LOST = "after a clean run: every row is there and right; deletes may be unknown"
    ALL_THAT_IS_SIGNALLED = "after a reconcile: no row is too many either"
    EXACT = "after a full run: also what the API gives no signal for"


class TickingClock(Clock):
    """A clock that moves on with each answer, so that a history takes the same time each time."""

    def timestamp(self) -> float:
        """Give the time, which then has moved."""
        return self._base

    def http_date(self) -> str:
        """Give the time, and let it move on."""
        self._base += _TICK
        return super().http_date()


class StopAfter(NullProgress):
    """Asks for a stop after some sign of progress, like a signal that comes in the middle."""

    def __init__(self, stop: Stop, signs: int) -> None:
        self._stop = stop
        self._left = signs

    def advanced(self, account: str, resource: str, rows: int, requests: int) -> None:
        """Count."""
        self._left -= 1
        if self._left <= 0:
            self._stop.request("signal")


class History:
    """What happens to one account.

    Args:
        folder: Empty; everything of this history is in it.
        seed: Of the company.
        quirk_seed: Draws the API's open questions; None for the defaults.
        postgres_url: An empty database, in place of a DuckDB file.
        deleted_people: The configuration's; what becomes of those who vanish.
    """

    def __init__(
        self,
        folder: Path,
        seed: int,
        quirk_seed: int | None,
        postgres_url: str | None = None,
        deleted_people: DeletedPeople = "deidentify",
    ) -> None:
        self.folder = folder
        self.steps: list[str] = []
        self._patch = pytest.MonkeyPatch()
        # Waits cost time and show nothing here.
        self._patch.setattr(RetryPolicy, "pause", lambda *_, **__: 0.001)
        quirks = Quirks() if quirk_seed is None else random_quirks(quirk_seed)
        # Without the server's clock ours would have to be right, and it stands in another year.
        self.quirks = replace(quirks, date_header="present")
        plan = CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=seed)
        tenant = make_tenant(plan)
        start = datetime.fromtimestamp(tenant.company.now / 1000, timezone.utc)
        self.simulator = Simulator(
            tenants=[tenant], quirks=self.quirks, clock=TickingClock(start)
        ).start()
        self.control = self.simulator.control
        self.memory = Memory(tenant.company)
        self._config = self._configure(postgres_url, deleted_people)
        self._token = self.simulator.token
        self._bad: set[tuple[str, str]] = set()
        self._is_hindered = False
        self._is_narrowed = False
        self._sight_changed = False
        self._is_blurred = False
        self._was_killed = False
        self._rows_were_hidden = False
        self._was_purged = False
        self._stale: set[tuple[str, str]] = set()
        self.loads = Loads(self.simulator, self._config, postgres_url)

    def _configure(self, postgres_url: str | None, deleted_people: DeletedPeople) -> Config:
        for name, value in account_environment(self.simulator).items():
            self._patch.setenv(name, value)
        if postgres_url is not None:
            self._patch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
            self._patch.setenv("DESTINATION__POSTGRES__CREDENTIALS", postgres_url)
        config = read_config()
        accounts = tuple(replace(one, deleted_people=deleted_people) for one in config.accounts)
        config = replace(config, lease=_LEASE, accounts=accounts)
        if postgres_url is None:
            return replace(config, duckdb_file=self.folder / "warehouse.duckdb")
        return config

    def close(self) -> None:
        """End the simulator and leave the environment as it was."""
        self.simulator.stop()
        self._patch.undo()

    # What happens at Workable

    def change(self, n: int, seed: int, kinds: tuple[str, ...], hours: float) -> None:
        """Let things happen; kinds that do not fit this company are passed over."""
        self.memory.note()
        before = closing.of_settled_jobs(self.control.truth())
        try:
            made = self.control.apply_changes(n, seed, kinds=kinds, advance=hours * 3600)
        except ValueError as error:
            self._note(f"change {kinds}: {error}")
            return
        after = closing.of_settled_jobs(self.control.truth())
        self._stale |= {key for key in after if key in before and before[key] != after[key]}
        blurring = (*_BLURRING, *self._blind_kinds())
        self._is_blurred = self._is_blurred or any(c["kind"] in blurring for c in made)
        self._note("changed " + ", ".join(f"{c['kind']} {c['id']}" for c in made))

    def _blind_kinds(self) -> set[str]:
        """Kinds that leave no trace in any list under this history's quirks."""
        return {"tagged", "tag_deleted"} if self.quirks.tag_bumps_updated_at == "no" else set()

    def pass_time(self, minutes: float) -> None:
        """Let the clock move on."""
        self.control.advance(minutes * 60)
        self._note(f"{minutes} minutes pass")

    def inject(self, seed: int, *rules: dict[str, Any]) -> None:
        """Make answers fail until they are mended."""
        self.control.inject(*rules, seed=seed)
        self._is_hindered = True
        kinds = {rule["kind"] for rule in rules if "field" not in rule}
        self._is_blurred = self._is_blurred or bool(kinds & _BELIEVABLE)
        self._rows_were_hidden = self._rows_were_hidden or "drop_row" in kinds
        self._note(f"faults {rules}")

    def spoil(self, number: int) -> None:
        """Make the detail of a candidate unreadable, for good."""
        rows = self.control.truth()["candidates"]
        record_id = rows[number % len(rows)]["id"]
        self._bad.add(("candidate_details", record_id))
        self._spoil()
        self._note(f"candidate {record_id} is unreadable from now on")

    def _spoil(self) -> None:
        for _, record_id in sorted(self._bad):
            path = f"/candidates/{record_id}"
            self.control.inject({"kind": "malformed", "path": path, **_IMPOSSIBLE})

    def mend(self) -> None:
        """Let the faults cease; records that are unreadable stay so."""
        self.control.clear_faults()
        self._spoil()
        self._is_hindered = False
        self._note("faults cease")

    def narrow(self, scopes: tuple[str, ...] | None, jobs: int | None) -> None:
        """Take scopes from the token, or jobs out of its sight."""
        if scopes is not None:
            self.control.change_token(self._token, scopes=scopes)
        if jobs is not None:
            shortcodes = [job["shortcode"] for job in self.control.truth()["jobs"]]
            self.control.change_token(self._token, shortcodes=shortcodes[:jobs])
        self._is_narrowed = True
        self._sight_changed = True
        self._note(f"the token keeps scopes {scopes} and {jobs} jobs")

    def renew_token(self) -> None:
        """Use another token, which sees everything."""
        self._token = self.control.add_token()
        self._is_narrowed = False
        self._sight_changed = True
        self._note("another token")

    # What the machines do

    def run(self, machine: int, **options: Any) -> LoadReport:
        """Load on a machine; it may fail only where something is in its way."""
        report = self._when_free(lambda: load(self._on(machine), **options))
        shown = {name: value for name, value in options.items() if name not in _OBJECTS}
        self._note(f"machine {machine} loads {shown}: {_told(report)}")
        is_free = not (self._is_hindered or self._is_narrowed)
        allowed = {EXIT_OK} if is_free else {EXIT_OK, EXIT_PARTIAL, EXIT_FAILED}
        if "stop" in options:
            allowed.add(EXIT_PARTIAL)
        held = _held(report)
        assert report.exit_code in allowed or (held and report.exit_code == EXIT_PARTIAL), _told(
            report
        )
        return report

    def _when_free(self, work: Callable[[], _Result]) -> _Result:
        """Do some work; where a killed run's lease is in the way, again until it has expired."""
        deadline = time.monotonic() + _PATIENCE
        while (result := _unless_busy(work)) is None:
            assert self._was_killed, "busy, and nobody is at work"
            assert time.monotonic() < deadline, "the lease of a dead run does not expire"
            time.sleep(0.05)
        self._was_killed = False
        return result

    def run_stopped(self, machine: int, signs: int, **options: Any) -> None:
        """Load until a signal comes."""
        stop = Stop()
        self._note(f"a signal after {signs} signs of progress")
        self.run(machine, stop=stop, progress=StopAfter(stop, signs), **options)

    def run_killed(self, machine: int, point: int, where: Where, **options: Any) -> None:
        """Load until the process is killed."""
        config = self._on(machine)
        if self._was_killed:
            # The child is to die at a point of its work, not of its waiting.
            self._when_free(lambda: load(config, resources=["stages"]))
        killed = run_and_kill(lambda: load(config, **options), point, where)
        self._was_killed = killed and config.duckdb_file is None
        end = "is killed" if killed else "is done"
        self._note(f"machine {machine} loads {options}: {end} (point {point}, {where})")

    def purge(self, machine: int, kind: str, number: int, *, whole_person: bool) -> None:
        """Remove somebody at once who may well be at Workable still."""
        if not self._is_loaded():
            return
        rows = self.loads.query(f"select id from workable_raw.{kind} order by 1")
        if not rows:
            return
        record_id = rows[number % len(rows)][0]
        config = self._on(machine)
        done = self._when_free(
            lambda: purge(
                config,
                config.accounts,
                {kind: [record_id]},
                whole_person=whole_person,
                run_id=f"purge-{len(self.steps)}",
            )
        )
        self._was_purged = True
        told = [removal.to_json() for removal in done.accounts]
        self._note(f"machine {machine} purges {told}")

    def _is_loaded(self) -> bool:
        if self._config.duckdb_file is not None and not self._config.duckdb_file.exists():
            return False
        return bool(
            self.loads.query(
                "select 1 from information_schema.tables "
                "where table_schema = 'workable_raw' and table_name = 'candidates'"
            )
        )

    def lose_home(self, machine: int) -> None:
        """Delete everything that a machine remembers."""
        shutil.rmtree(self._home(machine), ignore_errors=True)
        self._note(f"machine {machine} loses its home")

    def now(self) -> datetime:
        """Give the server's time, UTC, naive."""
        return self.control.now().replace(tzinfo=None)

    def _home(self, machine: int) -> Path:
        return self.folder / f"home{machine}"

    def _on(self, machine: int) -> Config:
        (account,) = self._config.accounts
        account = replace(account, access_token=Secret(self._token))
        return replace(self._config, home=self._home(machine), accounts=(account,))

    def _note(self, step: str) -> None:
        self.steps.append(step)

    # The end

    def settle(self, machine: int, *, one_run: bool) -> None:
        """Let faults cease, load, reconcile, and compare everything with the truth.

        Args:
            machine: Who loads.
            one_run: Whether the clean run is the reconcile.
        """
        self.memory.note()
        self.mend()
        self.control.change_token(self._token, scopes=sorted(ALL_SCOPES), see_all=True)
        self._is_narrowed = False
        self.pass_time(LONG_AFTER / timedelta(minutes=1))
        if not one_run:
            self.run(machine)
            # Nobody lists a purged candidate who has not changed before the reconcile does.
            if not (self._rows_were_hidden or self._was_purged):
                self._compare(Strictness.NOTHING_LOST)
        is_settled = self._reconcile(machine)
        if self._sight_changed or not is_settled:
            # The first whole reading with other eyes than the last decides nothing, nor does the
            # first one of all, where an earlier one was cut short.
            self._reconcile(machine)
        self._compare(Strictness.ALL_THAT_IS_SIGNALLED)
        if self._is_blurred or self._stale:
            self.run(machine, full=True)
            self._compare(Strictness.EXACT)
        self._look_for_leaks()

    def _reconcile(self, machine: int) -> bool:
        """Reconcile, and say whether everything that vanished was decided upon."""
        report = self.run(machine, reconcile=True)
        if held := _held(report):
            report = self.run(machine, reconcile=True, accept_deletes=held)
        return not any(
            resource.deletes is not None and resource.deletes["undecided"]
            for account in report.accounts
            for resource in account.resources
        )

    def _compare(self, strictness: Strictness) -> None:
        with self.loads.connected():
            told = self._differences(strictness)
        assert told == [], self.story(told)

    def _differences(self, strictness: Strictness) -> list[str]:
        truth = self.control.truth()
        listed = {row["id"] for row in truth["candidates"]}
        bad = {(resource, record) for resource, record in self._bad if record in listed}
        quarantined = closing.open_quarantine(self.loads.query)
        told = [f"quarantined, but good: {key}" for key in sorted(quarantined - bad)]
        # A bad record that nothing made anybody read again is as of its last reading.
        told += closing.all_differences(
            self.loads,
            truth,
            quarantined & bad,
            () if strictness is Strictness.EXACT else self._stale,
        )
        if strictness is Strictness.NOTHING_LOST:
            # What moved with a candidate lies behind the stream's cursor until the move is seen.
            told = [
                line for line in told if "too many" not in line and "job_activities" not in line
            ]
        if self._is_blurred and strictness is not Strictness.EXACT:
            told = [line for line in told if "expected" not in line]
        return told + closing.repeated_service_keys(self.loads.query)

    def _look_for_leaks(self) -> None:
        values = self.memory.forbidden(self.control.truth())
        with self.loads.connected():
            tables = closing.texts_of_tables(self.loads.query)
        places = [*tables, *texts_of_files(self.folder)]
        told = leaks(values, places)
        assert told == [], self.story(told)

    def story(self, told: list[str]) -> str:
        """Give the whole history with what is wrong at its end, for a person to read."""
        quirks = {k: v for k, v in asdict(self.quirks).items() if v != getattr(Quirks(), k)}
        lines = [f"  {number}. {step}" for number, step in enumerate(self.steps, 1)]
        return "\n".join(["", *told, f"quirks: {json.dumps(quirks)}", *lines])


def _unless_busy(work: Callable[[], _Result]) -> _Result | None:
    try:
        return work()
    except BusyError:
        return None


def _held(report: LoadReport) -> list[str]:
    return [
        resource.name
        for account in report.accounts
        for resource in account.resources
        if resource.error is not None and resource.error.get("code") == "deletes_held"
    ]


def _told(report: LoadReport) -> str:
    troubles = [
        f"{resource.name} {resource.status} {(resource.error or {}).get('code')}"
        for account in report.accounts
        for resource in account.resources
        if resource.status not in ("ok",)
    ]
    errors = [str(account.error) for account in report.accounts if account.error]
    return f"exit {report.exit_code}, {report.requests} requests; {'; '.join(troubles + errors)}"
