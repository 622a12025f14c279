"""From the bytes of an answer to Python objects, losing nothing.

orjson is quick and strict. It refuses lone surrogates, NaN and a byte order mark, all of which
real JSON producers emit, and it turns integers past 64 bits silently into floats. Such bodies go
to the standard library's parser, which keeps them.
"""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

import orjson

# 2**63 has 19 digits: a shorter run of digits is always read exactly by orjson.
_LONG_INTEGER = re.compile(rb"\d{19}")


class UndecodableError(ValueError):
    """The bytes are not JSON; carries no part of them."""


def decode_json(body: bytes) -> Any:
    """Return the object that `body` describes, with integers of any size kept as integers.

    Bytes that are not UTF-8 become the replacement character: one damaged name must not cost the
    page.

    Raises:
        UndecodableError: the body is no JSON document.
    """
    if not _LONG_INTEGER.search(body):
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
