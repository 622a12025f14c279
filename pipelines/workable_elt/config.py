"""What the user configured, read through dlt's own configuration and checked before any work.

The section is ``sources.workable`` in ``.dlt/config.toml``, ``.dlt/secrets.toml`` or environment
variables such as ``SOURCES__WORKABLE__SUBDOMAIN``. Several accounts are an array of tables
``[[sources.workable.accounts]]``, each with the same keys; what stands outside the array holds
for all of them.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import platformdirs

from workable_elt.api.auth import Secret, check_subdomain, check_token, resolve_base_url
from workable_elt.api.errors import ConfigurationError as ApiConfigurationError
from workable_elt.config_values import (
    as_accounts,
    as_columns,
    as_date,
    as_names,
    as_number,
    as_text,
    configured,
    unknown_keys,
)
from workable_elt.exits import ConfigurationError, UsageError
from workable_elt.settings import RESOURCES

Depth = Literal["full", "list"]
DeletedPeople = Literal["deidentify", "remove"]

DEFAULT_DUCKDB_FILE = "workable_data.duckdb"
TOKEN_HINT = (
    "Set SOURCES__WORKABLE__ACCESS_TOKEN, or access_token under [sources.workable] in "
    ".dlt/secrets.toml. Workable makes tokens under Settings > Integrations > Apps."
)
_ACCOUNT_KEYS = (
    "subdomain",
    "access_token",
    "account",
    "member_id",
    "base_url",
    "client_id",
    "start_date",
    "resources",
    "depth",
    "columns",
    "hash_key",
    "token_expires_at",
    "reconcile_every",
    "freshness_minutes",
    "deleted_people",
)
CONFIGURATION_KEYS = (*_ACCOUNT_KEYS, "accounts", "wait_seconds")


@dataclass(frozen=True)
class AccountConfig:
    """One Workable account.

    Attributes:
        account: The label that every row carries.
        subdomain: As in https://SUBDOMAIN.workable.com.
        access_token: Never shown by repr.
        member_id: Whose eyes HR reads use; None finds an administrator.
        base_url: Root of the API, checked.
        client_id: A partner's id, for partner tokens.
        start_date: How far back the first load goes; None is everything.
        resources: Raw tables to read; empty is all that are on by default.
        depth: ``full``, or ``list`` for no request per record.
        columns: Policy (keep, hash, drop) by resource and column.
        hash_key: Key of hashed columns.
        token_expires_at: When the token ends, as Workable showed it.
        reconcile_every: Days after which every list is read whole again, to find what was
            deleted; 0 is every run.
        freshness_minutes: What a run may spend on readings that are only old: as many requests as
            the rate limit allows in so many minutes, less what the run needs for the rest; 0 reads
            what changed or is new and nothing else.
        deleted_people: What becomes of people who were deleted: ``deidentify`` keeps the facts of
            past figures, ``remove`` keeps nothing.
    """

    account: str
    subdomain: str
    access_token: Secret
    member_id: str | None
    base_url: str
    client_id: str | None = None
    start_date: date | None = None
    resources: tuple[str, ...] = ()
    depth: Depth = "full"
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hash_key: Secret | None = None
    token_expires_at: date | None = None
    reconcile_every: float = 7.0
    freshness_minutes: float = 30.0
    deleted_people: DeletedPeople = "deidentify"

    @property
    def enabled(self) -> tuple[str, ...]:
        """Names of the resources that are on: the configured ones, else all but optional ones."""
        if self.resources:
            return tuple(name for name in RESOURCES if name in self.resources)
        return tuple(name for name, resource in RESOURCES.items() if not resource.optional)


@dataclass(frozen=True)
class LeaseTerms:
    """How long a lease in a server lasts; in seconds.

    Attributes:
        heartbeat: A run shows a sign of life this often.
        expiry: A run without one for so long counts as dead, and others take over.
        patience: How long to wait for another run that is loading into the same dataset.
        poll: How often to look meanwhile.
    """

    heartbeat: float = 10.0
    expiry: float = 60.0
    patience: float = 600.0
    poll: float = 0.1


@dataclass(frozen=True)
class Config:
    """Everything that a command needs to know.

    Attributes:
        accounts: At least one.
        destination: Name of a dlt destination, ``duckdb`` by default.
        home: Folder for what must outlive a run on this machine but may be lost.
        duckdb_file: The database file, absolute, when the destination is DuckDB.
        wait_seconds: How long to wait for a database file that somebody else has open.
        lease: How long a lease in a server lasts.
    """

    accounts: tuple[AccountConfig, ...]
    destination: str
    home: Path
    duckdb_file: Path | None = None
    wait_seconds: float = 30.0
    lease: LeaseTerms = field(default_factory=LeaseTerms)

    def select(self, names: Sequence[str] = ()) -> tuple[AccountConfig, ...]:
        """Give the accounts of these labels, or all.

        Raises:
            UsageError: There is no such account; the message names the nearest ones.
        """
        by_label = {account.account: account for account in self.accounts}
        for name in names:
            if name not in by_label:
                raise UsageError(f"There is no account {name!r}.", nearest(name, tuple(by_label)))
        return tuple(by_label[name] for name in dict.fromkeys(names)) or self.accounts


def nearest(name: str, known: Sequence[str]) -> str:
    """Give a hint with the known names that look like ``name``, or with all of them."""
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else f"Known: {', '.join(known)}."


def check_resources(names: Sequence[str]) -> tuple[str, ...]:
    """Give the names in the order of ``settings.RESOURCES``.

    Raises:
        UsageError: One is no raw table.
    """
    for name in names:
        if name not in RESOURCES:
            raise UsageError(f"There is no resource {name!r}.", nearest(name, tuple(RESOURCES)))
    return tuple(name for name in RESOURCES if name in set(names))


def home_folder() -> Path:
    """Give ``WORKABLE_ELT_HOME``, by default the user's data folder."""
    configured_home = os.environ.get("WORKABLE_ELT_HOME", "").strip()
    if configured_home:
        return Path(configured_home).expanduser().absolute()
    return platformdirs.user_data_path("workable-elt", appauthor=False)


def read_config(*, destination: str | None = None) -> Config:
    """Read and check the configuration.

    Args:
        destination: Overrides ``WORKABLE_ELT_DESTINATION``.

    Returns:
        A configuration that can be used: every account has a valid subdomain and a token.

    Raises:
        ConfigurationError: A file cannot be parsed, a key is unknown or missing, or a value
            cannot be right. No message holds a token or a password.
    """
    values = configured("sources.workable", CONFIGURATION_KEYS)
    unknown = unknown_keys("sources.workable", CONFIGURATION_KEYS)
    if unknown:
        raise ConfigurationError(
            f"Unknown key {unknown[0]!r} in the section sources.workable.",
            nearest(unknown[0], CONFIGURATION_KEYS),
        )
    shared = {key: value for key, value in values.items() if key in _ACCOUNT_KEYS}
    single = [shared] if "accounts" not in values else None
    accounts = tuple(
        _account({**shared, **own})
        for own in (single or as_accounts(values["accounts"], _ACCOUNT_KEYS))
    )
    _refuse_doubles(accounts)
    name = destination or os.environ.get("WORKABLE_ELT_DESTINATION", "").strip() or "duckdb"
    wait = as_number("wait_seconds", values.get("wait_seconds", 30))
    return Config(accounts, name, home_folder(), duckdb_file(name), wait)


def duckdb_file(destination: str = "duckdb") -> Path | None:
    """Give the absolute path of the database file, or None where the destination is another.

    Raises:
        ConfigurationError: The credentials name no file.
    """
    if destination != "duckdb":
        return None
    value = configured("destination.duckdb", ("credentials",)).get("credentials")
    if isinstance(value, Mapping):
        value = value.get("database")
    text = str(value or DEFAULT_DUCKDB_FILE).removeprefix("duckdb://")
    # A URL of a relative file has three slashes, of an absolute one four.
    text = text[1:] if str(value).startswith("duckdb:///") else text
    if text.startswith(("md:", ":")) or not text:
        raise ConfigurationError(
            "DESTINATION__DUCKDB__CREDENTIALS must be the path of a database file.",
            "For example ./workable_data.duckdb; databases in memory and MotherDuck are not supported.",
        )
    return Path(text).expanduser().absolute()


def _account(values: Mapping[str, Any]) -> AccountConfig:
    label = as_text("account", values.get("account")) or as_text(
        "subdomain", values.get("subdomain")
    )
    try:
        subdomain = check_subdomain(_required(values, "subdomain", label, _SUBDOMAIN_HINT))
        token = check_token(_required(values, "access_token", label, TOKEN_HINT))
        base_url = resolve_base_url(subdomain, as_text("base_url", values.get("base_url")))
    except ApiConfigurationError as error:
        raise ConfigurationError(_named(label, error.reason), error.hint or "") from None
    hash_key = as_text("hash_key", values.get("hash_key"))
    return AccountConfig(
        account=as_text("account", values.get("account")) or subdomain,
        subdomain=subdomain,
        access_token=token,
        member_id=as_text("member_id", values.get("member_id")),
        base_url=base_url,
        client_id=as_text("client_id", values.get("client_id")),
        start_date=as_date("start_date", values.get("start_date")),
        resources=_resources(values.get("resources")),
        depth=_depth(values.get("depth")),
        columns=as_columns(values.get("columns")),
        hash_key=Secret(hash_key) if hash_key else None,
        token_expires_at=as_date("token_expires_at", values.get("token_expires_at")),
        reconcile_every=as_number("reconcile_every", values.get("reconcile_every", 7)),
        freshness_minutes=as_number("freshness_minutes", values.get("freshness_minutes", 30)),
        deleted_people=_deleted_people(values.get("deleted_people")),
    )


_SUBDOMAIN_HINT = (
    "Set SOURCES__WORKABLE__SUBDOMAIN, or subdomain under [sources.workable] in "
    ".dlt/config.toml: acme for https://acme.workable.com."
)


def _required(values: Mapping[str, Any], key: str, label: str | None, hint: str) -> str:
    value = as_text(key, values.get(key))
    if value is None:
        raise ConfigurationError(_named(label, f"{key} is not configured."), hint)
    return value


def _named(label: str | None, message: str) -> str:
    return f"Account {label!r}: {message}" if label else message[:1].upper() + message[1:]


def _resources(value: Any) -> tuple[str, ...]:
    try:
        return check_resources(as_names("resources", value))
    except UsageError as error:
        raise ConfigurationError(f"resources: {error.message}", error.hint) from None


def _depth(value: Any) -> Depth:
    text = as_text("depth", value) or "full"
    if text == "full":
        return "full"
    if text == "list":
        return "list"
    raise ConfigurationError(f"depth is {text!r}.", "Use full or list.")


def _deleted_people(value: Any) -> DeletedPeople:
    text = as_text("deleted_people", value) or "deidentify"
    if text == "deidentify":
        return "deidentify"
    if text == "remove":
        return "remove"
    raise ConfigurationError(f"deleted_people is {text!r}.", "Use deidentify or remove.")


def _refuse_doubles(accounts: Sequence[AccountConfig]) -> None:
    labels = [account.account for account in accounts]
    doubles = sorted({label for label in labels if labels.count(label) > 1})
    if doubles:
        raise ConfigurationError(
            f"Two accounts have the label {doubles[0]!r}.", "Give each its own `account`."
        )
