"""Five of the example questions, answered from the demo's marts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

_PACKAGE = Path(__file__).resolve().parents[1]
_SHOWN = (
    "01_time_to_fill",
    "02_which_source_pays",
    "03_where_candidates_wait",
    "04_who_leaves_within_a_year",
    "07_unused_leave_by_team",
)
_HAS_MARTS = "select count(*) from information_schema.tables where table_schema = 'workable_marts'"


@dataclass(frozen=True)
class Answer:
    """What one query of the examples gives.

    Attributes:
        question: the question, as the query begins.
        file: the query's file.
        rows: its rows, by column name, in the query's order.
    """

    question: str
    file: Path
    rows: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {"question": self.question, "file": str(self.file), "rows": self.rows}


def answer_examples(database: Path) -> list[Answer]:
    """Ask the five questions.

    Args:
        database: a DuckDB file with the unified tables; without the marts nothing is answered.
    """
    folder = examples_dir()
    with duckdb.connect(str(database), read_only=True) as connection:
        marts = connection.execute(_HAS_MARTS).fetchone()
        if not marts or not marts[0]:
            return []
        return [_answer(connection, folder / f"{name}.sql") for name in _SHOWN]


def examples_dir(package: Path = _PACKAGE) -> Path:
    """Give the folder of the queries: inside the package in a wheel, at the top in a checkout."""
    inside_wheel = package / "examples"
    return inside_wheel if inside_wheel.is_dir() else package.parents[1] / "examples"


def _answer(connection: duckdb.DuckDBPyConnection, file: Path) -> Answer:
    query = file.read_text(encoding="utf-8")
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return Answer(query.splitlines()[0].removeprefix("--").strip(), file, rows)
