"""How long each application was in each stage, walked through its history event by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.oracle.account import REPORTING_STAGES
from tests.oracle.candidates import CandidateOracle, entered_stage, is_transition
from tests.oracle.dates import HOUR, LocalDates, milliseconds
from tests.oracle.values import Row, instant

from workable_elt.simulator import records as r
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company

POSITIONS = {name: place for place, name in enumerate(REPORTING_STAGES.values(), start=1)}


@dataclass
class Stay:
    """One interval; instants are epoch milliseconds."""

    stage: r.Stage
    visit: int
    entered_at: int
    exited_at: int | None = None
    exit: str | None = None

    @property
    def reporting_stage(self) -> str:
        """The stage for reports."""
        return REPORTING_STAGES[self.stage.kind]

    @property
    def position(self) -> int:
        """The place of the stage for reports."""
        return POSITIONS[self.reporting_stage]


class StayOracle(LocalDates, CandidateOracle):
    """Expected rows of hiring_stage_intervals."""

    def __init__(
        self,
        company: Company,
        quirks: Quirks,
        account: str,
        as_of: datetime,
        zone: str,
        gone: Mapping[str, datetime] | None = None,
    ) -> None:
        """Walk through all applications that count.

        Args:
            company: The state after the last event.
            quirks: How its API behaves.
            account: The account's label.
            as_of: The moment that the build called now, naive UTC.
            zone: The reporting time zone.
            gone: Candidates that were deleted after a load had read all of them, by id, and when
                a load found them gone (naive UTC): they are still counted.
        """
        super().__init__(company, quirks, account)
        self.now = milliseconds(as_of)
        self.zone = ZoneInfo(zone)
        self.gone = {key: milliseconds(found) for key, found in (gone or {}).items()}
        known = [*self.in_jobs(), *(company.candidates[key] for key in self.gone)]
        self.counted = [c for c in known if not self._job_of(c).is_sample]
        self.stays = {c.id: self._stays_of(c) for c in self.counted}

    def _job_of(self, candidate: r.Candidate) -> r.Job:
        assert candidate.job_shortcode is not None
        return self.company.jobs[candidate.job_shortcode]

    def date_of(self, at: int | None) -> date | None:
        """The local date of an instant that may be unknown."""
        return None if at is None else self.local(at)

    def is_open(self, candidate: r.Candidate) -> bool:
        """Whether somebody is still in the running."""
        is_active = self._status(candidate) == "active" and candidate.id not in self.gone
        return is_active and self._job_of(candidate).state != "archived"

    def _stays_of(self, candidate: r.Candidate) -> list[Stay]:
        stays: list[Stay] = []
        visits: dict[object, int] = defaultdict(int)
        out = False
        history = sorted(
            self.company.activities_by_candidate.get(candidate.id, []),
            key=lambda activity: (activity.created_at, activity.number),
        )
        for activity in history:
            if is_transition(activity):
                stage = entered_stage(activity)
                if stays and not out:
                    way = self._direction(candidate, stays[-1].stage, stage)
                    stays[-1].exited_at, stays[-1].exit = activity.created_at, way
                visits[self._identity(candidate, stage)] += 1
                visit = visits[self._identity(candidate, stage)]
                stays.append(Stay(stage, visit, activity.created_at))
                out = False
            elif activity.action == "disqualified" and stays and not out:
                stays[-1].exited_at = activity.created_at
                stays[-1].exit = self._reason_says(activity)
                out = True
            elif activity.action == "reverted" and out:
                stays.append(Stay(stays[-1].stage, stays[-1].visit, activity.created_at))
                out = False
        self._end(candidate, stays[-1])
        return stays

    def _end(self, candidate: r.Candidate, last: Stay) -> None:
        """How the last interval stands now."""
        status = self._status(candidate)
        if status in ("rejected", "withdrawn"):
            last.exit = "withdrew" if status == "withdrawn" else "disqualified"
            assert candidate.disqualified_at is not None
            # Moved on while out: the disqualification stands all the same.
            last.exited_at = last.exited_at or max(candidate.disqualified_at, last.entered_at)
        elif status == "hired":
            last.exited_at, last.exit = last.entered_at, "hired"
        elif candidate.id in self.gone:
            last.exited_at, last.exit = self.gone[candidate.id], "deleted"
        else:
            last.exit = "still_here" if self.is_open(candidate) else "job_archived"

    def _reason_says(self, activity: r.Activity) -> str:
        """What the text of the reason says, where the column policy lets it through."""
        withdrawals = {
            reason.description for reason in self.company.reasons.values() if reason.is_withdrawal
        }
        is_told = self._is_public(activity) and activity.body in withdrawals
        return "withdrew" if is_told else "disqualified"

    def _place(self, candidate: r.Candidate, stage: r.Stage) -> r.Stage | None:
        """The stage as the pipeline of the present job has it: itself, else its slug or name."""
        pipeline = self.company.stages_of(self._job_of(candidate))
        for same in (
            lambda other: other.number == stage.number,
            lambda other: other.slug == stage.slug,
            lambda other: other.name == stage.name,
        ):
            found = [other for other in pipeline if same(other)]
            if len(found) == 1:
                return found[0]
        return None

    def _identity(self, candidate: r.Candidate, stage: r.Stage) -> object:
        place = self._place(candidate, stage)
        return place.number if place else stage.name

    def _direction(self, candidate: r.Candidate, before: r.Stage, after: r.Stage) -> str:
        if after.kind == "hired":
            return "advanced"
        here, there = self._place(candidate, before), self._place(candidate, after)
        if here and there:
            return "advanced" if there.position > here.position else "moved_back"
        earlier, later = (POSITIONS[REPORTING_STAGES[s.kind]] for s in (before, after))
        return "advanced" if later > earlier else "moved_back"

    def hours(self, stay: Stay) -> float | None:
        """Hours of an interval; of an open one until now."""
        until = self.now if stay.exit == "still_here" else stay.exited_at
        return None if until is None else (until - stay.entered_at) / HOUR

    def visit_of(self, candidate: r.Candidate, stay: Stay) -> list[Stay]:
        """The intervals of one visit."""
        stage = self._identity(candidate, stay.stage)
        return [
            other
            for other in self.stays[candidate.id]
            if other.visit == stay.visit and self._identity(candidate, other.stage) == stage
        ]

    def stage_intervals(self) -> list[Row]:
        """hiring_stage_intervals."""
        return [
            self._interval(candidate, number, stay)
            for candidate in self.counted
            for number, stay in enumerate(self.stays[candidate.id], start=1)
        ]

    def _interval(self, candidate: r.Candidate, number: int, stay: Stay) -> Row:
        visit = self.visit_of(candidate, stay)
        hours = [self.hours(other) for other in visit]
        ends = [self.now if s.exit == "still_here" else s.exited_at for s in visit]
        known_ends = [end for end in ends if end is not None]
        return {
            "account": self.account,
            "application_key": self.key(candidate.id),
            "job_key": self.optional_key(candidate.job_shortcode),
            "interval_number": number,
            "stage_name": stay.stage.name,
            "stage_kind": stay.stage.kind.replace("-", "_"),
            "reporting_stage": stay.reporting_stage,
            "reporting_stage_position": stay.position,
            "visit_number": stay.visit,
            "entered_at": instant(stay.entered_at),
            "exited_at": instant(stay.exited_at),
            "hours_in_stage": self.hours(stay),
            "hours_in_visit": total(hours),
            "elapsed_hours_in_visit": (max(known_ends) - visit[0].entered_at) / HOUR
            if known_ends
            else None,
            "exit": stay.exit,
            "basis": "observed",
            "is_deleted": candidate.id in self.gone,
        }


def total(values: Sequence[float | None]) -> float | None:
    """The sum of what is known; null of nothing."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
