"""Forms of instants, dates and links that several objects share."""

from __future__ import annotations

from datetime import date, datetime, timezone
from urllib.parse import quote

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MS_PER_DAY = 86_400_000


def iso_seconds(instant: int) -> str:
    """An instant (epoch milliseconds) as ISO 8601 in whole seconds, UTC."""
    return datetime.fromtimestamp(instant // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_milliseconds(instant: int) -> str:
    """An instant (epoch milliseconds) as ISO 8601 with milliseconds, UTC."""
    seconds, rest = divmod(instant, 1000)
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def iso_midnight(instant: int) -> str:
    """The UTC day of an instant, as its midnight."""
    day = date.fromordinal(_EPOCH_DAY + instant // _MS_PER_DAY)
    return f"{day.isoformat()}T00:00:00Z"


def iso_day(day: date) -> str:
    """A calendar date the way HR objects send it: UTC midnight with milliseconds."""
    return f"{day.isoformat()}T00:00:00.000Z"


def iso_local(moment: datetime) -> str:
    """A wall-clock time without zone, as time-off requests send it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000"


def signed_url(path: str, version: int, lifetime: int = 604_800) -> str:
    """An expiring link to a file.

    Args:
        path: Of the file.
        version: Of what the signature hangs on: the company for links in a column of their own, so
            that they differ from one state to the next; the record for links inside a larger value.
        lifetime: Seconds.
    """
    return (
        f"https://workable-files.example/{quote(path)}"
        f"?X-Amz-Expires={lifetime}&X-Amz-Signature={version * 2_654_435_761 % 2**64:016x}"
    )
