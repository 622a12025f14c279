"""What `load`, `run` and `plan` were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workable_elt.cli.options import Depth


@dataclass(frozen=True)
class LoadRequest:
    """The options that say what to read and where to write it."""

    accounts: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    full: bool = False
    depth: Literal["list", "full"] | None = None
    destination: str | None = None
    since: datetime | None = None
    reconcile: bool = False
    accept_deletes: tuple[str, ...] = ()
    max_requests: int | None = None
    max_minutes: float | None = None

    @classmethod
    def of(
        cls,
        accounts: list[str] | None,
        resources: list[str] | None,
        full: bool,
        depth: Depth | None,
        destination: str | None,
        *,
        since: datetime | None = None,
        reconcile: bool = False,
        accept_deletes: list[str] | None = None,
        max_requests: int | None = None,
        max_minutes: float | None = None,
    ) -> LoadRequest:
        """Take the options as typer gives them."""
        return cls(
            accounts=tuple(accounts or ()),
            resources=tuple(resources or ()),
            full=full,
            depth=None if depth is None else depth.value,
            destination=destination,
            since=since,
            reconcile=reconcile,
            accept_deletes=tuple(accept_deletes or ()),
            max_requests=max_requests,
            max_minutes=max_minutes,
        )
