"""Recruiting as a whole: how many apply where and when, copies, the talent pool."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate

from workable_elt.simulator import events as ev
from workable_elt.simulator.making import texts
from workable_elt.simulator.making.applicants import Applicant, Applicants
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import DAY, HOUR, SEASON, day_of, in_office_hours, instant
from workable_elt.simulator.making.encounters import Encounters
from workable_elt.simulator.making.jobs import JobPlan
from workable_elt.simulator.making.journeys import Journeys
from workable_elt.simulator.making.people import Human, Humans
from workable_elt.simulator.making.plan import CompanyPlan, Plant
from workable_elt.simulator.making.script import Script

_COPIES = 0.01
_POOL = 0.012
_SOURCED = 0.16
_REFERRED = 0.05
_RECOMMENDED = 0.02
_ANONYMIZED = 0.01
_SAMPLE_CANDIDATES = 5
_INTEREST_FADES_DAYS = 25


class Hiring:
    """Writes everything about candidates."""

    def __init__(
        self,
        plan: CompanyPlan,
        script: Script,
        catalog: Catalog,
        plant: Plant,
        humans: Humans,
        jobs: list[JobPlan],
    ) -> None:
        self._plan = plan
        self._script = script
        self._rng = script.rng
        self._random = script.rng.random
        self._catalog = catalog
        self._jobs = jobs
        self._now = script.log.now
        self._applicants = Applicants(script, catalog, humans)
        self._encounters = Encounters(script, plant)
        self._journeys = Journeys(script, catalog, self._encounters, jobs)

    def play(self) -> None:
        """Write all candidates: exactly as many records as planned."""
        copies = round(self._plan.candidates * _COPIES)
        pool = max(1, round(self._plan.candidates * _POOL))
        entering = self._plan.candidates - copies - pool
        for job, count in self._allot(entering):
            self._fill(job, count)
        for _ in range(pool):
            self._enter_pool()
        self._copy(copies)
        self._anonymize()

    def _allot(self, total: int) -> list[tuple[JobPlan, int]]:
        """Spread the candidates over the jobs: some jobs draw crowds, each hire needs one."""
        taking = [job for job in self._jobs if job.ending != "draft"]
        weights = []
        for job in taking:
            days = (min(job.closed_at, self._now) - job.opened_at) / DAY
            weights.append(days**0.5 * self._rng.lognormvariate(0, 0.7))
        fixed = [len(job.hires) + _SAMPLE_CANDIDATES * job.is_sample for job in taking]
        spare = max(0, total - sum(fixed))
        drawn = self._rng.choices(range(len(taking)), weights, k=spare)
        counts = fixed
        for index in drawn:
            counts[index] += 1
        return list(zip(taking, counts, strict=True))

    def _fill(self, job: JobPlan, count: int) -> None:
        for spell in job.hires:
            assert spell.hired_at is not None
            assert spell.candidate_key is not None
            first = job.opened_at + 2 * HOUR
            wanted = spell.hired_at - int(self._rng.lognormvariate(3.3, 0.5) * DAY)
            entered_at = max(first, min(wanted, spell.hired_at - 5 * DAY))
            self._applicants.know(spell.human, job)
            hire = self._enter(job, spell.human, entered_at, spell.candidate_key)
            self._journeys.hire(hire, spell)
        for entered_at in self._arrivals(job, count - len(job.hires)):
            human = self._applicants.person_for(job)
            applicant = self._enter(job, human, entered_at, self._script.key())
            if applicant.entered_at <= self._now:
                self._journeys.walk(applicant)

    def _arrivals(self, job: JobPlan, count: int) -> list[int]:
        """When people apply: most at first, fewer at weekends and in slow months."""
        until = min(job.closed_at, self._now)
        first, last = day_of(job.opened_at), day_of(until - HOUR)
        days = range(max(1, (last - first).days))
        weights = []
        for offset in days:
            day = first + timedelta(days=offset)
            fresh = 0.15 + 2 ** (-offset / _INTEREST_FADES_DAYS)
            weights.append(fresh * SEASON[day.month - 1] * (0.4 if day.weekday() > 4 else 1.0))
        sums = list(accumulate(weights))
        midnight = instant(first)
        arrivals = []
        for offset in self._rng.choices(days, cum_weights=sums, k=max(0, count)):
            at = midnight + offset * DAY + int((6 + self._random() * 17) * HOUR)
            arrivals.append(min(max(at, job.opened_at + HOUR), until - HOUR))
        return arrivals

    def _enter(self, job: JobPlan, human: Human, at: int, key: str) -> Applicant:
        """Write a new candidate of a job down."""
        chance = self._random()
        how = "applied"
        if chance < _SOURCED:
            how = "uploaded"
        elif chance < _SOURCED + _REFERRED:
            how = "referral"
        elif chance < _SOURCED + _REFERRED + _RECOMMENDED:
            how = "recommended"
        seats = job.managers if how == "referral" else job.recruiters
        actor = None if how in ("applied", "recommended") else self._encounters.anybody(seats)
        referrer = seats[0].member.name
        stage = 0 if how == "uploaded" else 1
        applicant = Applicant(key, human, job, at, stage, how)
        self._script.add(
            ev.CandidateEntered(
                at,
                actor,
                key,
                human.number,
                how,
                job.shortcode,
                job.stages[stage].number,
                self._applicants.source(how, referrer),
                self._applicants.profile(human, job, at),
            )
        )
        return applicant

    def _enter_pool(self) -> None:
        """Somebody is put into the talent pool, without a job."""
        began = self._plan.began_at
        at = in_office_hours(self._rng, began + int((self._now - began - 9 * DAY) * self._random()))
        human = self._applicants.person_for(None)
        self._script.add(
            ev.CandidateEntered(
                at,
                None,
                self._script.key(),
                human.number,
                "uploaded",
                None,
                self._catalog.pipelines["default"][0].number,
                self._applicants.source("uploaded", ""),
                self._applicants.profile(human, None, at),
            )
        )

    def _copy(self, count: int) -> None:
        """Copy some candidates into other jobs, where they go their own way."""
        finished = self._journeys.finished
        made = 0
        for _ in range(count * 60):
            if made == count:
                return
            original = finished[int(self._random() * len(finished))]
            span = self._now - original.entered_at
            at = in_office_hours(self._rng, original.entered_at + int(span * self._random()))
            job = self._journeys.job_open_at(at, original.job)
            if job is None or at <= original.entered_at or at > self._now - HOUR:
                continue
            copy = Applicant(self._script.key(), original.human, job, at, 1, "copied")
            actor = self._encounters.anybody(job.recruiters)
            stage = job.stages[1].number
            self._script.add(
                ev.Copied(at, actor, copy.key, original.key, job.shortcode, stage, texts.COPIED)
            )
            self._journeys.walk(copy)
            made += 1

    def _anonymize(self) -> None:
        """Retention rules: some who applied long ago are anonymised."""
        for applicant in self._journeys.finished:
            at = applicant.entered_at + 400 * DAY
            if at < self._now and self._random() < _ANONYMIZED * 4:
                is_hired = applicant.job.stages[applicant.stage].kind == "hired"
                if not is_hired:
                    changes = {"is_anonymized": True}
                    self._script.add(ev.CandidateUpdated(at, None, applicant.key, changes))
