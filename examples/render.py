"""Writes examples/README.md anew: each question, how to read its answer, and what the demo answers.

    make demo
    .venv/bin/python examples/render.py workable_demo.duckdb

The words are the comments that the queries begin with, so that there is one place to change them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb

HERE = Path(__file__).resolve().parent
ROWS_SHOWN = 8
NUMBER_TYPES = ("INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "DOUBLE")
LEFT_OUT = "What it leaves out: "
READING = "How to read it: "

HEAD = """# Ten questions, ten queries

Questions that heads of talent and of people ask, each with its query, how to read the answer, and
what the invented company of `make demo` answers. No SQL is needed to read them: take a
question, run its file, compare with the output below.

```
make demo                                    # once: makes workable_demo.duckdb
.venv/bin/python -c "import duckdb; print(duckdb.connect('workable_demo.duckdb', read_only=True).sql(open('examples/01_time_to_fill.sql').read()))"
```

On your own data give your file's name instead; on Postgres, `psql -f examples/01_time_to_fill.sql`.
The queries are the same in both. They need the marts (`workable_marts`), which are built unless
`include_marts` is false, and they count from the last complete load, not from today: what is
"next week" is the week after it. All names below are made up.

This page is written by `examples/render.py` from the queries and the demo.
"""


def words(query: str) -> tuple[str, str, str]:
    """Give the question, how to read the answer, and what it leaves out, each on one line."""
    lines = []
    for line in query.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    question = lines[0]
    text = " ".join(line for line in lines[1:] if line)
    reading, left_out = text.removeprefix(READING).split(LEFT_OUT)
    return question, reading.strip()[:1].upper() + reading.strip()[1:], left_out.strip()


def queries() -> list[Path]:
    """The files, in order."""
    return sorted(HERE.glob("[0-9][0-9]_*.sql"))


def table(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Run a query and give the first rows as a table of Markdown."""
    result = connection.execute(query)
    heads = [(name, str(kind).startswith(NUMBER_TYPES)) for name, kind, *_ in result.description]
    rows = result.fetchall()
    lines = [
        _line(name for name, _ in heads),
        _line("---:" if is_number else "---" for _, is_number in heads),
        *(_line(_cell(value) for value in row) for row in rows[:ROWS_SHOWN]),
    ]
    if len(rows) > ROWS_SHOWN:
        lines += ["", f"… and {len(rows) - ROWS_SHOWN} more rows."]
    return "\n".join(lines)


def _line(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|")


def section(path: Path) -> str:
    """The words of one query, under its heading."""
    question, reading, left_out = words(path.read_text(encoding="utf-8"))
    return (
        f"## {int(path.name[:2])}. {question}\n\n[{path.name}]({path.name})\n\n"
        f"{reading}\n\n*{LEFT_OUT.strip()}* {left_out}\n"
    )


def main(database: str) -> None:
    """Write the page from a built DuckDB file."""
    with duckdb.connect(database, read_only=True) as connection:
        answers = {path: table(connection, path.read_text(encoding="utf-8")) for path in queries()}
    index = [
        f"{int(path.name[:2])}. {words(path.read_text(encoding='utf-8'))[0]}" for path in answers
    ]
    parts = [
        HEAD,
        "\n".join([*index, ""]),
        *(f"{section(path)}\n{answer}\n" for path, answer in answers.items()),
    ]
    (HERE / "README.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
