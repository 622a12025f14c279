"""Jobs: when they open and close, what they ask, and which starters they will hire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making import texts
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import DAY, HOUR, in_office_hours, instant
from workable_elt.simulator.making.members import Members, Seat
from workable_elt.simulator.making.names import CULTURES
from workable_elt.simulator.making.plan import CompanyPlan
from workable_elt.simulator.making.questions import make_questions
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import Spell

_HIRES_PER_CANDIDATE = 0.03
_JOBS_THAT_HIRE = 0.6
_FOREVER = 2**62
_PLACES = tuple(place for culture in CULTURES for place in culture.places)


@dataclass(slots=True, eq=False)
class JobPlan:
    """A job before its candidates: its window, its end, and who will be hired."""

    department: str
    title: str
    opened_at: int
    closed_at: int
    """When it is archived; far in the future for a job that is still open."""
    ending: str
    """``published``, ``closed``, ``draft`` or ``archived``."""
    hires: list[Spell] = field(default_factory=list)
    shortcode: str = ""
    stages: tuple[r.Stage, ...] = ()
    questions: tuple[r.Question, ...] = ()
    recruiters: list[Seat] = field(default_factory=list)
    managers: list[Seat] = field(default_factory=list)
    team: tuple[r.HiringTeamMember, ...] = ()
    is_sample: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it takes applications now."""
        return self.ending in ("published", "closed")


def plan_jobs(plan: CompanyPlan, script: Script, spells: list[Spell]) -> list[JobPlan]:
    """Choose which starters come through recruiting, and make up jobs around them and beside them.

    Marks the chosen spells with ``hired_at`` and a candidate key.

    Returns:
        The jobs by opening.
    """
    rng, began, now = script.rng, plan.began_at, plan.now_at
    starters = [
        s for s in spells[1:] if began + 100 * DAY < instant(s.start) and s.previous is None
    ]
    wanted = max(2, round(plan.candidates * _HIRES_PER_CANDIDATE))
    chosen = sorted(rng.sample(starters, min(len(starters), wanted)), key=lambda s: s.start)
    for spell in chosen:
        ahead = rng.randint(12, 70) * DAY
        hired_at = in_office_hours(rng, instant(spell.start, 9) - ahead)
        spell.hired_at = min(hired_at, now - rng.randrange(2, 90) * HOUR)
        spell.candidate_key = script.key()
    jobs = _jobs_that_hire(script, chosen, round(plan.jobs * _JOBS_THAT_HIRE))
    jobs += [_job_without_hire(script, spells, i) for i in range(plan.jobs - len(jobs))]
    jobs.sort(key=lambda job: job.opened_at)
    if plan.sample_rows:
        next(job for job in jobs if not job.hires and job.is_open).is_sample = True
    return jobs


def _jobs_that_hire(script: Script, chosen: list[Spell], most: int) -> list[JobPlan]:
    rng, now = script.rng, script.log.now
    seeds = chosen if len(chosen) <= most else rng.sample(chosen, most)
    jobs = [_job_around(script, spell) for spell in seeds]
    for spell in chosen:
        if spell in seeds:
            continue
        assert spell.hired_at is not None
        same = [j for j in jobs if j.department == spell.department] or jobs
        nearest = min(same, key=lambda j: abs(j.closed_at - (spell.hired_at or 0)))
        nearest.hires.append(spell)
        nearest.opened_at = min(nearest.opened_at, spell.hired_at - 30 * DAY)
        nearest.closed_at = max(nearest.closed_at, spell.hired_at + DAY)
    for job in jobs:
        job.opened_at = max(job.opened_at, script.log.began_at + DAY)
        if job.closed_at > now:
            job.closed_at, job.ending = _FOREVER, "published"
    return jobs


def _job_around(script: Script, spell: Spell) -> JobPlan:
    """The job that a starter was hired for."""
    rng = script.rng
    assert spell.hired_at is not None
    opened_at = in_office_hours(rng, spell.hired_at - rng.randint(25, 85) * DAY)
    closed_at = spell.hired_at + rng.randint(1, 25) * DAY
    title = spell.title.strip()
    return JobPlan(spell.department or "", title, opened_at, closed_at, "archived", [spell])


def _job_without_hire(script: Script, spells: list[Spell], index: int) -> JobPlan:
    """An open job, a draft, or one that was given up."""
    rng, now = script.rng, script.log.now
    like = rng.choice(spells[1:])
    department, title = like.department or "", like.title.strip()
    kinds = ("published", "closed", "draft", "archived")
    ending = kinds[index % 4] if index < 4 else rng.choices(kinds, (52, 10, 12, 26))[0]
    if ending == "archived":
        span = (now - script.log.began_at) // DAY
        closed_at = now - rng.randrange(5, max(6, span - 60)) * DAY
        opened_at = max(script.log.began_at + DAY, closed_at - rng.randint(20, 120) * DAY)
    else:
        closed_at = _FOREVER
        opened_at = in_office_hours(rng, now - rng.randint(4, 75) * DAY)
    return JobPlan(department, title, opened_at, closed_at, ending)


def stage_jobs(
    script: Script, catalog: Catalog, members: Members, jobs: list[JobPlan]
) -> dict[str, r.Job]:
    """Write the jobs down: definition, hiring team, openings and ends.

    Returns:
        The snapshots by shortcode.
    """
    records = {}
    for index, job in enumerate(jobs):
        _appoint_team(script, members, job)
        record = _record(script, catalog, job, index)
        records[job.shortcode] = record
        creator = job.recruiters[0].member.id
        script.add(ev.JobCreated(record.created_at, creator, record))
        if job.ending == "draft":
            continue
        if job.ending == "closed":
            script.add(ev.JobStateChanged(job.opened_at, creator, job.shortcode, "closed"))
            continue
        script.add(ev.JobOpened(job.opened_at, creator, job.shortcode))
        if job.ending == "archived":
            _archive(script, job, creator)
    return records


def _archive(script: Script, job: JobPlan, by: str) -> None:
    """Archive the job; now and then it was archived once before and opened again."""
    span = job.closed_at - job.opened_at
    if script.rng.random() < 0.06 and span > 20 * DAY:
        paused_at = job.opened_at + span // 2
        script.add(ev.JobStateChanged(paused_at, by, job.shortcode, "archived"))
        script.add(ev.JobOpened(paused_at + 4 * DAY, by, job.shortcode))
    script.add(ev.JobStateChanged(job.closed_at, by, job.shortcode, "archived"))


def _appoint_team(script: Script, members: Members, job: JobPlan) -> None:
    rng = script.rng
    until = min(job.closed_at, script.log.now)
    since = max(job.opened_at - 3 * DAY, script.log.began_at)
    recruiters = members.recruiters(since, until)
    managers = members.managers(job.department, since, until)
    job.recruiters = rng.sample(recruiters, min(len(recruiters), rng.randint(1, 2)))
    job.managers = rng.sample(managers, min(len(managers), rng.randint(1, 3)))
    roles: dict[str, str] = {}
    for place, seat in enumerate(job.recruiters):
        roles[seat.member.id] = "recruiting_admin" if place == 0 else "recruiter"
    for place, seat in enumerate(job.managers):
        roles.setdefault(seat.member.id, "hiring_manager" if place == 0 else "reviewer")
    job.team = tuple(r.HiringTeamMember(member_id, role) for member_id, role in roles.items())


def _record(script: Script, catalog: Catalog, job: JobPlan, index: int) -> r.Job:
    """The snapshot of a new job, in state draft."""
    rng = script.rng
    number = script.number("job")
    job.shortcode = f"{rng.getrandbits(40):010X}"
    pipeline = ("default", "default", "technical", "express")[rng.randrange(4)]
    job.stages = catalog.pipelines[pipeline]
    job.questions = make_questions(script)
    has_salary = rng.random() < 0.6
    low = rng.randrange(28, 90) * 1000
    created_at = max(script.log.began_at, job.opened_at - rng.randint(0, 60) * HOUR)
    return r.Job(
        number=number,
        id=f"{number:x}",
        shortcode=job.shortcode,
        url_number=script.number("job_url"),
        title=job.title,
        code=f"{job.department[:3].upper()}-{index + 1}" if rng.random() < 0.7 else None,
        state="draft",
        created_at=created_at,
        updated_at=created_at,
        department_id=catalog.departments[job.department].id if rng.random() < 0.95 else None,
        is_sample=job.is_sample,
        is_confidential=job.ending == "closed" and rng.random() < 0.7,
        workplace_type=rng.choice(("on_site", "hybrid", "remote")),
        locations=_locations(script, job),
        salary_from=low if has_salary else None,
        salary_to=low + 12_000 if has_salary else None,
        salary_currency="EUR" if has_salary else None,
        keywords="sql, πωλήσεις" if rng.random() < 0.1 else None,
        pipeline=pipeline,
        questions=job.questions,
        form_fields=texts.FORM_FIELDS,
        hiring_team=job.team,
        custom_attribute_ids=tuple(a.id for a in catalog.attributes[: rng.randrange(4)]),
        **_texts(script, job),
    )


def _locations(script: Script, job: JobPlan) -> tuple[r.JobLocation, ...]:
    """One or two places; a draft may have none yet (ats.md, 2)."""
    rng = script.rng
    if job.ending == "draft" and rng.random() < 0.5:
        return ()
    places = rng.sample(_PLACES, 1 + (rng.random() < 0.2))
    return tuple(r.JobLocation(f"J{rng.getrandbits(40):010X}", place) for place in places)


def _texts(script: Script, job: JobPlan) -> dict[str, Any]:
    rng = script.rng
    return {
        "description": f"<p>We are looking for a <strong>{job.title}</strong>.</p>",
        "requirements": "<ul><li>Curiosity</li><li>Ελληνικά a plus</li></ul>",
        "benefits": "<p>30 days off &amp; a robot</p>" if rng.random() < 0.6 else None,
        "employment_type": rng.choice(("Full-time", "Full-time", "Part-time", "Contract", None)),
        "industry": rng.choice(("Computer Software", None)),
        "function": rng.choice(("Engineering", "Sales", "Other", None)),
        "experience": rng.choice(("Entry level", "Mid-Senior level", None)),
        "education": rng.choice(("Bachelor's Degree", None)),
    }
