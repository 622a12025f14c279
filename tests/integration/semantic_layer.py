"""Asks dbt's semantic layer, by MetricFlow's own command, and the marts for the same figures."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.integration.built import Warehouse

PROJECT = Path(__file__).parents[2] / "dbt_project"

BY_MONTH = {
    "hires": "select month, sum(hires) from workable_marts.hiring_time_to_hire group by month",
    "days_to_hire": (
        "select month, sum(mean_days_to_hire * hires_with_days_to_hire) "
        "/ nullif(sum(hires_with_days_to_hire), 0) "
        "from workable_marts.hiring_time_to_hire group by month"
    ),
    "days_to_fill": (
        "select month, sum(mean_days_to_fill * hires_with_days_to_fill) "
        "/ nullif(sum(hires_with_days_to_fill), 0) "
        "from workable_marts.hiring_time_to_hire group by month"
    ),
    "conversion_to_next": (
        "select month, sum(advanced) * 1.0 / nullif(sum(reached), 0) "
        "from workable_marts.hiring_funnel where reporting_stage <> 'hired' group by month"
    ),
    "acceptance_of_resolved": (
        "select month, sum(accepted) * 1.0 / nullif(sum(resolved), 0) "
        "from workable_marts.hiring_offers group by month"
    ),
    "average_heads": (
        "select month, average_daily_heads "
        "from workable_marts.headcount_monthly_by_department where is_company"
    ),
    "turnover": (
        "select month, turnover "
        "from workable_marts.headcount_monthly_by_department where is_company"
    ),
    "absence_rate": (
        "select month, sum(absent_days) * 1.0 / nullif(sum(scheduled_days), 0) "
        "from workable_marts.time_off_absence group by month"
    ),
}
"""The eight metrics, and the same figure by month from a mart."""

Figures = dict[str, dict[str, float]]


def of_the_marts(warehouse: Warehouse) -> Figures:
    """The figures by metric and month, without the months that have none."""
    figures: Figures = {}
    for metric, query in BY_MONTH.items():
        rows = [tuple(row.values()) for row in warehouse.rows(query)]
        # Hires of no month are those that were undone; a count of none is no figure.
        figures[metric] = {
            str(month): float(value) for month, value in rows if month and value is not None
        }
    figures["hires"] = {month: hires for month, hires in figures["hires"].items() if hires}
    return figures


def of_the_semantic_layer(warehouse: Warehouse, folder: Path) -> Figures:
    """The figures by metric and month, as ``mf query`` gives them; any failure of it is ours."""
    project = folder / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    environment = {
        **os.environ,
        "DESTINATION__DUCKDB__CREDENTIALS": str(warehouse.file),
        "DO_NOT_TRACK": "1",
        "HOME": str(folder),
    }
    answer = folder / "answer.csv"
    query = ["--metrics", ",".join(BY_MONTH), "--group-by", "metric_time__month"]
    for program, *arguments in (
        ("dbt", "--quiet", "parse"),
        ("mf", "query", *query, "--csv", str(answer)),
    ):
        done = subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    with answer.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        metric: {row["metric_time__month"][:10]: float(row[metric]) for row in rows if row[metric]}
        for metric in BY_MONTH
    }
