"""Small rules that several tables share."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
EPOCH = datetime(1970, 1, 1)


def instant(milliseconds: int | None) -> datetime | None:
    """Naive UTC from the records' epoch milliseconds."""
    return None if milliseconds is None else EPOCH + timedelta(milliseconds=milliseconds)


def whole_second(milliseconds: int | None) -> datetime | None:
    """The same, cut to the second as candidates and jobs are sent."""
    return None if milliseconds is None else instant(milliseconds // 1000 * 1000)


def ratio(part: Decimal | int, whole: Decimal | int) -> float | None:
    """A ratio, null of nothing."""
    return float(part) / float(whole) if whole else None


def email_key(email: str | None) -> str | None:
    """How two e-mail addresses are compared."""
    text = (email or "").strip().lower()
    return text or None


def phone_key(phone: str | None) -> str | None:
    """How two phone numbers are compared: by their digits."""
    digits = re.sub(r"[^0-9]", "", phone or "")
    return digits or None


def name_key(name: str | None) -> str | None:
    """How two names are compared: trimmed, lower case, single blanks."""
    text = " ".join((name or "").split()).lower()
    return text or None


def number(value: float | Decimal | str | None) -> float | None:
    """A number in a form that compares over databases."""
    return None if value is None else float(value)
