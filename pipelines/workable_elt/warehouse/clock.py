"""This machine's clock, in the form that the service tables have."""

from __future__ import annotations

from datetime import datetime, timezone


def utc_now() -> datetime:
    """Give this moment: UTC, naive."""
    return datetime.now(timezone.utc).replace(tzinfo=None)
