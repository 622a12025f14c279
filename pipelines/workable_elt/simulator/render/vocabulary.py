"""Words of the API for values that the records keep in plain form."""

from __future__ import annotations

from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.quirks import Quirks

EVENT_CLASSES = {"call": "CallEvent", "interview": "InterviewEvent", "meeting": "MeetingEvent"}
OFFER_STATES_SIGNED = {
    "draft": "created",
    "pending": "pending_approval",
    "approved": "approved",
    "sent": "awaiting_signature",
    "accepted": "signed",
    "declined": "rejected",
    "rescinded": "cancelled",
}
"""The other likely vocabulary of offer states; the first one is the records' own."""

_SCORES = {
    "thumbs": ("negative", "positive", "definite"),
    "stars": ("negative", "negative", "positive", "positive", "definite"),
    "numbers": (*("negative",) * 4, *("positive",) * 4, *("definite",) * 2),
}


def rating_score(rating: r.Rating) -> str:
    """The old three-step score of a rating."""
    return _SCORES[rating.scale][rating.grade]


def offer_state(state: str, quirks: Quirks) -> str:
    """An offer's state in the account's vocabulary."""
    return OFFER_STATES_SIGNED[state] if quirks.offer_states == "signed" else state


def event_type(kind: str, quirks: Quirks) -> str:
    """An event's type: a class name, or the plain word."""
    return EVENT_CLASSES[kind] if quirks.event_type_form == "class" else kind


def place_text(place: r.Place) -> str:
    """A place on one line."""
    return ", ".join(part for part in (place.city, place.region, place.country) if part)


def place_object(place: r.Place | None) -> dict[str, Any]:
    """The ``location`` vocabulary without ``location_str``; nulls when unknown, never null."""
    return {
        "country": place.country if place else None,
        "country_code": place.country_code if place else None,
        "region": place.region if place else None,
        "region_code": place.region_code if place else None,
        "city": place.city if place else None,
        "zip_code": place.zip_code if place else None,
    }


def offer_money(money: r.Money) -> dict[str, Any]:
    """Money in an offer's document variables."""
    return {
        "amount": money.amount,
        "frequency": money.frequency,
        "cached_value": f"{money.amount:,.2f} {money.currency}",
        "currency_iso": money.currency,
    }


def requisition_money(money: r.Money) -> dict[str, Any]:
    """Money of a requisition."""
    return {
        "amount": money.amount,
        "frequency": money.frequency,
        "currency_iso": money.currency,
    }
