"""Changes of candidates."""

from __future__ import annotations

from collections.abc import Callable

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.changes.recorder import Makers, Recorder
from workable_elt.simulator.making import texts
from workable_elt.simulator.making.encounters import PUBLIC
from workable_elt.simulator.making.people import Humans
from workable_elt.simulator.making.questions import make_answers


def is_here(candidate: r.Candidate) -> bool:
    """Whether the candidate is a living record of a job."""
    return (
        candidate.deleted_at is None
        and candidate.relocated_to is None
        and candidate.job_shortcode is not None
        and not candidate.is_gone_with_job
        and not candidate.is_anonymized
    )


def is_active(candidate: r.Candidate) -> bool:
    """Whether the candidate is still in the running."""
    return is_here(candidate) and not candidate.is_disqualified and candidate.stage.kind != "hired"


def record_move(recorder: Recorder, candidate: r.Candidate, target: r.Stage) -> None:
    """Move a candidate to another stage."""
    recorder.record(
        ev.StageMoved(
            recorder.at,
            recorder.member(),
            candidate.id,
            candidate.stage.number,
            target.number,
            recorder.number("activity"),
        )
    )


class CandidateChanges:
    """Makes changes of candidates."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "applied": self.apply,
            "sourced": self.source,
            "copied": self.copy,
            "moved": self.move,
            "hired": self.hire,
            "commented": self.comment,
            "messaged": self.message,
            "rated": self.rate,
            "rating_edited": self.edit_rating,
            "assessed": self.assess,
            "disqualified": self.disqualify,
            "reverted": self.revert,
            "tagged": self.tag,
            "profile_updated": self.update_profile,
            "candidate_renamed": self.rename,
            "deleted": self.delete,
            "relocated": self.relocate,
            "anonymized": self.anonymize,
        }

    def _pick(self, fits: Callable[[r.Candidate], bool]) -> r.Candidate | None:
        order, eligible = self._company.candidate_order, self._r.eligible
        return self._r.try_pick(order, lambda c: fits(c) and eligible(c))

    def _candidate(self) -> r.Candidate | None:
        return self._pick(is_here)

    def _active(self) -> r.Candidate | None:
        return self._pick(is_active)

    def _open_job(self, but: str | None = None) -> r.Job | None:
        jobs = list(self._company.jobs.values())
        return self._r.try_pick(
            jobs, lambda job: job.state in ("published", "closed") and job.shortcode != but
        )

    def _activity(self) -> int:
        return self._r.number("activity")

    def _new_id(self) -> str:
        return f"{self._r.number('candidate'):08x}"

    # New records

    def apply(self) -> str | None:
        """Somebody applies to an open job."""
        return self._enter("applied", texts.SOURCES[0][1])

    def source(self) -> str | None:
        """A recruiter uploads somebody."""
        return self._enter("uploaded", texts.SOURCED_FROM[0][1])

    def _enter(self, how: str, source: r.Source) -> str | None:
        job = self._open_job()
        if job is None:
            return None
        rng, log = self._r.rng, self._r.log
        humans = Humans(rng)
        humans.count = log.counters["human"]
        human = humans.new()
        log.counters["human"] = humans.count
        profile = ev.Profile(
            firstname=human.firstname,
            lastname=human.lastname,
            email=human.email,
            phone=human.phone,
            headline=rng.choice(texts.HEADLINES),
            location=human.place,
            resume_name="CV.pdf" if rng.random() < 0.8 else None,
            skills=rng.choice(texts.SKILL_SETS),
            answers=tuple(rng.choice(make_answers(rng, question)) for question in job.questions),
        )
        stage = self._company.stages_of(job)[0 if how == "uploaded" else 1]
        actor = self._r.member() if how == "uploaded" else None
        event = ev.CandidateEntered(
            self._r.at,
            actor,
            self._new_id(),
            human.number,
            how,
            job.shortcode,
            stage.number,
            source,
            profile,
            self._activity(),
        )
        self._r.record(event)
        return event.candidate

    def copy(self) -> str | None:
        """A candidate is copied into another open job."""
        original = self._candidate()
        job = self._open_job(original.job_shortcode if original else None)
        if original is None or job is None:
            return None
        stage = self._company.stages_of(job)[1].number
        event = ev.Copied(
            self._r.at,
            self._r.member(),
            self._new_id(),
            original.id,
            job.shortcode,
            stage,
            texts.COPIED,
            self._activity(),
        )
        self._r.record(event)
        return event.candidate

    # On the way

    def move(self) -> str | None:
        """An active candidate moves to another stage, short of Hired."""
        return self._move_to("")

    def hire(self) -> str | None:
        """An active candidate is hired."""
        return self._move_to("hired")

    def _move_to(self, kind: str) -> str | None:
        candidate = self._active()
        if candidate is None:
            return None
        stages = self._company.pipelines[candidate.stage.pipeline]
        others = [s for s in stages if s is not candidate.stage and s.kind != "sourced"]
        target = self._r.pick([s for s in others if (s.kind == "hired") == (kind == "hired")])
        if target is None:
            return None
        record_move(self._r, candidate, target)
        return candidate.id

    def comment(self) -> str | None:
        """A member writes a comment."""
        candidate = self._candidate()
        if candidate is None:
            return None
        body = self._r.rng.choice(texts.COMMENTS)
        self._r.record(
            ev.Commented(
                self._r.at,
                self._r.member(),
                candidate.id,
                candidate.stage.number,
                body,
                PUBLIC,
                self._activity(),
            )
        )
        return candidate.id

    def message(self) -> str | None:
        """A member writes to an active candidate."""
        candidate = self._active()
        if candidate is None:
            return None
        body = self._r.rng.choice(texts.MESSAGES)
        self._r.record(
            ev.Messaged(
                self._r.at,
                self._r.member(),
                candidate.id,
                candidate.stage.number,
                body,
                PUBLIC,
                self._activity(),
            )
        )
        return candidate.id

    def rate(self) -> str | None:
        """A member rates an active candidate."""
        candidate = self._active()
        if candidate is None:
            return None
        rating = r.Rating("stars", self._r.rng.randrange(5))
        self._r.record(
            ev.Rated(
                self._r.at,
                self._r.member(),
                candidate.id,
                candidate.stage.number,
                rating,
                "Solid",
                PUBLIC,
                self._activity(),
            )
        )
        return candidate.id

    def edit_rating(self) -> str | None:
        """A member edits an earlier rating: its grade goes round by one."""
        rated = [
            activity
            for activity in self._company.activities.values()
            if activity.rating is not None
            and activity.candidate_id is not None
            and is_here(self._company.candidates[activity.candidate_id])
        ]
        activity = self._r.pick(rated)
        if activity is None or activity.rating is None or activity.candidate_id is None:
            return None
        steps = {"thumbs": 3, "stars": 5, "numbers": 10}[activity.rating.scale]
        rating = r.Rating(activity.rating.scale, (activity.rating.grade + 1) % steps)
        self._r.record(
            ev.RatingEdited(
                self._r.at,
                activity.member_id,
                activity.candidate_id,
                rating,
                "On second thoughts",
                activity.number,
            )
        )
        return activity.candidate_id

    def assess(self) -> str | None:
        """A test is completed."""
        candidate = self._active()
        if candidate is None:
            return None
        self._r.record(
            ev.Assessed(
                self._r.at,
                None,
                candidate.id,
                candidate.stage.number,
                "assessment-completed",
                self._activity(),
            )
        )
        return candidate.id

    def disqualify(self) -> str | None:
        """An active candidate is turned down or withdraws."""
        candidate = self._active()
        if candidate is None:
            return None
        reason = self._r.rng.choice(list(self._company.reasons.values()))
        self._r.record(
            ev.Disqualified(
                self._r.at,
                self._r.member(),
                candidate.id,
                candidate.stage.number,
                reason.id,
                reason.is_withdrawal,
                self._activity(),
            )
        )
        return candidate.id

    def revert(self) -> str | None:
        """A disqualification is taken back."""
        candidate = self._pick(lambda c: is_here(c) and c.is_disqualified)
        if candidate is None:
            return None
        self._r.record(
            ev.Reverted(
                self._r.at,
                self._r.member(),
                candidate.id,
                candidate.stage.number,
                self._activity(),
            )
        )
        return candidate.id

    # Facts

    def tag(self) -> str | None:
        """The tags are replaced, now and then by none."""
        candidate = self._candidate()
        if candidate is None:
            return None
        tags = self._r.rng.choice([*texts.TAG_SETS, (f"round {self._r.at % 1000}",), ()])
        self._r.record(ev.Tagged(self._r.at, self._r.member(), candidate.id, tags))
        return candidate.id

    def update_profile(self) -> str | None:
        """Facts of the profile change, but not the name."""
        candidate = self._candidate()
        if candidate is None:
            return None
        rng = self._r.rng
        changes = {
            "headline": rng.choice(("Now a manager", "Διευθυντής", None)),
            "phone": f"+3069{rng.randrange(10**8):08d}",
            "skills": rng.choice(texts.SKILL_SETS),
            "education": rng.choice(texts.EDUCATIONS),
        }
        self._r.record(ev.CandidateUpdated(self._r.at, None, candidate.id, changes))
        return candidate.id

    def rename(self) -> str | None:
        """The last name changes, which activities and events repeat."""
        candidate = self._candidate()
        if candidate is None:
            return None
        changes = {"lastname": f"{candidate.lastname.strip()}-Novák"}
        self._r.record(ev.CandidateUpdated(self._r.at, None, candidate.id, changes))
        return candidate.id

    def anonymize(self) -> str | None:
        """Retention rules blank a candidate who was turned down."""
        candidate = self._pick(lambda c: is_here(c) and c.is_disqualified)
        if candidate is None:
            return None
        changes = {"is_anonymized": True}
        self._r.record(ev.CandidateUpdated(self._r.at, None, candidate.id, changes))
        return candidate.id

    def delete(self) -> str | None:
        """A candidate is deleted."""
        candidate = self._candidate()
        if candidate is None:
            return None
        self._r.record(ev.CandidateDeleted(self._r.at, self._r.member(), candidate.id))
        return candidate.id

    def relocate(self) -> str | None:
        """An active candidate gets a new id in another open job, and the usual empty move."""
        candidate = self._active()
        job = self._open_job(candidate.job_shortcode if candidate else None)
        if candidate is None or job is None or candidate.stage.kind == "offer":
            return None
        target = self._company.stages_of(job)[1].number
        actor, new_id = self._r.member(), self._new_id()
        self._r.record(
            ev.Relocated(
                self._r.at,
                actor,
                new_id,
                candidate.id,
                job.shortcode,
                candidate.stage.number,
                target,
                self._activity(),
            )
        )
        self._r.record(ev.StageMoved(self._r.at, actor, new_id, target, target, self._activity()))
        return new_id
