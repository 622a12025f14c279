"""Who asks, and where: the token, the partner id and the base URL of an account."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit

import httpx

from workable_elt.api.errors import ConfigurationError

API_PATH = "/spi/v3"
WORKABLE_DOMAIN = "workable.com"

_SUBDOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_API_VERSION = re.compile(r"/spi/v\d+$")


class Secret:
    """A text that shows itself only on request.

    `repr`, `str`, formatting and pickling never give the value, so it cannot reach a log line or
    a traceback by accident.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself; call it only where the value is put on the wire."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('***')"

    def __str__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(("Secret", self._value))

    def __reduce__(self) -> Any:
        raise TypeError("a Secret is not pickled")


class TokenAuth(httpx.Auth):
    """Puts the token, and a partner's client id, into the headers at the last moment.

    The headers are set on the outgoing request only, so no object of ours carries them. A partner
    token must come with ``X-WORKABLE-CLIENT-ID`` (ats.md section 3).
    """

    def __init__(self, token: Secret, client_id: str | None = None) -> None:
        self._token = token
        self._client_id = client_id

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the headers; called by httpx for each request."""
        request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        if self._client_id:
            request.headers["X-WORKABLE-CLIENT-ID"] = self._client_id
        yield request


def check_subdomain(subdomain: str) -> str:
    """Return the subdomain in lower case.

    Raises:
        ConfigurationError: it is empty, a whole host name or URL, or has characters that a host
            name cannot have.
    """
    cleaned = subdomain.strip().lower()
    if not cleaned:
        raise ConfigurationError(
            "the subdomain is empty.",
            hint="Give the first part of your address: acme for https://acme.workable.com.",
        )
    if not _SUBDOMAIN.fullmatch(cleaned):
        raise ConfigurationError(
            f"{subdomain!r} is not a subdomain (letters, digits and hyphens only).",
            hint="Give the first part of your address: acme for https://acme.workable.com.",
        )
    return cleaned


def check_token(token: str | Secret) -> Secret:
    """Return the access token as a `Secret`, without blanks around it.

    Raises:
        ConfigurationError: it is empty, or has blanks or other characters inside that cannot be
            sent in a header. The message never shows it.
    """
    value = token.reveal() if isinstance(token, Secret) else token
    value = value.strip()
    if not value:
        raise ConfigurationError(
            "the access token is empty.",
            hint="Make one in Workable under Settings > Integrations > Apps.",
        )
    if not _is_header_text(value):
        raise ConfigurationError(
            "the access token holds blanks or characters that no token has.",
            hint="Give the token alone, without the word Bearer, quotes or line breaks.",
        )
    return Secret(value)


def check_header_value(name: str, value: str | None) -> str | None:
    """Return `value` when it can be sent in a header or a query as it is.

    Raises:
        ConfigurationError: it is empty or has blanks or control characters inside.
    """
    if value is None:
        return None
    cleaned = value.strip()
    if not cleaned or not _is_header_text(cleaned):
        raise ConfigurationError(
            f"{name} is empty or holds blanks.", hint=f"Leave {name} out, or give the id alone."
        )
    return cleaned


def resolve_base_url(subdomain: str, base_url: str | None = None) -> str:
    """Return the URL which every path of the API is appended to, without a slash at its end.

    Without `base_url` it is ``https://{subdomain}.workable.com/spi/v3``. A `base_url` may carry a
    path prefix and a slash at its end; ``/spi/v3`` is appended unless its path already ends in
    ``/spi/v<number>``.

    Raises:
        ConfigurationError: not an absolute http(s) URL, credentials, query or fragment in it, or
            plain http to a host that is not loopback: the token would travel unencrypted.
    """
    if base_url is None or not base_url.strip():
        return f"https://{subdomain}.{WORKABLE_DOMAIN}{API_PATH}"
    try:
        parts = urlsplit(base_url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise ConfigurationError(
            "base_url is not an absolute http or https URL.",
            hint="Expected something like https://acme.workable.com/spi/v3.",
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigurationError(
            "base_url must not carry a user, a password, a query or a fragment.",
            hint="The token goes into access_token, and from there into a header only.",
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigurationError(
            f"base_url uses plain http to {host!r}: the token would travel unencrypted.",
            hint="Use https; plain http is allowed to 127.0.0.1, ::1 and localhost only.",
        )
    netloc = f"[{host}]" if ":" in host else host
    if port is not None:
        netloc = f"{netloc}:{port}"
    path = parts.path.rstrip("/")
    if not _API_VERSION.search(path):
        path += API_PATH
    return f"{parts.scheme}://{netloc}{path}"


def is_loopback(host: str) -> bool:
    """Tell whether `host` (a name or an address, no port) is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_workable(host: str) -> bool:
    """Tell whether `host` is workable.com or a name under it."""
    return host == WORKABLE_DOMAIN or host.endswith(f".{WORKABLE_DOMAIN}")


def _is_header_text(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value
