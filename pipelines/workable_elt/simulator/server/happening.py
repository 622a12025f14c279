"""Letting things happen in a served account, so that no answer was wrong when it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timezone

from workable_elt.simulator import changes
from workable_elt.simulator.changes.recorder import Change
from workable_elt.simulator.records import Candidate

from .call import millis
from .world import Tenant, World


def apply_changes(
    world: World,
    tenant: Tenant,
    *,
    n: int,
    seed: int,
    kinds: Iterable[str] = changes.WITHOUT_DELETES,
    advance: float = 3600,
    eligible: Callable[[Candidate], bool] | None = None,
) -> list[Change]:
    """Let random things happen in an account, after all that it has answered so far.

    The server's clock moves on, and the changes lie in the last seconds before where it then
    stands: none is dated before a listing that did not show it.

    Args:
        world: The server.
        tenant: The account.
        n: How many changes.
        seed: The same seed on the same company makes the same changes.
        kinds: Of change, names from `changes.ALL_KINDS`.
        advance: Seconds by which the clock moves on, at least one for each change.
        eligible: Says which candidates existing before may change; default all.

    Returns:
        Kind and record id of each change, in order.

    Raises:
        ValueError: A kind does not exist, or none fits the company any more.
    """
    tenant.log.now = max(tenant.log.now, millis(world.clock.now()))
    ends = tenant.log.now + round(max(advance, n) * 1000)
    made = changes.apply_random_changes(
        tenant.company, tenant.log, n, seed, kinds=kinds, now=ends, eligible=eligible
    )
    world.clock.set(datetime.fromtimestamp(ends / 1000, timezone.utc))
    return made
