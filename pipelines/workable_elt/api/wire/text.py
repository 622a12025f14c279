"""Text that every database takes: no NUL, no lone surrogates."""

from __future__ import annotations

from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSAFE = {0: REPLACEMENT, **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)}


def needs_cleaning(body: bytes) -> bool:
    """Whether a JSON body can hold a NUL or a surrogate, which only come as escapes."""
    return b"\\u0000" in body or b"\\ud" in body or b"\\uD" in body


def clean(value: Any) -> Any:
    """Replace what databases refuse, in every text and key of a decoded JSON value."""
    if isinstance(value, str):
        return value.translate(_UNSAFE)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value
