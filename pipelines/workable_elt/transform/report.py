"""What a dbt run ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class NodeFailure:
    """A model or test that is not good.

    Attributes:
        name: dbt's name of the node.
        kind: ``model``, ``test``, ``unit_test``, ``snapshot`` or ``seed``.
        severity: ``error`` fails the build, ``warn`` does not.
        message: what dbt or the warehouse said, without the values of rows.
        rows: how many rows a test found, or None.
        compiled: the SQL that was run, to be run again by hand; None when there is none.
    """

    name: str
    kind: str
    severity: Literal["error", "warn"]
    message: str
    rows: int | None = None
    compiled: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "name": self.name,
            "kind": self.kind,
            "severity": self.severity,
            "message": self.message,
            "rows": self.rows,
            "compiled": self.compiled,
        }


@dataclass(frozen=True)
class NodeTime:
    """How long a model or test took.

    Attributes:
        name: dbt's name of the node.
        kind: ``model``, ``test``, ``snapshot`` or ``seed``.
        seconds: wall time; nodes run side by side, so they add up to more than the build's.
    """

    name: str
    kind: str
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {"name": self.name, "kind": self.kind, "seconds": round(self.seconds, 3)}


@dataclass(frozen=True)
class BuildReport:
    """What dbt built and tested.

    Attributes:
        models: models that were built.
        tests: tests that were to be run, unit tests included.
        passed: tests that passed.
        failed: tests that failed, and models, seeds and snapshots that could not be built.
        warned: tests that found something and only warn.
        not_run: nodes left out because something before them failed.
        skipped: whether dbt was not run at all, because nothing had changed.
        seconds: wall time.
        failures: what failed or warned, failures first.
        slowest: the nodes that took longest, these first; ten at most.
    """

    models: int = 0
    tests: int = 0
    passed: int = 0
    failed: int = 0
    warned: int = 0
    not_run: int = 0
    skipped: bool = False
    seconds: float = 0.0
    failures: tuple[NodeFailure, ...] = ()
    slowest: tuple[NodeTime, ...] = ()

    @property
    def status(self) -> Literal["ok", "failed"]:
        """``failed`` when anything failed; a warning is no failure."""
        return "failed" if self.failed else "ok"

    def to_json(self) -> dict[str, Any]:
        """Give the ``dbt`` object of the machine interface."""
        return {
            "models": self.models,
            "tests": self.tests,
            "passed": self.passed,
            "failed": self.failed,
            "warned": self.warned,
            "not_run": self.not_run,
            "skipped": self.skipped,
            "seconds": round(self.seconds, 3),
            "failures": [failure.to_json() for failure in self.failures],
            "slowest": [node.to_json() for node in self.slowest],
        }


NOT_BUILT = BuildReport(skipped=True)
"""dbt was not run."""
