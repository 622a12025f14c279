from __future__ import annotations

import copy
import pickle
import traceback

import httpx
import pytest
from canned import TOKEN, Script, client_for, ok

from workable_elt.api import ConfigurationError, Secret, WorkableClient
from workable_elt.api.auth import resolve_base_url

ADDRESS = "jo@example.org"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, "https://acme.workable.com/spi/v3"),
        ("", "https://acme.workable.com/spi/v3"),
        ("https://acme.workable.com/spi/v3", "https://acme.workable.com/spi/v3"),
        ("https://acme.workable.com/spi/v3/", "https://acme.workable.com/spi/v3"),
        ("https://proxy.example", "https://proxy.example/spi/v3"),
        ("https://proxy.example/tenant/7/", "https://proxy.example/tenant/7/spi/v3"),
        ("https://proxy.example/x/spi/v3", "https://proxy.example/x/spi/v3"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/spi/v3"),
        ("http://127.1.2.3:8080/spi/v3", "http://127.1.2.3:8080/spi/v3"),
        ("http://localhost:8080", "http://localhost:8080/spi/v3"),
        ("http://[::1]:8080", "http://[::1]:8080/spi/v3"),
    ],
)
def test_base_url_ends_in_the_api_version(given: str | None, expected: str) -> None:
    assert resolve_base_url("acme", given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "http://acme.workable.com/spi/v3",
        "http://127.0.0.1.evil.example",
        "http://10.0.0.5:8080",
        "http://localhost.evil.example",
        "ftp://acme.workable.com",
        "acme.workable.com",
        "https://",
        "https://user:pw@acme.workable.com",
        "https://acme.workable.com/spi/v3?token=x",
        "https://acme.workable.com:port/spi/v3",
        "http://[::1/spi/v3",
    ],
)
def test_a_base_url_that_would_expose_the_token_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError):
        resolve_base_url("acme", given)


@pytest.mark.parametrize(
    "given",
    ["", "  ", "acme.workable.com", "https://acme.workable.com", "a/b", "-acme", "a@b", "ä"],
)
def test_a_subdomain_that_is_none_is_refused_with_the_right_form(given: str) -> None:
    with pytest.raises(ConfigurationError, match=r"acme for https://acme\.workable\.com"):
        WorkableClient(given, TOKEN)


def test_subdomains_are_compared_in_lower_case() -> None:
    assert WorkableClient(" Acme-2 ", TOKEN).base_url == "https://acme-2.workable.com/spi/v3"


@pytest.mark.parametrize("given", ["", " ", "Bearer abc", "abc\ndef", "abcé"])
def test_a_token_that_no_header_can_carry_is_refused_unseen(given: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        WorkableClient("acme", given)
    assert "abc" not in str(caught.value)


def test_the_token_travels_in_the_header_and_nowhere_else() -> None:
    script = Script(ok([]))
    with client_for(script, client_id="partner-7") as client:
        client.get("/departments")
    (request,) = script.requests
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["x-workable-client-id"] == "partner-7"
    assert TOKEN not in str(request.url)


def test_without_a_partner_id_that_header_is_absent() -> None:
    script = Script(ok([]))
    client_for(script).get("/departments")
    assert "x-workable-client-id" not in script.requests[0].headers


def test_a_secret_shows_its_value_only_when_asked() -> None:
    secret = Secret(TOKEN)
    assert secret.reveal() == TOKEN
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}", "%s" % secret):  # noqa: UP031
        assert TOKEN not in shown
    for leak in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(secret)


def test_a_failing_request_shows_no_token_in_its_traceback_or_objects() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"cannot send {request.headers['authorization']}", request=request)

    with pytest.raises(Exception, match="no connection") as caught:
        client_for(fail).get("/departments", params={"email": ADDRESS})
    error: BaseException | None = caught.value
    shown = "".join(traceback.format_exception(error))
    assert TOKEN not in shown
    assert ADDRESS not in shown
    assert error is not None
    assert error.__cause__ is None
    assert error.__context__ is None


def test_tls_certificates_are_verified() -> None:
    import ssl

    with WorkableClient("acme", TOKEN) as client:
        pool = client._http._transport._pool  # type: ignore[attr-defined]
        assert pool._ssl_context.verify_mode is ssl.CERT_REQUIRED
        assert pool._ssl_context.check_hostname
