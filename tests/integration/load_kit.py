"""Runs loads against a simulator and reads what they wrote."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
from tests import lending
from tests.integration import lent_loads
from tests.integration.raw_truth import Table, differences, expected_table, loaded_table

from workable_elt.config import Config, read_config
from workable_elt.settings import RESOURCES
from workable_elt.simulator.server.runner import Simulator
from workable_elt.warehouse import LoadReport, load

LABEL = "acme"
DEFAULT_TABLES = [name for name, resource in RESOURCES.items() if not resource.optional]


@dataclass
class Loads:
    """One account in one warehouse."""

    simulator: Simulator
    config: Config
    postgres_url: str | None = None
    _connection: Any = field(default=None, init=False, repr=False, compare=False)

    def run(self, **arguments: Any) -> LoadReport:
        """Load, and insist that all went well."""
        report = load(self.config, **arguments)
        assert report.status == "ok", report.to_json()
        return report

    def begin(self) -> None:
        """Leave the warehouse as a first load does; in DuckDB another test may have made it."""
        file = self.config.duckdb_file
        if self.postgres_url is not None or file is None:
            self.run()
            return
        name = lent_loads.name_of(self.simulator)
        if not lent_loads.borrow(name, file):
            self.run()
            lending.keep(name, [file])
        # Whoever made it may have been slower than this account's clock is now.
        self.simulator.control.advance(60)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse, past dlt."""
        with self.connected():
            cursor = self._connection.cursor()
            cursor.execute(sql)
            return [tuple(row) for row in cursor.fetchall()]

    @contextlib.contextmanager
    def connected(self) -> Iterator[None]:
        """Ask over one connection, where there are many questions and no load between them."""
        if self._connection is not None:
            yield
            return
        with contextlib.closing(self._connect()) as self._connection:
            try:
                yield
            finally:
                self._connection = None

    def _connect(self) -> Any:
        if self.postgres_url is None:
            return duckdb.connect(str(self.config.duckdb_file), read_only=True)
        import psycopg2
        from psycopg2.extras import register_default_json

        connection = psycopg2.connect(self.postgres_url)
        # JSON as its text, as DuckDB gives it.
        register_default_json(connection, loads=lambda text: text)
        return connection

    def table(self, name: str) -> Table:
        """A raw table's business columns by key."""
        return loaded_table(name, self.query, LABEL)

    def differences(self) -> dict[str, list[str]]:
        """How the raw tables differ from the simulator's truth, those that do."""
        truth = self.simulator.control.truth()
        with self.connected():
            told = {
                name: differences(expected_table(name, truth), self.table(name))
                for name in DEFAULT_TABLES
            }
        return {name: lines for name, lines in told.items() if lines}

    def in_file(self, file: Path) -> Loads:
        """The same account in another DuckDB file."""
        return Loads(self.simulator, replace(self.config, destination="duckdb", duckdb_file=file))


def account_environment(simulator: Simulator, **more: str) -> dict[str, str]:
    """The environment that points to a simulator's account."""
    keys = {
        "subdomain": simulator.subdomain,
        "access_token": simulator.token,
        "base_url": simulator.base_url,
        "account": LABEL,
        "wait_seconds": "0",
        **more,
    }
    return {f"SOURCES__WORKABLE__{key.upper()}": value for key, value in keys.items()}


def configure(simulator: Simulator, monkeypatch: Any, **more: str) -> Config:
    """Set the environment and read it."""
    for name, value in account_environment(simulator, **more).items():
        monkeypatch.setenv(name, value)
    return read_config()
