"""Who works at the company, from when to when: employment spells, before any detail."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import SEASON, day_of
from workable_elt.simulator.making.people import Human, Humans
from workable_elt.simulator.making.plan import CompanyPlan

_YEARLY_TURNOVER = 0.13
_STARTERS_TO_COME = 0.025
_REHIRES = 0.06
_MEAN_TENURE_DAYS = 1_150
_LONGEST_TENURE_DAYS = 4_600
_REASON_WEIGHTS = (58, 12, 9, 11, 4, 6)
"""Of the choices of the termination reason: resignations come first."""


@dataclass(slots=True, eq=False)
class Spell:
    """One employment of one person."""

    human: Human
    department: str | None
    """None for the head of the company."""
    title: str
    start: date
    leave: date | None = None
    """The last working day; may lie in the future (notice given)."""
    reason: int = 0
    """Index into the termination reasons."""
    previous: Spell | None = None
    hired_at: int | None = None
    """When the candidate behind it was hired, for those who came through recruiting."""
    candidate_key: str | None = None
    number: int = 0
    id: str = ""
    schedule: int = 0
    """Index of the work schedule that the profile starts with."""
    work_email: str | None = None
    is_sample: bool = False
    """Whether it is one of Workable's demo people, who take part in nothing."""
    created_at: int = 0
    """When the profile is made."""

    def works_on(self, day: date) -> bool:
        """Whether the person is employed on a day."""
        return self.start <= day and (self.leave is None or day <= self.leave)


def plan_spells(
    plan: CompanyPlan, rng: random.Random, humans: Humans, catalog: Catalog
) -> list[Spell]:
    """Make up everybody who is, was (since the beginning) or soon will be employed.

    Returns:
        The spells; the first is the head of the company, the others by first day.
    """
    today, began = day_of(plan.now_at), day_of(plan.began_at)
    casting = _Casting(rng, humans, catalog)
    head = Spell(humans.new(), None, "CEO", began - timedelta(days=1_800))
    present = [casting.cast(_start_of_present(rng, today)) for _ in range(plan.employees - 1)]
    leavers = _leavers(plan, rng, casting, began, today)
    starters = [
        casting.cast(today + timedelta(days=rng.randint(2, 60)))
        for _ in range(max(1, round(plan.employees * _STARTERS_TO_COME)))
    ]
    _bring_back(rng, leavers, present)
    for spell in rng.sample(present, max(1, len(present) // 100)):
        spell.leave = today + timedelta(days=rng.randint(3, 50))
    _share_an_address(present)
    if plan.sample_rows:
        present += _sample_people(rng, casting, began)
    rest = sorted([*present, *leavers, *starters], key=lambda s: (s.start, s.human.number))
    return [head, *rest]


class _Casting:
    """Gives people a department and a title."""

    def __init__(self, rng: random.Random, humans: Humans, catalog: Catalog) -> None:
        self._rng = rng
        self._humans = humans
        self._titles = catalog.titles
        self._names = list(catalog.weights)
        self._weights = list(catalog.weights.values())

    def cast(self, start: date) -> Spell:
        department = self._rng.choices(self._names, self._weights)[0]
        title = self._rng.choice(self._titles[department])
        return Spell(self._humans.new(), department, title, _working_day(start))


def _sample_people(rng: random.Random, casting: _Casting, began: date) -> list[Spell]:
    samples = [casting.cast(began - timedelta(days=rng.randint(50, 300))) for _ in range(3)]
    for spell in samples:
        spell.is_sample = True
    return samples


def _working_day(day: date) -> date:
    """The day, or the Monday after."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def _start_of_present(rng: random.Random, today: date) -> date:
    """A first day in the past; more often in a month that hires more."""
    while True:
        tenure = int(rng.expovariate(1 / _MEAN_TENURE_DAYS)) + 4
        start = today - timedelta(days=tenure)
        if tenure <= _LONGEST_TENURE_DAYS and rng.random() * max(SEASON) < SEASON[start.month - 1]:
            return start


def _leavers(
    plan: CompanyPlan, rng: random.Random, casting: _Casting, began: date, today: date
) -> list[Spell]:
    """People who left since the beginning, some of them within their first weeks."""
    leavers = []
    span = (today - began).days
    for _ in range(max(3, round(plan.employees * _YEARLY_TURNOVER * plan.years))):
        leave = began + timedelta(days=int(rng.random() * (span - 2)) + 1)
        early = rng.random() < 0.15
        tenure = rng.randint(15, 85) if early else int(rng.expovariate(1 / 800)) + 90
        spell = casting.cast(leave - timedelta(days=min(tenure, _LONGEST_TENURE_DAYS)))
        spell.leave = max(leave, spell.start)
        spell.reason = rng.choices(range(len(_REASON_WEIGHTS)), _REASON_WEIGHTS)[0]
        leavers.append(spell)
    return leavers


def _bring_back(rng: random.Random, leavers: list[Spell], present: list[Spell]) -> None:
    """Some leavers are among the present staff again, as new employees."""
    open_spells = sorted(present, key=lambda spell: spell.start)
    for left in rng.sample(leavers, max(1, round(len(leavers) * _REHIRES))):
        assert left.leave is not None
        earliest = left.leave + timedelta(days=60)
        back = next((s for s in open_spells if s.start >= earliest and s.previous is None), None)
        if back is not None:
            back.human, back.previous = left.human, left


def _share_an_address(present: list[Spell]) -> None:
    """Two present employees (a couple) share a private e-mail address."""
    first, second = (spell for spell in present[-6:-2:3])
    if first.previous is None and second.previous is None:
        second.human.email = first.human.email
