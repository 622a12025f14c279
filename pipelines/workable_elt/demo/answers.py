"""Five of the example questions, answered from the demo's marts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from workable_elt.demo.summary import Rows, rows_of
from workable_elt.transform.project import shipped_places

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
    rows: Rows

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {"question": self.question, "file": str(self.file), "rows": self.rows}


def answer_examples(database: Path) -> list[Answer]:
    """Ask the five questions.

    Args:
        database: a DuckDB file with the unified tables; without the marts nothing is answered.
    """
    folder = next(place for place in shipped_places("examples") if place.is_dir())
    with duckdb.connect(str(database), read_only=True) as connection:
        marts = connection.execute(_HAS_MARTS).fetchone()
        if not marts or not marts[0]:
            return []
        return [_answer(connection, folder / f"{name}.sql") for name in _SHOWN]


def _answer(connection: duckdb.DuckDBPyConnection, file: Path) -> Answer:
    query = file.read_text(encoding="utf-8")
    question = query.splitlines()[0].removeprefix("--").strip()
    return Answer(question, file, rows_of(connection, query))
