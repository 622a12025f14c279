"""Changes of offers and of the calendar."""

from __future__ import annotations

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.changes.candidates import is_active, is_here, record_move
from workable_elt.simulator.changes.recorder import Makers, Recorder
from workable_elt.simulator.making.clock import DAY, HOUR

_NEXT_OFFER_STATES = {
    "draft": ("pending", "rescinded"),
    "pending": ("approved", "rescinded"),
    "approved": ("sent", "rescinded"),
    "sent": ("accepted", "declined", "rescinded"),
}


class OfferChanges:
    """Makes changes of offers and calendar events."""

    def __init__(self, recorder: Recorder) -> None:
        self._r = recorder
        self._company = recorder.company

    def makers(self) -> Makers:
        """The kinds of change made here."""
        return {
            "offer_made": self.make_offer,
            "offer_changed": self.change_offer,
            "event_scheduled": self.schedule,
            "event_cancelled": self.cancel,
        }

    def make_offer(self) -> str | None:
        """An active candidate gets an offer, and is moved to the offer stage for it if need be."""
        candidate = self._r.try_pick(self._company.candidate_order, is_active)
        if candidate is None:
            return None
        if candidate.stage.kind != "offer":
            stages = self._company.pipelines[candidate.stage.pipeline]
            record_move(self._r, candidate, next(s for s in stages if s.kind == "offer"))
        number = self._r.number("offer")
        offer = r.Offer(number, f"{number:x}", candidate.id, self._r.at, "draft")
        offer.updated_at = self._r.at
        self._r.record(ev.OfferMade(self._r.at, self._r.member(), candidate.id, offer))
        return candidate.id

    def change_offer(self) -> str | None:
        """An offer goes on to its next state."""
        going = [
            offer
            for offer in self._company.offers.values()
            if offer.state in _NEXT_OFFER_STATES
            and is_here(self._company.candidates[offer.candidate_id])
        ]
        offer = self._r.pick(going)
        if offer is None:
            return None
        state = self._r.rng.choice(_NEXT_OFFER_STATES[offer.state])
        self._r.record(ev.OfferChanged(self._r.at, None, offer.candidate_id, state))
        return offer.candidate_id

    def schedule(self) -> str | None:
        """An interview is put into the calendar."""
        candidate = self._r.try_pick(self._company.candidate_order, is_active)
        if candidate is None:
            return None
        number, actor = self._r.number("event"), self._r.member()
        starts_at = (self._r.at // HOUR + 1) * HOUR + 2 * DAY
        event = r.Event(
            number=number,
            id=f"{number:x}",
            type=self._r.rng.choice(("call", "interview", "meeting")),
            title=f"Interview with {candidate.firstname} {candidate.lastname}",
            description=None,
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            job_shortcode=candidate.job_shortcode,
            candidate_id=candidate.id,
            attendees=((actor, "accepted"),),
            created_at=self._r.at,
        )
        self._r.record(
            ev.EventScheduled(
                self._r.at,
                actor,
                candidate.id,
                candidate.stage.number,
                event,
                self._r.number("activity"),
            )
        )
        return event.id

    def cancel(self) -> str | None:
        """An event to come is cancelled."""
        to_come = [
            event
            for event in self._company.events.values()
            if event.starts_at > self._r.at
            and not event.is_cancelled
            and is_here(self._company.candidates[event.candidate_id])
        ]
        event = self._r.pick(to_come)
        if event is None:
            return None
        self._r.record(
            ev.EventCancelled(self._r.at, self._r.member(), event.candidate_id, event.id)
        )
        return event.id
