"""Instants and days, and when people do things."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta, timezone

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_EPOCH = date(1970, 1, 1)

# Relative number of applications and requests to hire by month, January first.
SEASON = (1.3, 1.15, 1.1, 1.0, 1.0, 0.85, 0.75, 0.6, 1.15, 1.1, 0.95, 0.5)


def instant(day: date, hour: int = 0, minute: int = 0) -> int:
    """A moment of a day, UTC, as epoch milliseconds."""
    return (day - _EPOCH).days * DAY + hour * HOUR + minute * MINUTE


def day_of(at: int) -> date:
    """The UTC day of an instant."""
    return _EPOCH + timedelta(days=at // DAY)


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A wall-clock time without zone."""
    return datetime.combine(day, time(hour, minute))


def parse_now(text: str) -> int:
    """An ISO 8601 instant, UTC where it has no zone, as epoch milliseconds."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return int(moment.timestamp() * 1000)


def in_office_hours(rng: random.Random, at: int) -> int:
    """Move an instant to an office hour of the same or the next working day, never backwards."""
    day, rest = divmod(at, DAY)
    weekday = (day + 3) % 7
    if weekday >= 5:
        day, rest = day + 7 - weekday, 0
    if rest < 7 * HOUR:
        rest = 7 * HOUR + int(rng.random() * 3 * HOUR)
    elif rest > 18 * HOUR:
        day += 3 if weekday == 4 else 1
        rest = 7 * HOUR + int(rng.random() * 3 * HOUR)
    return max(at, day * DAY + rest)


def add_working_days(day: date, days: int) -> date:
    """The working day (Monday to Friday) that many after a day."""
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day
