"""What every call of dbt is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from workable_elt.transform.target import Target

DBT = (
    *(sys.executable, "-c"),
    "from workable_elt.garbage import look_less_often; look_less_often(); "
    "from dbt.cli.main import cli; cli()",
)
"""The command of dbt in a process of its own."""


def target_folder(target: Target) -> Path:
    """Give the folder in which dbt keeps its reading of the project and what it compiles."""
    return target.home / "dbt" / "target"


def shared_arguments(target: Target, project: Path) -> list[str]:
    """Give the arguments of all commands.

    Args:
        target: the warehouse.
        project: folder of the dbt project, with its profile.
    """
    variables: dict[str, object] = {**target.variables, "reporting_time_zone": target.time_zone}
    arguments = ["--project-dir", str(project), "--profiles-dir", str(project)]
    arguments += ["--target", target.destination, "--vars", json.dumps(variables)]
    arguments += ["--target-path", str(target_folder(target))]
    arguments += ["--log-path", str(target.home / "dbt" / "logs")]
    # dbt's own words can quote the values of rows, so they go to no file: what is worth knowing
    # is in the report. `--no-print` silences macros.
    arguments += ["--quiet", "--log-level", "none", "--log-level-file", "none", "--no-print"]
    return [*arguments, "--no-send-anonymous-usage-stats", "--no-version-check", "--no-write-json"]
