"""Finds what a warehouse, its files and its folders still say of people who are gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.integration.load_kit import Loads

_FACT = re.compile(
    r"[0-9a-f]{4,24}|[0-9a-f-]{36}|[A-Z0-9]{10}"  # ids and shortcodes
    r"|\d{4}-\d\d-\d\d.*|\d+ \w+ \d{4}( - \d+ \w+ \d{4})?|\d+(\.\d+)?"  # dates and numbers
)


# docs/privacy.md calls these facts, as the job, the stage and the source are.
_FACT_KEYS = frozenset({"job_title", "action", "domain", "common_source", "outlet"})


def leaves(value: Any) -> Iterator[str]:
    """All texts inside a JSON value but those of facts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _FACT_KEYS:
                yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value


def telling_values(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """What an account said of its people, and says of nobody any more.

    Args:
        before: The truth while they were there.
        after: The truth without them: a value that is still in it may well be stored.

    Returns:
        Texts that are neither ids nor dates nor numbers.
    """
    left = json.dumps(after, ensure_ascii=False)
    # The signature of a URL differs at every reading.
    texts = (text.split("?X-Amz")[0] for text in leaves(before))
    found = {text for text in texts if len(text) >= 4 and not _FACT.fullmatch(text)}
    return {text for text in found if json.dumps(text, ensure_ascii=False)[1:-1] not in left}


def table_texts(loads: Loads) -> dict[str, str]:
    """Every row of every table of every schema, as one text a table."""
    cast = "cast(columns(*) as varchar)" if loads.postgres_url is None else "row_to_json(t)::text"
    with loads.connected():
        tables = loads.query(
            "select table_schema, table_name from information_schema.tables "
            "where table_schema like 'workable%'"
        )
        return {
            f"{schema}.{name}": str(loads.query(f'select {cast} from "{schema}"."{name}" t'))
            for schema, name in tables
        }


def file_texts(folder: Path, *, without: Iterable[Path] = ()) -> dict[str, str]:
    """Every file below a folder, as text, its name included."""
    left_out = {path.resolve() for path in without}
    return {
        str(path): f"{path.name} {path.read_bytes().decode('utf-8', 'replace')}"
        for path in folder.rglob("*")
        if path.is_file() and path.resolve() not in left_out
    }


def found_in(texts: dict[str, str], values: Iterable[str]) -> set[tuple[str, str]]:
    """Where a value still stands. Escaped spellings count, too."""
    spellings = {(v, s) for v in values for s in (v, json.dumps(v)[1:-1], repr(v)[1:-1])}
    return {(name, v) for name, text in texts.items() for v, s in spellings if s in text}
