"""JSON text, and hashes by which an unchanged record is recognised."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import orjson

# A server may send the keys of an object in any order; sorted, equal objects have equal texts.
_OPTIONS = orjson.OPT_SORT_KEYS


def to_json(value: Any) -> str:
    """Return a JSON value as text with sorted keys; integers of any size stay exact.

    Raises:
        RecursionError: it is nested deeper than some hundred levels.
    """
    try:
        return orjson.dumps(value, option=_OPTIONS).decode()
    except TypeError:  # an integer past 64 bits, or more than 254 levels
        return json.dumps(_finite(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(values: Sequence[Any]) -> tuple[str, int]:
    """Hash column values of one record.

    Args:
        values: texts, numbers, booleans, datetimes, decimals or None, always in the same order; a
            list or a tuple.

    Returns:
        The hash, and the number of bytes hashed: about the size of the record.
    """
    data = orjson.dumps(values, default=_plain)
    return hashlib.blake2b(data, digest_size=16).hexdigest(), len(data)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        # "8.00" and "8" are one amount.
        return format(value.normalize(), "f")
    raise TypeError(f"no column holds a {type(value).__name__}")


def _finite(value: Any) -> Any:
    """NaN and the infinities are not JSON, whatever some servers think."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return value
