"""How faults change the JSON of a good answer."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import orjson

from .faults import FaultRule

Record = dict[str, Any]

_KEYS = {"id", "shortcode", "uuid", "code", "key"}
_IMPOSSIBLE: tuple[Any, ...] = ({"unexpected": True}, ["unexpected"], 12345678901234567890, True)
_DEEP = 300
_HOSTILE = "\ud83d and \x00"
"""Half of a surrogate pair, as a cut emoji leaves it, and the character that Postgres refuses."""


def spoil_body(rule: FaultRule, seed: int, body: bytes) -> bytes:
    """Change the body of a good answer.

    Args:
        rule: The fault.
        seed: For draws that differ from one request to the next.
        body: JSON; an answer without records stays as it is.

    Returns:
        The body that is sent instead.
    """
    if rule.kind == "truncated":
        return body[: max(1, len(body) * 2 // 3)] if body else b"{"
    content = orjson.loads(body) if body else None
    records = _records(content)
    if not records:
        return body
    if rule.kind in {"repeat_row", "drop_row"}:
        _change_rows(content, records, rule.kind, random.Random(seed))
        return _dumped(content)
    if rule.kind == "deep_nesting":
        depth = rule.value or _DEEP
        random.Random(seed).choice(records)["x_deep"] = "@deep@"
        return _dumped(content).replace(b'"@deep@"', b"[" * depth + b"]" * depth)
    _SPOILERS[rule.kind](rule, records, random.Random(seed))
    return _dumped(content)


def _dumped(content: Any) -> bytes:
    """Write JSON that orjson refuses to write: lone surrogates, integers of any size."""
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()


def _records(content: Any) -> list[Record]:
    """Find the records of an answer: a bare list, the list in an envelope, or a lone object."""
    if isinstance(content, list):
        return [row for row in content if isinstance(row, dict)]
    if not isinstance(content, dict):
        return []
    if (rows := _rows(content)) is not None:
        return [row for row in rows if isinstance(row, dict)]
    inner = content.get("candidate")
    return [inner if isinstance(inner, dict) and len(content) == 1 else content]


def _rows(content: Any) -> list[Any] | None:
    """Find the list of an answer, None where it is a lone object."""
    if isinstance(content, list):
        return content
    for value in content.values():
        if isinstance(value, list) and len(content) <= 2:
            return value
    return None


def _change_rows(content: Any, records: list[Record], kind: str, chooser: random.Random) -> None:
    rows, chosen = _rows(content), chooser.choice(records)
    if rows is None:
        return
    if kind == "drop_row":
        rows.remove(chosen)
    else:
        rows.insert(chooser.randint(0, len(rows)), chosen)


def _malform(rule: FaultRule, records: list[Record], chooser: random.Random) -> None:
    record = chooser.choice(records)
    known = [key for key in record if key not in _KEYS]
    if rule.field is not None:
        record[rule.field] = rule.value
    elif known:
        record[chooser.choice(known)] = chooser.choice(_IMPOSSIBLE)


def _add_unknown(_rule: FaultRule, records: list[Record], chooser: random.Random) -> None:
    for record in records:
        record["x_new_field"] = chooser.choice([1, "one", None, ["one"], {"one": 1}])
        record["x_newer_field"] = {"nested": [chooser.random()]}


def _retype(rule: FaultRule, records: list[Record], _chooser: random.Random) -> None:
    names = sorted({key for record in records for key in record} - _KEYS)
    field = rule.field or random.Random(rule.seed).choice(names)
    for record in records:
        if record.get(field) is not None:
            record[field] = _other_type(record[field])


def _other_type(value: Any) -> Any:
    """Say the same in another JSON type."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return {"value": value}
    if isinstance(value, str):
        return {"value": value}
    return str(value)


def _poison_text(rule: FaultRule, records: list[Record], chooser: random.Random) -> None:
    record = chooser.choice(records)
    texts = [key for key, value in record.items() if isinstance(value, str) and key not in _KEYS]
    plain = [key for key in texts if not key.endswith(("_at", "_date", "url"))] or texts
    field = rule.field or (chooser.choice(plain) if plain else None)
    if field is not None:
        record[field] = f"{record.get(field) or ''}{_HOSTILE}"


def _enlarge(rule: FaultRule, records: list[Record], chooser: random.Random) -> None:
    record = chooser.choice(records)
    numbers = [
        key
        for key, value in record.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    ]
    field = rule.field or (chooser.choice(numbers) if numbers else "x_huge")
    record[field] = 2**64 + 1


_SPOILERS: dict[str, Callable[[FaultRule, list[Record], random.Random], None]] = {
    "malformed": _malform,
    "unknown_fields": _add_unknown,
    "new_type": _retype,
    "hostile_text": _poison_text,
    "huge_number": _enlarge,
}
