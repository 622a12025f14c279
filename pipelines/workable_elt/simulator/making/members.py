"""Who uses the product: members, made from employees, and agency recruiters."""

from __future__ import annotations

from dataclasses import dataclass

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.clock import DAY, instant
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import Spell

_AGENCIES = (
    ("Marta Quist", "marta@quist-search.example"),
    ("Талант Агенция", "hello@talant.example"),
    ("O'Hara & Sons", "team@ohara.example"),
)


@dataclass(slots=True, frozen=True)
class Seat:
    """A member, and from when until when."""

    member: r.Member
    spell: Spell
    since: int
    until: int


class Members:
    """The members of the account."""

    def __init__(self, seats: list[Seat]) -> None:
        self.seats = seats
        self.admin = seats[0].member

    def recruiters(self, since: int, until: int) -> list[Seat]:
        """Talent acquisition's members who are there all the time; anybody where there are none."""
        there = self._there(since, until)
        return [s for s in there if s.spell.department == "Talent Acquisition"] or there

    def managers(self, department: str, since: int, until: int) -> list[Seat]:
        """Members of a department who are there all the time; anybody where there are none."""
        there = self._there(since, until)
        return [s for s in there if s.spell.department == department] or there

    def _there(self, since: int, until: int) -> list[Seat]:
        return [s for s in self.seats if s.since <= since and s.until >= until]


def add_members(
    script: Script, catalog: Catalog, spells: list[Spell], leads: list[Spell]
) -> Members:
    """Make members of leads, recruiters, HR and some others; the head first, a super admin."""
    rng, now = script.rng, script.log.now
    chosen = [spells[0]]
    for spell in spells[1:]:
        is_hr = spell.department in ("People", "Talent Acquisition")
        if spell.id and not spell.is_sample and (is_hr or spell in leads or rng.random() < 0.1):
            chosen.append(spell)
    longest = [s for s in spells[1:] if s.id and not s.is_sample and s.leave is None][:3]
    chosen += [spell for spell in longest if spell not in chosen]
    began = script.log.began_at
    seats = []
    for spell in sorted(chosen, key=lambda s: (max(began, instant(s.start, 8)), s.number)):
        since = max(began, instant(spell.start, 8))
        if since <= now:
            seats.append(_seat(script, catalog, spell, since, is_head=spell is spells[0]))
    _add_recruiters(script)
    seats.sort(key=lambda seat: seat.spell is not spells[0])
    return Members(seats)


def _seat(script: Script, catalog: Catalog, spell: Spell, since: int, *, is_head: bool) -> Seat:
    number = script.number("member")
    department = spell.department
    is_recruiter, is_hr = department == "Talent Acquisition", department == "People"
    human = spell.human
    member = r.Member(
        number=number,
        id=f"{number:x}",
        name=f"{human.firstname} {human.lastname}".strip(),
        email=f"{human.latin}{human.number}@members.northlight.example",
        headline=spell.title if script.rng.random() < 0.7 else None,
        ats_role="admin" if is_recruiter or is_head else script.rng.choice(("simple", "reviewer")),
        hris_role="admin" if is_hr else script.rng.choice(("employee", "limited", "no_access")),
        is_super_admin=is_head,
        permission_sets=("people_partner",) if is_hr and script.rng.random() < 0.3 else (),
        department_ids=(
            (catalog.departments[department].id,)
            if department and script.rng.random() < 0.3
            else ()
        ),
        created_at=since,
    )
    if spell.work_email is not None:
        member.email = spell.work_email
    script.add(ev.MemberAdded(since, None, member))
    until = 2**62
    if spell.leave is not None:
        until = instant(spell.leave, 16)
        off_at = until + DAY
        if off_at <= script.log.now and script.rng.random() < 0.9:
            script.add(ev.MemberChanged(off_at, None, member.id, {"is_active": False}))
    return Seat(member, spell, since, until)


def _add_recruiters(script: Script) -> None:
    for name, email in _AGENCIES:
        number = script.number("recruiter")
        recruiter = r.ExternalRecruiter(number, f"{number:x}", name, email)
        script.add(ev.RecruiterAdded(script.log.began_at, None, recruiter))
