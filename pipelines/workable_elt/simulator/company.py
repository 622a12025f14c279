"""Making up a whole company: ``generate(CompanyPlan(...))`` gives the log of all that happened there."""

from __future__ import annotations

import gc
import random

from workable_elt.simulator.log import EventLog
from workable_elt.simulator.making.catalog import set_up
from workable_elt.simulator.making.hiring import Hiring
from workable_elt.simulator.making.jobs import plan_jobs, stage_jobs
from workable_elt.simulator.making.members import add_members
from workable_elt.simulator.making.paperwork import add_documents, add_time_entries
from workable_elt.simulator.making.people import Humans
from workable_elt.simulator.making.plan import CompanyPlan, Plant
from workable_elt.simulator.making.requisitions import HiringPlan
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import plan_spells
from workable_elt.simulator.making.timeoff import TimeOff
from workable_elt.simulator.making.workforce import Workforce
from workable_elt.simulator.records import Account

ACCOUNT = Account(
    id="4c0de",
    name="Northlight Robotics",
    subdomain="northlight",
    description="Robots that tidy up – and people who like them.",
    website_url="https://northlight.example",
)

__all__ = ["ACCOUNT", "CompanyPlan", "Plant", "generate"]


def generate(plan: CompanyPlan) -> EventLog:
    """Make a company up.

    Args:
        plan: Its sizes and its seed; the same plan gives the same log.

    Returns:
        The log, up to the plan's present. ``Company.from_log`` turns it into state.
    """
    # Millions of small objects, none of them garbage: collecting in between only costs time.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        return _generate(plan)
    finally:
        if was_collecting:
            gc.enable()


def _generate(plan: CompanyPlan) -> EventLog:
    rng = random.Random(plan.seed)
    plant = Plant(plan.plant_marker)
    script = Script(EventLog(ACCOUNT, plan.began_at, plan.now_at), rng)
    catalog = set_up(script, sample_rows=plan.sample_rows)
    humans = Humans(rng)
    spells = plan_spells(plan, rng, humans, catalog)
    jobs = plan_jobs(plan, script, spells)
    workforce = Workforce(script, catalog, plant, spells)
    workforce.play()
    members = add_members(script, catalog, spells, workforce.ever_led)
    records = stage_jobs(script, catalog, members, jobs)
    Hiring(plan, script, catalog, plant, humans, jobs).play()
    HiringPlan(script, plant).play(jobs, records)
    TimeOff(script, catalog).play(spells)
    add_documents(script, spells)
    add_time_entries(script, spells)
    log = script.finish()
    log.counters["human"] = humans.count
    return log
