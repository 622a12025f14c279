"""Query parameters in all the forms that Workable's documentation shows."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from urllib.parse import parse_qsl

from .errors import invalid

_BASIC = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?Z?$")
_UNIX = re.compile(r"^\d{9,11}(\.\d+)?$")


def parse_time(text: str) -> datetime:
    """Read a moment given as Unix seconds, or as extended or basic ISO 8601 (ats.md, 1).

    Args:
        text: For example ``1436356576``, ``2015-07-08T11:56:16Z`` or ``20150708T115616Z``; a date
            alone is its midnight, and what names no zone is UTC.

    Returns:
        The moment, in UTC.

    Raises:
        ValueError: It is none of these.
    """
    text = text.strip()
    if _UNIX.match(text):
        return datetime.fromtimestamp(float(text), timezone.utc)
    if basic := _BASIC.match(text):
        return datetime(*(int(part or 0) for part in basic.groups()), tzinfo=timezone.utc)  # type: ignore[misc,arg-type]
    # A "+" of an offset that the client did not escape arrives as a blank.
    moment = datetime.fromisoformat(text.replace("Z", "+00:00").replace(" ", "+"))
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def parse_hex(text: str) -> int:
    """Read an object's id as the number that it is in base 16.

    Raises:
        ValueError: It is not a hexadecimal number.
    """
    return int(text, 16)


class Params:
    """The query of one request.

    Args:
        query: The raw query string.
    """

    def __init__(self, query: str) -> None:
        self.pairs = parse_qsl(query, keep_blank_values=True)
        self._values: dict[str, list[str]] = {}
        for name, value in self.pairs:
            self._values.setdefault(name, []).append(value)

    def one(self, name: str) -> str | None:
        """Give the last value of ``name``, or None where it is absent or empty."""
        values = self._values.get(name)
        return (values[-1] or None) if values else None

    def many(self, name: str, form: str = "both") -> list[str] | None:
        """Give all values of a list parameter, or None where it is absent.

        Args:
            name: Of the parameter, without brackets.
            form: Which forms are honoured: ``repeat`` (``a=1&a=2``), ``brackets``
                (``a[]=1&a[]=2``) or ``both``; the other one is ignored, as unknown names are.
        """
        values: list[str] = []
        if form in {"both", "repeat"}:
            values += self._values.get(name, [])
        if form in {"both", "brackets"}:
            values += self._values.get(f"{name}[]", [])
        return [value for value in values if value] or None

    def joined(self, name: str) -> list[str] | None:
        """Give the values of a comma list (``a=1,2``), or None where it is absent."""
        text = self.one(name)
        if text is None:
            return None
        return [part.strip() for part in text.split(",") if part.strip()]

    def flag(self, name: str) -> bool:
        """Say whether a boolean parameter is given and true."""
        return (self.one(name) or "").lower() in {"true", "1", "yes"}

    def number(self, name: str) -> int | None:
        """Give a whole number, or None where it is absent.

        Raises:
            ApiError: 422, it is no whole number.
        """
        text = self.one(name)
        if text is None:
            return None
        try:
            return int(text)
        except ValueError:
            raise invalid(f"{name} is not a number") from None

    def hex_id(self, name: str) -> int | None:
        """Give an id as a number, or None where it is absent.

        Raises:
            ApiError: 422, it is no hexadecimal id.
        """
        text = self.one(name)
        if text is None:
            return None
        try:
            return parse_hex(text)
        except ValueError:
            raise invalid(f"{name} is not an id") from None

    def time(self, name: str) -> datetime | None:
        """Give a moment in UTC, or None where it is absent.

        Raises:
            ApiError: 422, it is no moment.
        """
        text = self.one(name)
        if text is None:
            return None
        try:
            return parse_time(text)
        except ValueError:
            raise invalid(f"{name} is not a time") from None
