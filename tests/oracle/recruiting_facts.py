"""What the hiring marts of sources, offers, jobs and recruiters need to know of one application."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

from tests.oracle.account import REPORTING_STAGES
from tests.oracle.candidates import (
    ACTIVITY_TYPES,
    CandidateOracle,
    entered_stage,
    is_stage_move,
)
from tests.oracle.dates import LocalDates, milliseconds

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company

ACTS = {"note": "notes", "email": "messages", "rating": "ratings"}
STAGE_ORDER = [*REPORTING_STAGES.values()]


@dataclass(frozen=True)
class Offer:
    """An offer of an application, with what became of it."""

    offered_at: int
    basis: str
    outcome: str
    days_to_accept: int | None


@dataclass(frozen=True)
class Facts:
    """One application; instants are epoch milliseconds, dates are local."""

    candidate: r.Candidate
    job: r.Job
    status: str
    is_deleted: bool
    is_open: bool
    created_at: int
    hires: tuple[int, ...]
    first_action_at: int | None
    applied_date: date
    hired_date: date | None
    undone_at: int | None
    days_to_hire: int | None
    was_interviewed: bool
    offer: Offer | None

    @property
    def reporting_stage(self) -> str:
        """The stage that it stands in."""
        return REPORTING_STAGES[self.candidate.stage.kind]


class FactsOracle(LocalDates, CandidateOracle):
    """Reads the facts of each application from the records."""

    def __init__(
        self, company: Company, quirks: Quirks, account: str, as_of: datetime, zone: str
    ) -> None:
        super().__init__(company, quirks, account)
        self.now = milliseconds(as_of)
        self.zone = ZoneInfo(zone)
        self.facts = [
            self._facts(candidate)
            for candidate in self.in_jobs()
            if not self.company.jobs[candidate.job_shortcode or ""].is_sample
        ]

    @property
    def today(self) -> date:
        """The local date of now."""
        return self.local(self.now)

    def activities_of(self, candidate: r.Candidate) -> list[r.Activity]:
        """A candidate's history, in order."""
        found = self.company.activities_by_candidate.get(candidate.id, [])
        return sorted(found, key=lambda a: (a.created_at, a.number))

    def _facts(self, candidate: r.Candidate) -> Facts:
        job = self.company.jobs[candidate.job_shortcode or ""]
        status = self._status(candidate)
        is_deleted = visible.candidate_is_blank(candidate) and candidate.deleted_at is not None
        hires = tuple(self._entries_of_kind(candidate, "hired"))
        hired_at = max(hires) if status == "hired" else None
        created_at = candidate.created_at // 1000 * 1000
        engaged_at = self._engaged_at(candidate, created_at, hired_at)
        kinds = {entered_stage(a).kind for a in self._transitions_of(candidate)}
        return Facts(
            candidate=candidate,
            job=job,
            status=status,
            is_deleted=is_deleted,
            is_open=status == "active" and job.state != "archived" and not is_deleted,
            created_at=created_at,
            hires=hires,
            first_action_at=min(
                (a.created_at for a in self.activities_of(candidate) if is_action(a)), default=None
            ),
            applied_date=self.local(created_at),
            hired_date=None if hired_at is None else self.local(hired_at),
            undone_at=self._undone_at(candidate, hires) if status != "hired" else None,
            days_to_hire=None
            if hired_at is None or engaged_at is None
            else (self.local(hired_at) - self.local(engaged_at)).days,
            was_interviewed="interview" in kinds,
            offer=self._offer(candidate, status, is_deleted, hired_at),
        )

    def _engaged_at(
        self, candidate: r.Candidate, created_at: int, hired_at: int | None
    ) -> int | None:
        if not candidate.is_sourced:
            return created_at
        written = [
            a.created_at
            for a in self.activities_of(candidate)
            if a.action == "message" and a.member_id and not is_stage_move(a)
        ]
        return min((at for at in written if hired_at is None or at <= hired_at), default=None)

    def _undone_at(self, candidate: r.Candidate, hires: tuple[int, ...]) -> int | None:
        """When the last hire was undone: the next move, or a disqualification."""
        if not hires:
            return None
        last = max(hires)
        entries = self._transitions_of(candidate)
        place = max(i for i, a in enumerate(entries) if entered_stage(a).kind == "hired")
        later = [a.created_at for a in entries[place + 1 :]]
        later += [
            a.created_at
            for a in self.activities_of(candidate)
            if a.action == "disqualified" and a.created_at >= last
        ]
        return min(later, default=None)

    def _offer(
        self, candidate: r.Candidate, status: str, is_deleted: bool, hired_at: int | None
    ) -> Offer | None:
        made = self.company.offers.get(candidate.id)
        entries = self._entries_of_kind(candidate, "offer")
        entered = (
            candidate.moved_to_offer_at
            if self.quirks.moved_to_offer_at == "set"
            else min(entries, default=None)
        )
        if made is None and entered is None:
            return None
        at = made.created_at if made else entered
        assert at is not None
        outcome = self._outcome(candidate, status, is_deleted, at, hired_at)
        days = (self.local(hired_at) - self.local(at)).days if hired_at else None
        return Offer(
            at,
            "offer" if made else "stage_entry",
            outcome,
            days if outcome == "accepted" else None,
        )

    def _outcome(
        self,
        candidate: r.Candidate,
        status: str,
        is_deleted: bool,
        offered_at: int,
        hired_at: int | None,
    ) -> str:
        if status == "active":
            return "lost" if is_deleted or self._is_moved_back(candidate) else "pending"
        decided_at = hired_at if status == "hired" else candidate.disqualified_at
        assert decided_at is not None
        if decided_at < offered_at:
            return "after_decision"
        return {"hired": "accepted", "withdrawn": "declined", "rejected": "rescinded"}[status]

    def _is_moved_back(self, candidate: r.Candidate) -> bool:
        """Whether the candidate left Offer or Hired for an earlier stage, the last time."""
        entries = [entered_stage(a) for a in self._transitions_of(candidate)]
        places = [i for i, stage in enumerate(entries) if stage.kind in ("offer", "hired")]
        if not places or places[-1] == len(entries) - 1:
            return False
        stage, after = entries[places[-1]], entries[places[-1] + 1]
        if stage.pipeline == after.pipeline:
            return after.position <= stage.position
        before = STAGE_ORDER.index(REPORTING_STAGES[stage.kind])
        return STAGE_ORDER.index(REPORTING_STAGES[after.kind]) <= before


def act_of(activity: r.Activity) -> str | None:
    """The measure of `hiring_recruiter_activity` that an activity counts in, moves left aside."""
    if is_stage_move(activity):
        return None
    kind = ACTIVITY_TYPES.get(activity.action, "")
    return "disqualifications" if kind == "disqualification" else ACTS.get(kind)


def is_action(activity: r.Activity) -> bool:
    """Whether a member did something with the candidate."""
    by_member = activity.member_id is not None
    return by_member and (is_stage_move(activity) or act_of(activity) is not None)


def middle(values: Iterable[float | None]) -> float | None:
    """The median of the values that are there."""
    known = [value for value in values if value is not None]
    return float(median(known)) if known else None


def grouped(
    facts: Iterable[Facts], key: Callable[[Facts], Hashable]
) -> dict[Hashable, list[Facts]]:
    """Applications by a key."""
    groups: dict[Hashable, list[Facts]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return groups
