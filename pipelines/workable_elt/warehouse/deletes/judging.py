"""The three brakes: decides of one list what became of the records that it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from workable_elt.warehouse.deletes.asking import (
    BY_ID,
    Finding,
    Found,
    ask_each,
    listed_again,
)
from workable_elt.warehouse.deletes.counts import Deletes
from workable_elt.warehouse.deletes.relocations import successors
from workable_elt.warehouse.deletes.scene import Scene
from workable_elt.warehouse.deletes.tombstones import (
    ASKED_LATELY,
    Reason,
    Tombstone,
    Tombstones,
)
from workable_elt.warehouse.recorder import Settlement

MOST_ROWS = 20
MOST_SHARE = 0.05
"""More deletes than the larger of these two are held back until somebody accepts them."""


@dataclass
class Verdict:
    """What was decided of one list.

    Attributes:
        resource: The list.
        tombstones: To be written.
        settlement: Whether anything is left to be decided.
        notes: What a reader of the report should know.
    """

    resource: str
    tombstones: list[Tombstone] = field(default_factory=list)
    settlement: Settlement = field(default_factory=lambda: Settlement(reconciled=True))
    notes: list[str] = field(default_factory=list)

    def ids(self, *reasons: Reason) -> set[str]:
        """Give the records that got a tombstone for one of these reasons."""
        return {stone.record_id for stone in self.tombstones if stone.reason in reasons}


def judge(scene: Scene, stones: Tombstones, resource: str, counts: Deletes) -> Verdict:
    """Decide of a list that was read whole.

    Args:
        scene: The account.
        stones: Its tombstones.
        resource: The list.
        counts: Takes the numbers.

    Raises:
        WorkableError: What concerns the account as a whole.
    """
    return _Judge(scene, stones, resource, counts).verdict()


class _Judge:
    """Decides of one list."""

    def __init__(self, scene: Scene, stones: Tombstones, resource: str, counts: Deletes) -> None:
        self._scene = scene
        self._stones = stones
        self._resource = resource
        self._counts = counts
        self._began_at = scene.outcome(resource).began_at or scene.clock()
        self._verdict = Verdict(resource)

    def verdict(self) -> Verdict:
        settled = self._scene.history.reconciled.get(self._resource)
        since = settled.began_at if settled else None
        seen = self._scene.seen(self._resource)
        work = self._scene.assignment.work
        missing, expected = self._stones.missing(self._resource, work, seen, since)
        vanished = missing - self._answered_lately()
        people = self._scene.outcome(self._resource).people_asked
        if people is not None:
            vanished &= self._stones.of_people(self._resource, people)
        self._counts.vanished = len(vanished)
        if vanished and self._sees_as_before(vanished):
            self._decide(sorted(vanished), max(MOST_ROWS, MOST_SHARE * expected))
        return self._verdict

    def _answered_lately(self) -> set[str]:
        if self._scene.asks_all:
            return set()
        return self._stones.answered_since(self._resource, self._began_at - ASKED_LATELY)

    def _sees_as_before(self, vanished: set[str]) -> bool:
        """The first brake: the same eyes, and a list that is not cut short for them."""
        outcome = self._scene.outcome(self._resource)
        before = self._scene.history.newest_whole.get(self._resource)
        sight = self._scene.sight.of(self._resource, narrowed=outcome.narrowed)
        if before is None or before.viewpoint != sight:
            note = (
                f"{len(vanished)} records are missing, which is decided by the next run: this one "
                "sees with another token or member than the last whole reading"
            )
            self._leave(len(vanished), note, reconciled=False)
            return False
        is_cut_short = outcome.narrowed and outcome.people_asked is None
        if is_cut_short and self._resource not in BY_ID:
            note = f"{len(vanished)} records are missing, maybe only from what this token is shown"
            self._leave(len(vanished), note, reconciled=True)
            return False
        return True

    def _leave(self, records: int, note: str | None = None, *, reconciled: bool) -> None:
        self._counts.undecided += records
        if note:
            self._verdict.notes.append(note)
        settled = self._verdict.settlement.reconciled and reconciled
        self._verdict.settlement = Settlement(reconciled=settled)

    def _decide(self, vanished: list[str], limit: float) -> None:
        """The second brake, a question for each record, and the third, a limit."""
        moved_to = self._successors(vanished)
        is_accepted = self._resource in self._scene.accepted
        waiting, gone = len(vanished), 0
        for found in self._ask(vanished):
            waiting -= 1
            gone += self._take(found, moved_to)
            if gone > limit and not is_accepted:
                self._hold(gone, len(vanished))
                return
            if self._scene.stop.requested:
                break
        if waiting:
            self._leave(waiting, reconciled=False)

    def _successors(self, vanished: list[str]) -> dict[str, str]:
        if self._resource != "candidates":
            return {}
        settled = self._scene.history.reconciled.get(self._resource)
        gone = self._stones.open(self._resource)
        return successors(self._scene, vanished, gone, settled.began_at if settled else None)

    def _ask(self, vanished: list[str]) -> Iterator[Found]:
        if self._resource in BY_ID:
            yield from ask_each(self._scene.client, self._resource, vanished)
            return
        shown = listed_again(self._scene, self._resource)
        for record_id in vanished:
            if shown is None:
                yield Found(record_id, Finding.FAILED)
            else:
                yield Found(record_id, Finding.HERE if record_id in shown else Finding.GONE)

    def _take(self, found: Found, moved_to: dict[str, str]) -> int:
        """Take one answer in; gives 1 where it makes one delete more."""
        now = self._scene.clock()
        record_id, finding = found.record_id, found.finding
        successor = found.other_id or moved_to.get(record_id)
        is_gone = finding in (Finding.GONE, Finding.ELSEWHERE)
        if is_gone and successor is not None and self._resource == "candidates":
            self._counts.relocated += 1
            self._write(record_id, "relocated", replaced_by_id=successor)
            return 0
        if finding is Finding.GONE:
            self._counts.deleted += 1
            self._write(record_id, "deleted")
            return 1
        if finding in (Finding.HERE, Finding.BLANK):
            self._counts.not_listed += 1
            self._counts.anonymized += finding is Finding.BLANK
            reason: Reason = "anonymized" if finding is Finding.BLANK else "not_listed"
            self._write(record_id, reason, resolved_at=now)
            return 0
        # A record that this token may not see is left to the next whole reading; a server that
        # failed is asked again by the next run.
        self._leave(1, reconciled=finding is not Finding.FAILED)
        return 0

    def _write(
        self,
        record_id: str,
        reason: Reason,
        *,
        replaced_by_id: str | None = None,
        resolved_at: datetime | None = None,
    ) -> None:
        self._verdict.tombstones.append(
            Tombstone(
                self._resource, record_id, self._began_at, reason, replaced_by_id, resolved_at
            )
        )

    def _hold(self, gone: int, vanished: int) -> None:
        self._verdict.tombstones.clear()
        counts = self._counts
        counts.held = gone
        counts.undecided = vanished - gone
        counts.deleted = counts.relocated = counts.not_listed = counts.anonymized = 0
        message = (
            f"{vanished} records of {self._resource} are missing from the list, and at least {gone} "
            "of them are gone: more than are believed at once. Nothing was marked as deleted."
        )
        self._verdict.settlement = Settlement(reconciled=False, held=gone, problem=message)
