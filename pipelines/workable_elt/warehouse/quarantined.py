"""``quarantine``: which records could not be read, and why. Payloads stay in the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workable_elt.config import Config, check_resources
from workable_elt.warehouse.failures import warehouse_failure
from workable_elt.warehouse.pipeline import open_reader
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import COMMITTED


@dataclass(frozen=True)
class QuarantinedState:
    """One record that could not be read.

    Attributes:
        resource: The raw table.
        record_id: Its key without the account, parts joined by ``:``; else a hash of it.
        reason: Which field, what was expected and what came; no values.
        first_seen_at: When it was first seen, UTC, naive.
        last_seen_at: When it was last seen.
        resolved_at: When a later reading was good; None while it is bad.
    """

    resource: str
    record_id: str
    reason: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    resolved_at: datetime | None

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "resource": self.resource,
            "record_id": self.record_id,
            "reason": self.reason,
            "first_seen_at": _iso(self.first_seen_at),
            "last_seen_at": _iso(self.last_seen_at),
            "resolved_at": _iso(self.resolved_at),
        }


def quarantined(
    config: Config,
    *,
    accounts: Sequence[str] = (),
    resources: Sequence[str] = (),
    include_resolved: bool = False,
) -> dict[str, list[QuarantinedState]]:
    """List the quarantine.

    Args:
        config: Accounts and warehouse; Workable is asked nothing.
        accounts: Labels; default all.
        resources: Raw tables; default all.
        include_resolved: Also records that were read well since.

    Returns:
        By account, the records in the order of their table and of their first sight.

    Raises:
        UserError: Wrong names, nothing was loaded, or the warehouse fails.
    """
    wanted = set(check_resources(resources))
    chosen = config.select(accounts)
    with open_reader(config) as reader:
        try:
            found = {one.account: _records(reader, one.account, include_resolved) for one in chosen}
        except Exception as error:
            raise warehouse_failure(error, file=config.duckdb_file) from error
    return {
        label: [record for record in records if not wanted or record.resource in wanted]
        for label, records in found.items()
    }


def _records(reader: Reader, account: str, include_resolved: bool) -> list[QuarantinedState]:
    only = "" if include_resolved else "and resolved_at is null "
    rows = reader.rows(
        "select resource, record_id, reason, first_seen_at, last_seen_at, resolved_at "
        f"from _quarantine where account = %s {only}and _dlt_load_id in ({COMMITTED}) "
        "order by resource, first_seen_at, record_id",
        account,
    )
    return [QuarantinedState(*row) for row in rows]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat() + "Z"
