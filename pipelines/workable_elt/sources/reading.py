"""One resource being read, page by page or parent by parent, with a stop between any two."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field

from workable_elt.api import (
    AccountNotFound,
    AuthenticationFailed,
    Cancelled,
    ConfigurationError,
    NotFound,
    ScopeMissing,
    Unreachable,
    WorkableError,
)
from workable_elt.settings import Resource
from workable_elt.sources.context import Context
from workable_elt.sources.outcome import Outcome, Problem, Status
from workable_elt.sources.records import Values
from workable_elt.sources.work import Parent

# These concern the account as a whole: no other resource would fare better.
_FATAL = (AuthenticationFailed, AccountNotFound, ConfigurationError)


@dataclass
class Step:
    """What one page or one parent gave.

    Attributes:
        rows: rows for the raw table, markers included.
        records: how many of them are records.
        size: bytes, about.
    """

    rows: list[Values] = field(default_factory=list)
    records: int = 0
    size: int = 0


Steps = Generator[Step, None, bool]
"""Yields steps; returns whether everything was seen."""


class Reading:
    """The state of one resource's reading.

    Attributes:
        outcome: how far it got.
        parents: for lists, what their rows are to details and children.
    """

    def __init__(self, context: Context, resource: Resource) -> None:
        self.resource = resource
        self.outcome = Outcome()
        self.parents: list[Parent] = []
        self.finished = False
        self._context = context
        self._steps: Steps | None = None
        self._ahead: deque[Step] = deque()

    def begin(self, steps: Steps) -> None:
        """Set what gives the steps."""
        self._steps = steps

    def switch_off(self) -> None:
        """Note that it is not to be read."""
        self.outcome.status = "off"
        self.finished = True

    def next_step(self) -> Step | None:
        """Return the next step, or None at the end; an error that concerns this resource alone
        is the end, and told by the outcome. So is a request that may not be sent any more.

        Raises:
            WorkableError: one that concerns the whole account.
        """
        return self._ahead.popleft() if self._ahead else self._advance()

    def read_ahead(self) -> bool:
        """Read a step and keep it for `next_step`; return whether there was one."""
        step = self._advance()
        if step is not None:
            self._ahead.append(step)
        return step is not None

    def close(self) -> None:
        """Drop the requests that are under way."""
        if self._steps is not None:
            self._steps.close()
        self.finished = True

    def fail_with(self, other: Outcome, parent: str) -> None:
        """End it because its parents could not be listed."""
        self.outcome.status = other.status
        self.outcome.problem = other.problem
        self.outcome.notes.append(f"the list of {parent} could not be read")

    def _advance(self) -> Step | None:
        if self.finished or self._steps is None:
            return None
        requests, attributed = self._context.client.stats.requests, self._context.attributed
        step: Step | None = None
        try:
            step = next(self._steps)
            self._context.heard = True
        except StopIteration as end:
            self._end(complete=bool(end.value))
            self._context.heard = True
        except Cancelled:
            # What came before counts; the rest of it is for another run.
            self._context.cancelled = True
            self._steps = None
        except _FATAL:
            self.finished = True
            raise
        except WorkableError as error:
            self._end_with(error)
        # A step may have made another reading go on, which has counted its own requests.
        inner = self._context.attributed - attributed
        spent = self._context.client.stats.requests - requests - inner
        self._context.attributed += spent
        self._count(step, spent)
        return step

    def _count(self, step: Step | None, spent: int) -> None:
        rows = step.records if step else 0
        self.outcome.rows += rows
        self.outcome.requests += spent
        if self._context.on_progress and (rows or spent):
            self._context.on_progress(self.resource.name, rows, spent)

    def _end(self, *, complete: bool) -> None:
        self.finished = True
        self.outcome.complete = complete
        if self.outcome.status == "partial" and complete:
            self.outcome.status = "ok"

    def _end_with(self, error: WorkableError) -> None:
        self.finished = True
        if isinstance(error, Unreachable) and not self._context.heard:
            raise error
        self.outcome.status = self._status_of(error)
        self.outcome.problem = Problem.of(error)

    def _status_of(self, error: WorkableError) -> Status:
        if isinstance(error, ScopeMissing):
            return "skipped"
        # An account without the feature; on an account that answers nothing, it is the subdomain.
        if isinstance(error, NotFound) and self.resource.reading == "list" and self._context.heard:
            return "skipped"
        return "failed"
