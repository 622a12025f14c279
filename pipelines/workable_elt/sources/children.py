"""Reads details and children: one parent after the other, several requests side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workable_elt.api import ScopeMissing, WorkableError
from workable_elt.sources.asking import Reply, ask, server_now
from workable_elt.sources.context import Context
from workable_elt.sources.outcome import Outcome, ParentRead, Problem, QuarantinedRecord
from workable_elt.sources.reading import Reading, Step, Steps
from workable_elt.sources.records import RecordReader
from workable_elt.sources.work import Key, Parent

_MOST_FAILURES_IN_A_ROW = 3
_MOST_REFUSALS = 10
"""More records than a run would find due of those alone that this token may not see."""


def child_steps(
    context: Context,
    reading: Reading,
    parents: Iterator[Parent],
    parents_complete: Callable[[], bool],
) -> Steps:
    """Read what each parent has, a step a parent.

    Args:
        context: the account.
        reading: takes what is learnt on the way.
        parents: which ones.
        parents_complete: whether these were all there are, to be asked after the last one.
    """
    name, outcome = reading.resource.name, reading.outcome
    client = context.client_for(reading.resource)
    reader = RecordReader(
        reading.resource, context.account, context.policy, context.public_fields.__contains__
    )
    taker = _Taker(context, reading, reader)
    outcome.began_at = server_now(client)
    failures = _Failures(outcome, was_read=name in context.work.read_before)
    complete = True
    for parent, reply in client.map(
        lambda one: ask(name, client, one), _once_each(parents), context.concurrency
    ):
        complete = complete and reply.complete
        failures.note(reply.error)
        if reply.error is None:
            found = reply.rows is not None
            outcome.parents_read.append(ParentRead(parent.key, reply.read_at, found))
        yield taker.step(parent, reply)
    failures.end()
    if outcome.parents_read and not any(read.found for read in outcome.parents_read):
        outcome.notes.append("not found (404) for any record that was asked for")
    return complete and parents_complete()


def _once_each(parents: Iterator[Parent]) -> Iterator[Parent]:
    """Leave out parents that come twice: a reading replaces all rows of its parent, and two
    readings in one load package would add up."""
    seen: set[str] = set()
    for parent in parents:
        if parent.key not in seen:
            seen.add(parent.key)
            yield parent


class _Failures:
    """Decides between a record that cannot be read and an endpoint that does not work.

    A single parent that always fails must not keep all behind it from being read, run after run.
    Some records may not be seen with every token, such as confidential jobs; where none may, the
    scope is missing. Those are due in every run, so a few refusals say nothing where others were
    read before.
    """

    def __init__(self, outcome: Outcome, *, was_read: bool) -> None:
        self._outcome = outcome
        self._was_read = was_read
        self._in_a_row = 0
        self._hidden = 0
        self._refusal: ScopeMissing | None = None
        self._read_any = False

    def note(self, error: WorkableError | None) -> None:
        """Take in how a parent went.

        Raises:
            WorkableError: the parent's error, when it is one too many.
        """
        if error is None:
            self._in_a_row, self._read_any = 0, True
            return
        if isinstance(error, ScopeMissing):
            self._hidden, self._refusal = self._hidden + 1, error
            if self._hidden >= _MOST_REFUSALS and not self._read_any:
                raise error
            return
        self._in_a_row += 1
        if self._in_a_row >= _MOST_FAILURES_IN_A_ROW:
            raise error
        self._outcome.problem = self._outcome.problem or Problem.of(error)

    def end(self) -> None:
        """Judge the refusals, once all parents were asked.

        Raises:
            ScopeMissing: nothing could be read because of them.
        """
        if self._refusal is None:
            return
        if not self._read_any and not self._was_read:
            raise self._refusal
        self._outcome.notes.append(f"{self._hidden} records may not be seen with this token")


class _Taker:
    """Turns replies into steps."""

    def __init__(self, context: Context, reading: Reading, reader: RecordReader) -> None:
        self._context = context
        self._reading = reading
        self._reader = reader

    def step(self, parent: Parent, reply: Reply) -> Step:
        """Read the objects of one parent.

        Not found leaves its rows as they are: the next complete list decides what became of it.
        So does a list that moved while it was read, where a reading would replace all rows.
        """
        step = Step()
        replaces = self._reading.resource.replaced_whole
        if reply.rows is None or (replaces and not reply.complete):
            return step
        by_key: dict[Key, tuple[object, ...]] = {}
        for raw in reply.rows:
            record = self._reader.read(
                raw,
                reply.read_at,
                parent=parent.key,
                listed_updated_at=parent.listed_updated_at,
            )
            if isinstance(record, QuarantinedRecord):
                self._quarantine(record)
                continue
            by_key[record.key] = record.values
            step.size += record.size
        for entry in reply.malformed:
            self._quarantine(self._reader.stranger(entry, reply.read_at, parent.key))
        step.rows.extend(by_key.values())
        step.records = len(by_key)
        if replaces:
            step.rows.append(self._reader.marker(parent.key, reply.read_at))
        return step

    def _quarantine(self, record: QuarantinedRecord) -> None:
        self._reading.outcome.quarantined += 1
        self._context.quarantine.append(record)
