"""Reads the results of a dbt run."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from typing import Any

from workable_elt.transform.report import BuildReport, NodeFailure, NodeTime

_TESTS = frozenset({"test", "unit_test"})
_BAD = frozenset({"error", "fail", "runtime error", "partial success"})
_LONGEST_MESSAGE = 500
_SLOWEST = 10
# Engines quote the value that they could not convert; it can be anybody's e-mail address.
_VALUE = re.compile(r"((?:string|value|syntax for type [\w ]+:|out of range:?) )(['\"]).*?\2")
# They also show the line of SQL, cut anywhere, with its literals; the compiled file has the whole.
_EXCERPT = re.compile(r" LINE \d+:.*")


def report_of(results: Sequence[Any], *, seconds: float) -> BuildReport:
    """Count and describe the results of ``dbt build``.

    Args:
        results: dbt's ``RunResult`` objects.
        seconds: how long it took.
    """
    rows = [(result.node.resource_type.value, str(result.status.value)) for result in results]
    return BuildReport(
        models=sum(kind == "model" and status == "success" for kind, status in rows),
        tests=sum(kind in _TESTS for kind, _ in rows),
        passed=sum(kind in _TESTS and status in ("pass", "success") for kind, status in rows),
        failed=sum(status in _BAD for _, status in rows),
        warned=sum(status == "warn" for _, status in rows),
        not_run=sum(status == "skipped" for _, status in rows),
        seconds=seconds,
        failures=tuple(_failures(results)),
        slowest=tuple(_slowest(results)),
    )


def _slowest(results: Iterable[Any]) -> list[NodeTime]:
    times = (
        NodeTime(result.node.name, result.node.resource_type.value, result.execution_time)
        for result in results
    )
    return heapq.nlargest(_SLOWEST, times, key=lambda node: node.seconds)


def _failures(results: Iterable[Any]) -> list[NodeFailure]:
    found = [_failure(result) for result in results if _is_finding(str(result.status.value))]
    return sorted(found, key=lambda failure: (failure.severity, failure.kind, failure.name))


def _is_finding(status: str) -> bool:
    return status in _BAD or status == "warn"


def _failure(result: Any) -> NodeFailure:
    node = result.node
    return NodeFailure(
        name=node.name,
        kind=node.resource_type.value,
        severity="warn" if str(result.status.value) == "warn" else "error",
        message=without_values(result.message or "")[:_LONGEST_MESSAGE],
        rows=result.failures,
        compiled=getattr(node, "compiled_path", None),
    )


def without_values(message: str) -> str:
    """Put a warehouse's message on one line, without the values and the SQL that it quotes.

    Args:
        message: such as ``Conversion Error: Could not convert string 'x@y.z' to INT32``.
    """
    return _EXCERPT.sub("", _VALUE.sub(r"\1'...'", " ".join(message.split())))
