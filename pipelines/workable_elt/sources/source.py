"""The dlt sources `workable_ats` and `workable_hris`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Optional

import dlt
import pyarrow as pa
from dlt.common.typing import TSecretStrValue
from dlt.extract import DltResource

from workable_elt.api import ConfigurationError
from workable_elt.settings import RESOURCES, Family, Resource
from workable_elt.sources.columns import FILE_FORMAT, WRITE_DISPOSITION, column_hints, merge_key
from workable_elt.sources.describe import describe
from workable_elt.sources.options import ColumnChoices, Options
from workable_elt.sources.readings import Readings

# `Optional[...] = dlt.config.value` lets dlt look a value up without insisting on it: with
# readings given none is needed, and without them our own error says what to set.
# ruff: noqa: UP045


@dlt.source(name="workable", section="workable")
def workable_ats(
    subdomain: Optional[str] = dlt.config.value,
    access_token: Optional[TSecretStrValue] = dlt.secrets.value,
    account: Optional[str] = None,
    member_id: Optional[str] = None,
    base_url: Optional[str] = None,
    client_id: Optional[str] = None,
    start_date: Optional[str] = None,
    depth: str = "full",
    columns: Optional[ColumnChoices] = None,
    hash_key: Optional[TSecretStrValue] = None,
    resources: Optional[list[str]] = None,
    *,
    readings: Optional[Readings] = None,
) -> Iterable[DltResource]:
    """Recruiting data of one Workable account.

    Every argument can come from dlt's configuration, section ``sources.workable``.

    Args:
        subdomain: the account, as in https://SUBDOMAIN.workable.com.
        access_token: account, user or partner token.
        account: label of every row; default the subdomain.
        member_id: whose eyes HR data is read with; not used for recruiting data.
        base_url: default https://{subdomain}.workable.com/spi/v3.
        client_id: a partner's id, for partner tokens.
        start_date: ISO date; candidates, jobs and requisitions that have not changed since, and
            events before it, are left out.
        depth: ``full``, or ``list`` for account-wide lists only.
        columns: the column policy, see `policy.ColumnPolicy`.
        hash_key: secret of the hashes, where the policy asks for any.
        resources: names to select; default all that are not optional. The source's
            ``with_resources`` does the same.
        readings: where to take rows from instead; then all arguments before are ignored.

    Returns:
        One resource for each raw table of the family.

    Raises:
        ConfigurationError: an argument cannot be right; nothing was sent.
    """
    options = Options(
        subdomain, access_token, account, member_id, base_url, client_id, start_date, depth,
        columns, hash_key,
    )  # fmt: skip
    return _resources("ats", _Rows(options, readings), resources)


@dlt.source(name="workable", section="workable")
def workable_hris(
    subdomain: Optional[str] = dlt.config.value,
    access_token: Optional[TSecretStrValue] = dlt.secrets.value,
    account: Optional[str] = None,
    member_id: Optional[str] = None,
    base_url: Optional[str] = None,
    client_id: Optional[str] = None,
    start_date: Optional[str] = None,
    depth: str = "full",
    columns: Optional[ColumnChoices] = None,
    hash_key: Optional[TSecretStrValue] = None,
    resources: Optional[list[str]] = None,
    *,
    readings: Optional[Readings] = None,
) -> Iterable[DltResource]:
    """HR data of one Workable account; arguments as in `workable_ats`.

    Args:
        subdomain: the account, as in https://SUBDOMAIN.workable.com.
        access_token: account, user or partner token.
        account: label of every row; default the subdomain.
        member_id: whose eyes the data is read with; default the first active member with full HR
            rights, since an account token alone may see published people only.
        base_url: default https://{subdomain}.workable.com/spi/v3.
        client_id: a partner's id, for partner tokens.
        start_date: ISO date; time off and time entries before it are left out.
        depth: ``full``, or ``list`` for account-wide lists only.
        columns: the column policy, see `policy.ColumnPolicy`.
        hash_key: secret of the hashes, where the policy asks for any.
        resources: names to select; default all that are not optional.
        readings: where to take rows from instead; then all arguments before are ignored.

    Returns:
        One resource for each raw table of the family.

    Raises:
        ConfigurationError: an argument cannot be right; nothing was sent.
    """
    options = Options(
        subdomain, access_token, account, member_id, base_url, client_id, start_date, depth,
        columns, hash_key,
    )  # fmt: skip
    return _resources("hris", _Rows(options, readings), resources)


class _Rows:
    """Gives each dlt resource its rows.

    All resources of one pipeline run share readings, so that children find the parents that were
    listed; when a source object is run again, its first resource to come round opens new ones.
    """

    def __init__(self, options: Options, readings: Readings | None) -> None:
        self._open: Callable[[], Readings] = (lambda: readings) if readings else options.open
        self._is_given = readings is not None
        self._readings = self._open()
        self._begun: set[str] = set()

    def of(self, name: str) -> Iterator[pa.Table]:
        if name in self._begun and not self._is_given:
            self._readings.close()
            self._readings = self._open()
            self._begun = set()
        self._begun.add(name)
        yield from self._readings.take(name)


def _resources(family: Family, rows: _Rows, selected: list[str] | None) -> Iterable[DltResource]:
    own = [resource for resource in RESOURCES.values() if resource.family == family]
    unknown = sorted(set(selected or ()) - set(RESOURCES))
    if unknown:
        raise ConfigurationError(
            f"resources: there is no {', '.join(unknown)}.",
            hint=f"There are: {', '.join(RESOURCES)}.",
        )
    return [
        _resource(
            resource,
            rows,
            selected=not resource.optional if selected is None else resource.name in selected,
        )
        for resource in own
    ]


def _resource(resource: Resource, rows: _Rows, *, selected: bool) -> DltResource:
    def read() -> Iterator[pa.Table]:
        yield from rows.of(resource.name)

    read.__doc__ = describe(resource)
    made: DltResource = dlt.resource(
        read,
        name=resource.name,
        columns=column_hints(resource),
        write_disposition=WRITE_DISPOSITION,
        primary_key=() if merge_key(resource) else resource.primary_key,
        merge_key=merge_key(resource),
        file_format=FILE_FORMAT,
        selected=selected,
    )
    return made
