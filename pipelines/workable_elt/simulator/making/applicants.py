"""Who applies: profiles, sources, and the same person coming back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from workable_elt.simulator.events import Profile
from workable_elt.simulator.making import texts
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import day_of
from workable_elt.simulator.making.jobs import JobPlan
from workable_elt.simulator.making.people import Human, Humans
from workable_elt.simulator.making.questions import make_answers
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.records import Answer, CandidateFile, CustomAttribute, Source

_T = TypeVar("_T")
_COMES_BACK = 0.08
_NO_EMAIL = 0.015
_OTHER_CAPITALS = 0.3


@dataclass(slots=True, eq=False)
class Applicant:
    """One candidate record on its way through a job."""

    key: str
    human: Human
    job: JobPlan
    entered_at: int
    stage: int
    """Index into the job's stages."""
    how: str


class _Weighted:
    """Draws from weighted sources."""

    def __init__(self, rows: tuple[tuple[int, Source], ...]) -> None:
        self._sums = list(accumulate(weight for weight, _ in rows))
        self._rows = [source for _, source in rows]

    def draw(self, chance: float) -> Source:
        wanted = chance * self._sums[-1]
        for position, up_to in enumerate(self._sums):
            if wanted < up_to:
                return self._rows[position]
        return self._rows[-1]


class Applicants:
    """Makes candidates' people, profiles and sources up."""

    def __init__(self, script: Script, catalog: Catalog, humans: Humans) -> None:
        self._script = script
        self._random = script.rng.random
        self._humans = humans
        self._attributes = catalog.attributes
        self._known: list[Human] = []
        self._seen: set[tuple[int, str]] = set()
        self._answers: dict[str, tuple[Answer, ...]] = {}
        self._applied = _Weighted(texts.SOURCES)
        self._sourced = _Weighted(texts.SOURCED_FROM)

    def person_for(self, job: JobPlan | None) -> Human:
        """Somebody new, or somebody who has applied elsewhere before."""
        if job is not None and self._known and self._random() < _COMES_BACK:
            human = self._known[int(self._random() * len(self._known))]
            if (human.number, job.shortcode) not in self._seen:
                self._seen.add((human.number, job.shortcode))
                return human
        human = self._humans.new()
        self.know(human, job)
        return human

    def know(self, human: Human, job: JobPlan | None) -> None:
        """Remember that a person has applied."""
        self._known.append(human)
        if job is not None:
            self._seen.add((human.number, job.shortcode))

    def source(self, how: str, referrer: str) -> Source:
        """Where the candidate came from; for a referral the referring member's name."""
        if how == "referral":
            return Source("referral", None, referrer, "Referrals")
        if how == "recommended":
            return texts.RECOMMENDED
        pool = self._applied if how == "applied" else self._sourced
        return pool.draw(self._random())

    def profile(self, human: Human, job: JobPlan | None, entered_at: int) -> Profile:
        """A filled-in application."""
        chance = self._random
        has_resume = chance() < 0.87
        email: str | None = human.email
        if chance() < _NO_EMAIL:
            email = None
        elif chance() < _OTHER_CAPITALS * 0.2:
            email = human.email.title() if chance() < 0.5 else human.email.upper()
        place = human.place if chance() < 0.7 else None
        return Profile(
            firstname=human.firstname,
            lastname=human.lastname,
            email=email,
            phone=human.phone if email is None or chance() < 0.8 else None,
            headline=_pick(texts.HEADLINES, chance()),
            address=f"{place.city}, {place.country}" if place is not None else None,
            location=place,
            resume_name=f"CV {human.lastname.strip()}.pdf" if has_resume else None,
            image_name="portrait.jpg" if chance() < 0.1 else None,
            cover_letter=_pick(texts.COVER_LETTERS, chance()),
            summary=_pick(texts.SUMMARIES, chance()),
            education=_pick(texts.EDUCATIONS, chance()),
            experience=_pick(texts.EXPERIENCES, chance()),
            skills=_pick(texts.SKILL_SETS, chance()),
            social_profiles=_pick(texts.SOCIALS, chance()),
            answers=self._answers_for(job) if job is not None else (),
            files=_FILES if chance() < 0.05 else (),
            custom_values=self._custom_values(entered_at) if chance() < 0.1 else {},
            tags=_pick(texts.TAG_SETS, chance()) if chance() < 0.08 else (),
        )

    def _answers_for(self, job: JobPlan) -> tuple[Answer, ...]:
        answers = []
        for question in job.questions:
            pool = self._answers.get(question.id)
            if pool is None:
                pool = self._answers[question.id] = make_answers(self._script.rng, question)
            answers.append(pool[int(self._random() * len(pool))])
        return tuple(answers)

    def _custom_values(self, entered_at: int) -> dict[str, object]:
        """Values of a few custom attributes."""
        count = 1 + int(self._random() * len(self._attributes))
        return {a.id: _attribute_value(a, entered_at) for a in self._attributes[:count]}


_FILES = (CandidateFile("Zeugnis.pdf", "upload"), CandidateFile("Zeugnis.pdf", "upload", "other"))


def _pick(pool: tuple[_T, ...], chance: float) -> _T:
    return pool[int(chance * len(pool))]


def _attribute_value(attribute: CustomAttribute, at: int) -> object:
    if attribute.type == "numeric":
        return 4
    if attribute.type == "boolean":
        return True
    if attribute.type == "date":
        return day_of(at)
    if attribute.choices:
        return (attribute.choices[at % len(attribute.choices)].id,)
    return "Σύσταση από συνάδελφο"
