"""From records to JSON bytes; rows that are asked for again and again are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import orjson

from workable_elt.simulator.records import Candidate, Employee
from workable_elt.simulator.state import Company

from .call import Call
from .world import World

T = TypeVar("T")


def plain(render: Callable[[T], Mapping[str, Any]]) -> Callable[[T], bytes]:
    """Give the encoder of records that are rendered anew each time."""
    return lambda record: orjson.dumps(render(record))


def candidate_rows(world: World, company: Company) -> Callable[[Candidate], bytes]:
    """Give the encoder of candidate rows, which keeps them until they, or what they name, change.

    Args:
        world: The server.
        company: The account whose candidates they are.
    """
    kept, render = world.rows(company, "candidates"), world.renderers(company)[0].candidate_row
    shared = company.shared_version

    def encode(candidate: Candidate) -> bytes:
        entry = kept.get(candidate.id)
        if entry is not None and entry[0] == candidate.version and entry[1] == shared:
            return entry[2]
        row = orjson.dumps(render(candidate))
        kept[candidate.id] = (candidate.version, shared, row)
        return row

    return encode


def warm_up(world: World) -> None:
    """Render every candidate's row beforehand, so that no first reading is slow."""
    for tenant in world.tenants.values():
        encode = candidate_rows(world, tenant.company)
        for candidate in tenant.company.candidate_order:
            encode(candidate)


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
