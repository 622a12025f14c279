"""Finds the dbt project: beside the sources in a checkout, inside the package in a wheel."""

from __future__ import annotations

import hashlib
from pathlib import Path

from workable_elt.exits import UserError

PROJECT_FILE = "dbt_project.yml"
_PACKAGE = Path(__file__).resolve().parents[1]
# Every other file (a README, what an editor leaves behind) changes no table.
_SOURCES = frozenset({".sql", ".yml", ".yaml", ".csv", ".md", ".py"})


def shipped_places(name: str, package: Path = _PACKAGE) -> tuple[Path, Path]:
    """Give where a folder that is shipped with the package can be: in a wheel, in a checkout."""
    return package / name, package.parents[1] / name


def project_dir(package: Path = _PACKAGE) -> Path:
    """Give the folder of the dbt project.

    Args:
        package: folder of the installed package.

    Raises:
        UserError: when neither place holds one.
    """
    for place in shipped_places("dbt_project", package):
        if (place / PROJECT_FILE).is_file():
            return place
    raise UserError(
        "no_dbt_project",
        "The dbt project that belongs to workable-elt is missing from this installation.",
        "Install it again: pip install --force-reinstall workable-elt",
    )


def project_version(project: Path) -> str:
    """Give a hash of the project's files, so that an upgrade or an edit causes a build."""
    digest = hashlib.sha256()
    for file in sorted(project.rglob("*")):
        parts = file.relative_to(project).parts
        if parts[0] in ("target", "logs") or file.suffix not in _SOURCES or not file.is_file():
            continue
        digest.update("/".join(parts).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
