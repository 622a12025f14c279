"""Whose rows they are: the column of each raw table that names the person a row is about.

An employee who was a candidate, or is a member of Workable, is another record with ids of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workable_elt.settings import RESOURCES, Resource

Kind = Literal["candidates", "employees"]
People = Mapping[str, Sequence[str]]
"""Ids of people by the list they are in: ``candidates``, ``employees``."""

KINDS: tuple[Kind, ...] = ("candidates", "employees")

# Few enough for a statement, many enough that a thousand people are a few statements.
_IDS_AT_ONCE = 500


@dataclass(frozen=True)
class Subject:
    """Where a table names the person of a row.

    Attributes:
        kind: The list that has the person.
        expression: SQL that gives the id; in brackets, since DuckDB 1 lets an arrow bind weakly.
    """

    kind: Kind
    expression: str


# Beside the lists of people themselves and what is read person by person.
_NAMED_IN_ROW = {
    "events": Subject("candidates", "(candidate ->> 'id')"),
    "job_activities": Subject("candidates", "(candidate ->> 'id')"),
    "timeoff_requests": Subject("employees", "employee_id"),
    "time_entries": Subject("employees", "employee_id"),
}


def subject_of(resource: Resource) -> Subject | None:
    """Give where a table names the person of a row; None where its rows are about nobody."""
    for kind in KINDS:
        if resource.name == kind:
            return Subject(kind, "id")
        if resource.parent == kind:
            return Subject(kind, str(resource.parent_key))
    return _NAMED_IN_ROW.get(resource.name)


SUBJECTS: dict[str, Subject] = {
    name: subject for name, found in RESOURCES.items() if (subject := subject_of(found))
}


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ids, each once, in portions that fit into a statement."""
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), _IDS_AT_ONCE):
        yield unique[start : start + _IDS_AT_ONCE]


def places(values: Sequence[object]) -> str:
    """Give the list of places for parameters, such as ``%s, %s``."""
    return ", ".join(["%s"] * len(values))
