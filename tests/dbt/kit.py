"""Runs the project's own dbt on hand-made raw tables, in DuckDB and in Postgres."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
from tests import forked, parsed_project

from workable_elt.settings import RAW_DATASET, RESOURCES
from workable_elt.transform import postgres_environment, project_dir
from workable_elt.warehouse.tables import SERVICE_TABLES

Row = dict[str, Any]
ACCOUNT = "acme"
LOAD = "1"
# The name is the one that the macros are dispatched in.
_MACROS_ONLY = """
name: workable_elt
profile: workable_elt
models: {workable_elt: {+schema: staging}}
"""
_TYPES = {
    "text": "varchar",
    "bool": "boolean",
    "bigint": "bigint",
    "decimal": "decimal(38, 9)",
    "timestamp": "timestamp",
    "json": "json",
}


@dataclass(frozen=True)
class Warehouse:
    """A warehouse with raw tables, and dbt to build from them."""

    folder: Path
    postgres_url: str | None = None

    @property
    def target(self) -> str:
        """The target of profiles.yml."""
        return "postgres" if self.postgres_url else "duckdb"

    def create(self, rows: Mapping[str, Sequence[Row]] | None = None) -> Warehouse:
        """Make every raw table and fill those that rows are given for; account is filled in."""
        statements = [f"create schema {RAW_DATASET}"]
        for table in (*RESOURCES.values(), *SERVICE_TABLES.values()):
            columns = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in table.columns)
            statements.append(
                f'create table {RAW_DATASET}."{table.name}" ({columns}, _dlt_load_id varchar)'
            )
        statements += [
            f"create table {RAW_DATASET}._dlt_loads (load_id varchar, status bigint)",
            f"insert into {RAW_DATASET}._dlt_loads values ('{LOAD}', 0)",
        ]
        self._execute([(statement, ()) for statement in statements])
        self.insert(rows or {})
        return self

    def insert(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Add rows to raw tables; lists and objects become JSON."""
        self._execute(
            [
                self._insertion(table, {"account": ACCOUNT, "_dlt_load_id": LOAD, **row})
                for table, rows_of_table in rows.items()
                for row in rows_of_table
            ]
        )

    def _insertion(self, table: str, row: Row) -> tuple[str, tuple[Any, ...]]:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(["%s" if self.postgres_url else "?"] * len(row))
        values = tuple(json.dumps(v) if isinstance(v, list | dict) else v for v in row.values())
        return f'insert into {RAW_DATASET}."{table}" ({names}) values ({marks})', values

    def _execute(self, statements: Sequence[tuple[str, tuple[Any, ...]]]) -> None:
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            for statement, values in statements:
                cursor.execute(statement, values or None)
            connection.commit()

    def _connect(self) -> Any:
        if self.postgres_url:
            return psycopg2.connect(self.postgres_url)
        return duckdb.connect(str(self.folder / "w.duckdb"))

    def rows(self, query: str) -> list[Row]:
        """The rows of a query, by column name."""
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(query)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def dbt(self, *arguments: str, **environment: str) -> str:
        """Run dbt with our own CI's severity; anything but exit 0 fails. Gives its output."""
        variables = {
            **os.environ,
            "DESTINATION__DUCKDB__CREDENTIALS": str(self.folder / "w.duckdb"),
            "WORKABLE_ELT_DESTINATION": self.target,
            "WORKABLE_ELT_STRICT": "true",
            "DBT_PROFILES_DIR": str(project_dir()),
            "DBT_PROJECT_DIR": str(project_dir()),
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            **(postgres_environment(self.postgres_url) if self.postgres_url else {}),
            **environment,
        }
        with self._reading_lent(arguments, variables):
            done = forked.dbt(arguments, self.folder, variables)
            assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        return done.stdout

    def _reading_lent(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> AbstractContextManager[None]:
        if self.postgres_url or environment["DBT_PROJECT_DIR"] != str(project_dir()):
            return nullcontext()
        given = arguments[arguments.index("--vars") + 1] if "--vars" in arguments else ""
        database = Path(environment["DESTINATION__DUCKDB__CREDENTIALS"])
        return parsed_project.lent(
            self.folder / "target", database, given, environment["WORKABLE_ELT_STRICT"]
        )

    def build_selected(self, *selected: str, variables: str = "{}", **environment: str) -> None:
        """Build seeds, snapshots and models of a selection, without any test."""
        self.dbt(
            *("build", "--quiet", "--resource-type", "seed"),
            *("--resource-type", "snapshot", "--resource-type", "model"),
            *("--select", *selected),
            *("--vars", variables),
            **environment,
        )

    @property
    def macros_only(self) -> dict[str, str]:
        """Environment of a project with the macros and `stg_workable__syncs`, nothing more.

        dbt reads all of ours for seconds.
        """
        project = self.folder / "macros_only"
        if not project.exists():
            (project / "models").mkdir(parents=True)
            ours, staging = project_dir(), project_dir() / "models" / "staging"
            (project / "macros").symlink_to(ours / "macros")
            (project / "dbt_project.yml").write_text(_MACROS_ONLY)
            for file in ("_workable__sources.yml", "ats/stg_workable__syncs.sql"):
                (project / "models" / Path(file).name).symlink_to(staging / file)
        return {"DBT_PROJECT_DIR": str(project)}

    def show(self, query: str, *arguments: str, **environment: str) -> list[Row]:
        """The rows of a query that uses the project's macros."""
        output = self.dbt(
            *("--quiet", "show", "--output", "json", "--limit", "-1", "--inline", query),
            *arguments,
            **{**self.macros_only, **environment},
        )
        return list(json.loads(output[output.index("{") :])["show"])
