"""Makes readings of what a user of plain dlt has configured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, get_args

from workable_elt.api import ConfigurationError, WorkableClient
from workable_elt.settings import RESOURCES
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.sources.work import Depth, Work

_WINDOWED = ("events", "timeoff_requests", "time_entries")


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
    columns: Mapping[str, Any] | None
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
            policy=ColumnPolicy(self.columns, self.hash_key),
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
