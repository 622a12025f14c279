"""What a decision about deletes rests on: one account in one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from workable_elt.api import WorkableClient
from workable_elt.config import AccountConfig
from workable_elt.sources.outcome import Outcome
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.warehouse.assignment import Assignment
from workable_elt.warehouse.erasure import People
from workable_elt.warehouse.recorder import Recorder
from workable_elt.warehouse.slices import Slice, SliceLimits
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.stopping import Stop
from workable_elt.warehouse.syncs import SyncHistory
from workable_elt.warehouse.viewpoint import Sight

Tables = dict[str, list[pa.Table]]


@dataclass(frozen=True)
class Scene:
    """One account in one run.

    Attributes:
        account: Its configuration.
        names: The resources of this run.
        client: Reads it, with the eyes of this run.
        sight: Hashes of these eyes.
        policy: Column policy.
        reader: The warehouse.
        readings: What this run has read.
        assignment: How much of each list that was.
        history: Earlier readings.
        recorder: Loads packages.
        remove: Removes people with the facts about them.
        stop: Ends the asking.
        clock: Server's clock, UTC, naive.
        accepted: Raw tables whose deletes are not held back.
        asks_all: Whether records are asked for that answered a few days ago.
    """

    account: AccountConfig
    names: tuple[str, ...]
    client: WorkableClient
    sight: Sight
    policy: ColumnPolicy
    reader: Reader
    readings: Readings
    assignment: Assignment
    history: SyncHistory
    recorder: Recorder
    remove: Callable[[People], object]
    stop: Stop
    clock: Callable[[], datetime]
    accepted: tuple[str, ...] = ()
    asks_all: bool = False

    @property
    def label(self) -> str:
        """The account's label."""
        return self.account.account

    def outcome(self, resource: str) -> Outcome:
        """Give how far a list was read in this run."""
        return self.readings.outcome(resource)

    def seen(self, resource: str) -> set[str]:
        """Give the ids that a list has shown in this run, those of unreadable records too."""
        return self.outcome(resource).seen_ids

    def was_read_whole(self, resource: str) -> bool:
        """Whether this run has seen all of a list, so that what it lacks has vanished from it."""
        outcome = self.outcome(resource)
        whole = self.assignment.modes.get(resource) == "full"
        return whole and outcome.complete and outcome.status == "ok"

    def load(self, tables: Tables) -> None:
        """Load rows as one package, with all service rows that were put beside them.

        Raises:
            UserError: The warehouse did not take it.
        """
        package = Slice(SliceLimits())
        for name, parts in tables.items():
            for part in parts:
                package.add(name, part)
        self.recorder.load(package)
