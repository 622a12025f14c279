"""Remembers which published copies a DuckDB file has, in a text file beside it.

Not in WORKABLE_ELT_HOME, which may be lost between two runs: a purge must find every copy. And not
in the database, which nobody can open while a load is at work, when readers want the copy's name.
"""

from __future__ import annotations

from pathlib import Path


def register_of(database: Path) -> Path:
    """Give the file that names the copies, one absolute path a line."""
    return database.with_name(database.name + ".published")


def known_copies(database: Path) -> list[Path]:
    """Give the copies that were published and still exist, the newest publication last."""
    return [copy for copy in _registered(database) if copy.is_file()]


def remember_copy(database: Path, copy: Path) -> None:
    """Note a copy.

    Raises:
        OSError: The folder of the database cannot be written.
    """
    known = [one for one in _registered(database) if one != copy and one.is_file()]
    register = register_of(database)
    fresh = register.with_name(register.name + ".tmp")
    fresh.write_text("".join(f"{one}\n" for one in [*known, copy]), encoding="utf-8")
    fresh.replace(register)


def read_a_copy(database: Path) -> str:
    """Say which copy a reader may take instead of a file that is in use; empty without one."""
    copies = known_copies(database)
    return f"Read the published copy {copies[-1]}" if copies else ""


def _registered(database: Path) -> list[Path]:
    try:
        lines = register_of(database).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Path(line) for line in lines if line]
