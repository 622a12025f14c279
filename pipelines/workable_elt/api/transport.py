"""Maps what httpx raises to errors of ours, and keeps httpx quiet.

An httpx exception carries the request, and the request carries the Authorization header. So ours
are never raised `from` them nor while they are being handled: nothing of them is reachable from a
traceback, only the class name and the operating system's own words.
"""

from __future__ import annotations

import errno
import logging
import ssl

import httpx

from workable_elt.api.errors import (
    ConfigurationError,
    ConnectionBroken,
    TimedOut,
    TruncatedBody,
    Unreachable,
    WorkableError,
)

MAPPING: dict[type[Exception], tuple[type[WorkableError], str]] = {
    httpx.ConnectTimeout: (Unreachable, "the host did not accept a connection in time"),
    httpx.PoolTimeout: (TimedOut, "no free connection in time"),
    httpx.ReadTimeout: (TimedOut, "the server stopped sending"),
    httpx.WriteTimeout: (TimedOut, "the server did not take the request in time"),
    httpx.TimeoutException: (TimedOut, "the server took too long"),
    httpx.ProxyError: (Unreachable, "the proxy refused the connection"),
    httpx.ConnectError: (Unreachable, "no connection to the host"),
    httpx.ReadError: (ConnectionBroken, "the connection broke while reading"),
    httpx.WriteError: (ConnectionBroken, "the connection broke while sending"),
    httpx.CloseError: (ConnectionBroken, "the connection broke while closing"),
    httpx.NetworkError: (ConnectionBroken, "the connection broke"),
    httpx.RemoteProtocolError: (ConnectionBroken, "the server broke off or does not speak HTTP"),
    httpx.LocalProtocolError: (ConfigurationError, "the request cannot be put into HTTP"),
    httpx.ProtocolError: (ConnectionBroken, "the HTTP conversation went wrong"),
    httpx.UnsupportedProtocol: (ConfigurationError, "the URL's protocol is not http or https"),
    httpx.DecodingError: (TruncatedBody, "the compressed body cannot be unpacked"),
    httpx.TooManyRedirects: (Unreachable, "the server redirects in circles"),
    httpx.TransportError: (ConnectionBroken, "the request did not get through"),
    httpx.InvalidURL: (ConfigurationError, "the URL cannot be used"),
    httpx.StreamError: (ConnectionBroken, "the body could not be read"),
    httpx.StreamClosed: (ConnectionBroken, "the body could not be read to its end"),
    httpx.RequestError: (ConnectionBroken, "the request failed"),
}
"""Which error of ours stands for which of httpx. Looked up along the exception's class order, so
a subclass that httpx adds later falls to its parent's entry."""

_HINTS: dict[type[WorkableError], str] = {
    Unreachable: "Check the subdomain or base_url, the network, and any proxy or firewall.",
    TimedOut: "Try again later; raise the timeouts if it stays so.",
    ConfigurationError: "Check base_url, access_token and client_id.",
}


def translate(exc: Exception, account: str, endpoint: str) -> WorkableError:
    """Return the error that stands for an httpx exception, holding nothing of it.

    Args:
        exc: what httpx raised; its class must be below one in `MAPPING`.
        account: the account's label.
        endpoint: path template of the request.

    Returns:
        An error to be raised outside the `except` block that caught `exc`.
    """
    kind, reason = next(MAPPING[cls] for cls in type(exc).__mro__ if cls in MAPPING)
    detail = "; ".join(filter(None, (f"httpx.{type(exc).__name__}", _system_words(exc))))
    return kind(f"{reason} ({detail}).", account=account, endpoint=endpoint, hint=_HINTS.get(kind))


def silence_httpx() -> None:
    """Stop httpx and httpcore from logging below warning level.

    httpx logs every URL at INFO, query included, and ids in it are personal data; httpcore logs
    headers at DEBUG.
    """
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def _system_words(exc: BaseException | None) -> str:
    """Return what the operating system or the TLS library said, from fixed texts only."""
    seen: set[int] = set()
    while exc is not None and id(exc) not in seen:
        seen.add(id(exc))
        if isinstance(exc, ssl.SSLCertVerificationError):
            return f"TLS: {exc.verify_message}"
        if isinstance(exc, ssl.SSLError):
            return f"TLS: {exc.reason}"
        if isinstance(exc, OSError) and exc.errno is not None:
            return exc.strerror or errno.errorcode.get(exc.errno, "")
        exc = exc.__cause__ or exc.__context__
    return ""
