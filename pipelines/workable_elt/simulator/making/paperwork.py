"""Documents and working time: the two HR lists that are off by default in the connector."""

from __future__ import annotations

from datetime import timedelta

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making.clock import HOUR, MINUTE, day_of, instant
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import Spell

_KINDS = (
    ("Employment contract", "signature_request_employee_document"),
    ("Diploma – scan", "simple_employee_document"),
    ("Sick note", "timeoff_attachment"),
    ("I-9", "i_9_form_document"),
)


def add_documents(script: Script, spells: list[Spell]) -> None:
    """Give some people documents, of all four kinds."""
    rng, now = script.rng, script.log.now
    for spell in spells:
        at = spell.created_at + HOUR
        for name, kind in _KINDS:
            if spell.id and rng.random() < 0.25 and at <= now:
                document = r.EmployeeDocument(
                    number=0,
                    id="",
                    employee_id=spell.id,
                    filename=name,
                    type=kind,
                    size=rng.randrange(10_000, 4_000_000),
                    created_at=at,
                    updated_at=at,
                    created_by="Workable HR",
                )
                script.add(ev.DocumentAdded(at, None, document))
                at += 10 * MINUTE


def add_time_entries(script: Script, spells: list[Spell]) -> None:
    """Record the last three weeks of the people who clock in; one clock is still running."""
    rng, now = script.rng, script.log.now
    today = day_of(now)
    clocked = [s for s in spells if s.id and s.works_on(today)][::12]
    for spell in clocked:
        for days_ago in range(21, -1, -1):
            day = today - timedelta(days=days_ago)
            clock_in = instant(day, 7, rng.randrange(60))
            if day.weekday() > 4 or not spell.works_on(day) or clock_in > now:
                continue
            clock_out = clock_in + 8 * HOUR + rng.randrange(40) * MINUTE
            entry = r.TimeEntry(
                uuid=script.uuid(),
                employee_id=spell.id,
                type="clock-out" if rng.random() < 0.5 else "time-entry",
                clock_in=clock_in,
                clock_out=clock_out if clock_out <= now else None,
                timezone="Europe/London",
                note="Überstunden" if rng.random() < 0.05 else None,
            )
            script.add(ev.TimeEntryAdded(min(clock_out, now), None, entry))
