"""What the hiring marts must say of each application, from the events of its own history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timezone

from tests.oracle.account import REPORTING_STAGES, SOURCE_CATEGORIES
from tests.oracle.candidates import TOP_GRADES, is_stage_move
from tests.oracle.dates import DAY, HOUR
from tests.oracle.hiring_fills import FillOracle
from tests.oracle.hiring_stays import POSITIONS, Stay
from tests.oracle.values import Row, instant

from workable_elt.simulator import records as r

FEWEST_MOVES = 10
MEMBERS_ACTS = {"rating", "comment", "message", "disqualified"}
OWNERS = (("recruiter", "recruiting_admin"), ("hiring_manager",))


class ApplicationOracle(FillOracle):
    """Expected rows of hiring_applications."""

    def source_category(self, candidate: r.Candidate) -> str:
        """The category for reports."""
        return SOURCE_CATEGORIES[candidate.source.common_source_category]

    def undone_at(self, candidate: r.Candidate) -> int | None:
        """The latest entry into Hired of who is hired no more."""
        if self._status(candidate) == "hired":
            return None
        return max(self._entries_of_kind(candidate, "hired"), default=None)

    def engaged_at(self, candidate: r.Candidate) -> int | None:
        """First engagement: creation, or of somebody sourced a member's message."""
        if not candidate.is_sourced:
            return self.created_at(candidate)
        hired_at = self.hired_at(candidate)
        written = [
            activity.created_at
            for activity in self._by_members(candidate)
            if activity.action == "message"
            and (hired_at is None or activity.created_at <= hired_at)
        ]
        return min(written, default=None)

    def _by_members(self, candidate: r.Candidate) -> list[r.Activity]:
        history = self.company.activities_by_candidate.get(candidate.id, [])
        return [activity for activity in history if activity.member_id is not None]

    def applications_measured(self) -> list[Row]:
        """hiring_applications."""
        limits = self._limits()
        return [self._measured(candidate, limits) for candidate in self.counted]

    def _measured(self, candidate: r.Candidate, limits: dict[tuple[str, str], float | None]) -> Row:
        created_at, hired_at = self.created_at(candidate), self.hired_at(candidate)
        days_to_fill, basis = self.fill(candidate)
        furthest = max(self.stays[candidate.id], key=lambda stay: stay.position)
        return {
            "account": self.account,
            "application_key": self.key(candidate.id),
            "job_key": self.optional_key(candidate.job_shortcode),
            "department_key": self.optional_key(self._job_of(candidate).department_id),
            "responsible_user_key": self._owner(self._job_of(candidate)),
            "status": self._status(candidate),
            "reporting_stage": REPORTING_STAGES[candidate.stage.kind],
            "reporting_stage_position": POSITIONS[REPORTING_STAGES[candidate.stage.kind]],
            "furthest_reporting_stage": furthest.reporting_stage,
            "source_category": self.source_category(candidate),
            "applied_date": self.local(created_at),
            "hired_date": self.date_of(hired_at),
            "disqualified_date": self.date_of(candidate.disqualified_at),
            "undone_hired_date": self.date_of(self.undone_at(candidate)),
            "hire_undone_at": instant(self._left_hired_at(candidate)),
            "first_engaged_at": instant(self.engaged_at(candidate)),
            "days_to_hire": self.days(self.engaged_at(candidate), hired_at),
            "days_created_to_hire": self.days(created_at, hired_at),
            "days_to_fill": days_to_fill,
            "days_to_fill_basis": basis,
            "days_to_disqualify": self.days(created_at, candidate.disqualified_at),
            "is_open": self.is_open(candidate),
            "is_deleted": candidate.id in self.gone,
            "was_hired": bool(self._entries_of_kind(candidate, "hired")),
            **self._acts(candidate),
            **self._waiting(candidate, limits),
        }

    def _left_hired_at(self, candidate: r.Candidate) -> int | None:
        """The first move or disqualification after the last entry into Hired."""
        last = self.undone_at(candidate)
        if last is None:
            return None
        entry = max(a.number for a in self._transitions_of(candidate) if a.created_at == last)
        after = [
            activity.created_at
            for activity in self.company.activities_by_candidate[candidate.id]
            if (activity.created_at, activity.number) > (last, entry)
            and (activity.action == "disqualified" or activity in self._transitions_of(candidate))
        ]
        return min(after, default=None)

    def _owner(self, job: r.Job) -> str | None:
        for roles in OWNERS:
            found = {m.member_id for m in job.hiring_team if m.collaboration_role in roles}
            if found:
                return self.key("member", *found) if len(found) == 1 else None
        return None

    def _acts(self, candidate: r.Candidate) -> Row:
        mine = self._by_members(candidate)
        acts = [a.created_at for a in mine if is_stage_move(a) or a.action in MEMBERS_ACTS]
        first = min(acts, default=None)
        scores = [round(a.rating.grade / TOP_GRADES[a.rating.scale], 4) for a in mine if a.rating]
        return {
            "ratings": len(scores),
            "mean_rating_0_to_1": sum(scores) / len(scores) if scores else None,
            "first_member_action_at": instant(first),
            "hours_to_first_action": None
            if first is None
            else (first - self.created_at(candidate)) / HOUR,
            "is_unreviewed": first is None,
            "last_member_activity_at": instant(max((a.created_at for a in mine), default=None)),
            **self._events(candidate),
        }

    def _events(self, candidate: r.Candidate) -> Row:
        events = [
            event
            for event in self.company.events_by_candidate.get(candidate.id, [])
            if not event.is_cancelled
        ]
        begun = [event for event in events if event.starts_at <= self.now]
        ahead = [event.starts_at for event in events if event.starts_at > self.now]
        there = {m for event in begun for m, reply in event.attendees if reply != "declined"}
        return {
            "interviews": len(begun),
            "interviewers": len(there),
            "next_interview_at": instant(min(ahead, default=None)),
        }

    def _waiting(self, candidate: r.Candidate, limits: dict[tuple[str, str], float | None]) -> Row:
        """How long it has been where it is, and whether that is long."""
        visit = self.visit_of(candidate, self.stays[candidate.id][-1])
        is_open = self.is_open(candidate)
        hours = [self.hours(stay) or 0.0 for stay in visit]
        days = sum(hours) / 24 if is_open else None
        limit = limits.get((self._job_of(candidate).shortcode, visit[-1].reporting_stage))
        is_stuck: bool | None = None
        if days is None or self._events(candidate)["next_interview_at"]:
            is_stuck = False
        elif limit is not None:
            is_stuck = days > limit
        return {
            "current_stage_entered_at": instant(visit[0].entered_at),
            "days_in_current_stage": days,
            "is_stuck": is_stuck,
        }

    def _limits(self) -> dict[tuple[str, str], float | None]:
        """The third quartile of the days before moves forward of the last twelve months."""
        now = datetime.fromtimestamp(self.now / 1000, timezone.utc)
        year_ago = now.replace(year=now.year - 1).timestamp() * 1000
        days: dict[tuple[str, str], list[float]] = defaultdict(list)
        for candidate in self.counted:
            for visit in merged(self.stays[candidate.id]):
                last = visit[-1]
                if last.exit == "advanced" and (last.exited_at or 0) > year_ago:
                    key = (self._job_of(candidate).shortcode, last.reporting_stage)
                    days[key].append(days_of(visit))
        return {
            key: quantile(values, 0.75) if len(values) >= FEWEST_MOVES else None
            for key, values in days.items()
        }


def merged(stays: Sequence[Stay]) -> list[list[Stay]]:
    """Consecutive intervals of one reporting stage together."""
    visits: list[list[Stay]] = []
    for stay in stays:
        if visits and visits[-1][-1].reporting_stage == stay.reporting_stage:
            visits[-1].append(stay)
        else:
            visits.append([stay])
    return visits


def days_of(visit: Sequence[Stay]) -> float:
    """Days that were spent in intervals that have all ended."""
    return sum(stay.exited_at - stay.entered_at for stay in visit if stay.exited_at) / DAY


def quantile(values: Sequence[float], share: float) -> float | None:
    """A quantile, linear between two values; null of none."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def mean(values: Sequence[float]) -> float | None:
    """The mean; null of none."""
    return sum(values) / len(values) if values else None
