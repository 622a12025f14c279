"""Turns an error status into the error that says what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from workable_elt.api.decode import UndecodableError, decode_json
from workable_elt.api.endpoints import BY_PATH
from workable_elt.api.errors import (
    AuthenticationFailed,
    NotFound,
    RequestRejected,
    ScopeMissing,
    ServerFailed,
    StatusError,
)
from workable_elt.api.exchange import RawAnswer

_NEW_TOKEN = (
    "Make a new token in Workable under Settings > Integrations > Apps (every token expires, after "
    "two years at most) and set access_token."
)
_WORD = re.compile(r"[A-Za-z_]+")


def refusal(raw: RawAnswer, *, account: str, path: str, sent: Iterable[str]) -> StatusError:
    """Return the error for a 4xx or 5xx answer.

    Args:
        raw: the answer; nothing but field names is ever taken from its body.
        account: the account's label.
        path: path template of the request.
        sent: names of the query parameters that were sent.
    """
    error = _error_for(raw, {"account": account, "endpoint": path, "status": raw.status}, set(sent))
    error.retry_after = raw.steering.retry_after
    return error


def _error_for(raw: RawAnswer, where: dict[str, Any], sent: set[str]) -> StatusError:
    status = raw.status
    if status == 401:
        return AuthenticationFailed("the token was refused (401).", hint=_NEW_TOKEN, **where)
    if status == 403:
        return _scope_missing(where)
    if status == 404:
        return NotFound(
            "not found (404).",
            hint="The record is gone, or this account lacks the feature. When every request says "
            "so, the subdomain is wrong.",
            **where,
        )
    if status == 408 or status >= 500:
        return ServerFailed(
            f"the server failed ({status}).", hint="Try again later; nothing is lost.", **where
        )
    fields = _fields_named(raw.body, sent)
    about = f" It names: {', '.join(fields)}." if fields else ""
    return RequestRejected(
        f"the request was rejected ({status}).{about}",
        hint="See the endpoint's page in the Workable reference for the values it accepts.",
        fields=fields,
        **where,
    )


def _scope_missing(where: dict[str, Any]) -> ScopeMissing:
    endpoint = BY_PATH.get(where["endpoint"])
    scope = endpoint.scope if endpoint else None
    needs = f"it needs the scope {scope!r}" if scope else "a scope is missing"
    return ScopeMissing(
        f"not allowed with this token (403): {needs}.",
        scope=scope,
        hint="Make a token with that scope under Settings > Integrations > Apps; if it has the "
        "scope, its kind or its member may not read this.",
        **where,
    )


def _fields_named(body: bytes, sent: set[str]) -> list[str]:
    """Return the field names that an error body complains about.

    ``error`` is a string, an array of strings or empty (ats.md section 5), and may repeat a
    person's data. So only words which are names of parameters we sent are taken from it, and from
    ``validation_errors`` only the keys.
    """
    try:
        data = decode_json(body)
    except UndecodableError:
        return []
    if not isinstance(data, dict):
        return []
    texts = data.get("error")
    words = {
        word
        for text in (texts if isinstance(texts, list) else [texts])
        if isinstance(text, str)
        for word in _WORD.findall(text)
    }
    complaints = data.get("validation_errors")
    keys = set(complaints) if isinstance(complaints, dict) else set()
    return sorted((words & sent) | {key for key in keys if _WORD.fullmatch(key)})
