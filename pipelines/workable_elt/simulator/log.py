"""The event log: all that ever happened in the simulated company, in the order in which it did.

It is the ground truth. Every record, and so every JSON object, comes from folding it
(``Company.from_log``); an oracle that computes an expected table reads it directly and needs neither
records nor renderers. A guide for such an oracle:

- ``at`` is when it happened (epoch ms, UTC), and what the API shows as ``created_at`` of the
  activity or record. The order of the list is the order in which the server stored things, and ids
  grow along it; a few notes were written down late, so ``at`` steps back by minutes now and then.
- ``actor`` is a member's id; None where nobody did it (an applicant, the system).
- *Applications*: ``CandidateEntered`` (``how``: applied, uploaded, referral, recommended; no job
  means the talent pool) and ``Copied`` start one, ``Relocated`` gives one a new id in another job
  and carries its history along, ``CandidateDeleted`` ends it.
- *Stage history*: the entry's ``stage``, then ``StageMoved`` (``stage`` -> ``target``, numbers of
  ``PipelineAdded``), ``Relocated.target``; a ``StageMoved`` with ``stage == target`` right after a
  relocation is no change. ``Disqualified`` stops the clock, ``Reverted`` starts it again. A hire is
  a ``StageMoved`` whose target is of kind hired.
- *Ratings* keep their activity's number; ``RatingEdited`` rewrites that activity and makes none.
- *People*: ``person`` is the number of the human being. The same number over several candidates,
  or over a candidate and an employee, is the truth that matching by e-mail tries to find.
- *Employment*: ``EmployeeCreated`` (a snapshot as first entered, ``state`` draft or published),
  ``EmployeePublished``, ``EmployeeChanged`` (attribute -> new value, as of the UTC day of ``at``),
  ``RowAdded`` (a row of a multi-value field becomes the primary one, for example a new pay),
  ``EmployeeLeft`` (``left_on`` is the last working day; entered at ``at``, on or after that day).
  ``hired_candidate_id`` and ``previous_employee_id`` of the snapshot are the true links.
- *Time off*: ``CycleStarted`` sets a person's entitlement for one category and year,
  ``TimeoffRequested`` has the whole request, ``TimeoffDecided`` its outcome. A balance is entitled
  + carried over - the approved requests whose first day lies in the year of the running cycle.
- What exists from the start (members, departments, fields, ...) stands first, at ``began_at``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.events import LogEvent


@dataclass(slots=True)
class EventLog:
    """An append-only list of events, with what is needed to go on writing it.

    Attributes:
        account: The company's own facts.
        began_at: When the company began to use the product, epoch milliseconds.
        now: The present, epoch milliseconds; no event lies behind it.
        counters: The last number given out, by kind of record.
        events: The events, in the order in which they were stored.
    """

    account: r.Account
    began_at: int
    now: int
    counters: dict[str, int] = field(default_factory=dict)
    events: list[LogEvent] = field(default_factory=list)

    def append(self, event: LogEvent) -> None:
        """Write an event down, as the latest."""
        self.events.append(event)
        self.now = max(self.now, event.at)

    def next_number(self, kind: str) -> int:
        """Give out a number: numbers of a kind only grow, not always by one."""
        last = self.counters[kind]
        number = last + 1 + last * 7 % 3
        self.counters[kind] = number
        return number

    def to_json_lines(self) -> Iterator[str]:
        """The log as text, one JSON object an event, each with its type under ``event``."""
        for event in self.events:
            yield json.dumps({"event": type(event).__name__, **_plain(event)}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value of an event as JSON: instants stay numbers, dates become ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
