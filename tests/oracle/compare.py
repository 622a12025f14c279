"""Compares a table with its expectation, row by row and column by column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.oracle.values import Row

SHOWN = 8


def differences(
    table: str, expected: Sequence[Row], actual: Iterable[Row], key: Sequence[str]
) -> list[str]:
    """Say where a table differs from its expectation; an empty list is equality.

    Only the columns that the expectation has are compared; a set in the expectation means that
    each of its values is right. Every row must be on both sides, and each key once.
    """
    wanted = _by_key(expected, key)
    found = _by_key(actual, key)
    lines = [
        f"{table}: {name} {which}"
        for name, keys in (
            ("missing", wanted.keys() - found.keys()),
            ("not expected", found.keys() - wanted.keys()),
        )
        for which in [f"{len(keys)} rows, for example {sorted(map(str, keys))[:3]}"]
        if keys
    ]
    lines += [
        f"{table}: {k} stands {len(rows)} times" for k, rows in found.items() if len(rows) > 1
    ]
    wrong: dict[str, list[str]] = {}
    for row_key in wanted.keys() & found.keys():
        for column, value in wanted[row_key][0].items():
            got = found[row_key][0].get(column, "<no such column>")
            if not same(value, got):
                wrong.setdefault(column, []).append(f"{row_key}: expected {value!r}, got {got!r}")
    lines += [
        f"{table}.{column}: {len(cases)} wrong, for example {case}"
        for column, cases in wrong.items()
        for case in cases[:2]
    ]
    return lines


def _by_key(rows: Iterable[Row], key: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    keyed: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        keyed.setdefault(tuple(plain(row.get(column)) for column in key), []).append(row)
    return keyed


def same(expected: Any, got: Any) -> bool:
    """Whether a value is (one of) the expected."""
    if isinstance(expected, set):
        return any(same(item, got) for item in expected)
    left, right = plain(expected), plain(got)
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) < 1e-9
    return bool(left == right)


def plain(value: Any) -> Any:
    """A value in a form that is the same from every database."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Decimal | int | float):
        return float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return plain(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, list):
        return tuple(plain(item) for item in value)
    if isinstance(value, dict):
        return tuple(sorted((k, plain(v)) for k, v in value.items()))
    return value
