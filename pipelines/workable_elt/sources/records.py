"""From one object of the API to one row of a raw table: validated, policy applied, hashed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from pydantic import ValidationError

from workable_elt.settings import Resource
from workable_elt.sources.content import fingerprint, to_json
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.shaping import Shaper
from workable_elt.sources.work import Key

Values = tuple[Any, ...]

_TOO_DEEP = "nested too deep to be kept"

# Orders readings inside a load package; a later process always begins above an earlier one.
_sequence = itertools.count(time.time_ns() // 1000)


@dataclass(slots=True)
class Record:
    """One row of a raw table.

    Attributes:
        key: without account.
        values: in the order of the resource's columns.
        content_hash: of the business columns.
        size: bytes, about.
    """

    key: Key
    values: Values
    content_hash: str
    size: int


class RecordReader:
    """Reads the objects of one resource of one account.

    Args:
        resource: what they are.
        account: the label for every row.
        policy: what becomes of each column.
        may_see: whether everybody in the company may see a custom field, by its key.
    """

    def __init__(
        self,
        resource: Resource,
        account: str,
        policy: ColumnPolicy,
        may_see: Callable[[str], bool] = lambda _key: False,
    ) -> None:
        self._resource = resource
        self._account = account
        self._shaper = Shaper(resource, policy, may_see)
        self._validate = resource.model.model_validate
        columns = {column.name: column for column in resource.columns}
        fields = tuple(resource.model.model_fields)
        self._json = tuple(name for name in fields if columns[name].type == "json")
        self._business = _picker([name for name in fields if columns[name].is_business])
        self._all = _picker(fields)
        self._own_key = _picker([name for name in resource.key if name in fields])
        parent = resource.parent_key
        self._adds_parent = parent is not None and parent not in fields
        self._is_detail = resource.reading == "detail"
        self._key_tells = any(columns[name].personal for name in resource.key)

    def read(
        self,
        raw: dict[str, Any],
        read_at: datetime,
        *,
        parent: str | None = None,
        listed_updated_at: datetime | None = None,
    ) -> Record | QuarantinedRecord:
        """Make a row of an object, or say why it cannot be one.

        Args:
            raw: the object as it was sent; it is not changed.
            read_at: server's clock, UTC, naive.
            parent: key of the parent, for resources that have one.
            listed_updated_at: for details, what the parent's list row showed.
        """
        try:
            return self._record(raw, read_at, parent, listed_updated_at)
        except ValidationError as error:
            reason = _reason(error, self._resource, raw)
        except RecursionError:
            reason = _TOO_DEEP
        return self._quarantine(raw, read_at, parent, reason)

    def _record(
        self,
        raw: dict[str, Any],
        read_at: datetime,
        parent: str | None,
        listed_updated_at: datetime | None,
    ) -> Record:
        model = self._validate(raw)
        fields = model.__dict__
        self._shaper.shape(fields)
        extra = self._shaper.extra(model.extra) if model.extra else None
        for name in self._json:
            if fields[name] is not None:
                fields[name] = to_json(fields[name])
        digest, size = fingerprint(self._business(fields))
        values = (
            self._account,
            *((parent,) if self._adds_parent else ()),
            *self._all(fields),
            *((listed_updated_at,) if self._is_detail else ()),
            to_json(extra) if extra else None,
            digest,
            read_at,
            next(_sequence),
            *((None,) if self._resource.replaced_whole else ()),
        )
        own_key = tuple(str(part) for part in self._own_key(fields))
        key = (str(parent), *own_key) if self._adds_parent else own_key
        return Record(key, values, digest, size)

    def marker(self, parent: str, read_at: datetime) -> Values:
        """Return the row that makes the destination drop what it has of the parent.

        Loaded with the ``hard_delete`` hint: it takes part in the deletion by merge key, and is
        not inserted. Without it a list that became empty would keep its old rows.
        """
        return tuple(
            self._marker_value(name, type_, parent, read_at) for name, type_ in self._column_types()
        )

    def _marker_value(self, name: str, type_: str, parent: str, read_at: datetime) -> Any:
        if name == self._resource.parent_key:
            return parent
        known: dict[str, Any] = {
            "account": self._account,
            "_read_at": read_at,
            "_read_seq": None,
            "_is_marker": True,
        }
        if name == "_read_seq":
            return next(_sequence)
        if name in known:
            return known[name]
        if name in self._resource.key:
            return 0 if type_ == "bigint" else ""
        return None

    def _column_types(self) -> list[tuple[str, str]]:
        return [(column.name, column.type) for column in self._resource.columns]

    def stranger(
        self, entry: Any, read_at: datetime, parent: str | None = None
    ) -> QuarantinedRecord:
        """Describe an entry of a list that is no object at all."""
        reason = f"expected an object, got {_type_name(entry)}"
        name = _nameless(entry, parent)
        return QuarantinedRecord(self._resource.name, name, None, reason, read_at)

    def _quarantine(
        self, raw: dict[str, Any], read_at: datetime, parent: str | None, reason: str
    ) -> QuarantinedRecord:
        return QuarantinedRecord(
            resource=self._resource.name,
            record_id=self._name(raw, parent),
            payload=self._payload(raw),
            reason=reason,
            seen_at=read_at,
        )

    def _payload(self, raw: dict[str, Any]) -> dict[str, Any] | None:
        """Give the record as it is kept, or None where nothing can write it."""
        try:
            payload = self._shaper.payload(raw)
            to_json(payload)
        except RecursionError:
            return None
        return payload

    def _name(self, raw: dict[str, Any], parent: str | None) -> str:
        """Name a bad record by its key; where that holds a file's name, by a hash of it."""
        key = self.raw_key(raw, parent)
        if key is None:
            return _nameless(raw, parent)
        return _nameless(key[1:], key[0]) if self._key_tells else ":".join(key)

    def raw_key(self, raw: dict[str, Any], parent: str | None) -> Key | None:
        """Return the key of an object that may be malformed, or None where it has none."""
        parts: list[str] = []
        for name in self._resource.key:
            value = raw.get(name)
            if name == self._resource.parent_key and parent is not None:
                value = parent
            if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
                return None
            parts.append(str(value))
        return tuple(parts)


def _picker(names: Sequence[str]) -> Callable[[dict[str, Any]], Values]:
    """Like `itemgetter`, giving a tuple for one name and for none, too."""
    if len(names) == 1:
        only = names[0]
        return lambda fields: (fields[only],)
    if not names:
        return lambda _fields: ()
    return itemgetter(*names)


def _reason(error: ValidationError, resource: Resource, raw: dict[str, Any]) -> str:
    """Name fields, expected types and types that came. pydantic's own messages hold values."""
    types = {column.name: column.type for column in resource.columns}
    aliases = {
        field.alias: name for name, field in resource.model.model_fields.items() if field.alias
    }
    parts = []
    for problem in error.errors(include_input=False, include_context=False, include_url=False):
        wire_name = str(problem["loc"][0]) if problem["loc"] else ""
        name = aliases.get(wire_name, wire_name)
        got = _type_name(raw[wire_name]) if wire_name in raw else "nothing"
        parts.append(f"{name}: expected {types.get(name, 'another type')}, got {got}")
    return "; ".join(dict.fromkeys(parts))


def _type_name(value: Any) -> str:
    if value is None:
        return "null"
    names = {
        bool: "a boolean", str: "a text", int: "a whole number", float: "a number",
        list: "a list", dict: "an object",
    }  # fmt: skip
    return names.get(type(value), type(value).__name__)


def _nameless(entry: Any, parent: str | None) -> str:
    """Name a record without a key by its content, and by its parent: who is read well next time
    has none of its bad records any more."""
    try:
        text = to_json(entry)
    except RecursionError:
        text = _TOO_DEEP
    digest, _ = fingerprint([text])
    return f"{parent}:{digest}" if parent else digest
