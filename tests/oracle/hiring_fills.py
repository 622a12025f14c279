"""How long it took to fill a position, from the events of requisitions and jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.dates import DAY, each_date, milliseconds
from tests.oracle.hiring_stays import StayOracle

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.events import LogEvent
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company

VACANT = ("open", "reserved")
BEGUN = (*VACANT, "on_hold", "filled")


@dataclass(frozen=True)
class Look:
    """What a build saw: the state of every requisition, by code, and when (epoch milliseconds)."""

    at: int
    states: Mapping[str, str]


def looks_of(events: Iterable[LogEvent], builds: Iterable[datetime]) -> list[Look]:
    """What each build saw of the requisitions.

    Args:
        events: The log; requisitions that are deleted in it are not known here.
        builds: The moment that each build called now, naive UTC; the load before it had read all
            that was older.
    """
    history = sorted(
        (
            event
            for event in events
            if isinstance(event, ev.RequisitionCreated | ev.RequisitionChanged)
        ),
        key=lambda event: event.at,
    )
    return [_look(history, milliseconds(build)) for build in sorted(builds)]


def _look(history: Iterable[ev.RequisitionCreated | ev.RequisitionChanged], at: int) -> Look:
    states: dict[str, str] = {}
    for event in history:
        if event.at > at:
            break
        if isinstance(event, ev.RequisitionCreated):
            states[event.requisition.code] = event.requisition.state
        elif "state" in event.changes:
            states[event.code] = event.changes["state"]
    return Look(at, states)


class FillOracle(StayOracle):
    """Days to fill of each hire, and what they count from."""

    def __init__(
        self,
        company: Company,
        quirks: Quirks,
        account: str,
        as_of: datetime,
        zone: str,
        gone: Mapping[str, datetime] | None = None,
        looks: Sequence[Look] = (),
    ) -> None:
        """As `StayOracle`; looks are those of all builds. One build saw no requisition open up."""
        super().__init__(company, quirks, account, as_of, zone, gone)
        self.looks = looks

    def created_at(self, candidate: r.Candidate) -> int:
        """Creation as the API sends it: cut to the second."""
        return candidate.created_at // 1000 * 1000

    def hired_at(self, candidate: r.Candidate) -> int | None:
        """The latest entry into Hired of who is hired now."""
        if self._status(candidate) != "hired":
            return None
        return max(self._entries_of_kind(candidate, "hired"))

    def days(self, since: int | None, until: int | None) -> int | None:
        """Local dates apart."""
        start, end = self.date_of(since), self.date_of(until)
        return None if start is None or end is None else (end - start).days

    def fill(self, candidate: r.Candidate) -> tuple[int | None, str | None]:
        """Days to fill and their basis; neither of who is no hire, or has no known beginning."""
        hired_at = self.hired_at(candidate)
        if hired_at is None:
            return None, None
        requisition = self._requisition_of(candidate, hired_at)
        days = self._days_open(requisition, self.local(hired_at)) if requisition else None
        if days is not None:
            return days, "requisition_seen_open"
        opened_at, basis = self._opening(candidate)
        return self.days(opened_at, hired_at), basis if opened_at else None

    def _opening(self, candidate: r.Candidate) -> tuple[int | None, str]:
        """The latest opening of the job before the application, and what tells of it."""
        job = self._job_of(candidate)
        openings = [
            activity.created_at
            for activity in self.company.activities_by_job[job.shortcode]
            if activity.action == "opened" and activity.candidate_id is None
        ]
        # A job whose opening nobody recorded was open since the date on which it was made.
        basis = "job_opened" if openings else "job_created"
        known = openings or [job.created_at // DAY * DAY]
        before = [at for at in known if at <= self.created_at(candidate)]
        return max(before, default=None), basis

    def _requisition_of(self, candidate: r.Candidate, hired_at: int) -> str | None:
        """Code of the requisition that names the hire, else of the only one that it can be."""
        names = self._named(candidate)
        if names:
            return names[0] if len(names) == 1 else None
        fits = self._fitting(candidate, hired_at)
        if len(fits) != 1:
            return None
        others = [
            other
            for other in self.counted
            if other.id != candidate.id and not self._named(other)
            for at in [self.hired_at(other)]
            if at is not None and fits[0] in self._fitting(other, at)
        ]
        return None if others else fits[0]

    def _named(self, candidate: r.Candidate) -> list[str]:
        requisitions = self.company.requisitions.values()
        return [q.code for q in requisitions if q.candidate_id == candidate.id]

    def _fitting(self, candidate: r.Candidate, hired_at: int) -> list[str]:
        """Filled requisitions of the job that name nobody and were last seen open."""
        before = [look for look in self.looks if look.at <= hired_at]
        return [
            q.code
            for q in self.company.requisitions.values()
            if q.job_shortcode == candidate.job_shortcode
            and q.state == "filled"
            and q.candidate_id is None
            and before
            and before[-1].states.get(q.code) in VACANT
        ]

    def _days_open(self, code: str, hired_on: date) -> int | None:
        """Days from the first that saw it open to the hire, each day on hold left out."""
        seen = [(self.local(look.at), look.states.get(code)) for look in self.looks]
        if not seen or seen[0][1] in BEGUN:
            return None
        opened_on = min((day for day, state in seen if state in VACANT), default=None)
        if opened_on is None or opened_on > hired_on:
            return None
        days = [*each_date(opened_on, hired_on)][:-1]
        return sum(_state_on(seen, day) != "on_hold" for day in days)


def _state_on(seen: Sequence[tuple[date, str | None]], day: date) -> str | None:
    """The state that the last build of a day, or before it, saw."""
    return [state for seen_on, state in seen if seen_on <= day][-1]
