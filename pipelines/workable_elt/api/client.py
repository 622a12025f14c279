"""The client: everything that can be read from one Workable account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, TypeVar

import httpx

from workable_elt.api.answer import Answer, RequestRecord, Stats
from workable_elt.api.auth import (
    Secret,
    TokenAuth,
    check_header_value,
    check_subdomain,
    check_token,
    is_loopback,
    resolve_base_url,
)
from workable_elt.api.cancellation import Allowance
from workable_elt.api.concurrency import ordered_map
from workable_elt.api.cursor_paging import read_cursor_list
from workable_elt.api.endpoints import ENDPOINTS, TIMEOFF_STATES, Endpoint, Paging
from workable_elt.api.envelope import Row, unwrap_object
from workable_elt.api.errors import WorkableError
from workable_elt.api.exchange import Exchange, Target
from workable_elt.api.listing import AcceptedForms, Listing
from workable_elt.api.offset_paging import read_offset_list
from workable_elt.api.probe import Probe, acting_member, probe_account
from workable_elt.api.query import encode_params, fill_path, split_params
from workable_elt.api.retry import RetryPolicy
from workable_elt.api.session import Session
from workable_elt.api.throttle import RateLimiter, shared_limiter
from workable_elt.api.timeouts import Timeouts
from workable_elt.api.transport import silence_httpx

T = TypeVar("T")
R = TypeVar("R")

_MOST_CONNECTIONS = 64


class WorkableClient:
    """Reads one account. Safe to use from several threads; use it as a context manager.

    Args:
        subdomain: the account, as in https://SUBDOMAIN.workable.com.
        access_token: account, user or partner token; sent in a header and nowhere else.
        base_url: default https://{subdomain}.workable.com/spi/v3; ``/spi/v3`` is appended when
            its path does not end in an API version. Plain http only to a loopback address.
        client_id: a partner's id, for partner tokens.
        account: label for messages; default the subdomain.
        member_id: on whose behalf HR data is read, sent with every HR read.
        retry: bounds on patience.
        timeouts: bounds on every part of a request.
        limiter: the request budget; default the one that this process keeps for the token.
        on_request: called with a `RequestRecord` after every request, in the thread that sent it.
        allowance: how many requests may be sent at all; may be shared with other clients.
        transport: replaces the network, for tests.

    Raises:
        ConfigurationError: an argument cannot be right; nothing was sent.
    """

    def __init__(
        self,
        subdomain: str,
        access_token: str | Secret,
        *,
        base_url: str | None = None,
        client_id: str | None = None,
        account: str | None = None,
        member_id: str | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
        limiter: RateLimiter | None = None,
        on_request: Callable[[RequestRecord], object] | None = None,
        allowance: Allowance | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        silence_httpx()
        self.subdomain = check_subdomain(subdomain)
        token = check_token(access_token)
        url = resolve_base_url(self.subdomain, base_url)
        timeouts = timeouts or Timeouts()
        limiter = limiter or shared_limiter(url, token)
        self._member_id = check_header_value("member_id", member_id)
        self._http = _open_pool(
            url, TokenAuth(token, check_header_value("client_id", client_id)), timeouts, transport
        )
        exchange = Exchange(
            self._http,
            base_url=url,
            account=account or self.subdomain,
            limiter=limiter,
            total_timeout=timeouts.total,
            on_request=on_request,
            allowance=allowance,
        )
        self._session = Session(exchange, limiter=limiter, retry=retry or RetryPolicy())
        self._forms = AcceptedForms()

    def __enter__(self) -> WorkableClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; the client is of no use afterwards."""
        self._http.close()

    def drop_requests(self) -> None:
        """Break off the requests under way, from any thread: their answers are not wanted any more.

        Where the work is stopped (see `stopped_by`) they end with `Cancelled`, else as broken
        connections do.
        """
        self._session.exchange.drop_requests()

    def acting_as(self, member_id: str | None) -> WorkableClient:
        """Return a client that reads HR data for another member.

        It shares connections, budget and totals with this one, which stays as it is; closing
        either closes both.
        """
        other = object.__new__(WorkableClient)
        other.subdomain, other._http, other._session = self.subdomain, self._http, self._session
        other._forms = self._forms
        other._member_id = check_header_value("member_id", member_id)
        return other

    # what is known

    @property
    def account(self) -> str:
        """The account's label."""
        return self._session.account

    @property
    def base_url(self) -> str:
        """The URL that every path is appended to."""
        return self._session.base_url

    @property
    def member_id(self) -> str | None:
        """On whose behalf HR data is read."""
        return self._member_id

    @property
    def stats(self) -> Stats:
        """Totals over everything sent so far."""
        return self._session.exchange.stats

    @property
    def rate_limit(self) -> int | None:
        """Requests per 10 seconds as the server last said, or None when it never did."""
        return self._session.limiter.limit

    @property
    def server_clock_offset(self) -> timedelta | None:
        """(Server clock - ours), or None before any answer carried a ``Date``."""
        return self._session.server_clock_offset()

    # reads

    def list(self, name: str, **params: Any) -> Listing:
        """List an endpoint from the table in `endpoints.py`.

        Args:
            name: its name, such as ``"candidates"`` or ``"job_activities"``.
            params: path parameters (``shortcode=...``) and query parameters (datetimes, dates,
                booleans and lists are turned into the API's form; None is left out). Time-off
                requests of every state are asked for unless ``states`` says otherwise; ``()``
                leaves them to the server.

        Returns:
            The pages, read as they are asked for; errors are raised then, too.

        Raises:
            ValueError: no such list, or a parameter that it does not take.
        """
        endpoint = _endpoint(name)
        if endpoint.paging is Paging.OBJECT:
            raise ValueError(f"{name} is one object: read it with one()")
        path, query = self._address(endpoint, params)
        if endpoint.name == "timeoff_requests":
            query.setdefault("states", TIMEOFF_STATES)

        is_child = bool(endpoint.path_params) or "employee_id" in query

        def fetch(target: Target) -> Answer:
            return self._session.get(target, not_found_retries=int(is_child))

        if endpoint.paging is Paging.OFFSET:
            pages = read_offset_list(fetch, self._forms, endpoint, path, query)
        else:
            pages = read_cursor_list(fetch, self._forms, endpoint, path, query, self.base_url)
        return Listing(self.account, endpoint, pages)

    def one(self, name: str, *, not_found_retries: int = 1, **params: Any) -> Row:
        """Read one object, out of its wrapper if it has one.

        Args:
            name: such as ``"candidate_details"`` or ``"offers"``.
            not_found_retries: how often a 404 is asked again.
            params: path and query parameters.

        Raises:
            NotFound: there is no such object.
            ValueError: no such endpoint, or a parameter that it does not take.
        """
        row: Row = self.answer(name, not_found_retries=not_found_retries, **params).data
        return row

    def answer(self, name: str, *, not_found_retries: int = 1, **params: Any) -> Answer:
        """Read one object as `one` does, with the server's clock and headers beside it."""
        endpoint = _endpoint(name)
        if endpoint.paging is not Paging.OBJECT:
            raise ValueError(f"{name} is a list: read it with list()")
        path, query = self._address(endpoint, params)
        target = Target(endpoint.path, path, encode_params(query))
        answer = self._session.get(target, not_found_retries=not_found_retries)
        try:
            data = unwrap_object(endpoint, answer.data)
        except WorkableError as error:
            error.account = self.account
            raise
        return Answer(data, answer.server_time, answer.headers, answer.size)

    def get(
        self,
        endpoint: str,
        path_params: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        *,
        not_found_retries: int = 0,
    ) -> Answer:
        """Read any path of the API, envelope and all.

        Args:
            endpoint: path template such as ``"/candidates/:id"``.
            path_params: values for its ``:names``; percent-encoded.
            params: query parameters, sent as they are: nothing is added.
            not_found_retries: how often a 404 is asked again.
        """
        path = fill_path(endpoint, path_params or {})
        target = Target(endpoint, path, encode_params(params or {}))
        return self._session.get(target, not_found_retries=not_found_retries)

    def map(
        self, func: Callable[[T], R], items: Iterable[T], concurrency: int = 8
    ) -> Iterator[tuple[T, R]]:
        """Yield ``(item, func(item))`` in order while requests run side by side.

        See `concurrency.ordered_map`.
        """
        return ordered_map(func, items, concurrency)

    # whose eyes

    def probe(self) -> Probe:
        """Find out what this token may read; costs one request a scope and one for the member.

        Raises:
            AuthenticationFailed: the token is refused.
            AccountNotFound: nothing answers under this subdomain.
            TransportError: the host cannot be reached.
        """
        return probe_account(self)

    def acting_member(self) -> Row | None:
        """Return the first active member who may see all HR data, or None.

        Raises:
            ScopeMissing: the token lacks r_jobs, which lists members.
        """
        return acting_member(self)

    def _address(self, endpoint: Endpoint, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        in_path, query = split_params(endpoint, params)
        if endpoint.acts_as_member and self._member_id is not None:
            query.setdefault("member_id", self._member_id)
        return fill_path(endpoint.path, in_path), query


def _endpoint(name: str) -> Endpoint:
    try:
        return ENDPOINTS[name]
    except KeyError:
        raise ValueError(f"no endpoint {name!r}; there are {sorted(ENDPOINTS)!r}") from None


def _open_pool(
    base_url: str, auth: TokenAuth, timeouts: Timeouts, transport: httpx.BaseTransport | None
) -> httpx.Client:
    return httpx.Client(
        auth=auth,
        headers={"Accept": "application/json", "User-Agent": "workable-elt"},
        timeout=timeouts.for_httpx(),
        limits=httpx.Limits(
            max_connections=_MOST_CONNECTIONS, max_keepalive_connections=_MOST_CONNECTIONS
        ),
        follow_redirects=False,
        verify=True,
        # A proxy of the environment is for the world outside, not for this machine.
        trust_env=not is_loopback(httpx.URL(base_url).host),
        transport=transport,
    )
