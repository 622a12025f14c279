"""What time it is: here, and at Workable."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from workable_elt.api import WorkableClient
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import estimated_server_time


def utc_now() -> datetime:
    """Give this machine's clock: UTC, naive, as the service tables have it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def server_time(client: WorkableClient) -> datetime:
    """Give the server's clock, UTC, naive, whole seconds; ours where it never told."""
    theirs = utc_now() + (client.server_clock_offset or timedelta())
    return theirs.replace(microsecond=0)


def time_at_first(client: WorkableClient, reader: Reader, account: str) -> datetime:
    """Give the server's clock before anything was read, when it may well not have told yet.

    What is due must not hang on a machine's clock that is wrong: a window of days would lie beside
    what it is to find.

    Args:
        client: Of the account.
        reader: The warehouse.
        account: Label of the account.
    """
    if client.server_clock_offset is not None:
        return server_time(client)
    return estimated_server_time(reader, account, utc_now())
