"""Writes the columns of the raw tables into the dbt project, as settings.py declares them.

    .venv/bin/python tests/describe_sources.py

dbt knows nothing of Python, so the words stand in both places; a test holds them together.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from workable_elt.settings import RESOURCES
from workable_elt.warehouse.tables import SERVICE_TABLES

FILE = Path(__file__).resolve().parents[1] / "dbt_project/models/staging/_workable__sources.yml"
_TABLE = re.compile(r"^      - name: (\S+)\n(?:(?!      - name: ).*\n)+", re.MULTILINE)
_COLUMNS = re.compile(r"^        columns:\n(?:          .*\n)+", re.MULTILINE)


def declared() -> dict[str, dict[str, str]]:
    """Give the descriptions by table and column."""
    return {
        table.name: {column.name: column.description for column in table.columns}
        for table in (*RESOURCES.values(), *SERVICE_TABLES.values())
    }


def described(text: str) -> str:
    """Give the text of the file with the columns of every declared table."""
    tables = declared()
    return _TABLE.sub(lambda table: _with_columns(table[0], tables.get(table[1], {})), text)


def _with_columns(table: str, columns: dict[str, str]) -> str:
    if not columns:
        return table
    lines = [
        f"          - {{name: {name}, description: {json.dumps(words, ensure_ascii=False)}}}\n"
        for name, words in columns.items()
    ]
    return "".join([_COLUMNS.sub("", table), "        columns:\n", *lines])


if __name__ == "__main__":
    FILE.write_text(described(FILE.read_text(encoding="utf-8")), encoding="utf-8")
