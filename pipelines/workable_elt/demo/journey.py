"""Simulator, load, build, summary; the database appears under its name only when all is done."""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workable_elt.api.auth import Secret
from workable_elt.config import AccountConfig, Config
from workable_elt.demo.answers import Answer, answer_examples
from workable_elt.demo.summary import NEXT_QUERIES, Summary, summarise
from workable_elt.exits import UserError
from workable_elt.leftovers import is_gone, must_not_stay
from workable_elt.progress import Progress
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess
from workable_elt.transform import BuildReport, Target, build, project_read_ahead
from workable_elt.warehouse import LoadReport, load

REQUESTS_PER_WINDOW = 10
WINDOW_SECONDS = 10
"""What Workable allows an account's token (the API notes, rate limits)."""


@dataclass(frozen=True)
class DemoReport:
    """What the demo did and found.

    Attributes:
        database: the DuckDB file.
        loaded: what the load did.
        built: what dbt did.
        summary: figures from the tables.
        answers: example questions, answered; none where the marts are switched off.
        simulate_seconds: how long it took to make up the company.
        seconds: how long everything took.
    """

    database: Path
    loaded: LoadReport
    built: BuildReport
    summary: Summary
    answers: list[Answer]
    simulate_seconds: float
    seconds: float

    @property
    def status(self) -> str:
        """``ok`` when every resource was loaded and every test passed."""
        return "failed" if self.built.status == "failed" else self.loaded.status

    @property
    def seconds_at_workable(self) -> int:
        """How long the same requests take at the limit of an account's token."""
        return math.ceil(self.loaded.requests / REQUESTS_PER_WINDOW) * WINDOW_SECONDS

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "status": self.status,
            "database": str(self.database),
            "as_of": self.loaded.as_of,
            "requests": self.loaded.requests,
            "seconds": {
                "simulate": round(self.simulate_seconds, 3),
                "load": round(self.loaded.seconds, 3),
                "dbt": round(self.built.seconds, 3),
                "total": round(self.seconds, 3),
                "at_workable_rate_limit": self.seconds_at_workable,
            },
            "dbt": self.built.to_json(),
            **self.summary.to_json(),
            "answers": [answer.to_json() for answer in self.answers],
            "queries": [{"question": question, "sql": sql} for question, sql in NEXT_QUERIES],
        }


def run_demo(
    plan: CompanyPlan, database: Path, *, target: Target, account: str | None, progress: Progress
) -> DemoReport:
    """Run the whole way once.

    Args:
        plan: the company to make up.
        database: the DuckDB file to make; one that is there is replaced at the end, in one step.
        target: how to build; its home is for what dlt and dbt keep, its file is not used.
        account: label of the rows; None takes the company's subdomain.
        progress: told of every step.

    Raises:
        UserError: the load failed, dbt could not start, or the file cannot be written.
    """
    began = time.monotonic()
    with _workshop(database) as unfinished:
        progress.message(
            f"Making up a company: {plan.candidates:,} candidates, {plan.jobs} jobs, "
            f"{plan.employees:,} employees ..."
        )
        own = replace(target, credentials=str(unfinished))
        with (
            project_read_ahead(own),
            SimulatorProcess(plan, rate_limit=False) as simulator,
        ):
            simulate_seconds = time.monotonic() - began
            config = _config(simulator, unfinished, target.home, account)
            loaded = load(config, full=True, progress=progress)
        if loaded.as_of is None or loaded.status == "failed":
            raise _load_failed(loaded)
        built = build(own, as_of=loaded.as_of, progress=progress)
        summary = summarise(unfinished, loaded.as_of)
        answers = answer_examples(unfinished)
        unfinished.replace(database)
    seconds = time.monotonic() - began
    return DemoReport(database, loaded, built, summary, answers, simulate_seconds, seconds)


@contextmanager
def _workshop(database: Path) -> Iterator[Path]:
    """A place beside the database for the unfinished file.

    It has the final name already: views of DuckDB hold the database's name, which is the file's.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{database.stem}-", dir=database.parent))
    except OSError as error:
        raise UserError(
            "cannot_write",
            f"{database.parent} cannot be written: {error.strerror}.",
            "Give another place: --database FILE.",
        ) from None
    must_not_stay(folder)
    try:
        yield folder / database.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        is_gone(folder)


def _config(simulator: SimulatorProcess, database: Path, home: Path, account: str | None) -> Config:
    own = AccountConfig(
        account=account or simulator.subdomain,
        subdomain=simulator.subdomain,
        access_token=Secret(simulator.token),
        member_id=None,
        base_url=simulator.base_url,
    )
    return Config((own,), "duckdb", home, duckdb_file=database)


def _load_failed(loaded: LoadReport) -> UserError:
    problem = loaded.error or {}
    return UserError(
        problem.get("code", "load_failed"),
        problem.get("message", "The load ended without a complete account."),
        problem.get("hint", "Set WORKABLE_ELT_DEBUG=1 and run it again to see the details."),
    )
