"""The kinds of value that Workable sends, as annotated types that a column can be derived from.

Each type tolerates every spelling that was seen for it (a number for a text, Unix seconds for an
ISO instant, ``"8.00"`` for a decimal) and refuses what can only be a mistake, so that a record
with an impossible value is quarantined whole instead of being bent into shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, InstanceOf, JsonValue, Strict, StringConstraints

ColumnType = Literal["text", "bool", "bigint", "decimal", "timestamp", "json"]

_INT64 = range(-(2**63), 2**63)
# Decimals land in decimal(38, 9) columns, which leaves 29 digits before the point.
_DECIMAL_LIMIT = Decimal(10) ** 29
_DECIMAL_STEP = Decimal(1).scaleb(-9)
_BASIC_INSTANT = re.compile(r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)$")
_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Kind:
    """Marks an annotated type with the column type that holds it."""

    column_type: ColumnType


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a boolean where a text was expected")
    return str(value) if isinstance(value, int | float) else value


def _identity(value: Any) -> Any:
    """An id stays text for ever: ``27270280`` is an id, not a quantity."""
    if isinstance(value, bool) or value is None:
        raise ValueError("an id must be a text")
    text = str(value) if isinstance(value, int) else value
    if not isinstance(text, str) or not text.strip():
        raise ValueError("an id must be a text that is not empty")
    return text


def _reference(value: Any) -> Any:
    return None if value is None or value == "" else _identity(value)


def _flag(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    lowered = str(value).strip().lower() if isinstance(value, str | int) else None
    if lowered in ("true", "1"):
        return True
    if lowered in ("false", "0"):
        return False
    raise ValueError("neither true nor false")


def _whole(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("not a whole number")
    if isinstance(value, float) and not value.is_integer():
        raise ValueError("a fraction where a whole number was expected")
    number = int(value)
    if number not in _INT64:
        raise ValueError("a whole number outside 64 bits")
    return number


def _decimal(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("not a number")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not number.is_finite() or abs(number) >= _DECIMAL_LIMIT:
        raise ValueError("a number outside decimal(38, 9)")
    return round(number, 9) if number.as_tuple().exponent < -9 else number  # type: ignore[operator]


def _instant(value: Any) -> Any:
    """ISO 8601 (extended or basic) or Unix seconds to naive UTC, as the warehouse stores it."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        # Nearly all are like this, and two are in every candidate: worth a short way.
        usual = value[-1] == "Z" and len(value) in (20, 24)
        return datetime.fromisoformat(value[:-1]) if usual else _unusual_instant(value)
    if isinstance(value, bool):
        raise ValueError("a boolean where an instant was expected")
    if isinstance(value, int | float):
        return _from_epoch(value)
    raise ValueError("not an instant")


def _unusual_instant(value: str) -> datetime:
    basic = _BASIC_INSTANT.match(value)
    text = "{}-{}-{}T{}:{}:{}{}".format(*basic.groups()) if basic else value.strip()
    # Python 3.10 reads no "Z" and only 3 or 6 digits of a second's fraction.
    text = re.sub(r"[zZ]$", "+00:00", text)
    text = re.sub(r"\.(\d{1,6})\d*", lambda m: "." + m.group(1).ljust(6, "0"), text)
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        return parsed
    try:
        return parsed.astimezone(timezone.utc).replace(tzinfo=None)
    except OverflowError:
        raise ValueError("an instant outside the calendar") from None


def _from_epoch(seconds: float) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        raise ValueError("an instant outside the calendar") from None


# Nearly every value comes as it should: pydantic's own code takes it, and only what it refuses goes
# to the functions above. Each type has its own order: the usual form first.
_IN_ORDER = Field(union_mode="left_to_right")
_AsSent = Annotated[str, Strict()]
_Named = Annotated[str, Strict(), StringConstraints(pattern=r"\S")]

Id = Annotated[_Named | Annotated[str, BeforeValidator(_identity)], _IN_ORDER, Kind("text")]
Reference = Annotated[
    _Named | Annotated[str | None, BeforeValidator(_reference)] | None, _IN_ORDER, Kind("text")
]
Text = Annotated[_AsSent | Annotated[str, BeforeValidator(_text)] | None, _IN_ORDER, Kind("text")]
Flag = Annotated[
    Annotated[bool, Strict()] | Annotated[bool | None, BeforeValidator(_flag)] | None,
    _IN_ORDER,
    Kind("bool"),
]
Whole = Annotated[int | None, BeforeValidator(_whole), Kind("bigint")]
Amount = Annotated[Decimal | None, BeforeValidator(_decimal), Kind("decimal")]
Instant = Annotated[datetime | None, BeforeValidator(_instant), Kind("timestamp")]
# A calendar date or a local wall clock: kept as it was sent, because it must never shift with a
# time zone; whoever reads it takes the first ten characters for the date.
LocalDate = Text
# Not `dict[str, Any]`, which would copy: what is inside is written as it is.
JsonObject = Annotated[InstanceOf[dict[str, Any]] | None, Kind("json")]
JsonList = Annotated[InstanceOf[list[Any]] | None, Kind("json")]
# A field whose shape differs between accounts (a choice id here, {display, value} there).
JsonAny = Annotated[Any, Kind("json")]


def column(
    description: str,
    *,
    personal: bool = False,
    expires: bool = False,
    alias: str | None = None,
    required: bool = False,
) -> Any:
    """Declare one field of a wire model.

    Args:
        description: What the field holds, for the warehouse's column comment.
        personal: Whether it says something about an identifiable person; such columns are blanked
            when the person is deleted or anonymised.
        expires: Whether it is a signed URL that changes at every reading; it is left out of
            comparisons.
        alias: The key on the wire, where it differs from the column's name.
        required: Whether a record without it has no identity.

    Returns:
        A pydantic field; absent keys read as ``None`` unless ``required``.
    """
    marks: dict[str, JsonValue] = {"personal": personal, "expires": expires}
    if required:
        return Field(description=description, alias=alias, json_schema_extra=marks)
    return Field(None, description=description, alias=alias, json_schema_extra=marks)
