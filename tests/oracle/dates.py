"""Instants as epoch milliseconds, and the dates that they have in the reporting time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

HOUR = 3_600_000
DAY = 24 * HOUR


class LocalDates:
    """What a zone makes of instants.

    Attributes:
        now: The moment that the build called now, in epoch milliseconds.
        zone: The reporting time zone.
    """

    now: int
    zone: ZoneInfo

    def local(self, at: int) -> date:
        """The local date of an instant."""
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def month(self, at: int) -> date:
        """The first day of its local month."""
        return self.local(at).replace(day=1)


def milliseconds(moment: datetime) -> int:
    """Epoch milliseconds of naive UTC."""
    return round(moment.replace(tzinfo=timezone.utc).timestamp() * 1000)


def each_date(first: date, last: date) -> Iterator[date]:
    """Every date, both ends in it."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
