"""The `error` of a command that ran to its end and is not all good."""

from __future__ import annotations

from typing import Any

from workable_elt.transform import BuildReport


def with_error(body: dict[str, Any], error: dict[str, str] | None) -> dict[str, Any]:
    """Give a body with the first thing that went wrong under `error`, if anything did."""
    return {**body, "error": error} if error else body


def build_error(report: BuildReport) -> dict[str, str] | None:
    """Give what to say first about a failed build; None when it is good.

    Args:
        report: of dbt.
    """
    failed = [failure for failure in report.failures if failure.severity == "error"]
    if not failed:
        return None
    first = failed[0]
    others = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    hint = f"It said: {first.message}"
    if first.compiled:
        hint += f"\nIts SQL, to be run by hand: {first.compiled}"
    return {
        "code": "dbt_failed",
        "message": f"dbt failed: {first.kind} {first.name}{others}.",
        "hint": hint,
    }
