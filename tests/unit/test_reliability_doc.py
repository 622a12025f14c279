"""The page on reliability rests on tests: each one that it names exists, each line names one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reliability.md").read_text()


def existing_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def rows_of_tables_with_tests() -> list[str]:
    tables = re.findall(r"\| fault \|.*\| test \|\n\|[ -|]+\|\n((?:\|.*\|\n)+)", PAGE)
    return [row for table in tables for row in table.splitlines()]


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert named
    assert named - existing_tests() == set()


def test_every_fault_of_the_page_names_a_test() -> None:
    rows = rows_of_tables_with_tests()
    assert len(rows) > 30
    assert [row for row in rows if not re.search(r"`test_\w+`", row)] == []


def test_every_test_of_a_fault_class_is_on_the_page() -> None:
    ours = {
        node.name
        for path in (ROOT / "tests/faults").glob("test_fault_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert ours
    assert ours - set(re.findall(r"`(test_\w+)`", PAGE)) == set()
