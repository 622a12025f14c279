"""Personal values of the people who are gone, as ground truth knows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.state import Company

_SHORTEST = 5
"""Shorter texts are found by chance inside ids and words."""


def candidate_values(candidate: r.Candidate, company: Company) -> set[str]:
    """What tells of a candidate: names, addresses, answers, letters, and what was written of them."""
    found: list[object] = [
        f"{candidate.firstname} {candidate.lastname}",
        candidate.email,
        candidate.phone,
        candidate.headline,
        candidate.address,
        candidate.cover_letter,
        candidate.summary,
        candidate.image_name,
        candidate.resume.filename if candidate.resume else None,
        *(profile.url for profile in candidate.social_profiles),
        *(profile.username for profile in candidate.social_profiles),
        *(entry.school for entry in candidate.education),
        *(entry.company for entry in candidate.experience),
        *(entry.summary for entry in candidate.experience),
        *(answer.value for answer in candidate.answers),
        *candidate.custom_values.values(),
        *(activity.body for activity in company.activities_by_candidate.get(candidate.id, ())),
    ]
    return {value for value in found if isinstance(value, str) and len(value) >= _SHORTEST}


def employee_values(employee: r.Employee) -> set[str]:
    """What tells of an employee: names, addresses, numbers."""
    found: list[object] = [
        f"{employee.firstname} {employee.lastname}",
        employee.work_email,
        employee.personal_email,
        employee.phone,
        employee.avatar_name,
    ]
    return {value for value in found if isinstance(value, str) and len(value) >= _SHORTEST}


class Memory:
    """Remembers what was known of each person, since a deletion takes it away.

    Args:
        company: The state that is served.
    """

    def __init__(self, company: Company) -> None:
        self._company = company
        self._known: dict[str, set[str]] = {}
        self._employed: dict[str, set[str]] = {}

    def note(self) -> None:
        """Remember everybody as they are now; called before anything may vanish."""
        for candidate in self._company.candidate_order:
            if not _is_gone(candidate):
                values = candidate_values(candidate, self._company)
                self._known.setdefault(candidate.id, set()).update(values)
        for employee in self._company.employees.values():
            self._employed.setdefault(employee.id, set()).update(employee_values(employee))

    def forbidden(self, truth: dict[str, Any]) -> set[str]:
        """Give the values of people who are gone that the account no longer shows anywhere."""
        shown = json.dumps(truth, ensure_ascii=False)
        employed = self._company.employees
        # First and last name stand in two columns, and a table's text has them side by side.
        known_still = {v for one in employed.values() for v in employee_values(one)}
        gone = (c.id for c in self._company.candidate_order if _is_gone(c))
        values = {value for person in gone for value in self._known.get(person, ())}
        for person, known in self._employed.items():
            if person not in employed:
                values |= known
        return {
            value
            for value in values - known_still
            if json.dumps(value, ensure_ascii=False)[1:-1] not in shown
        }


def _is_gone(candidate: r.Candidate) -> bool:
    is_erased = candidate.deleted_at is not None or candidate.is_anonymized
    return is_erased or candidate.relocated_to is not None


def leaks(values: Iterable[str], places: Iterable[tuple[str, str]]) -> list[str]:
    """Say where forbidden values are found.

    Args:
        values: The values.
        places: Names of places with their whole text.
    """
    wanted = sorted(values)
    return [f"{value!r} in {name}" for name, text in places for value in wanted if value in text]


def texts_of_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every file below a folder but the database itself, as text."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith((".duckdb", ".duckdb.wal")):
            yield str(path.relative_to(folder)), path.read_bytes().decode("utf-8", "replace")
