"""The parts of a candidate's detail that its list row lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator import visible
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render.form import iso_day, signed_url
from workable_elt.simulator.render.vocabulary import place_object, place_text
from workable_elt.simulator.state import Company

Json = dict[str, Any]

_BLANK: Json = {
    "image_url": None,
    "cover_letter": None,
    "summary": None,
    "education_entries": [],
    "experience_entries": [],
    "skills": [],
    "answers": [],
    "resume_url": None,
    "tags": [],
    "location": {"location_str": None, **place_object(None)},
}


class CandidateParts:
    """Renders a candidate's profile: texts, entries, answers, tags, files."""

    def __init__(self, company: Company, quirks: Quirks) -> None:
        self.company = company
        self.quirks = quirks

    def profile(self, candidate: r.Candidate) -> Json:
        """The personal part of a detail; all blank for an anonymised candidate."""
        if visible.candidate_is_blank(candidate):
            return dict(_BLANK)
        place, resume = candidate.location, candidate.resume
        profile: Json = {
            "image_url": self._url(candidate, candidate.image_name),
            "cover_letter": candidate.cover_letter,
            "summary": candidate.summary,
            "education_entries": _education(candidate),
            "experience_entries": _experience(candidate),
            "skills": [{"name": skill} for skill in candidate.skills],
            "answers": self._answers(candidate),
            "resume_url": self._url(candidate, resume.filename if resume else None),
            "tags": list(candidate.tags),
            "location": {
                "location_str": place_text(place) if place else None,
                **place_object(place),
            },
        }
        if candidate.social_profiles:
            profile["social_profiles"] = [_social(p) for p in candidate.social_profiles]
        if self.quirks.custom_attribute_values == "custom_attributes" and candidate.custom_values:
            profile["custom_attributes"] = [
                {"id": a.id, "name": a.label, "value": self._value(candidate, a, value)}
                for a, value in self._custom_values(candidate)
            ]
        return profile

    def _url(self, candidate: r.Candidate, name: str | None) -> str | None:
        if name is None:
            return None
        return signed_url(f"candidates/{candidate.id}/{name}", self.company.version)

    def _custom_values(self, candidate: r.Candidate) -> list[tuple[r.CustomAttribute, Any]]:
        named = self.company.attribute_named
        return [(named(key), value) for key, value in candidate.custom_values.items()]

    def _answers(self, candidate: r.Candidate) -> list[Json]:
        rows: list[Json] = []
        for answer in candidate.answers:
            question = self.company.questions[answer.question_id]
            if answer.value is None and self.quirks.unanswered_question == "omitted":
                continue
            value = self._value(candidate, question, answer.value)
            rows.append({"question": {"body": question.body}, "answer": value})
        if self.quirks.custom_attribute_values == "answers":
            rows.extend(
                {"question": {"body": a.label}, "answer": self._value(candidate, a, value)}
                for a, value in self._custom_values(candidate)
            )
        return rows

    def _value(
        self, candidate: r.Candidate, asked: r.Question | r.CustomAttribute, value: Any
    ) -> Json | None:
        """The object of one answer; its key tells the type, there is no other sign of it."""
        kind = asked.type
        if value is None:
            return None
        if kind == "boolean":
            return {"checked": value}
        if kind == "numeric":
            return {"number": value}
        if kind == "date":
            return {"date": self._date(value)}
        if kind == "file":
            return {"file_url": signed_url(f"answers/{value}", candidate.version)}
        if kind in ("dropdown", "multiple_choice"):
            return {
                "choices": [self._choice(choice) for choice in asked.choices if choice.id in value]
            }
        return {"body": value}

    def _date(self, value: date) -> str:
        return iso_day(value) if self.quirks.answer_date_form == "datetime" else value.isoformat()

    def _choice(self, choice: r.Choice) -> Json:
        if self.quirks.answer_choices_form == "ids_and_bodies":
            return {"id": choice.id, "body": choice.body}
        return {"body": choice.body}


def _entry_id(candidate: r.Candidate, offset: int) -> str:
    """Entries have ids of their own, which grow with the candidate's."""
    return f"{candidate.number * 16 + offset:x}"


def _education(candidate: r.Candidate) -> list[Json]:
    return [
        {
            "id": _entry_id(candidate, place),
            "degree": entry.degree,
            "school": entry.school,
            "field_of_study": entry.field_of_study,
            "start_date": entry.start_date,
            "end_date": entry.end_date,
        }
        for place, entry in enumerate(candidate.education)
    ]


def _experience(candidate: r.Candidate) -> list[Json]:
    return [
        {
            "id": _entry_id(candidate, 8 + place),
            "title": entry.title,
            "summary": entry.summary,
            "start_date": entry.start_date,
            "end_date": entry.end_date,
            "company": entry.company,
            "industry": entry.industry,
            "current": entry.is_current,
        }
        for place, entry in enumerate(candidate.experience)
    ]


def _social(profile: r.SocialProfile) -> Json:
    return {
        "type": profile.type,
        "name": profile.name,
        "username": profile.username,
        "url": profile.url,
    }
