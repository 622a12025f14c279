"""Takes rows and objects out of their envelopes, in whichever documented form they come.

The reference pages and the live answers disagree about envelopes in several places (ats.md
section 2, hris.md section 0.2), so every endpoint is read in both forms: wrapped and bare.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, urlsplit

from workable_elt.api.endpoints import Endpoint
from workable_elt.api.errors import UnexpectedShape

Row = dict[str, Any]

_TOTAL_KEYS = ("total_count", "totalCount")


def unwrap_rows(endpoint: Endpoint, data: Any) -> tuple[list[Row], list[Any]]:
    """Return the rows of a list answer, and the entries which are no objects at all.

    Accepts ``{"<key>": [...]}``, a bare array, and an envelope whose only array has another name.

    Raises:
        UnexpectedShape: there is no array where the rows belong.
    """
    found = _find_array(endpoint, data)
    if found is None:
        raise UnexpectedShape(
            f"expected a {endpoint.key!r} array or a bare array, got {_describe(data)}.",
            endpoint=endpoint.path,
        )
    rows = [entry for entry in found if isinstance(entry, dict)]
    strangers = [entry for entry in found if not isinstance(entry, dict)]
    return rows, strangers


def unwrap_object(endpoint: Endpoint, data: Any) -> Row:
    """Return the object of a detail answer.

    Accepts the bare object, ``{"<key>": {...}}``, and a plural envelope or bare array around
    exactly one object (requisitions are documented so).

    Raises:
        UnexpectedShape: there is no single object.
    """
    inner = data
    if isinstance(inner, dict) and "id" not in inner:
        for key in (endpoint.key, f"{endpoint.key}s"):
            if isinstance(inner.get(key), dict | list):
                inner = inner[key]
                break
    if isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    if not isinstance(inner, dict):
        raise UnexpectedShape(
            f"expected one {endpoint.key!r} object, got {_describe(data)}.", endpoint=endpoint.path
        )
    return inner


def total_of(data: Any) -> int | None:
    """Return the total that an offset list announces, under either spelling, or None."""
    if isinstance(data, dict):
        for key in _TOTAL_KEYS:
            value = data.get(key)
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                return value
    return None


def next_link_of(endpoint: Endpoint, data: Any) -> SplitResult | None:
    """Return ``paging.next`` split into its parts, or None on the last page.

    Raises:
        UnexpectedShape: the link is there and is no URL.
    """
    paging = data.get("paging") if isinstance(data, dict) else None
    link = paging.get("next") if isinstance(paging, dict) else None
    if link is None or link == "":
        return None
    try:
        parts = urlsplit(link) if isinstance(link, str) else None
        if parts is not None:
            _ = parts.hostname, parts.port
    except ValueError:
        parts = None
    if parts is None:
        raise UnexpectedShape("paging.next is not a URL.", endpoint=endpoint.path)
    return parts


def _find_array(endpoint: Endpoint, data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return None
    named = data.get(endpoint.key)
    if isinstance(named, list):
        return named
    arrays = [value for value in data.values() if isinstance(value, list)]
    return arrays[0] if len(arrays) == 1 and endpoint.key not in data else None


def _describe(data: Any) -> str:
    """Say what `data` is without showing any of its values."""
    if isinstance(data, dict):
        return f"an object with {len(data)} keys"
    if isinstance(data, list):
        return f"an array of {len(data)}"
    return "null" if data is None else f"a bare {type(data).__name__}"
