"""Human beings: the ones behind candidates and employees."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

from workable_elt.simulator.making.names import CULTURES, EMAIL_HOSTS, Culture
from workable_elt.simulator.records import Place


@dataclass(slots=True)
class Human:
    """A real person; ``number`` is what events call ``person``."""

    number: int
    firstname: str
    lastname: str
    latin: str
    """The name in Latin letters, for e-mail addresses: ``first.last``."""
    email: str
    phone: str
    place: Place


class Humans:
    """Makes people up; numbers count from 1."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._weights = list(accumulate(culture.weight for culture in CULTURES))
        self.count = 0

    def new(self) -> Human:
        """A new person. Names repeat, personal e-mail addresses do not."""
        rng = self._rng
        culture = self._culture()
        first, first_latin = culture.firsts[int(rng.random() * len(culture.firsts))]
        last, last_latin = culture.lasts[int(rng.random() * len(culture.lasts))]
        self.count += 1
        number = self.count
        chance = rng.random()
        if chance < 0.01:
            last += " "
        elif chance < 0.013:
            first += " 🌟"
        latin = f"{first_latin}.{last_latin}"
        return Human(
            number=number,
            firstname=first,
            lastname=last,
            latin=latin,
            email=f"{latin}{number}@{EMAIL_HOSTS[number % len(EMAIL_HOSTS)]}",
            phone=f"{culture.dial}{2_000_000 + int(rng.random() * 90_000) * 100_000 + number % 100_000}",
            place=culture.places[int(rng.random() * len(culture.places))],
        )

    def _culture(self) -> Culture:
        draw = self._rng.random() * self._weights[-1]
        for culture, up_to in zip(CULTURES, self._weights, strict=True):
            if draw < up_to:
                return culture
        return CULTURES[-1]
