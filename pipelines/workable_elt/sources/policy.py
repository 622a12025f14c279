"""The column policy: what of a record is kept, hashed or dropped before it leaves the readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workable_elt.api import ConfigurationError, Secret
from workable_elt.settings import DEFAULT_DROP, RESOURCES, Policy, Resource
from workable_elt.sources.pseudonym import Pseudonyms

Treatment = Callable[[Any], Any]

HOW = 'Give columns as "table.column" = "keep", "hash" or "drop".'


class ColumnPolicy:
    """What becomes of each column.

    Args:
        columns: choices that differ from the defaults, by ``table.column``, or nested as
            ``{table: {column: choice}}``. On tables about people an unknown key or the id of a
            custom field may stand for the column.
        hash_key: secret of the hashes; needed when any column is to be hashed.

    Raises:
        ConfigurationError: an unknown table, column or choice, a key column, a column that holds
            no text, or no `hash_key` where one is needed.
    """

    def __init__(
        self,
        columns: Mapping[str, Any] | None = None,
        hash_key: str | Secret | None = None,
    ) -> None:
        self._chosen: dict[tuple[str, str], Policy] = {}
        for name, choice in _flat(columns or {}):
            table, column = _checked(name, choice)
            self._chosen[table, column] = choice
        secret = hash_key if isinstance(hash_key, Secret) else Secret((hash_key or "").strip())
        if "hash" in self._chosen.values() and not secret:
            raise ConfigurationError(
                "a column is to be hashed, and there is no key for the hashes.",
                hint="Set hash_key in the secrets (SOURCES__WORKABLE__HASH_KEY), and keep it.",
            )
        self._pseudonyms = Pseudonyms(secret)

    def choice(self, table: str, column: str) -> Policy | None:
        """Return what the configuration says of a column or unknown key, or None."""
        return self._chosen.get((table, column))

    def policy(self, table: str, column: str) -> Policy:
        """Return what becomes of a declared column."""
        default: Policy = "drop" if column in DEFAULT_DROP.get(table, ()) else "keep"
        return self._chosen.get((table, column), default)

    def treatment(self, policy: Policy, column: str) -> Treatment | None:
        """Return what to do to each value that is not null, or None to leave it as it is."""
        if policy == "keep":
            return None
        if policy == "drop":
            return _drop
        return lambda value: self._pseudonyms.of(column, value)


def _drop(_: Any) -> None:
    return None


def _flat(columns: Mapping[str, Any]) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for name, choice in columns.items():
        if isinstance(choice, Mapping):
            pairs.extend((f"{name}.{column}", inner) for column, inner in choice.items())
        else:
            pairs.append((name, choice))
    return pairs


def _checked(name: str, choice: Any) -> tuple[str, str]:
    table, _, column = name.partition(".")
    resource = RESOURCES.get(table)
    if resource is None or not column:
        raise ConfigurationError(f"columns: there is no column {name!r}.", hint=HOW)
    if choice not in ("keep", "hash", "drop"):
        raise ConfigurationError(f"columns: {name!r} is set to {choice!r}.", hint=HOW)
    if choice != "keep" and column in resource.primary_key:
        raise ConfigurationError(f"columns: {name!r} is a key and can only be kept.", hint=HOW)
    _check_column(resource, column, name, choice)
    return table, column


def _check_column(resource: Resource, column: str, name: str, choice: str) -> None:
    declared = next((c for c in resource.columns if c.name == column), None)
    if column.startswith("_") or (declared is None and not resource.model.about_person):
        raise ConfigurationError(f"columns: there is no column {name!r}.", hint=HOW)
    if choice == "hash" and declared is not None and declared.type not in ("text", "json"):
        raise ConfigurationError(
            f"columns: {name!r} is a {declared.type} and cannot hold a hash.",
            hint="Keep it or drop it.",
        )
