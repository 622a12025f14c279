"""What of a record's fields stays: the policy, the rules that depend on the record, signed URLs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workable_elt.settings import BODY_VISIBLE_TO, EXPIRING_KEYS, SIGNED_LINKS, Resource
from workable_elt.sources.policy import ColumnPolicy, Treatment


class Shaper:
    """Applies the column policy to the records of one resource, good and malformed ones alike.

    Args:
        resource: what they are.
        policy: what becomes of each column.
        may_see: whether everybody in the company may see a custom field, by its key.
    """

    def __init__(
        self, resource: Resource, policy: ColumnPolicy, may_see: Callable[[str], bool]
    ) -> None:
        self._table = resource.name
        self._policy = policy
        self._may_see = may_see
        self._about_person = resource.model.about_person
        self._aliases = {
            name: field.alias or name for name, field in resource.model.model_fields.items()
        }
        self._treatments: dict[str, Treatment] = {}
        for column in resource.columns:
            treatment = policy.treatment(policy.policy(self._table, column.name), column.name)
            if treatment:
                self._treatments[column.name] = treatment
        self._expiring = EXPIRING_KEYS.get(self._table, {})
        self._signed = SIGNED_LINKS.get(self._table, {})
        # Where nobody has decided otherwise, a body stays if the candidate's stream says that the
        # hiring team at large may read it. A reason of disqualification carries no visibility
        # and is a free text: it goes, the candidate's own disqualification_reason has the fact.
        self._judges_bodies = (
            "visibility_roles" in self._aliases and policy.choice(self._table, "body") is None
        )

    def shape(self, fields: dict[str, Any]) -> None:
        """Blank or hash what must not leave, in place.

        Args:
            fields: validated values by column; values inside are not changed, only exchanged.
        """
        for name, treatment in self._treatments.items():
            if fields.get(name) is not None:
                fields[name] = treatment(fields[name])
        if self._judges_bodies and fields.get("body") is not None and not _visible(fields):
            fields["body"] = None
        for name, key in self._expiring.items():
            if isinstance(fields.get(name), list):
                fields[name] = [_without(entry, key) for entry in fields[name]]
        for name, (part, key) in self._signed.items():
            if isinstance(fields.get(name), list):
                fields[name] = [_unsigned(entry, part, key) for entry in fields[name]]

    def extra(self, unknown: dict[str, Any]) -> dict[str, Any]:
        """Return what is kept of the keys that the model does not know.

        The keys themselves always stay, so that `status` can report a new field; on a record about
        a person the value stays only when its definition lets everybody see it or the
        configuration names it.
        """
        return {key: self._extra_value(key, value) for key, value in unknown.items()}

    def payload(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Return a malformed record with the policy applied to what it has."""
        known = {
            name: raw[alias]
            for name, alias in self._aliases.items()
            if alias in raw and raw[alias] is not None
        }
        self.shape(known)
        aliases = {name: self._aliases[name] for name in known}
        wanted = set(self._aliases.values())
        unknown = {key: value for key, value in raw.items() if key not in wanted}
        return {**{aliases[name]: known[name] for name in known}, **self.extra(unknown)}

    def _extra_value(self, key: str, value: Any) -> Any:
        chosen = self._policy.choice(self._table, key)
        if chosen is None:
            chosen = "keep" if not self._about_person or self._may_see(key) else "drop"
        treatment = self._policy.treatment(chosen, key)
        return treatment(value) if treatment and value is not None else value


def _visible(fields: dict[str, Any]) -> bool:
    roles = fields.get("visibility_roles")
    if not isinstance(roles, list):
        return False
    return any(isinstance(role, str) and role in BODY_VISIBLE_TO for role in roles)


def _without(entry: Any, key: str) -> Any:
    if isinstance(entry, dict) and key in entry:
        return {name: value for name, value in entry.items() if name != key}
    return entry


def _unsigned(entry: Any, part: str, key: str) -> Any:
    inner = entry.get(part) if isinstance(entry, dict) else None
    if not isinstance(inner, dict) or not isinstance(inner.get(key), str):
        return entry
    return {**entry, part: {**inner, key: inner[key].partition("?")[0]}}
