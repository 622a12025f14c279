"""Runs the real command against the simulator and reads the tables that it built."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from tests import forked, parsed_project
from tests.oracle.values import Row

from workable_elt.simulator.server.runner import Simulator


@dataclass(frozen=True)
class Warehouse:
    """A warehouse that `workable-elt run` fills, DuckDB unless a Postgres URL is given."""

    folder: Path
    postgres_url: str | None = None

    @property
    def file(self) -> Path:
        """The DuckDB file."""
        return self.folder / "hr.duckdb"

    def run(self, sim: Simulator, *arguments: str, **environment: str) -> dict[str, Any]:
        """Call ``workable-elt run --json`` and give its answer; anything but exit 0 fails."""
        return self.call(sim, "run", *arguments, **environment)

    def call(self, sim: Simulator, *arguments: str, **environment: str) -> dict[str, Any]:
        """Call a command with ``--json`` in a process of its own."""
        source = {
            "SOURCES__WORKABLE__SUBDOMAIN": sim.subdomain,
            "SOURCES__WORKABLE__ACCESS_TOKEN": sim.token,
            "SOURCES__WORKABLE__BASE_URL": sim.base_url,
        }
        return self._call(*arguments, **{**source, **environment})

    def build(self, *arguments: str) -> dict[str, Any]:
        """Call ``workable-elt build --json`` on what was loaded; anything but exit 0 fails."""
        return self._call("build", *arguments)

    def _call(self, *arguments: str, **environment: str) -> dict[str, Any]:
        self.folder.mkdir(parents=True, exist_ok=True)
        variables = {
            **os.environ,
            "DESTINATION__DUCKDB__CREDENTIALS": str(self.file),
            "WORKABLE_ELT_HOME": str(self.folder / "home"),
            **environment,
        }
        if self.postgres_url:
            variables["WORKABLE_ELT_DESTINATION"] = "postgres"
            variables["DESTINATION__POSTGRES__CREDENTIALS"] = self.postgres_url
        with self._reading_lent(arguments[0], variables):
            done = forked.workable_elt([*arguments, "--json"], self.folder, variables)
            answer = json.loads(done.stdout)
            bad = [r for a in answer.get("accounts", []) for r in a["resources"] if r["error"]]
            failures = [
                f for f in answer.get("dbt", {}).get("failures", []) if f["severity"] == "error"
            ]
            assert done.returncode == 0, (answer.get("error"), bad, failures, done.stderr[-2000:])
        return dict(answer)

    def _reading_lent(
        self, command: str, environment: Mapping[str, str]
    ) -> AbstractContextManager[None]:
        if self.postgres_url or command not in ("run", "build"):
            return nullcontext()
        target = self.folder / "home" / "dbt" / "target"
        return parsed_project.lent(target, self.file, *parsed_project.settings_of(environment))

    def rows(self, query: str) -> list[Row]:
        """The rows of a query, by column name."""
        if self.postgres_url:
            return self._postgres_rows(query)
        with duckdb.connect(str(self.file), read_only=True) as connection:
            found = connection.execute(query)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def _postgres_rows(self, query: str) -> list[Row]:
        import psycopg2
        from psycopg2.extras import RealDictCursor

        connection = psycopg2.connect(self.postgres_url)
        try:
            with connection.cursor(cursor_factory=RealDictCursor) as cursor:
                cursor.execute(query)
                return [dict(row) for row in cursor.fetchall()]
        finally:
            connection.close()

    def table(self, name: str, schema: str = "workable") -> list[Row]:
        """All rows of a table."""
        return self.rows(f'select * from {schema}."{name}"')
