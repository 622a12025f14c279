"""Text that every database takes: no NUL, no lone surrogates."""

from __future__ import annotations

import re
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSAFE = {0: REPLACEMENT, **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)}
# Half of a pair that belongs together is found, too: that costs time and changes nothing.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def needs_cleaning(body: bytes) -> bool:
    """Whether a JSON body can hold a NUL or a lone surrogate, which only come as escapes."""
    return _SUSPECT.search(body) is not None


def clean(value: Any) -> Any:
    """Replace what databases refuse, in every text and key of a decoded JSON value."""
    if isinstance(value, str):
        return value.translate(_UNSAFE)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value
