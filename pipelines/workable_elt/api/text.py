"""Text that every database takes: no NUL, no lone surrogates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSAFE = {0: REPLACEMENT, **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)}
# Half of a pair that belongs together is found, too: that costs time and changes nothing.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def needs_cleaning(body: bytes) -> bool:
    """Whether a JSON body can hold a NUL or a lone surrogate, which only come as escapes."""
    return _SUSPECT.search(body) is not None


def clean(value: Any) -> Any:
    """Replace what databases refuse, in every text and key of a decoded JSON value.

    Args:
        value: what it holds is changed in place, however deep it is nested.
    """
    outer = [value]
    waiting: list[Any] = [outer]
    while waiting:
        inside = waiting.pop()
        if isinstance(inside, dict):
            entries = [(key.translate(_UNSAFE), _text(item)) for key, item in inside.items()]
            inside.clear()
            inside.update(entries)
            items: Iterable[Any] = inside.values()
        else:
            inside[:] = [_text(item) for item in inside]
            items = inside
        waiting.extend(item for item in items if isinstance(item, dict | list))
    return outer[0]


def _text(value: Any) -> Any:
    return value.translate(_UNSAFE) if isinstance(value, str) else value
