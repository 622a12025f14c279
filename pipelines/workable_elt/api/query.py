"""Builds paths and query strings: a new one for every request, from values of Python's types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from enum import Enum
from typing import Any
from urllib.parse import quote

from workable_elt.api.endpoints import Endpoint
from workable_elt.api.links import QueryParams


class ArrayForm(Enum):
    """How a list goes into a query; the API pages leave it open (hris.md, open questions).

    A form that the server does not know is ignored without a word, and the list then filtered
    wrongly. So the default says it in both forms at once, and the others are for a server that
    rejects that.
    """

    BOTH = "both"  # states[]=pending&states[]=approved&states=pending&states=approved
    BRACKETS = "brackets"  # states[]=pending&states[]=approved; recorded for time entries
    REPEAT = "repeat"  # states=pending&states=approved
    COMMA = "comma"  # states=pending,approved


# Documented as one comma-separated value (ats.md section 2).
_COMMA_PARAMS = frozenset({"include_fields", "actions"})


def fill_path(template: str, values: Mapping[str, str]) -> str:
    """Return the path with each ``:name`` replaced by its percent-encoded value.

    A requisition code may hold slashes and blanks; neither may change which resource is meant.

    Raises:
        ValueError: a value is missing or empty, or one is left over. The message names the
            parameter, never its value.
    """
    unused = set(values)
    parts = []
    for part in template.split("/"):
        if part.startswith(":"):
            name = part[1:]
            if not values.get(name):
                raise ValueError(f"{template} needs a value for {name!r}")
            unused.discard(name)
            part = _quote(values[name])
        parts.append(part)
    if unused:
        raise ValueError(f"{template} takes no {sorted(unused)!r} in its path")
    return "/".join(parts)


def split_params(
    endpoint: Endpoint, given: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Divide the arguments of a read into path parameters and query parameters.

    Raises:
        ValueError: a name that the endpoint does not take.
    """
    in_path = {name: str(given[name]) for name in endpoint.path_params if name in given}
    in_query = {
        name: value
        for name, value in given.items()
        if name not in endpoint.path_params and value is not None
    }
    unknown = sorted(set(in_query) - endpoint.params)
    if unknown:
        raise ValueError(
            f"{endpoint.name} takes no {unknown!r}; it takes {sorted(endpoint.params)!r}"
        )
    return in_path, in_query


def encode_params(params: Mapping[str, Any], array_form: ArrayForm = ArrayForm.BOTH) -> QueryParams:
    """Return the query parameters as text, None left out, lists in the given form."""
    encoded: list[tuple[str, str]] = []
    for name, value in params.items():
        if isinstance(value, str) or not isinstance(value, Iterable):
            if value is not None:
                encoded.append((name, _text(value)))
            continue
        texts = [_text(item) for item in value]
        if array_form is ArrayForm.COMMA or name in _COMMA_PARAMS:
            encoded.append((name, ",".join(texts)))
        else:
            if array_form is not ArrayForm.REPEAT:
                encoded.extend((f"{name}[]", text) for text in texts)
            if array_form is not ArrayForm.BRACKETS:
                encoded.extend((name, text) for text in texts)
    return tuple(encoded)


def has_arrays(params: Mapping[str, Any]) -> bool:
    """Tell whether `encode_params` would use the array form for any value."""
    return any(
        isinstance(value, Iterable)
        and not isinstance(value, str)
        and value != ()
        and name not in _COMMA_PARAMS
        for name, value in params.items()
    )


def _quote(value: str) -> str:
    if value in {".", ".."}:  # dot segments would be taken for "here" and "one up"
        return value.replace(".", "%2E")
    return quote(value, safe="")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
