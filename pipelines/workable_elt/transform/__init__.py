"""Runs dbt: finds the project, tells it where and when, and reports what came of it."""

from __future__ import annotations

from workable_elt.transform.ahead import project_read_ahead
from workable_elt.transform.build import build
from workable_elt.transform.preflight import require_raw_tables
from workable_elt.transform.project import project_dir, project_version
from workable_elt.transform.report import NOT_BUILT, BuildReport, NodeFailure
from workable_elt.transform.target import TESTED, Target, postgres_environment

__all__ = [
    "NOT_BUILT",
    "TESTED",
    "BuildReport",
    "NodeFailure",
    "Target",
    "build",
    "postgres_environment",
    "project_dir",
    "project_read_ahead",
    "project_version",
    "require_raw_tables",
]
