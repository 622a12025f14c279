"""What members do with a candidate while they stand in a stage: notes, interviews, ratings, offers."""

from __future__ import annotations

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.making import texts
from workable_elt.simulator.making.applicants import Applicant
from workable_elt.simulator.making.clock import DAY, HOUR, MINUTE, SECOND, in_office_hours
from workable_elt.simulator.making.members import Seat
from workable_elt.simulator.making.plan import Plant
from workable_elt.simulator.making.script import Script

PUBLIC: tuple[str, ...] = ("admin", "simple", "reviewer")
STANDARD: tuple[str, ...] = ("admin", "simple")
ADMIN_ONLY: tuple[str, ...] = ("admin",)
_SCALES = (("thumbs", 3), ("stars", 5), ("numbers", 10))


class Encounters:
    """Writes the events around a candidate's stages."""

    def __init__(self, script: Script, plant: Plant) -> None:
        self._script = script
        self._add = script.add
        self._random = script.rng.random
        self._rng = script.rng
        self._plant = plant
        self._now = script.log.now

    def anybody(self, seats: list[Seat]) -> str:
        """One of some members, by id."""
        return seats[int(self._random() * len(seats))].member.id

    def welcome(self, applicant: Applicant) -> None:
        """A thank-you mail by the system, or a first message by a recruiter to a sourced person."""
        at, stage = applicant.entered_at, self._stage(applicant)
        if applicant.how == "applied":
            if self._random() < 0.6:
                sent_at = at + 2 * SECOND
                self._add(ev.Messaged(sent_at, None, applicant.key, stage, texts.THANK_YOU, PUBLIC))
        elif self._random() < 0.75:
            sent_at = in_office_hours(self._rng, at + int(self._random() * 30 * HOUR))
            self._message(applicant, stage, sent_at)

    def visit(self, applicant: Applicant, since: int, until: int) -> None:
        """What happens between two moves; nothing of it lies at or after ``until``."""
        kind = applicant.job.stages[applicant.stage].kind
        until = min(until, self._now)
        if self._random() < 0.22:
            self._note(applicant, since, until)
        if self._random() < 0.06:
            at = _between(since, until, self._random())
            self._message(applicant, self._stage(applicant), at)
        if kind == "interview" and self._random() < 0.9:
            self._meet(applicant, "interview", since, until)
        elif kind == "phone-screen" and self._random() < 0.7:
            self._meet(applicant, "call", since, until)
        elif kind == "assessment":
            self._assess(applicant, since, until)
        if self._random() < 0.03:
            at = _between(since, until, self._random())
            tags = self._rng.choice(texts.TAG_SETS)
            self._add(ev.Tagged(at, self.anybody(applicant.job.recruiters), applicant.key, tags))

    def _stage(self, applicant: Applicant) -> int:
        return applicant.job.stages[applicant.stage].number

    def _message(self, applicant: Applicant, stage: int, at: int) -> None:
        if at <= self._now:
            actor = self.anybody(applicant.job.recruiters)
            body = self._rng.choice(texts.MESSAGES)
            self._add(ev.Messaged(at, actor, applicant.key, stage, body, PUBLIC))

    def _note(self, applicant: Applicant, since: int, until: int) -> None:
        """A comment, for everybody or for admins only; some are stored minutes later than written."""
        at = _between(since, until, self._random())
        actor = self.anybody(applicant.job.managers)
        visibility = PUBLIC if self._random() < 0.7 else STANDARD
        body = self._rng.choice(texts.COMMENTS)
        if self._random() < 0.2:
            visibility = ADMIN_ONLY
            body = self._plant.text(self._rng.choice(texts.PRIVATE_COMMENTS))
        comment = ev.Commented(at, actor, applicant.key, self._stage(applicant), body, visibility)
        delay = 20 * MINUTE if self._random() < 0.2 and until - at > HOUR else 0
        self._add(comment, stored_at=at + delay)

    def _meet(self, applicant: Applicant, kind: str, since: int, until: int) -> None:
        """A call or an interview; afterwards those who took part may rate."""
        at = since + int(self._random() * 6 * HOUR)
        if at >= until:
            return
        starts_at = in_office_hours(self._rng, at + int((0.5 + self._random() * 4) * DAY))
        starts_at -= starts_at % (15 * MINUTE)
        event = self._calendar_event(applicant, kind, at, starts_at)
        actor = self.anybody(applicant.job.recruiters)
        stage = self._stage(applicant)
        self._add(ev.EventScheduled(at, actor, applicant.key, stage, event))
        if self._random() < 0.08:
            cancelled_at = at + int((starts_at - at) * self._random())
            if cancelled_at < until:
                self._add(ev.EventCancelled(cancelled_at, actor, applicant.key, event.id))
            return
        for member_id, status in event.attendees:
            rated_at = event.ends_at + int((0.1 + self._random() * 30) * HOUR)
            if status == "accepted" and rated_at < until and self._random() < 0.8:
                self._rate(applicant, member_id, rated_at, until)

    def _calendar_event(self, applicant: Applicant, kind: str, at: int, starts_at: int) -> r.Event:
        seats = [*applicant.job.managers, *applicant.job.recruiters]
        count = 1 if kind == "call" else min(len(seats), self._rng.randint(1, 3))
        members = dict.fromkeys(s.member.id for s in self._rng.sample(seats, count))
        statuses = ("accepted", "accepted", "accepted", "pending", "declined")
        name = f"{applicant.human.firstname} {applicant.human.lastname}"
        length = (30 if kind == "call" else 60) * MINUTE
        if kind == "interview" and self._random() < 0.08:
            kind = "meeting"
        return r.Event(
            number=0,
            id=self._script.key(),
            type=kind,
            title=f"{kind.capitalize()} with {name}",
            description="Bring the robot" if self._random() < 0.2 else None,
            starts_at=starts_at,
            ends_at=starts_at + length,
            job_shortcode=applicant.job.shortcode,
            candidate_id="",
            attendees=tuple((m, self._rng.choice(statuses)) for m in members),
            conference_url="https://meet.example/r/42" if self._random() < 0.5 else None,
            created_at=at,
        )

    def _rate(self, applicant: Applicant, member_id: str, at: int, until: int) -> None:
        """A rating; now and then it is edited later."""
        scale, steps = self._rng.choice(_SCALES)
        body = self._rng.choice(texts.RATING_NOTES)
        rating = r.Rating(scale, int(self._random() * steps))
        visibility = PUBLIC if self._random() < 0.8 else STANDARD
        stage = self._stage(applicant)
        rated = ev.Rated(at, member_id, applicant.key, stage, rating, body, visibility)
        self._add(rated)
        edited_at = at + int((1 + self._random() * 40) * HOUR)
        if edited_at < until and self._random() < 0.1:
            other = r.Rating(scale, int(self._random() * steps))
            edit = ev.RatingEdited(edited_at, member_id, applicant.key, other, body)
            self._script.add_edit(edit, rated)

    def _assess(self, applicant: Applicant, since: int, until: int) -> None:
        """A test or a video interview: requested by a member, completed by nobody's hand."""
        what = "assessment" if self._random() < 0.75 else "video-interview"
        requested_at = since + int(self._random() * 5 * HOUR)
        completed_at = requested_at + int((0.3 + self._random() * 4) * DAY)
        stage = self._stage(applicant)
        if requested_at < until:
            actor = self.anybody(applicant.job.recruiters)
            requested = f"{what}-requested"
            self._add(ev.Assessed(requested_at, actor, applicant.key, stage, requested))
            if completed_at < until and self._random() < 0.85:
                done = f"{what}-completed"
                self._add(ev.Assessed(completed_at, None, applicant.key, stage, done))

    def offer(self, applicant: Applicant, since: int, until: int, outcome: str | None) -> None:
        """An offer goes its way; ``outcome`` is what it becomes just before ``until``."""
        until = min(until, self._now)
        made_at = since + int((1 + self._random() * 5) * HOUR)
        if made_at >= until:
            return
        actor = self.anybody(applicant.job.recruiters)
        self._add(
            ev.OfferMade(made_at, actor, applicant.key, self._draft_offer(applicant, made_at))
        )
        at = made_at
        for state in ("pending", "approved", "sent"):
            at += int((1 + self._random() * 12) * HOUR)
            if at >= until - HOUR:
                break
            self._add(ev.OfferChanged(at, actor, applicant.key, state))
        if outcome is not None and until - HOUR > made_at:
            self._add(ev.OfferChanged(until - HOUR, None, applicant.key, outcome))

    def _draft_offer(self, applicant: Applicant, at: int) -> r.Offer:
        plant = self._plant
        salary = r.Money(plant.number(float(self._rng.randrange(30, 110) * 1000)), "EUR", "year")
        name = f"{applicant.human.firstname} {applicant.human.lastname}"
        return r.Offer(
            number=0,
            id="",
            candidate_id="",
            created_at=at,
            updated_at=at,
            state="draft",
            variables=(
                r.OfferVariable("Salary", "salary", salary),
                r.OfferVariable("Bonus", "bonus", plant.text("10 % of the yearly salary")),
                r.OfferVariable("Candidate name", "candidate_name", name),
            ),
            documents=(r.CandidateFile("Offer letter.pdf", "offer", "offer"),),
        )


def _between(since: int, until: int, chance: float) -> int:
    """An instant between two others."""
    return since + int((until - since) * chance * 0.9)
