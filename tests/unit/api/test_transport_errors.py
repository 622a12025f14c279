from __future__ import annotations

import logging

import httpx
import pytest
from canned import BASE_URL, Script, client_for, ok

from workable_elt.api import WorkableError
from workable_elt.api.transport import MAPPING, translate

# Errors of using httpx wrongly, or of features that the client does not use (cookies, redirects
# and raise_for_status); none of them can come out of a request.
NOT_RAISED_BY_REQUESTS = {
    httpx.CookieConflict,
    httpx.HTTPStatusError,
    httpx.HTTPError,
    httpx.RequestNotRead,
    httpx.ResponseNotRead,
    httpx.StreamConsumed,
}


def httpx_errors() -> set[type[Exception]]:
    return {
        value
        for value in vars(httpx).values()
        if isinstance(value, type) and issubclass(value, Exception)
    }


def test_every_httpx_exception_is_mapped() -> None:
    assert httpx_errors() - NOT_RAISED_BY_REQUESTS == set(MAPPING)


@pytest.mark.parametrize("kind", sorted(MAPPING, key=lambda kind: kind.__name__))
def test_a_mapped_exception_arrives_as_ours(kind: type[Exception]) -> None:
    raised = kind.__new__(kind)
    Exception.__init__(raised, "boom at http://127.0.0.1/?email=jo@example.org")
    with pytest.raises(WorkableError) as caught:
        client_for(Script(raised)).get("/candidates")
    assert type(caught.value) is MAPPING[kind][0]
    assert "example.org" not in str(caught.value)
    assert caught.value.endpoint == "/candidates"


def test_the_systems_own_words_are_kept() -> None:
    try:
        try:
            raise ConnectionRefusedError(111, "Connection refused")
        except OSError as low:
            raise httpx.ConnectError("x") from low
    except httpx.ConnectError as exc:
        error = translate(exc, "acme", "/jobs")
    assert str(error) == (
        "account 'acme' GET /jobs: no connection to the host (httpx.ConnectError; Connection "
        "refused). Check the subdomain or base_url, the network, and any proxy or firewall."
    )


def test_httpx_does_not_log_urls(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client_for(Script(ok([]))).get("/departments", params={"email": "jo@example.org"})
    assert BASE_URL not in caplog.text
    assert "example.org" not in caplog.text
