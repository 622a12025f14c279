"""What all makers of changes share."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from workable_elt.simulator.events import LogEvent
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.records import Candidate
from workable_elt.simulator.state import Company

_T = TypeVar("_T")

Change: TypeAlias = "dict[str, str]"
"""``kind`` and ``id`` of what changed."""

Makers: TypeAlias = "dict[str, Callable[[], str | None]]"
"""Kind -> function that makes a change and gives the record's id, or None where none fits."""


@dataclass
class Recorder:
    """Writes changes into a log and its state."""

    company: Company
    log: EventLog
    rng: random.Random
    at: int = 0
    """The instant of the present change, epoch milliseconds."""
    changes: list[Change] = field(default_factory=list)
    eligible: Callable[[Candidate], bool] = lambda _: True
    """Which candidates may change."""

    def record(self, event: LogEvent) -> None:
        """Let an event happen."""
        self.log.append(event)
        self.company.apply(event)

    def pick(self, items: Sequence[_T]) -> _T | None:
        """One of some items, None of none."""
        return self.rng.choice(items) if items else None

    def try_pick(self, items: Sequence[_T], fits: Callable[[_T], bool]) -> _T | None:
        """One of some items that fits, found by a few tries so that large lists cost nothing."""
        for _ in range(30):
            if not items:
                return None
            item = self.rng.choice(items)
            if fits(item):
                return item
        return None

    def number(self, kind: str) -> int:
        """The next number of a kind of record."""
        return self.log.next_number(kind)

    def member(self) -> str:
        """An active member's id."""
        active = [member.id for member in self.company.members.values() if member.is_active]
        return self.rng.choice(active)
