"""From the bytes of an answer to Python objects, losing nothing but what no database takes.

orjson is quick and strict. It refuses lone surrogates, NaN and a byte order mark, all of which
real JSON producers emit, and it turns integers past 64 bits silently into floats. Such bodies go
to the standard library's parser, which keeps them.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

import orjson

from workable_elt.api.text import clean, needs_cleaning

# 2**63 has 19 digits: a shorter run of digits is always read exactly by orjson. Looked for in a
# copy whose digits are all alike, which is thirteen times as quick as an expression is.
_LONG_INTEGER = b"0" * 19
_DIGITS_ALIKE = bytes(ord("0") if 48 <= byte <= 57 else ord(" ") for byte in range(256))


class UndecodableError(ValueError):
    """The bytes are not JSON; carries no part of them."""


def decode_json(body: bytes) -> Any:
    """Return the object that `body` describes, with integers of any size kept as integers.

    Bytes that are not UTF-8, NUL and lone surrogates become the replacement character: one damaged
    name must not cost the page, nor its load.

    Raises:
        UndecodableError: the body is no JSON document.
    """
    decoded = _decode(body)
    return clean(decoded) if needs_cleaning(body) else decoded


def _decode(body: bytes) -> Any:
    if _LONG_INTEGER not in body.translate(_DIGITS_ALIKE):
        with contextlib.suppress(orjson.JSONDecodeError):
            return orjson.loads(body)
    return _decode_leniently(body)


def _decode_leniently(body: bytes) -> Any:
    decoded, failed = None, False
    try:
        decoded = json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        failed = True
    if failed:  # raised out here, or the parser's error would carry the body along as its context
        raise UndecodableError("the body is not JSON")
    return decoded
