"""The hiring plan: requisitions, their approvals and what became of them."""

from __future__ import annotations

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making.clock import DAY, HOUR, day_of
from workable_elt.simulator.making.jobs import JobPlan
from workable_elt.simulator.making.plan import Plant
from workable_elt.simulator.making.script import Script


class HiringPlan:
    """Writes requisitions: most jobs have one for each opening."""

    def __init__(self, script: Script, plant: Plant) -> None:
        self._script = script
        self._rng = script.rng
        self._plant = plant
        self._count = 0

    def play(self, jobs: list[JobPlan], numbers: dict[str, r.Job]) -> None:
        """Write the requisitions of some jobs, and their ends."""
        for job in jobs:
            if job.is_sample or self._rng.random() > 0.6:
                continue
            for opening in range(max(1, len(job.hires))):
                self._require(job, numbers[job.shortcode], opening)

    def _require(self, job: JobPlan, record: r.Job, opening: int) -> None:
        rng, now, add = self._rng, self._script.log.now, self._script.add
        owner = job.managers[0].member.id
        created_at = max(self._script.log.began_at, job.opened_at - rng.randint(15, 45) * DAY)
        requisition = self._requisition(job, record, owner, created_at)
        add(ev.RequisitionCreated(created_at, owner, requisition))
        steps: list[tuple[int, dict[str, object]]] = [
            (created_at + 2 * HOUR, {"state": "pending"}),
            (
                created_at + 30 * HOUR,
                {"state": "approved", "approvals": self._approved(requisition)},
            ),
            (
                max(job.opened_at, created_at + 31 * HOUR),
                {"state": "open", "job_shortcode": job.shortcode},
            ),
        ]
        steps += self._ending(job, record, opening)
        for at, changes in steps:
            if at <= now and (job.ending != "draft" or changes["state"] != "open"):
                add(ev.RequisitionChanged(at, owner, requisition.code, dict(changes)))

    def _ending(
        self, job: JobPlan, record: r.Job, opening: int
    ) -> list[tuple[int, dict[str, object]]]:
        """Filled by a hire, cancelled with the job, on hold, or still open."""
        if opening < len(job.hires):
            spell = job.hires[opening]
            filled_at = max(spell.hired_at or 0, job.opened_at + 40 * HOUR) + HOUR
            salary = r.Money(self._plant.number(54_000.0), "EUR", "year")
            filled: dict[str, object] = {
                "state": "filled",
                "candidate_id": spell.candidate_key,
                "start_date": spell.start,
                "salary": salary,
                "job_shortcode": record.shortcode,
            }
            return [(filled_at, filled)]
        chance = self._rng.random()
        if job.ending == "archived":
            return [(job.closed_at, {"state": "cancelled"})]
        if chance < 0.15:
            return [(job.opened_at + 10 * DAY, {"state": "on_hold"})]
        return []

    def _approved(self, requisition: r.Requisition) -> object:
        return tuple(
            (group, tuple((member, "approved") for member, _ in approvers))
            for group, approvers in requisition.approvals
        )

    def _requisition(
        self, job: JobPlan, record: r.Job, owner: str, created_at: int
    ) -> r.Requisition:
        rng, plant = self._rng, self._plant
        self._count += 1
        forms = ("REQ-{}", "REQ {}/26", "Αίτημα-{}")
        low = plant.number(float(rng.randrange(30, 80) * 1000))
        attributes = (
            r.RequisitionAttribute("Budget", r.Money(plant.number(60_000.0), "EUR", "year")),
            r.RequisitionAttribute("Equipment", ("Laptop", "Robot arm")),
            r.RequisitionAttribute("Notes", plant.text("Backfill, urgent")),
        )
        return r.Requisition(
            number=0,
            id="",
            code=forms[self._count % 3].format(self._count),
            state="draft",
            created_at=created_at,
            updated_at=created_at,
            plan_date=day_of(job.opened_at + rng.randint(20, 90) * DAY),
            job_shortcode=record.shortcode if created_at >= record.created_at else None,
            department_id=record.department_id,
            place=record.locations[0].place if record.locations else None,
            requester_id=owner,
            hiring_manager_id=owner,
            owner_id=job.recruiters[0].member.id,
            salary_from=low,
            salary_to=low + 15_000 if plant.marker is None else low,
            currency="EUR",
            employment_type=record.employment_type,
            reason=rng.choice(("replacement", "new_position", None)),
            attributes=attributes if rng.random() < 0.5 or plant.marker else (),
            approvals=((f"{0x51000 + self._count:x}", ((owner, "pending"),)),),
        )
