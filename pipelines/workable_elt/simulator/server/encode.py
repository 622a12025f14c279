"""From records to JSON bytes; rows that are asked for again and again are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import orjson

from workable_elt.simulator.records import Candidate, Employee

from .call import Call

T = TypeVar("T")


def plain(render: Callable[[T], Mapping[str, Any]]) -> Callable[[T], bytes]:
    """Give the encoder of records that are rendered anew each time."""
    return lambda record: orjson.dumps(render(record))


def candidate_rows(call: Call) -> Callable[[Candidate], bytes]:
    """Give the encoder of candidate rows, which keeps them until they, or what they name, change."""
    kept, render = call.world.rows(call.company, "candidates"), call.ats.candidate_row
    shared = call.company.shared_version

    def encode(candidate: Candidate) -> bytes:
        entry = kept.get(candidate.id)
        if entry is not None and entry[0] == candidate.version and entry[1] == shared:
            return entry[2]
        row = orjson.dumps(render(candidate))
        kept[candidate.id] = (candidate.version, shared, row)
        return row

    return encode


def employee_rows(
    call: Call, kind: str, render: Callable[[Employee], Mapping[str, Any]]
) -> Callable[[Employee], bytes]:
    """Give the encoder of employee rows, which keeps them until anything in HR changes.

    Args:
        call: The request.
        kind: Whose eyes the rows are for; rows of different eyes are kept apart.
        render: Gives the JSON values.
    """
    kept, version = call.world.rows(call.company, kind), call.company.hr_version

    def encode(employee: Employee) -> bytes:
        entry = kept.get(employee.id)
        if entry is not None and entry[0] == version:
            return entry[2]
        row = orjson.dumps(render(employee))
        kept[employee.id] = (version, 0, row)
        return row

    return encode
