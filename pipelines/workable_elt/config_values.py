"""Reads raw values out of dlt's configuration providers and gives them their types."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import dlt
from dlt.common.configuration.container import Container
from dlt.common.configuration.exceptions import ConfigProviderException
from dlt.common.configuration.specs import PluggableRunContext

from workable_elt.exits import ConfigurationError

POLICIES = ("keep", "hash", "drop")


def configured(section: str, keys: Sequence[str]) -> dict[str, Any]:
    """Read keys of a section afresh: environment, then secrets.toml, then config.toml.

    Args:
        section: Dotted section, for example ``sources.workable``.
        keys: Names in it.

    Returns:
        The keys that have a value, unparsed.

    Raises:
        ConfigurationError: A file is no valid TOML; the message says where, and shows no value.
    """
    reload_providers()
    found: dict[str, Any] = {key: dlt.config.get(f"{section}.{key}") for key in keys}
    return {key: value for key, value in found.items() if value not in (None, "")}


def reload_providers() -> None:
    """Read the files in ``.dlt`` again, which dlt otherwise does once a process.

    Raises:
        ConfigurationError: A file is no valid TOML.
    """
    quieten_dlt()
    try:
        Container()[PluggableRunContext].reload_providers()
    except ConfigProviderException as error:
        file = getattr(error, "file_name", None) or "a configuration file"
        # Only the position is repeated: the parser's own words can quote a secret.
        place = str(error).rsplit(" at line ", 1)
        where = f" at line {place[1].strip()}" if len(place) == 2 else ""
        raise ConfigurationError(
            f"{file} is not valid TOML{where}.", "Quote texts, and give each key its own line."
        ) from None


def quieten_dlt() -> None:
    """Keep dlt from reporting on its users, and from logging.

    Its warnings say that Arrow's text is declared JSON, which is what is wanted; its errors show
    values of rows, and we tell of each failure ourselves. A setting of the user's wins.
    """
    os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")
    level = os.environ.setdefault("RUNTIME__LOG_LEVEL", "CRITICAL")
    logging.getLogger("dlt").setLevel(level)


def unknown_keys(section: str, known: Sequence[str]) -> list[str]:
    """Find keys of a section that nobody reads, which are most often spelling mistakes.

    Tables (``[sources.workable.something]``) are left to dlt, which has settings for resources.
    """
    names: set[str] = set()
    *above, last = section.split(".")
    for provider in Container()[PluggableRunContext].providers.providers:
        value, _ = provider.get_value(last, dict, "", *above)
        if isinstance(value, Mapping):
            names |= {key for key, item in value.items() if not isinstance(item, Mapping)}
    prefix = section.upper().replace(".", "__") + "__"
    for variable in os.environ:
        rest = variable.removeprefix(prefix)
        if rest != variable and "__" not in rest:
            names.add(rest.lower())
    return sorted(names - set(known))


def as_text(key: str, value: Any) -> str | None:
    """Give a text without blanks around it; None where it is absent or blank.

    Raises:
        ConfigurationError: It is neither a text nor a number.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ConfigurationError(f"{key} must be a text, got {type(value).__name__}.")
    return str(value).strip() or None


def as_switch(key: str, value: Any) -> bool:
    """Give true or false, as TOML or an environment variable writes them.

    Raises:
        ConfigurationError: It is neither.
    """
    word = str(value).strip().lower()
    if word not in ("true", "false"):
        raise ConfigurationError(f"{key} must be true or false.")
    return word == "true"


def as_number(key: str, value: Any) -> float:
    """Give a number that is not negative.

    Raises:
        ConfigurationError: It is none.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ConfigurationError(f"{key} must be a number.") from None
    if not 0 <= number < float("inf"):
        raise ConfigurationError(f"{key} must be a number, zero or more.")
    return number


def as_date(key: str, value: Any) -> date | None:
    """Give a date from a TOML date, or from the first ten characters of an ISO text.

    Raises:
        ConfigurationError: It is no date.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise ConfigurationError(f"{key} is not a date.", "Write it as 2024-01-31.") from None


def as_names(key: str, value: Any) -> tuple[str, ...]:
    """Give names from a list, a JSON list or a text with commas.

    Raises:
        ConfigurationError: It is something else.
    """
    if isinstance(value, str):
        text = value.strip()
        value = _from_json(key, text) if text.startswith("[") else text.split(",")
    if value is None:
        return ()
    if not isinstance(value, Sequence):
        raise ConfigurationError(f"{key} must be a list of names.")
    return tuple(str(item).strip() for item in value if str(item).strip())


def as_columns(value: Any) -> dict[str, dict[str, str]]:
    """Give the column policy by resource and column.

    Args:
        value: ``{"offers": {"document_variables": "keep"}}``, the same with dotted names, or
            JSON of either.

    Raises:
        ConfigurationError: A policy is none of keep, hash and drop, or has no column.
    """
    if isinstance(value, str):
        value = _from_json("columns", value)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigurationError("columns must be a table of resource, column and policy.")
    policies: dict[str, dict[str, str]] = {}
    for name, policy in _flatten(value):
        resource, _, column = name.partition(".")
        if not column or policy not in POLICIES:
            raise ConfigurationError(
                f"columns: {name!r} needs one of {', '.join(POLICIES)}.",
                'For example "offers.document_variables" = "keep".',
            )
        policies.setdefault(resource, {})[column] = str(policy)
    return policies


def as_accounts(value: Any, known: Sequence[str]) -> list[dict[str, Any]]:
    """Give the settings of each account.

    Raises:
        ConfigurationError: It is no list of tables, is empty, or has an unknown key.
    """
    if isinstance(value, str):
        value = _from_json("accounts", value)
    if not isinstance(value, Sequence) or not all(isinstance(item, Mapping) for item in value):
        raise ConfigurationError(
            "accounts must be a list of tables.", "Write [[sources.workable.accounts]] for each."
        )
    if not value:
        raise ConfigurationError("accounts is empty.", "Leave it out, or name an account.")
    for item in value:
        for key in item:
            if key not in known:
                raise ConfigurationError(
                    f"Unknown key {key!r} in [[sources.workable.accounts]].",
                    f"Known: {', '.join(known)}.",
                )
    return [dict(item) for item in value]


def _flatten(value: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for key, item in value.items():
        name = f"{prefix}{key}"
        pairs += _flatten(item, f"{name}.") if isinstance(item, Mapping) else [(name, item)]
    return pairs


def _from_json(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigurationError(
            f"{key} is not valid JSON (character {error.pos}).", "Check quotes and brackets."
        ) from None
