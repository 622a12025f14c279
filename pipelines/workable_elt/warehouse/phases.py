"""The order in which an account is read: lists, then the jobs' streams, then the backlog.

All lists land first, so every table has its rows within minutes; the streams of jobs come next, so
stage history is there before the long tail of details and candidates' streams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from workable_elt.api import WorkableError
from workable_elt.sources.readings import Readings
from workable_elt.sources.work import Work
from workable_elt.warehouse.backlog import Backlog
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
    ) -> None:
        self._readings = readings
        self._recorder = recorder
        self._work = work
        self._limits = limits
        self._watcher = watcher
        self._stop = stop
        self._settler = settler
        self._slice = Slice(limits)

    def read(self, names: Sequence[str], backlog: Callable[[], Backlog]) -> None:
        """Read resources to their end; everything is loaded but the last slice.

        Args:
            names: What to read.
            backlog: Gives the backlog as it is when a phase begins.

        Raises:
            WorkableError: The account as a whole cannot be read any more.
            UserError: The warehouse failed.
        """
        lists = [name for name in names if is_list(name)]
        for phase in (lists, STREAMS, BACKLOG):
            chosen = [name for name in phase if name in names]
            self._recorder.begin_phase()
            self._find_parents(chosen, backlog())
            for name in chosen:
                if not self._stop.requested:
                    self._read_one(name)
            if self._recorder.has_news(self._slice):
                self._commit()
            if phase is lists:
                self._settler.after_lists()
            if self._stop.requested:
                return
            if phase is STREAMS and self._settler.after_streams():
                self._read_again(chosen, backlog())

    def _read_again(self, names: Iterable[str], backlog: Backlog) -> None:
        self._recorder.begin_phase()
        self._find_parents(names, backlog)
        for name in names:
            if self._readings.reopen(name):
                self._read_one(name)
        if self._recorder.has_news(self._slice):
            self._commit()

    def finish(self) -> None:
        """Load what is left.

        Raises:
            UserError: The warehouse failed.
        """
        self._commit()

    def _find_parents(self, names: Iterable[str], backlog: Backlog) -> None:
        for name in names:
            if not is_list(name):
                self._work.parents[name] = backlog.parents(name)

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
