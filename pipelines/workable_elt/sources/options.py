"""Makes readings of what a user of plain dlt has configured."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Protocol, get_args

import dlt

from workable_elt.api import ConfigurationError, WorkableClient
from workable_elt.settings import RESOURCES
from workable_elt.sources.policy import HOW, ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.sources.work import Depth, Work

_WINDOWED = ("events", "timeoff_requests", "time_entries")


class ColumnChoices(Protocol):
    """Keep, hash or drop by ``table.column``: any mapping.

    It is a type that dlt does not look for in its configuration. dlt would take an argument that
    its section lacks from the bare name, too, and ``COLUMNS`` is the width of many a terminal.
    """

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return the choices."""


@dataclass(frozen=True)
class Options:
    """The arguments of the dlt sources, as they came; see `source.workable_ats`."""

    subdomain: str | None
    access_token: str | None = field(repr=False)
    account: str | None
    member_id: str | None
    base_url: str | None
    client_id: str | None
    start_date: str | date | None
    depth: str
    columns: ColumnChoices | None
    hash_key: str | None = field(repr=False)

    def open(self) -> Readings:
        """Return new readings of the account; nothing is sent yet.

        Raises:
            ConfigurationError: an option is missing or cannot be right.
        """
        client = WorkableClient(
            _needed("subdomain", self.subdomain),
            _needed("access_token", self.access_token),
            base_url=self.base_url,
            client_id=self.client_id,
            account=self.account,
            member_id=self.member_id,
        )
        return Readings(
            client,
            account=self.account or client.subdomain,
            policy=ColumnPolicy(
                configured_columns() if self.columns is None else dict(self.columns.items()),
                self.hash_key,
            ),
            work=self.work(),
            find_member=True,
        )

    def work(self) -> Work:
        """Return what is to be read: everything since `start_date`.

        Raises:
            ConfigurationError: an unknown depth, or no ISO date.
        """
        if self.depth not in get_args(Depth):
            raise ConfigurationError(f"depth is {self.depth!r}.", hint="Give full or list.")
        depth: Depth = "list" if self.depth == "list" else "full"
        first_day = _day(self.start_date)
        if first_day is None:
            return Work(depth)
        midnight = datetime.combine(first_day, time())
        incremental = [name for name, one in RESOURCES.items() if one.has_updated_after]
        return Work(
            depth,
            updated_after=dict.fromkeys(incremental, midnight),
            from_date=dict.fromkeys(_WINDOWED, first_day),
        )


def _needed(name: str, value: str | None) -> str:
    if not value:
        variable = f"SOURCES__WORKABLE__{name.upper()}"
        raise ConfigurationError(
            f"{name} is missing.",
            hint=f"Set {variable}, or {name} in .dlt under [sources.workable].",
        )
    return value


def configured_columns() -> Mapping[str, Any] | None:
    """Return the column policy of dlt's configuration, if there is any.

    Raises:
        ConfigurationError: it is no table, and no JSON object.
    """
    value: Any = dlt.config.get("sources.workable.columns")
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            raise ConfigurationError("columns is not valid JSON.", hint=HOW) from None
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise ConfigurationError("columns must be a table of choices.", hint=HOW)
    return value


def _day(value: str | date | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise ConfigurationError(
            f"start_date is {value!r}.", hint="Give an ISO date such as 2024-01-31."
        ) from None
