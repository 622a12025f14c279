"""Where dbt builds, and how the committed ``profiles.yml`` is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workable_elt.exits import ConfigurationError

TESTED = ("duckdb", "postgres")
"""Destinations whose dbt adapter the whole suite runs on."""

_POSTGRES_SCHEMES = ("postgres", "postgresql")


@dataclass(frozen=True)
class Target:
    """A warehouse to build in.

    Attributes:
        destination: ``duckdb`` or ``postgres``.
        credentials: path of the DuckDB file, or a ``postgresql://`` URL; never shown by repr.
        home: folder for dbt's target and logs.
        time_zone: IANA name of the zone in which an instant becomes a day.
        variables: further dbt variables.
        data_tests: whether a build tests the tables that it makes.
    """

    destination: str
    credentials: str = field(repr=False)
    home: Path
    time_zone: str = "UTC"
    variables: Mapping[str, object] = field(default_factory=dict)
    data_tests: bool = True

    def __post_init__(self) -> None:
        """Refuse what dbt would stumble over later.

        Raises:
            ConfigurationError: the destination has no tested dbt adapter, or the zone no name.
        """
        if self.destination not in TESTED:
            raise ConfigurationError(
                f"dbt is not tested on the destination {self.destination!r}, so it is not built.",
                f"`load` works there; `build` and `run` need {' or '.join(TESTED)}.",
            )
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ConfigurationError(
                f"{self.time_zone!r} is no time zone.", "Use an IANA name, as Europe/Athens."
            ) from None

    def environment(self) -> dict[str, str]:
        """Give the environment variables that ``profiles.yml`` reads.

        Raises:
            ConfigurationError: the Postgres credentials are no URL with a user and a database.
        """
        own = {"WORKABLE_ELT_DESTINATION": self.destination}
        if self.destination == "duckdb":
            return {**own, "DESTINATION__DUCKDB__CREDENTIALS": self.credentials}
        return {**own, **postgres_environment(self.credentials)}


def postgres_environment(url: str) -> dict[str, str]:
    """Split a Postgres URL as libpq reads it into the variables of ``profiles.yml``.

    Args:
        url: such as ``postgresql://user:password@host:5432/database``; percent escapes are
            undone, and a ``host`` in the query (the folder of a Unix socket) wins.

    Raises:
        ConfigurationError: it is no such URL; the message does not repeat it.
    """
    hint = "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ConfigurationError("DESTINATION__POSTGRES__CREDENTIALS is no URL.", hint) from None
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    user = unquote(parts.username or "") or query.get("user", "")
    database = unquote(parts.path.lstrip("/")) or query.get("dbname", "")
    if parts.scheme.split("+")[0] not in _POSTGRES_SCHEMES or not user or not database:
        raise ConfigurationError(
            "DESTINATION__POSTGRES__CREDENTIALS is no Postgres URL with a user and a database.",
            hint,
        )
    return {
        "WORKABLE_ELT_PG_HOST": query.get("host") or unquote(parts.hostname or "localhost"),
        "WORKABLE_ELT_PG_PORT": query.get("port") or str(port or 5432),
        "WORKABLE_ELT_PG_USER": user,
        "WORKABLE_ELT_PG_PASSWORD": unquote(parts.password or "") or query.get("password", ""),
        "WORKABLE_ELT_PG_DATABASE": database,
    }
