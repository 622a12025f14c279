"""What came of reading a resource."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from workable_elt.api.errors import WorkableError

Status = Literal["ok", "partial", "skipped", "failed", "off"]

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True)
class Problem:
    """Why a resource is not ``ok``, in words without personal data.

    Attributes:
        code: for machines, such as ``scope_missing``.
        message: what happened, with the endpoint's template.
        hint: what to do about it.
    """

    code: str
    message: str
    hint: str | None = None

    @classmethod
    def of(cls, error: WorkableError) -> Problem:
        """Describe an error of the HTTP layer."""
        where = f"GET {error.endpoint}: " if error.endpoint else ""
        code = _WORD_START.sub("_", type(error).__name__).lower()
        return cls(code, f"{where}{error.reason}", error.hint)


@dataclass(frozen=True, slots=True)
class ParentRead:
    """One parent that was asked for.

    Attributes:
        key: its id, shortcode or code.
        read_at: when, by the server's clock (UTC, naive).
        found: False when the API answered 404 twice; its rows stay as they are.
    """

    key: str
    read_at: datetime
    found: bool


@dataclass
class Outcome:
    """How far a resource was read.

    Attributes:
        status: ``partial`` while anything is left to read, then ``ok``; ``skipped`` when the
            token may not read it, ``failed`` on any other error, ``off`` when it was not asked
            for.
        rows: rows given out.
        requests: requests spent, retries and refused ones included.
        complete: whether it was read to its end: every row of the list (as filtered), or every
            parent.
        began_at: when the reading began, by the server's clock (UTC, naive); what a watermark may
            be made of.
        problem: why it is not ``ok``.
        seen_ids: for lists, the ids of all rows that came, unchanged and quarantined ones
            included: the parts of their keys without account, joined by ``:``.
        unchanged: list rows that were left out because the warehouse has them.
        quarantined: records that could not be read.
        parents_read: for details and children, which parents were asked for.
        notes: what a reader of the status should know, such as a narrower view than asked for.
        narrowed: whether the API gave less of the list than was asked for, so that what is not
            seen may well be there.
        people_asked: for a list that had to be read person by person, the employees of whom every
            row was shown; None for one that was not.
    """

    status: Status = "partial"
    rows: int = 0
    requests: int = 0
    complete: bool = False
    began_at: datetime | None = None
    problem: Problem | None = None
    seen_ids: set[str] = field(default_factory=set)
    unchanged: int = 0
    quarantined: int = 0
    parents_read: list[ParentRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    narrowed: bool = False
    people_asked: set[str] | None = None


@dataclass(frozen=True)
class QuarantinedRecord:
    """A record that could not be read.

    Attributes:
        resource: the raw table it belongs to.
        record_id: its key without account, parts joined by ``:``; else a hash of it.
        payload: the record, column policy applied; None when it is no object at all, or nested too
            deep to be written.
        reason: which field, what was expected and which type came; no values.
        seen_at: when it was read, by the server's clock (UTC, naive).
    """

    resource: str
    record_id: str
    payload: dict[str, Any] | None
    reason: str
    seen_at: datetime
