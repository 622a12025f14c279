"""Everything that can go wrong when talking to Workable.

    WorkableError
    ├── ConfigurationError      base URL, subdomain, token or member id cannot be right; nothing was sent
    ├── Cancelled               the caller asked to stop while a request was waiting its turn
    ├── TransportError          no usable answer came back
    │   ├── Unreachable         no connection: name, port, TLS certificate, proxy
    │   ├── TimedOut            connected, and then too slow
    │   └── ConnectionBroken    the connection died before the answer was complete
    ├── ResponseError           an answer came back that is not what the API promises
    │   ├── TruncatedBody       the body ends early or cannot be unpacked
    │   ├── NotJson             HTML or other text where JSON belongs
    │   ├── UnexpectedShape     JSON, with neither the documented envelope nor its bare form
    │   ├── PagingStuck         a list that never ends: the next link does not advance
    │   └── ForeignLink         a link or redirect to a host that must never see the token
    └── StatusError             the API answered, and said no
        ├── AuthenticationFailed   401
        ├── ScopeMissing           403
        ├── NotFound               404
        ├── AccountNotFound        404 on everything: no such subdomain
        ├── RequestRejected        400, 422 and every other 4xx
        ├── RateLimited            429, and waiting did not help
        └── ServerFailed           5xx, and retrying did not help

Every message says what failed, for which account and endpoint, why, and what to do. No message,
attribute, cause or context holds a body, a token, an id or the value of a query parameter:
`endpoint` is the path template, such as ``/candidates/:id``.
"""

# ruff: noqa: N818 - the names say what happened; the base class says that it is an error.

from __future__ import annotations

from collections.abc import Iterable


class WorkableError(Exception):
    """Base of all errors of this package.

    Attributes:
        account: label of the account, or None before one is known.
        endpoint: path template of the request, such as ``/candidates/:id``; never a real path.
        status: HTTP status of the answer, or None when there was none.
        hint: what the reader can do about it.
        retryable: whether the same request may succeed a moment later.
        retry_after: seconds that the server asked to wait before that, if it did.
    """

    retryable = False
    retry_after: float | None = None

    def __init__(
        self,
        reason: str,
        *,
        account: str | None = None,
        endpoint: str | None = None,
        status: int | None = None,
        hint: str | None = None,
    ) -> None:
        self.reason = reason
        self.account = account
        self.endpoint = endpoint
        self.status = status
        self.hint = hint
        super().__init__(reason)

    def __str__(self) -> str:
        subject = " ".join(
            part
            for part in (
                f"account {self.account!r}" if self.account else "",
                f"GET {self.endpoint}" if self.endpoint else "",
            )
            if part
        )
        text = f"{subject}: {self.reason}" if subject else self.reason
        return f"{text} {self.hint}" if self.hint else text


class ConfigurationError(WorkableError):
    """A setting cannot be right; raised before anything is sent."""


class Cancelled(WorkableError):
    """The caller stopped the work, or allowed no more requests, before this one was sent."""


class TransportError(WorkableError):
    """No usable answer came back; worth another try."""

    retryable = True


class Unreachable(TransportError):
    """No connection could be made."""


class TimedOut(TransportError):
    """The server took longer than the time allowed."""


class ConnectionBroken(TransportError):
    """The connection ended before the answer was complete."""


class ResponseError(WorkableError):
    """The answer is not what the API promises."""


class TruncatedBody(ResponseError):
    """The body is shorter than announced, empty, or cannot be unpacked."""

    retryable = True


class NotJson(ResponseError):
    """The body is not JSON, as when a proxy answers with an HTML page."""

    retryable = True


class UnexpectedShape(ResponseError):
    """Valid JSON without the collection or object that the endpoint promises."""


class PagingStuck(ResponseError):
    """A list whose next link leads back to a page that was read already."""


class ForeignLink(ResponseError):
    """A link or redirect that would take the token to another host."""


class StatusError(WorkableError):
    """The API answered with an error status."""


class AuthenticationFailed(StatusError):
    """401: the token is wrong, revoked or expired."""


class ScopeMissing(StatusError):
    """403: the token is valid and lacks a scope, or its kind is not allowed here.

    Attributes:
        scope: the scope that the endpoint asks for, when the API notes name one.
    """

    def __init__(self, reason: str, *, scope: str | None = None, **where: str | int | None) -> None:
        super().__init__(reason, **where)  # type: ignore[arg-type]
        self.scope = scope


class NotFound(StatusError):
    """404: the record is gone, or this account does not have the endpoint."""


class AccountNotFound(StatusError):
    """404 on every endpoint: no account under this subdomain."""


class RequestRejected(StatusError):
    """A 4xx about the request itself.

    Attributes:
        fields: names of request parameters and of fields that the API complained about.
    """

    def __init__(
        self, reason: str, *, fields: Iterable[str] = (), **where: str | int | None
    ) -> None:
        super().__init__(reason, **where)  # type: ignore[arg-type]
        self.fields = tuple(fields)


class RateLimited(StatusError):
    """429 for longer than the client is willing to wait."""


class ServerFailed(StatusError):
    """5xx that did not go away."""

    retryable = True
