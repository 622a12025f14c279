"""The options that several commands share, so that one word means one thing everywhere."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer


class Depth(str, Enum):
    """How deep to read."""

    list = "list"
    full = "full"


Accounts = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer on Python 3.10 reads the annotation
    typer.Option(
        "--account",
        metavar="LABEL",
        help="Only this account; repeat for several. Default: all that are configured.",
        show_default=False,
    ),
]
Json = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print one JSON object on standard output, on every exit; all else goes to stderr.",
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="No progress on stderr, errors only: for cron."),
]
Resources = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--resource",
        metavar="NAME",
        help="Only this raw table, such as candidates or job_stages; repeat for several.",
        show_default=False,
    ),
]
Full = Annotated[
    bool,
    typer.Option("--full", help="Read everything again instead of what changed."),
]
DepthOption = Annotated[
    Optional[Depth],  # noqa: UP045
    typer.Option(
        "--depth",
        help="list: lists only, no request per record. full: details and activities too.",
        show_default=False,
    ),
]
Destination = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--destination",
        metavar="NAME",
        help="duckdb or postgres. Default: the configured one, else duckdb.",
        show_default=False,
    ),
]
Select = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--select",
        metavar="MODEL",
        help="Only these dbt nodes, in dbt's own syntax; repeat for several.",
        show_default=False,
    ),
]
FullRefresh = Annotated[
    bool,
    typer.Option("--full-refresh", help="Rebuild incremental models from nothing."),
]
Database = Annotated[
    Path,
    typer.Option("--database", metavar="FILE", help="The DuckDB file; replaced when it exists."),
]
Since = Annotated[
    Optional[datetime],  # noqa: UP045
    typer.Option(
        "--since",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"],
        metavar="DATE",
        help="Read what has changed since this day (UTC), whatever was read before.",
        show_default=False,
    ),
]
MaxRequests = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--max-requests",
        min=1,
        metavar="N",
        help="Stop cleanly after so many requests; the next run goes on from there.",
        show_default=False,
    ),
]
MaxMinutes = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--max-minutes",
        min=0.0,
        metavar="MINUTES",
        help="Stop cleanly after so much reading; the next run goes on from there.",
        show_default=False,
    ),
]
AcceptDeletes = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--accept-deletes",
        metavar="NAME",
        help="Take what has vanished from this raw table for deleted, however much it is; "
        "repeat for several.",
        show_default=False,
    ),
]
Publish = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--publish",
        metavar="FILE",
        envvar="WORKABLE_ELT_PUBLISH",
        help="After a good run put a copy of the DuckDB file here, for readers; swapped at once.",
        show_default=False,
    ),
]
