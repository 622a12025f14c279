"""Where the tests of one call of pytest lend each other files that are costly to make."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

_FOLDER = Path("lent")  # in the folder of this call of pytest, once `lend_in` was called


def lend_in(folder: Path) -> None:
    """Keep the files below this folder, which all processes of one call of pytest share."""
    global _FOLDER
    _FOLDER = folder / "lent"
    _FOLDER.mkdir(exist_ok=True)


def kept(name: str) -> Path:
    """Give the folder of what is kept under a name; there is none while nothing is."""
    return _FOLDER / name


def keep(name: str, files: Iterable[Path]) -> None:
    """Keep copies of those files that there are, for others to borrow."""
    ours = Path(tempfile.mkdtemp(dir=_FOLDER))
    for file in files:
        if file.exists():
            shutil.copy(file, ours)
    # Whole at once; another process may have been first.
    with contextlib.suppress(OSError):
        ours.rename(kept(name))
