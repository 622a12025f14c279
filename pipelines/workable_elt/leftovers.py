"""Folders that must not outlive the process, although nobody may be left to remove them.

Most are removed by whoever made them. A second signal ends the process without asking anybody,
so folders that hold people's data are noted here as well.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

_FOLDERS: set[Path] = set()
_CHANGES = threading.Lock()


def must_not_stay(folder: Path) -> None:
    """Note a folder, which may not exist yet."""
    with _CHANGES:
        _FOLDERS.add(folder)


def is_gone(folder: Path) -> None:
    """Forget a folder: it has been removed in order."""
    with _CHANGES:
        _FOLDERS.discard(folder)


def remove_leftovers() -> None:
    """Remove what is still there, as well as that goes while others may be writing in it."""
    with _CHANGES:
        folders = list(_FOLDERS)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        # What a thread has written between two steps of the first time.
        shutil.rmtree(folder, ignore_errors=True)
