"""Events of candidates.

``activity`` is the number of the activity that the event writes; ``stage`` the number of the stage in
which the candidate stands when it happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.events.base import LogEvent


@dataclass(slots=True, frozen=True)
class Profile:
    """What a candidate tells about themselves on entering."""

    firstname: str
    lastname: str
    email: str | None
    phone: str | None
    headline: str | None = None
    address: str | None = None
    location: r.Place | None = None
    resume_name: str | None = None
    image_name: str | None = None
    cover_letter: str | None = None
    summary: str | None = None
    education: tuple[r.EducationEntry, ...] = ()
    experience: tuple[r.ExperienceEntry, ...] = ()
    skills: tuple[str, ...] = ()
    social_profiles: tuple[r.SocialProfile, ...] = ()
    answers: tuple[r.Answer, ...] = ()
    files: tuple[r.CandidateFile, ...] = ()
    custom_values: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class CandidateEvent(LogEvent):
    """What all events of a candidate have."""

    candidate: str
    """Id of the candidate."""


@dataclass(slots=True)
class CandidateEntered(CandidateEvent):
    """A new candidate: ``how`` is applied, uploaded (sourced), referral or recommended."""

    person: int
    how: str
    job: str | None
    """Shortcode; None for the talent pool."""
    stage: int
    source: r.Source
    profile: Profile
    activity: int = 0


@dataclass(slots=True)
class StageMoved(CandidateEvent):
    """A move from a stage to another; into a stage of kind hired it is a hire."""

    stage: int
    target: int
    activity: int = 0


@dataclass(slots=True)
class Commented(CandidateEvent):
    """A comment; ``visibility`` are the roles that may read it."""

    stage: int
    body: str
    visibility: tuple[str, ...]
    activity: int = 0


@dataclass(slots=True)
class Messaged(CandidateEvent):
    """An e-mail to the candidate; no actor for automatic ones."""

    stage: int
    body: str
    visibility: tuple[str, ...]
    activity: int = 0


@dataclass(slots=True)
class Rated(CandidateEvent):
    """A member's rating."""

    stage: int
    rating: r.Rating
    body: str | None
    visibility: tuple[str, ...]
    activity: int = 0


@dataclass(slots=True)
class RatingEdited(CandidateEvent):
    """A rating was rewritten: ``activity`` is that of the `Rated` event, no new one appears."""

    rating: r.Rating
    body: str | None
    activity: int = 0


@dataclass(slots=True)
class Assessed(CandidateEvent):
    """``assessment-requested``, ``-completed``, ``video-interview-requested`` or ``-completed``."""

    stage: int
    action: str
    activity: int = 0


@dataclass(slots=True)
class Disqualified(CandidateEvent):
    """The candidate was turned down, or withdrew."""

    stage: int
    reason_id: str
    withdrew: bool
    activity: int = 0


@dataclass(slots=True)
class Reverted(CandidateEvent):
    """A disqualification was taken back."""

    stage: int
    activity: int = 0


@dataclass(slots=True)
class Relocated(CandidateEvent):
    """A candidate moved to another job under a new id; the old id is gone."""

    old: str
    """The id until now; ``candidate`` is the new one."""
    job: str
    stage: int
    target: int
    activity: int = 0


@dataclass(slots=True)
class Copied(CandidateEvent):
    """A candidate was copied into another job; ``candidate`` is the copy's id."""

    original: str
    job: str
    stage: int
    source: r.Source
    activity: int = 0


@dataclass(slots=True)
class OfferMade(CandidateEvent):
    """An offer was prepared (it replaces an earlier one)."""

    offer: r.Offer


@dataclass(slots=True)
class OfferChanged(CandidateEvent):
    """The offer changed its state."""

    state: str


@dataclass(slots=True)
class EventScheduled(CandidateEvent):
    """A call, interview or meeting was put into the calendar."""

    stage: int
    event: r.Event
    activity: int = 0


@dataclass(slots=True)
class EventCancelled(CandidateEvent):
    """A calendar event was cancelled."""

    event_id: str


@dataclass(slots=True)
class Tagged(CandidateEvent):
    """The candidate's tags were replaced."""

    tags: tuple[str, ...]


@dataclass(slots=True)
class CandidateUpdated(CandidateEvent):
    """Profile facts changed (attribute of `records.Candidate` -> value): ``is_anonymized`` too."""

    changes: dict[str, Any]


@dataclass(slots=True)
class CandidateDeleted(CandidateEvent):
    """The candidate was deleted."""
