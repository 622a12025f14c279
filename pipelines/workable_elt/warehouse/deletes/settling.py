"""Settles an account's deletes: once after its lists, once after its jobs' streams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workable_elt.api import Cancelled
from workable_elt.settings import RESOURCES
from workable_elt.warehouse.deletes.counts import Deletes
from workable_elt.warehouse.deletes.judging import Verdict, judge
from workable_elt.warehouse.deletes.people import (
    KINDS,
    blank_rows,
    due_again,
    gone_rows,
    newly_anonymized,
    streams_again,
)
from workable_elt.warehouse.deletes.scene import Scene, Tables
from workable_elt.warehouse.deletes.tombstones import Tombstone, Tombstones, predecessors
from workable_elt.warehouse.erasure import told_again
from workable_elt.warehouse.slices import ServiceRow

HELD = "deletes_held"


class Settling:
    """Decides about deletes in one run of one account.

    Args:
        scene: The account.

    Attributes:
        counts: What was found, by list.
        notes: What a reader of the report should know, by list.
        problems: Errors of the machine interface, by list whose deletes are held back.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._stones = Tombstones(scene.reader, scene.label)
        self._of_lists: tuple[str, ...] = ()
        self.counts: dict[str, Deletes] = {}
        self.notes: dict[str, list[str]] = {}
        self.problems: dict[str, dict[str, str]] = {}

    def after_lists(self) -> None:
        """Resolve the tombstones of records that a list has shown again, and de-identify people
        who are listed without personal data for the first time; both are read again.

        Raises:
            UserError: The warehouse failed.
        """
        stones: list[Tombstone] = []
        visits: list[ServiceRow] = []
        now = self._scene.clock()
        self._of_lists = tuple(self._scene.recorder.packages)
        for resource in self._lists():
            seen = self._scene.seen(resource)
            counts = self.counts.setdefault(resource, Deletes())
            counts.listed = len(seen)
            back = self._stones.seen_again(resource, seen)
            counts.returned = len(back)
            stones += [stone.resolved(now) for stone in back]
            visits += due_again(self._scene, resource, (stone.record_id for stone in back))
        blank = self._anonymized()
        stones += blank
        ids = {stone.record_id for stone in blank}
        visits += due_again(self._scene, "candidates", ids) if ids else []
        if stones:
            self._write(stones, visits, self._blank_rows(ids))

    def after_streams(self) -> bool:
        """Decide on every whole list of this run what vanished, and load that as one package.

        Returns:
            Whether streams of jobs are to be read once more.

        Raises:
            WorkableError: The account as a whole cannot be read any more.
            UserError: The warehouse failed.
        """
        verdicts: list[Verdict] = []
        try:
            verdicts.extend(self._verdicts())
        except Cancelled:
            self._carry_out(verdicts)
            raise
        return self._carry_out(verdicts)

    def _verdicts(self) -> Iterator[Verdict]:
        for resource in self._lists():
            if self._scene.was_read_whole(resource) and not self._scene.stop.requested:
                yield self._judge(resource)

    def _lists(self) -> Iterable[str]:
        names = self._scene.names
        return [name for name in names if RESOURCES[name].reading == "list"]

    def _judge(self, resource: str) -> Verdict:
        outcome, stats = self._scene.outcome(resource), self._scene.client.stats
        before = stats.requests
        try:
            return judge(self._scene, self._stones, resource, self.counts[resource])
        finally:
            outcome.requests += stats.requests - before

    def _carry_out(self, verdicts: list[Verdict]) -> bool:
        for verdict in verdicts:
            self._scene.recorder.settle(verdict.resource, verdict.settlement)
            self.notes[verdict.resource] = verdict.notes
            if verdict.settlement.problem is not None:
                self.problems[verdict.resource] = _held(verdict)
        stones = [stone for verdict in verdicts for stone in verdict.tombstones]
        if not stones:
            self._forget_again()
            return False
        self._stones.add(stones)
        gone, blank, moved = self._people(verdicts)
        visits = streams_again(self._scene, moved)
        visits += due_again(self._scene, "candidates", blank) if blank else []
        tables = gone_rows(self._scene, gone)
        for name, parts in self._blank_rows(blank).items():
            tables.setdefault(name, []).extend(parts)
        self._write(stones, visits, tables)
        self._forget_again()
        return bool(visits)

    def _people(self, verdicts: list[Verdict]) -> tuple[dict[str, set[str]], set[str], set[str]]:
        """Give who is gone (with their earlier records), who is blank, and successors."""
        gone: dict[str, set[str]] = defaultdict(set)
        blank: set[str] = set()
        moved: set[str] = set()
        for verdict in verdicts:
            if verdict.resource in KINDS:
                gone[verdict.resource] |= verdict.ids("deleted")
            if verdict.resource == "candidates":
                blank |= verdict.ids("anonymized")
                moved |= {s.replaced_by_id for s in verdict.tombstones if s.replaced_by_id}
        gone["candidates"] |= self._earlier_records(gone["candidates"])
        return dict(gone), blank, moved

    def _blank_rows(self, candidates: set[str]) -> Tables:
        if not candidates:
            return {}
        earlier = self._earlier_records(candidates)
        return blank_rows(self._scene, candidates, earlier, self._of_lists)

    def _earlier_records(self, candidates: Iterable[str]) -> set[str]:
        """Give the records that were relocated into these, which hold the same person's data."""
        moved = self._stones.with_reason("candidates", "relocated").items()
        return predecessors(
            candidates,
            {
                old: stone.replaced_by_id
                for old, stone in moved
                if stone.replaced_by_id and stone.resolved_at is None
            },
        )

    def _anonymized(self) -> list[Tombstone]:
        if "candidates" not in self._scene.names:
            return []
        known = self._stones.with_reason("candidates", "anonymized")
        now = self._scene.clock()
        began_at = self._scene.outcome("candidates").began_at or now
        new = sorted(newly_anonymized(self._scene, known))
        self.counts["candidates"].anonymized = len(new)
        return [Tombstone("candidates", i, began_at, "anonymized", resolved_at=now) for i in new]

    def _forget_again(self) -> None:
        """Take back what a list or a stream has told of people who are gone."""
        people = told_again(self._scene.reader, self._scene.label)
        if people:
            self._scene.load(gone_rows(self._scene, people))
            if self._scene.account.deleted_people == "remove":
                self._scene.remove(people)
        self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        """Where people are removed with the facts about them: do so, for earlier runs, too."""
        if self._scene.account.deleted_people != "remove":
            return
        people: dict[str, list[str]] = {}
        for kind in KINDS:
            gone = {i for i, t in self._stones.open(kind).items() if t.reason == "deleted"}
            gone |= self._earlier_records(gone) if kind == "candidates" else set()
            rows = self._scene.reader.rows(
                f"select id from {kind} where account = %s", self._scene.label
            )
            people[kind] = sorted(gone & {str(row[0]) for row in rows})
        if any(people.values()):
            self._scene.remove(people)

    def _write(self, stones: list[Tombstone], visits: list[ServiceRow], tables: Tables) -> None:
        recorder = self._scene.recorder
        self._stones.add(stones)
        recorder.put("_tombstones", [stone.row(self._scene.label) for stone in stones])
        if visits:
            recorder.put("_visits", visits)
        # A record that comes or goes changes what is built, also where no row of it does.
        recorder.changed_tables |= {
            stone.resource for stone in stones if stone.reason != "not_listed"
        }
        self._scene.load(tables)


def _held(verdict: Verdict) -> dict[str, str]:
    return {
        "code": HELD,
        "message": str(verdict.settlement.problem),
        "hint": f"If that is so, run it again with --accept-deletes {verdict.resource}.",
    }
