"""The options that several commands share, so that one word means one thing everywhere."""

from __future__ import annotations

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
