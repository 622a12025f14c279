"""What every list gives, whichever way it is paged."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workable_elt.api.answer import Answer
from workable_elt.api.endpoints import Endpoint
from workable_elt.api.envelope import Row
from workable_elt.api.errors import NotFound, RequestRejected, StatusError, WorkableError
from workable_elt.api.exchange import Target
from workable_elt.api.links import QueryParams
from workable_elt.api.query import ArrayForm, encode_params, has_arrays

Fetch = Callable[[Target], Answer]


@dataclass(frozen=True)
class Page:
    """Some rows of a list, none of which came in an earlier page.

    Attributes:
        rows: the rows as the API sent them.
        began_at: the server's clock (UTC) when the *listing* began, the same in all its pages:
            what a watermark may be made of.
        total: rows in the whole list as the API counts them, or None when it does not say.
        number: 1, 2, 3, ...
        malformed: entries of the array that are no objects.
    """

    rows: list[Row]
    began_at: datetime
    total: int | None
    number: int
    malformed: list[Any] = field(default_factory=list)


class Listing(Iterator[Page]):
    """The pages of one list, read as they are asked for.

    Attributes:
        complete: None while pages are left; then whether the whole list was seen. False means
            that it kept changing while it was read, so a row may have been missed.
        began_at: the server's clock when the listing began; None before the first page.
    """

    def __init__(
        self, account: str, endpoint: Endpoint, pages: Generator[Page, None, bool]
    ) -> None:
        self.complete: bool | None = None
        self.began_at: datetime | None = None
        self._account = account
        self._endpoint = endpoint
        self._pages = pages

    def __next__(self) -> Page:
        try:
            page = next(self._pages)
        except StopIteration as end:
            if self.complete is None:
                self.complete = bool(end.value)
            raise StopIteration from None
        except NotFound:
            if not self._endpoint.empty_when_missing:
                raise
            self.complete = True
            raise StopIteration from None
        except WorkableError as error:
            error.account = error.account or self._account
            raise
        self.began_at = page.began_at
        return page

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all pages that are left."""
        for page in self:
            yield from page.rows


@dataclass(frozen=True)
class Question:
    """A list request in the form that the server has accepted.

    Attributes:
        endpoint: what is listed.
        path: real path of the first page.
        filters: query parameters as Python values, paging left out.
        limit: rows a page to ask for, or None for the server's default.
        array_form: how lists go into the query.
    """

    endpoint: Endpoint
    path: str
    filters: Mapping[str, Any]
    limit: int | None
    array_form: ArrayForm = ArrayForm.BOTH

    def target(self, **paging: int) -> Target:
        """Return the request for one page, with `offset` or the like added."""
        limit = {} if self.limit is None else {"limit": self.limit}
        params = encode_params({**self.filters, **limit, **paging}, self.array_form)
        return Target(self.endpoint.path, self.path, params)

    @property
    def filter_params(self) -> QueryParams:
        """The filters alone, as they go onto the wire."""
        return encode_params(self.filters, self.array_form)


Form = tuple[int | None, ArrayForm]
"""A page size and a way to write lists."""


class AcceptedForms:
    """Which form of a list request the server accepted last, for each endpoint.

    The page sizes that the HR lists take and the form of list parameters are not documented
    (hris.md, open questions), so a 400 or 422 is answered with the next smaller page size, then
    with the server's own, and then with another form. What worked is remembered, or every list of
    a parent would spend the rejected requests again. A gateway or a recording that knows a list
    under other parameters only says 404; so a list of the account is asked for once without a page
    size before it counts as missing.
    """

    def __init__(self) -> None:
        self._accepted: dict[tuple[str, bool], Form] = {}

    def ask_first(
        self, fetch: Fetch, endpoint: Endpoint, path: str, params: Mapping[str, Any], **paging: int
    ) -> tuple[Question, Answer]:
        """Read the first page of a list.

        Returns:
            The request in the form that worked, and its answer.

        Raises:
            RequestRejected, NotFound: no form worked; the error is that of the first one tried.
        """
        filters = {k: v for k, v in params.items() if k not in {"limit", "offset"}}
        memory = (endpoint.name, "limit" in params)
        first_error: StatusError | None = None
        for limit, form in self._candidates(endpoint, params, filters, memory):
            if isinstance(first_error, NotFound) and limit is not None:
                continue
            question = Question(endpoint, path, filters, limit, form)
            try:
                answer = fetch(question.target(**paging))
            except RequestRejected as error:
                if error.status not in {400, 422}:
                    raise
                first_error = first_error or error
                continue
            except NotFound as error:
                # A child's parent is gone, whatever the form.
                if limit is None or endpoint.path_params or "employee_id" in filters:
                    raise (first_error or error) from None
                first_error = first_error or error
                continue
            self._accepted[memory] = (limit, form)
            return question, answer
        raise first_error or AssertionError("an endpoint has at least one form")

    def _candidates(
        self,
        endpoint: Endpoint,
        params: Mapping[str, Any],
        filters: Mapping[str, Any],
        memory: tuple[str, bool],
    ) -> list[Form]:
        limits = (int(params["limit"]),) if "limit" in params else (*endpoint.limits, None)
        forms = list(ArrayForm) if has_arrays(filters) else [ArrayForm.BOTH]
        possible: list[Form] = [(limit, form) for form in forms for limit in limits]
        accepted = self._accepted.get(memory)
        if accepted in possible:
            possible.sort(key=lambda form: form != accepted)
        return possible
