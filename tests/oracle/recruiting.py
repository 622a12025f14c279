"""Expected rows of the hiring marts of sources, response, offers, jobs, recruiters and starters.

Worked out from the simulator's records one application at a time; shares nothing with the SQL.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from tests.oracle.account import JOB_STATES, SOURCE_CATEGORIES
from tests.oracle.candidates import is_stage_move, is_transition
from tests.oracle.dates import DAY, HOUR, milliseconds
from tests.oracle.people import persons
from tests.oracle.recruiting_facts import (
    Facts,
    FactsOracle,
    act_of,
    grouped,
    middle,
)
from tests.oracle.values import Row, instant, ratio

from workable_elt.simulator import records as r
from workable_elt.simulator import visible

OPEN_STAGES = ["sourced", "applied", "shortlisted", "phone_screen", "assessment", "interview"]
OWNERS = ({"recruiter", "recruiting_admin"}, {"hiring_manager"})
DONE = {"moves": 0, "notes": 0, "messages": 0, "ratings": 0, "disqualifications": 0}
APPROVED = {"approved", "open", "reserved"}
FEEDBACK_AFTER = 48 * HOUR
STALE_AFTER = 14 * DAY


class RecruitingOracle(FactsOracle):
    """Expected rows, by mart."""

    def sources(self) -> list[Row]:
        """hiring_sources."""
        person_of = {
            candidate_id: number
            for number, ids in enumerate(
                persons([c for c in self.listed() if not visible.candidate_is_blank(c)])
            )
            for candidate_id in ids
        }
        groups = grouped(self.facts, self._source)
        hires_of = Counter(
            month
            for (month, _, _), facts in groups.items()
            for fact in facts
            if fact.status == "hired"
        )
        return [self._source_row(key, facts, person_of, hires_of) for key, facts in groups.items()]

    def _source(self, fact: Facts) -> tuple[date, str, str]:
        source = fact.candidate.source
        category = SOURCE_CATEGORIES[source.common_source_category]
        return fact.applied_date.replace(day=1), category, source.common_source

    def _source_row(
        self,
        key: tuple[date, str, str],
        facts: list[Facts],
        person_of: dict[str, int],
        hires_of: Counter[date],
    ) -> Row:
        month, category, name = key
        hires = sum(f.status == "hired" for f in facts)
        decided = sum(f.status != "active" for f in facts)
        return {
            "month": month,
            "source_category": category,
            "source_name": name,
            "candidates": len(facts),
            "people": len({person_of.get(f.candidate.id, f.candidate.id) for f in facts}),
            "interviewed": sum(f.was_interviewed for f in facts),
            "offered": sum(f.offer is not None for f in facts),
            "hires": hires,
            "decided": decided,
            "pending": sum(f.status == "active" and not f.is_deleted for f in facts),
            "deleted": sum(f.status == "active" and f.is_deleted for f in facts),
            "hires_per_candidate": ratio(hires, len(facts)),
            "hires_per_decided": ratio(hires, decided),
            "hires_of_month": hires_of[month],
            "share_of_hires": ratio(hires, hires_of[month]),
            "median_days_to_hire": middle(f.days_to_hire for f in facts),
            # All staff of a first sync started before leavers could be seen.
            "matured_90_days": 0,
            "left_within_90_days_rate": None,
            "cost_per_hire": None,
        }

    def response(self) -> list[Row]:
        """hiring_response."""
        applicants = [f for f in self.facts if not f.candidate.is_sourced]
        groups = grouped(
            applicants, lambda f: (f.applied_date.replace(day=1), self.key(f.job.shortcode))
        )
        return [
            {
                "month": key[0],
                "job_key": key[1],
                "applicants": len(facts),
                **self._within(facts, 2),
                **self._within(facts, 5),
                **self._within(facts, 10),
                "unreviewed": sum(f.first_action_at is None for f in facts),
                "unreviewed_open": sum(f.first_action_at is None and f.is_open for f in facts),
                "median_hours_to_first_action": middle(
                    None if f.first_action_at is None else (f.first_action_at - f.created_at) / HOUR
                    for f in facts
                ),
            }
            for key, facts in groups.items()
        ]

    def _within(self, facts: list[Facts], days: int) -> Row:
        limit = days * DAY
        old = [f for f in facts if self.now - f.created_at >= limit]
        done = sum(
            f.first_action_at is not None and f.first_action_at - f.created_at <= limit for f in old
        )
        return {
            f"applicants_{days}_days_old": len(old),
            f"actioned_within_{days}_days": done,
            f"actioned_within_{days}_days_rate": ratio(done, len(old)),
        }

    def disqualifications(self) -> list[Row]:
        """hiring_disqualifications."""
        out = [f for f in self.facts if f.status in ("rejected", "withdrawn")]
        of_month = Counter(self._disqualified_month(f) for f in out)
        groups = grouped(
            out,
            lambda f: (
                self._disqualified_month(f),
                self.key(f.job.shortcode),
                f.reporting_stage,
                self.optional_key(f.candidate.disqualification_reason_id),
                "withdrew" if f.candidate.has_withdrawn else "rejected",
            ),
        )
        names = ("month", "job_key", "reporting_stage", "disqualification_reason_key")
        return [
            {
                **dict(zip((*names, "disqualification_type"), key, strict=True)),
                "disqualified": len(facts),
                "disqualified_in_month": of_month[self._disqualified_month(facts[0])],
                "share_of_month": ratio(len(facts), of_month[self._disqualified_month(facts[0])]),
                "median_days_to_disqualify": middle(
                    (self.local(f.candidate.disqualified_at or 0) - f.applied_date).days
                    for f in facts
                ),
            }
            for key, facts in groups.items()
        ]

    def _disqualified_month(self, fact: Facts) -> date:
        assert fact.candidate.disqualified_at is not None
        return self.month(fact.candidate.disqualified_at)

    def offers(self) -> list[Row]:
        """hiring_offers."""
        rows: dict[tuple[date, str | None], Counter[str]] = {}
        days: dict[tuple[date, str | None], list[int | None]] = {}
        for fact in self.facts:
            department = self.optional_key(fact.job.department_id)
            offer = fact.offer
            if offer:
                key = (self.month(offer.offered_at), department)
                rows.setdefault(key, Counter())[offer.outcome] += 1
                days.setdefault(key, []).append(offer.days_to_accept)
            if fact.hired_date and (offer is None or offer.outcome != "accepted"):
                key = (fact.hired_date.replace(day=1), department)
                rows.setdefault(key, Counter())["hires_without_offer"] += 1
        return [
            self._offer_row(month, department, counts, days.get((month, department), []))
            for (month, department), counts in rows.items()
        ]

    def _offer_row(
        self, month: date, department: str | None, counts: Counter[str], days: list[int | None]
    ) -> Row:
        outcomes = ("accepted", "declined", "rescinded", "lost", "pending")
        extended = sum(counts[outcome] for outcome in outcomes)
        return {
            "month": month,
            "department_key": department,
            "extended": extended,
            **{outcome: counts[outcome] for outcome in outcomes},
            "acceptance_of_extended": ratio(counts["accepted"], extended),
            "acceptance_of_resolved": ratio(
                counts["accepted"], counts["accepted"] + counts["declined"]
            ),
            "median_days_to_accept": middle(days),
            "after_decision": counts["after_decision"],
            "hires_without_offer": counts["hires_without_offer"],
        }

    def jobs(self) -> list[Row]:
        """hiring_jobs."""
        of_job = grouped(self.facts, lambda f: f.job.shortcode)
        opened = {row["job_key"]: row["latest_opened_at"] for row in super().jobs()}
        return [
            self._job_row(job, of_job.get(job.shortcode, []), opened[self.key(job.shortcode)])
            for job in self.company.jobs.values()
            if not job.is_sample
        ]

    def _job_row(self, job: r.Job, facts: list[Facts], opened_at: Any) -> Row:
        statuses = Counter(f.status for f in facts)
        open_in = Counter(f.reporting_stage for f in facts if f.is_open)
        acts = [
            activity.created_at
            for activity in self.company.activities_by_job.get(job.shortcode, [])
            if activity.member_id and visible.activity_is_shown(self.company, activity, self.quirks)
        ]
        states = Counter(
            q.state for q in self.company.requisitions.values() if q.job_shortcode == job.shortcode
        )
        is_accepting = job.state in ("published", "closed")
        opened = None if opened_at is None else milliseconds(opened_at)
        last_at = max(acts, default=opened)
        is_stale = last_at is not None and self.now - last_at > STALE_AFTER
        waiting = sum(states[state] for state in APPROVED)
        return {
            "job_key": self.key(job.shortcode),
            "status": JOB_STATES[job.state],
            "days_open": (self.today - self.local(opened)).days
            if is_accepting and opened is not None
            else None,
            "applications": len(facts),
            "active": statuses["active"],
            "hires": statuses["hired"],
            "rejected": statuses["rejected"],
            "withdrawn": statuses["withdrawn"],
            "hire_undone": sum(bool(f.hires) and f.status != "hired" for f in facts),
            "open_applications": sum(f.is_open for f in facts),
            **{f"open_in_{stage}": open_in[stage] for stage in [*OPEN_STAGES, "offer"]},
            "unreviewed_open": sum(f.is_open and f.first_action_at is None for f in facts),
            "openings": waiting + states["on_hold"] + states["filled"],
            "openings_filled": states["filled"],
            "openings_open": waiting,
            "fill_rate": ratio(states["filled"], waiting + states["on_hold"] + states["filled"]),
            "last_member_activity_at": instant(max(acts, default=None)),
            "is_stale": is_accepting and any(f.is_open for f in facts) and is_stale,
        }

    def interviews(self) -> list[Row]:
        """hiring_interviews."""
        return [
            self._interview(event, member, reply)
            for event in self._events()
            for member, reply in event.attendees
        ]

    def _events(self) -> list[r.Event]:
        return [
            event
            for event in self.company.events.values()
            if visible.event_is_shown(self.company, event, self.quirks)
            and not self._is_sample(self.company.candidates[event.candidate_id])
        ]

    def _is_sample(self, candidate: r.Candidate) -> bool:
        shortcode = candidate.job_shortcode
        return shortcode is not None and self.company.jobs[shortcode].is_sample

    def _interview(self, event: r.Event, member: str, reply: str) -> Row:
        candidate = self.company.candidates[event.candidate_id]
        rated = [
            a.created_at
            for a in self.activities_of(candidate)
            if a.action == "rating"
            and a.member_id == member
            and a.created_at >= event.starts_at
            and visible.candidate_is_listed(candidate, self.quirks)
            and not event.is_cancelled
        ]
        is_past = not event.is_cancelled and event.starts_at <= self.now
        is_due = is_past and reply != "declined" and self.now - event.starts_at >= FEEDBACK_AFTER
        first = min(rated, default=None)
        return {
            "interview_key": self.key(event.id),
            "user_key": self.key("member", member),
            "reply": reply,
            "interview_date": self.local(event.starts_at),
            "hours": (event.ends_at - event.starts_at) / HOUR,
            "state": "cancelled" if event.is_cancelled else "past" if is_past else "scheduled",
            "first_rating_at": instant(first),
            "hours_to_feedback": None if first is None else (first - event.starts_at) / HOUR,
            "is_feedback_due": is_due,
            "is_feedback_missing": is_due and first is None,
        }

    def recruiter_activity(self) -> list[Row]:
        """hiring_recruiter_activity."""
        done: dict[tuple[str, date], Counter[str]] = {}

        def add(member: str, at: int, what: str) -> None:
            done.setdefault((member, self.month(at)), Counter())[what] += 1

        for candidate in self.listed():
            if self._is_sample(candidate):
                continue
            for activity in self.activities_of(candidate):
                what = act_of(activity)
                if is_stage_move(activity) and is_transition(activity) and candidate.job_shortcode:
                    what = "moves"
                if activity.member_id and what:
                    add(activity.member_id, activity.created_at, what)
        for event in self._events():
            for member, reply in event.attendees:
                if not event.is_cancelled and event.starts_at <= self.now and reply != "declined":
                    add(member, event.starts_at, "interviews")
        return [
            {
                "user_key": self.key("member", member),
                "month": month,
                **DONE,
                "interviews": 0,
                **counts,
            }
            for (member, month), counts in done.items()
        ]

    def recruiter_load(self) -> list[Row]:
        """hiring_recruiter_load."""
        of_job = grouped((f for f in self.facts if f.is_open), lambda f: f.job.shortcode)
        loads: dict[str | None, Counter[str]] = {}
        for job in self.company.jobs.values():
            is_accepting = job.state in ("published", "closed")
            facts = of_job.get(job.shortcode, [])
            if job.is_sample or not (is_accepting or facts):
                continue
            owners: list[str | None] = [*self._owners(job)]
            for owner in owners or [None]:
                load = loads.setdefault(owner, Counter())
                load["open_jobs"] += is_accepting
                load["shared_open_jobs"] += is_accepting and len(owners) > 1
                load["open_applications"] += len(facts)
                load["unreviewed_applications"] += sum(f.first_action_at is None for f in facts)
        return [
            {"user_key": self.optional_key("member", owner), **load}
            for owner, load in loads.items()
        ]

    @staticmethod
    def _owners(job: r.Job) -> set[str]:
        for roles in OWNERS:
            found = {m.member_id for m in job.hiring_team if m.collaboration_role in roles}
            if found:
                return found
        return set()

    def requisitions_planned(self) -> list[Row]:
        """hiring_requisitions after one build, which saw every state for the first time."""
        hired = {self.key(f.candidate.id): f.hired_date for f in self.facts}
        rows = []
        for requisition in self.company.requisitions.values():
            job = self.company.jobs.get(requisition.job_shortcode or "")
            if job and job.is_sample:
                continue
            state = requisition.state
            outcome = state if state in ("filled", "cancelled", "rejected") else "pending"
            filled = hired.get(self.key(requisition.candidate_id)) if state == "filled" else None
            until = {"filled": filled, "pending": self.today}.get(outcome)
            rows.append(
                {
                    "requisition_key": self.key(requisition.code),
                    "outcome": outcome,
                    "opened_before_history": state in ("open", "reserved", "on_hold", "filled"),
                    "days_seen_open": 0 if state in ("open", "reserved") else None,
                    "filled_date": filled,
                    "days_past_plan_date": (until - requisition.plan_date).days if until else None,
                }
            )
        return rows

    def to_start(self, links: dict[str, str]) -> list[Row]:
        """hiring_to_start.

        Args:
            links: The candidate of each employee who can be linked, by keys.
        """
        employees = {
            self.key(e.id): e
            for e in visible.employees(self.company, self.quirks)
            if not e.is_sample
        }
        alone = Counter(links.values())
        employee_of = {c: e for e, c in links.items() if alone[c] == 1 and e in employees}
        hires = {self.key(f.candidate.id): f for f in self.facts if f.hires}
        rows = [
            self._hire(fact, key, employee_of.get(key), employees) for key, fact in hires.items()
        ]
        taken = {employee_of.get(key) for key in hires}
        rows += [
            {
                "application_key": None,
                "employee_key": key,
                "start_date": employee.start_date,
                "hired_date": None,
                "state": "starter_without_hire",
            }
            for key, employee in employees.items()
            if key not in taken and employee.start_date
        ]
        return rows

    def _hire(
        self, fact: Facts, key: str, employee_key: str | None, employees: dict[str, r.Employee]
    ) -> Row:
        employee = employees[employee_key] if employee_key else None
        hired = self.local(max(fact.hires))
        start = employee.start_date if employee else None
        has_started = employee is not None and start is not None and start <= self.today
        has_started = has_started and employee is not None and employee.state != "draft"
        if fact.status != "hired":
            undone = None if fact.undone_at is None else self.local(fact.undone_at)
            stayed = has_started and start is not None and (undone is None or undone >= start)
            state = "started" if stayed else "reneged"
        elif employee is None:
            state = "no_profile"
        else:
            state = "started" if has_started else "starts_later"
        return {
            "application_key": key,
            "employee_key": employee_key,
            "start_date": start,
            "hired_date": hired,
            "days_hire_to_start": (start - hired).days if start else None,
            "state": state,
            "candidate_link_basis": None
            if employee is None
            else ("source" if employee.candidate_id else "email"),
        }
