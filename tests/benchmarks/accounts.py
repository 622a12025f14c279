"""A simulated account that a measured process reads, and the environment that points to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import Cost, command_line, measure

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess


def plan_of(candidates: int) -> CompanyPlan:
    """Give a company with so many candidates; jobs and employees grow with them."""
    return CompanyPlan(
        candidates=candidates,
        jobs=max(10, candidates // 200),
        employees=max(20, candidates // 50),
        years=4,
        seed=7,
    )


@dataclass(frozen=True)
class Account:
    """One simulated account and a folder for what is loaded from it."""

    simulator: SimulatorProcess
    folder: Path

    @property
    def database(self) -> Path:
        """The DuckDB file of the measured command."""
        return self.folder / "hr.duckdb"

    def environment(self, token: str, client_id: str, database: Path) -> dict[str, str]:
        """Give the settings of the measured command."""
        return {
            "SOURCES__WORKABLE__SUBDOMAIN": self.simulator.subdomain,
            "SOURCES__WORKABLE__ACCESS_TOKEN": token,
            "SOURCES__WORKABLE__CLIENT_ID": client_id,
            "SOURCES__WORKABLE__BASE_URL": self.simulator.base_url,
            "SOURCES__WORKABLE__ACCOUNT": "acme",
            "DESTINATION__DUCKDB__CREDENTIALS": str(database),
            "WORKABLE_ELT_HOME": str(database.with_suffix(".home")),
        }

    def call(
        self,
        *arguments: str,
        token: str | None = None,
        client_id: str = "",
        file: Path | None = None,
    ) -> Cost:
        """Run ``workable-elt`` and take its cost; its answer is what it told."""
        environment = self.environment(
            token or self.simulator.token, client_id, file or self.database
        )
        return measure(command_line(*arguments, "--json", "--quiet"), environment)


@contextmanager
def account(candidates: int, folder: Path, *, rate_limit: bool = False) -> Iterator[Account]:
    """Serve an account from a process of its own, so that it takes no time of the measured one."""
    folder.mkdir(parents=True, exist_ok=True)
    with SimulatorProcess(plan_of(candidates), rate_limit=rate_limit) as simulator:
        yield Account(simulator, folder)


def rows_of(told: Cost) -> int:
    """Count the rows that a load says it has written."""
    return sum(resource["rows"] for one in told.told["accounts"] for resource in one["resources"])
