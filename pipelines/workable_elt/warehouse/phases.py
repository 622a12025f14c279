"""The order in which an account is read: lists, then the jobs' streams, then the backlog.

All lists land first, so every table has its rows within minutes; the streams of jobs come next, so
stage history is there before the long tail of details and candidates' streams. Of what is only old
so much is taken as the freshness budget has left once all that changed is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, Protocol

from workable_elt.api import WorkableError
from workable_elt.sources.readings import Readings
from workable_elt.sources.work import Parent, Work
from workable_elt.warehouse.backlog import Backlog
from workable_elt.warehouse.freshness import within
from workable_elt.warehouse.options import is_list
from workable_elt.warehouse.recorder import Recorder
from workable_elt.warehouse.slices import Slice, SliceLimits
from workable_elt.warehouse.stopping import Stop

STREAMS = ("job_activities",)
# Each class of the backlog in the order of its use; the streams of candidates come last.
BACKLOG = (
    "job_details",
    "job_stages",
    "job_application_forms",
    "job_members",
    "offers",
    "candidate_details",
    "employee_details",
    "timeoff_balances",
    "candidate_files",
    "employee_documents",
    "candidate_activities",
)
BACKLOG_RESOURCES = (*STREAMS, *BACKLOG)

PhaseName = Literal["lists", "streams", "backlog"]


class Watcher(Protocol):
    """Told when a resource begins and ends."""

    def began(self, resource: str, expected: int | None) -> None:
        """Reading begins; it will take so many requests, where that is known."""

    def ended(self, resource: str) -> None:
        """Nothing is left to read of it."""


class Settler(Protocol):
    """Decides about deletes, between the phases."""

    def after_lists(self) -> None:
        """The lists are loaded, as far as they were read."""

    def after_streams(self) -> bool:
        """The streams of jobs are loaded, too; says whether some are to be read once more."""


class Phases:
    """Reads the phases into slices.

    Args:
        readings: Gives the rows.
        recorder: Loads slices.
        work: Gets the parents as they become known.
        limits: Size of a slice.
        watcher: Told of progress.
        stop: Ends the reading between two pages or parents; what was read is loaded.
        settler: Decides what was deleted.
        spare: Gives the requests that are left of the freshness budget.

    Attributes:
        reached: The phase that was begun last.
        cut: A list that a stop has cut off: it begins again in the next run.
    """

    def __init__(
        self,
        readings: Readings,
        recorder: Recorder,
        work: Work,
        limits: SliceLimits,
        watcher: Watcher,
        stop: Stop,
        settler: Settler,
        spare: Callable[[], int],
    ) -> None:
        self._readings = readings
        self._recorder = recorder
        self._work = work
        self._limits = limits
        self._watcher = watcher
        self._stop = stop
        self._settler = settler
        self._spare = spare
        self._slice = Slice(limits)
        self.reached: PhaseName = "lists"
        self.cut: str | None = None

    def read(self, names: Sequence[str], backlog: Callable[[], Backlog]) -> None:
        """Read resources to their end; everything is loaded but the last slice.

        Args:
            names: What to read.
            backlog: Gives the backlog as it is when a phase begins.

        Raises:
            WorkableError: The account as a whole cannot be read any more.
            UserError: The warehouse failed.
        """
        self._read_lists([name for name in names if is_list(name)])
        if not self._stop.requested:
            self.reached = "streams"
            self._read_streams([name for name in BACKLOG_RESOURCES if name in names], backlog)
        if not self._stop.requested:
            self.reached = "backlog"
            self._read_backlog([name for name in BACKLOG if name in names], backlog())

    def _read_lists(self, names: Sequence[str]) -> None:
        self._recorder.begin_phase()
        self._read_all(names)
        self._settler.after_lists()

    def _read_streams(self, children: Sequence[str], backlog: Callable[[], Backlog]) -> None:
        self._recorder.begin_phase()
        names = [name for name in STREAMS if name in children]
        self._work.parents.update(self._chosen(names, children, backlog()))
        self._read_all(names)
        if not self._stop.requested and self._settler.after_streams():
            self._recorder.begin_phase()
            due = backlog()
            self._read_again({name: due.changed(name) for name in names})

    def _read_backlog(self, names: Sequence[str], due: Backlog) -> None:
        self._recorder.begin_phase()
        self._work.parents.update(self._chosen(names, names, due))
        self._read_all(names)

    def _chosen(
        self, names: Sequence[str], children: Sequence[str], due: Backlog
    ) -> dict[str, list[Parent]]:
        """Give what is read of some resources, while the others of the run compete with them."""
        changed = {name: due.changed(name) for name in names}
        others = [name for name in children if name not in changed]
        reserved = sum(map(len, changed.values())) + sum(due.tally(n).changed for n in others)
        aged = within({name: due.aged(name) for name in children}, self._spare() - reserved)
        return {name: changed[name] + aged.get(name, []) for name in names}

    def _read_all(self, names: Iterable[str]) -> None:
        for name in names:
            if not self._stop.requested:
                self._read_one(name)
        self._commit_news()

    def _read_again(self, parents: Mapping[str, list[Parent]]) -> None:
        for name, chosen in parents.items():
            if not self._stop.requested and self._readings.reopen(name):
                self._work.parents[name] = chosen
                self._read_one(name)
        self._commit_news()

    def _commit_news(self) -> None:
        if self._recorder.has_news(self._slice):
            self._commit()

    def finish(self) -> None:
        """Load what is left.

        Raises:
            UserError: The warehouse failed.
        """
        self._commit()

    def _read_one(self, name: str) -> None:
        parents = self._work.parents.get(name)
        self._watcher.began(name, None if parents is None else len(parents))
        while not self._readings.is_finished(name) and not self._stop.requested:
            self._recorder.touch(name)
            self._take(name)
            if self._readings.is_cancelled:
                # Whatever else stops a reading has asked for it by now.
                self._stop.request("max_requests")
            if self._slice.is_full():
                self._commit()
        if self._readings.is_finished(name):
            self._recorder.finish(name)
        elif is_list(name):
            self.cut = name
        self._watcher.ended(name)

    def _take(self, name: str) -> None:
        try:
            for table in self._readings.take(
                name, lambda _rows, size: self._stop.requested or self._slice.is_full(size)
            ):
                self._slice.add(name, table)
                self._recorder.saw(table)
        except WorkableError:
            self._recorder.abandon(name)
            raise

    def _commit(self) -> None:
        self._recorder.load(self._slice)
        self._slice = Slice(self._limits)
