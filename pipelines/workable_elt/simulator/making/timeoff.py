"""Time off: policies, yearly cycles, requests and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import DAY, HOUR, day_of, instant, local
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import Spell

_AHEAD_DAYS = 120
_VACATION_SEASON = (5, 5, 6, 8, 8, 9, 16, 18, 7, 6, 4, 14)
_MOST_CARRIED = Decimal("5.00")
_NONE = Decimal("0.00")


@dataclass(slots=True, frozen=True)
class Policy:
    """What one person gets of one category in a year."""

    category: r.TimeoffCategory
    unit: str
    entitled: Decimal
    yearly: float
    """Requests a year, on average."""
    is_unlimited: bool = False


class TimeOff:
    """Writes the time off of everybody, person by person."""

    def __init__(self, script: Script, catalog: Catalog) -> None:
        self._script = script
        self._rng = script.rng
        self._catalog = catalog
        self._now = script.log.now
        self._began = day_of(script.log.began_at)
        self._approvers = [script.uuid() for _ in range(6)]

    def play(self, spells: list[Spell]) -> None:
        """Write cycles and requests of all spells."""
        approver = f"{spells[0].human.firstname} {spells[0].human.lastname}"
        for spell in spells:
            if spell.id and not spell.is_sample:
                for policy in self._policies():
                    self._play_policy(spell, policy, approver)

    def _policies(self) -> list[Policy]:
        """The policies of one person; a few people have none (hris.md, Corrections 3)."""
        rng = self._rng
        pto, sick, parental, unpaid, study, *volunteering = self._catalog.categories
        if rng.random() < 0.03:
            return []
        pto_unit = "half_days" if rng.random() < 0.4 else "full_days"
        days = Decimal(rng.choice(("20.00", "22.00", "25.00")))
        policies = [Policy(pto, pto_unit, days, 6.5)]
        if rng.random() < 0.5:
            policies.append(Policy(sick, "hours", Decimal("80.00"), 2.5))
        else:
            policies.append(Policy(sick, "full_days", Decimal("10.00"), 2.0))
        policies.append(Policy(unpaid, "full_days", _NONE, 0.25, is_unlimited=True))
        if rng.random() < 0.5:
            policies.append(Policy(parental, "full_days", Decimal("90.00"), 0.05))
        if rng.random() < 0.2:
            policies.append(Policy(study, "half_days", Decimal("3.00"), 0.8))
        if rng.random() < 0.1:
            policies.append(Policy(rng.choice(volunteering), "full_days", Decimal("2.00"), 0.7))
        return policies

    def _play_policy(self, spell: Spell, policy: Policy, approver: str) -> None:
        carried, taken = _NONE, set[date]()
        today = day_of(self._now)
        first = max(spell.start, self._began)
        last = min(spell.leave or date.max, today + timedelta(days=_AHEAD_DAYS))
        for year in range(first.year, today.year + 1):
            begins = max(spell.created_at, instant(date(year, 1, 1), 1))
            if begins > self._now or (spell.leave is not None and spell.leave.year < year):
                break
            self._script.add(
                ev.CycleStarted(
                    begins,
                    None,
                    spell.id,
                    policy.category.id,
                    year,
                    policy.unit,
                    policy.entitled,
                    carried,
                    policy.is_unlimited,
                )
            )
            used = self._play_year(spell, policy, approver, (first, last, year), taken)
            if not policy.is_unlimited and policy.unit != "hours":
                left = policy.entitled + carried - used
                carried = min(max(left, _NONE), _MOST_CARRIED)

    def _play_year(
        self,
        spell: Spell,
        policy: Policy,
        approver: str,
        span: tuple[date, date, int],
        taken: set[date],
    ) -> Decimal:
        """Write the requests of one year; returns what was approved of them."""
        first, last, year = span
        begins, ends = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        share = max(0.0, ((ends - begins).days + 1) / 365)
        count = int(policy.yearly * share + self._rng.random())
        used = _NONE
        for _ in range(count):
            request = self._draft(spell, policy, begins, ends, taken)
            if request is not None:
                used += self._decide(spell, request, approver)
        return used

    def _draft(
        self, spell: Spell, policy: Policy, begins: date, ends: date, taken: set[date]
    ) -> r.TimeoffRequest | None:
        """A request whose days are all employed and free, or None if the draw fits none."""
        month = self._rng.choices(range(1, 13), _VACATION_SEASON)[0]
        try:
            day = date(begins.year, month, self._rng.randint(1, 31))
        except ValueError:
            return None
        working = {0: range(5), 1: range(5), 2: range(4)}[spell.schedule]
        if not begins <= day <= ends or day.weekday() not in working:
            return None
        days = self._length(policy)
        period = _period(day, days, working)
        if period[-1] > ends or taken.intersection(period):
            return None
        taken.update(period)
        return self._fill(spell, policy, period, [d for d in period if d.weekday() in working])

    def _length(self, policy: Policy) -> int:
        """Working days of a request."""
        if policy.category is self._catalog.categories[2]:
            return self._rng.randint(20, 60)
        if policy.unit == "hours" or policy.category is self._catalog.categories[1]:
            return self._rng.choice((1, 1, 1, 1, 2, 3))
        return self._rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 5, 10))

    def _fill(
        self, spell: Spell, policy: Policy, period: list[date], working: list[date]
    ) -> r.TimeoffRequest:
        rng, first, last = self._rng, period[0], period[-1]
        from_at, to_at, halves = local(first), local(last), tuple[r.HalfDay, ...]()
        if policy.unit == "hours":
            hours = rng.choice((2, 3, 4, 8)) if len(period) == 1 else 8 * len(working)
            if len(period) == 1 and hours < 8:
                from_at, to_at = local(first, 9), local(first, 9 + hours)
            total = Decimal(hours)
        else:
            halves = self._halves(policy, period)
            total = Decimal(len(working)) - Decimal("0.5") * len(halves)
            if policy.category is self._catalog.categories[2]:
                total = Decimal(len(period))
            elif not halves and rng.random() < 0.03:
                from_at, to_at = local(first, 13), local(last, 18)
        created_at = self._created_at(spell, policy, first)
        return r.TimeoffRequest(
            number=0,
            id=self._script.key(),
            employee_id=spell.id,
            category_id=policy.category.id,
            from_at=from_at,
            to_at=to_at,
            unit=policy.unit,
            total=total,
            state="pending",
            created_at=created_at,
            updated_at=created_at,
            updated_by=f"{spell.human.firstname} {spell.human.lastname}",
            half_days=halves,
            pending_approvals=(("", rng.choice(self._approvers)),),
        )

    def _halves(self, policy: Policy, period: list[date]) -> tuple[r.HalfDay, ...]:
        if policy.unit != "half_days" or self._rng.random() < 0.6:
            return ()
        if len(period) == 1:
            return (r.HalfDay(period[0], self._rng.choice(("first", "second"))),)
        return (r.HalfDay(period[-1], "first"),)

    def _created_at(self, spell: Spell, policy: Policy, first: date) -> int:
        """Weeks ahead; on the day itself where nobody plans to be ill."""
        unplanned = policy.category is self._catalog.categories[1]
        ahead = 0 if unplanned else self._rng.randint(2, 70)
        at = instant(first, 7, self._rng.randrange(60)) - ahead * DAY
        if at > self._now:
            at = self._now - self._rng.randrange(1, 20 * 24) * HOUR
        return max(at, spell.created_at + HOUR)

    def _decide(self, spell: Spell, request: r.TimeoffRequest, approver: str) -> Decimal:
        """Write the request and its outcome; returns what was approved and stays so."""
        rng = self._rng
        at = request.created_at
        if at > self._now:
            return _NONE
        self._script.add(ev.TimeoffRequested(at, None, request))
        decided_at = at + int(rng.expovariate(1 / (30 * HOUR))) + HOUR
        if decided_at > self._now:
            return _NONE
        draw = rng.random()
        if draw < 0.05:
            self._script.add(ev.TimeoffDecided(decided_at, None, request.id, "rejected", approver))
            return _NONE
        own_name = f"{spell.human.firstname} {spell.human.lastname}"
        if draw < 0.08:
            self._script.add(ev.TimeoffDecided(decided_at, None, request.id, "canceled", own_name))
            return _NONE
        self._script.add(ev.TimeoffDecided(decided_at, None, request.id, "approved", approver))
        cancelled_at = decided_at + 20 * HOUR
        if draw < 0.13 and cancelled_at < self._now:
            self._script.add(
                ev.TimeoffDecided(cancelled_at, None, request.id, "canceled", own_name)
            )
            return _NONE
        return request.total


def _period(first: date, days: int, working: range) -> list[date]:
    """The dates from a working day until so many working days have passed."""
    period, left, day = [first], days - 1, first
    while left > 0:
        day += timedelta(days=1)
        period.append(day)
        left -= day.weekday() in working
    return period
