"""The way of a candidate through the stages of a job."""

from __future__ import annotations

from dataclasses import dataclass

from workable_elt.simulator import events as ev
from workable_elt.simulator.making.applicants import Applicant
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import DAY, HOUR, MINUTE, in_office_hours
from workable_elt.simulator.making.encounters import Encounters
from workable_elt.simulator.making.jobs import JobPlan
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import Spell


@dataclass(frozen=True, slots=True)
class StageHabit:
    """How a stage of one kind usually goes on."""

    advance: float
    """Share that moves on."""
    linger: float
    """Share of the rest that just stays."""
    days: float
    """Mean days until something happens."""


HABITS = {
    "sourced": StageHabit(0.35, 0.35, 6),
    "applied": StageHabit(0.36, 0.12, 4),
    "shortlisted": StageHabit(0.5, 0.1, 4),
    "phone-screen": StageHabit(0.52, 0.1, 5),
    "assessment": StageHabit(0.55, 0.12, 6),
    "interview": StageHabit(0.2, 0.1, 7),
    "offer": StageHabit(0.25, 0.1, 6),
}
_WITHDRAWS = 0.16
_SKIPS = 0.08
_FALLS_BACK = 0.02
_REVERTED = 0.03
_RELOCATED = 0.012
_UNDONE = 0.45
_NEXT_ROUNDS = 14
"""More rounds than any pipeline has: a journey ends even if it goes back and forth."""


class Journeys:
    """Walks candidates through their jobs and writes what happens."""

    def __init__(
        self, script: Script, catalog: Catalog, encounters: Encounters, jobs: list[JobPlan]
    ) -> None:
        self._script = script
        self._add = script.add
        self._rng = script.rng
        self._random = script.rng.random
        self._now = script.log.now
        self._encounters = encounters
        self._reasons = catalog.reasons
        self._open_jobs = [job for job in jobs if job.ending != "draft" and not job.is_sample]
        self.finished: list[Applicant] = []
        """Candidates whose journey is over, as they stand at the end."""

    def walk(self, applicant: Applicant) -> None:
        """Go on from the stage in which the applicant stands, until the end or the present."""
        self._encounters.welcome(applicant)
        at = applicant.entered_at
        for _ in range(_NEXT_ROUNDS):
            habit = HABITS[applicant.job.stages[applicant.stage].kind]
            decided_at = self._decision_time(at, habit.days)
            ends_at = min(applicant.job.closed_at, self._now)
            if self._random() > habit.advance and self._random() < habit.linger:
                decided_at = 2**62
            if decided_at >= ends_at:
                self._encounters.visit(applicant, at, ends_at)
                self._offer(applicant, at, ends_at, None)
                self._close_with_job(applicant)
                break
            self._encounters.visit(applicant, at, decided_at)
            if not self._step(applicant, habit, at, decided_at):
                break
            at = decided_at if applicant.entered_at < decided_at else applicant.entered_at
        self.finished.append(applicant)

    def _decision_time(self, at: int, days: float) -> int:
        return in_office_hours(self._rng, at + int(self._rng.expovariate(1 / days) * DAY) + HOUR)

    def _step(self, applicant: Applicant, habit: StageHabit, since: int, at: int) -> bool:
        """Decide: on, back, elsewhere or out. Returns whether the journey goes on."""
        chance = self._random()
        share = habit.advance / (habit.advance + (1 - habit.advance) * (1 - habit.linger))
        if chance < share:
            return self._advance(applicant, since, at)
        if applicant.stage > 2 and self._random() < _FALLS_BACK:
            self.move(applicant, applicant.stage - 1, at)
            return True
        if applicant.stage in (1, 2) and self._random() < _RELOCATED / habit.advance:
            return self._relocate(applicant, at)
        withdrew = self._random() < _WITHDRAWS
        self._offer(applicant, since, at, "declined" if withdrew else "rescinded")
        self._disqualify(applicant, at, withdrew=withdrew)
        back_at = in_office_hours(self._rng, at + int((1 + self._random() * 4) * DAY))
        if self._random() >= _REVERTED or back_at >= min(applicant.job.closed_at, self._now):
            return False
        self._revert(applicant, back_at)
        applicant.entered_at = back_at
        return True

    def _offer(self, applicant: Applicant, since: int, until: int, outcome: str | None) -> None:
        if applicant.job.stages[applicant.stage].kind == "offer" and self._random() < 0.95:
            self._encounters.offer(applicant, since, until, outcome)

    def _advance(self, applicant: Applicant, since: int, at: int) -> bool:
        """Move on, now and then past a stage; into Hired only from Offer."""
        stages = applicant.job.stages
        target = applicant.stage + 1
        if target < len(stages) - 2 and self._random() < _SKIPS:
            target += 1
        is_hire = stages[target].kind == "hired"
        self._offer(applicant, since, at, "accepted" if is_hire else None)
        self.move(applicant, target, at)
        if is_hire:
            self._perhaps_undo(applicant, at)
        return not is_hire

    def move(self, applicant: Applicant, target: int, at: int) -> None:
        """Move to another stage of the job."""
        stages = applicant.job.stages
        actor = self._encounters.anybody(applicant.job.recruiters)
        source, goal = stages[applicant.stage].number, stages[target].number
        self._add(ev.StageMoved(at, actor, applicant.key, source, goal))
        applicant.stage = target

    def _perhaps_undo(self, applicant: Applicant, at: int) -> None:
        """A hire without an employee: many of these come to nothing after all."""
        undone_at = in_office_hours(self._rng, at + int((3 + self._random() * 9) * DAY))
        if undone_at >= self._now or self._random() > _UNDONE:
            return
        if self._random() < 0.5:
            self.move(applicant, applicant.stage - 1, undone_at)
            undone_at += HOUR
        if undone_at < self._now:
            self._disqualify(applicant, undone_at, withdrew=True)

    def _disqualify(
        self, applicant: Applicant, at: int, *, withdrew: bool, last: bool = False
    ) -> None:
        fitting = [r for r in self._reasons if r.is_withdrawal == withdrew]
        reason = fitting[8 + int(self._random() * 2)] if last else self._rng.choice(fitting)
        actor = self._encounters.anybody(applicant.job.recruiters)
        stage = applicant.job.stages[applicant.stage].number
        self._add(ev.Disqualified(at, actor, applicant.key, stage, reason.id, withdrew))

    def _revert(self, applicant: Applicant, at: int) -> None:
        actor = self._encounters.anybody(applicant.job.recruiters)
        stage = applicant.job.stages[applicant.stage].number
        self._add(ev.Reverted(at, actor, applicant.key, stage))

    def _close_with_job(self, applicant: Applicant) -> None:
        """When a job is archived, most of those still in it are turned down."""
        closed_at = applicant.job.closed_at
        if closed_at < self._now and self._random() < 0.85:
            at = closed_at - int(self._random() * 50) * MINUTE
            if at > applicant.entered_at + HOUR:
                self._disqualify(applicant, at, withdrew=False, last=True)

    def _relocate(self, applicant: Applicant, at: int) -> bool:
        """Into another job that is open then, under a new id."""
        job = self.job_open_at(at, applicant.job)
        if job is None:
            return False
        actor = self._encounters.anybody(applicant.job.recruiters)
        old, source = applicant.key, applicant.job.stages[applicant.stage].number
        applicant.key, applicant.job, applicant.stage = self._script.key(), job, 1
        target = job.stages[1].number
        self._add(ev.Relocated(at, actor, applicant.key, old, job.shortcode, source, target))
        if self._random() < 0.6:
            self._add(ev.StageMoved(at + 40, actor, applicant.key, target, target))
        applicant.entered_at = at + 1000
        return True

    def job_open_at(self, at: int, but: JobPlan) -> JobPlan | None:
        """A job other than this one that is open at an instant and for some days after."""
        for _ in range(12):
            job = self._open_jobs[int(self._random() * len(self._open_jobs))]
            if job is not but and job.opened_at < at < job.closed_at - 3 * DAY:
                return job
        return None

    def hire(self, applicant: Applicant, spell: Spell) -> None:
        """The way of somebody who will be an employee: through the stages, hired on the day."""
        assert spell.hired_at is not None
        stages = applicant.job.stages
        self._encounters.welcome(applicant)
        path = [
            target
            for target in range(applicant.stage + 1, len(stages))
            if stages[target].kind in ("offer", "hired") or self._random() > _SKIPS
        ]
        span = spell.hired_at - applicant.entered_at
        shares = sorted(self._random() * 0.9 + 0.05 for _ in path[:-1])
        times = [applicant.entered_at + int(span * share) for share in shares]
        at = applicant.entered_at
        for target, next_at in zip(path, [*times, spell.hired_at], strict=True):
            self._encounters.visit(applicant, at, next_at)
            self._offer(applicant, at, next_at, "accepted")
            self.move(applicant, target, next_at)
            at = next_at
        self.finished.append(applicant)
