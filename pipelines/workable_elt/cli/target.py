"""Finds the warehouse that dbt builds in, without needing a Workable token."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from workable_elt.config import duckdb_file, home_folder
from workable_elt.config_values import as_switch, as_text, configured
from workable_elt.exits import ConfigurationError
from workable_elt.transform import Target


def target_of(destination: str | None = None) -> Target:
    """Read what dbt has to know from the configuration.

    Args:
        destination: overrides ``WORKABLE_ELT_DESTINATION``.

    Raises:
        ConfigurationError: no tested dbt adapter, no credentials, or a malformed file.
    """
    name = destination or os.environ.get("WORKABLE_ELT_DESTINATION", "").strip() or "duckdb"
    return target_at(name, _credentials(name), home_folder())


def target_at(destination: str, credentials: str, home: Path) -> Target:
    """Give the target at a place that is known, with the settings of the table ``transform``.

    Args:
        destination: ``duckdb`` or ``postgres``.
        credentials: path of the DuckDB file, or a Postgres URL.
        home: folder for dbt's target and logs.

    Raises:
        ConfigurationError: no tested dbt adapter, or a malformed setting.
    """
    settings = configured("transform", ("reporting_time_zone", "vars", "data_tests"))
    zone = as_text("reporting_time_zone", settings.get("reporting_time_zone")) or "UTC"
    return Target(
        destination=destination,
        credentials=credentials,
        home=home,
        time_zone=zone,
        variables=_variables(settings.get("vars")),
        data_tests=as_switch("transform.data_tests", settings.get("data_tests", True)),
    )


def _variables(value: object) -> dict[str, Any]:
    """Read a table, or the JSON object that an environment variable holds."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):  # what is no JSON is no table, either
            value = json.loads(value)
    variables = value or {}
    if not isinstance(variables, Mapping):
        raise ConfigurationError(
            "transform.vars must be a table of dbt variables.",
            "Write them under [transform.vars] in .dlt/config.toml, or as a JSON object into "
            "TRANSFORM__VARS.",
        )
    return dict(variables)


def _credentials(destination: str) -> str:
    if destination == "duckdb":
        return str(duckdb_file(destination))
    if destination != "postgres":
        return ""  # Target refuses it, and says which ones there are
    value = configured("destination.postgres", ("credentials",)).get("credentials")
    if isinstance(value, Mapping):
        return _url(value)
    if not value:
        raise ConfigurationError(
            "The destination is postgres, and DESTINATION__POSTGRES__CREDENTIALS is not set.",
            "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE.",
        )
    return str(value)


def _url(parts: Mapping[str, Any]) -> str:
    """Put a table of dlt's (host, port, username, password, database) into a URL."""
    user = quote(str(parts.get("username", "")), safe="")
    password = quote(str(parts.get("password", "")), safe="")
    host = quote(str(parts.get("host", "localhost")), safe="")
    database = quote(str(parts.get("database", "")), safe="")
    return f"postgresql://{user}:{password}@{host}:{parts.get('port', 5432)}/{database}"
