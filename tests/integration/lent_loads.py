"""DuckDB files as a first load leaves them, lent from one test to the next.

Most tests of what a later load does begin with a first one of a small account, which costs five
seconds of CPU. Of the same account in the same state, read with the same settings, it leaves the
same file: the first test that needs one keeps it, the others copy it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from workable_elt.simulator.server.runner import Simulator

_LENT = Path("loaded")  # in the folder of this call of pytest, once `lend_in` was called
TOKEN = "tok-of-accounts-that-are-lent"
"""Of accounts whose tests lend: what one token has seen another one may not."""


def lend_in(folder: Path) -> None:
    """Keep the files in this folder, which all processes of one call of pytest share."""
    global _LENT
    _LENT = folder / "loaded"
    _LENT.mkdir(exist_ok=True)


def name_of(simulator: Simulator) -> str:
    """Name what a first load would read now: the account's records, its API, and our settings."""
    settings = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("SOURCES__WORKABLE__") and not name.endswith("BASE_URL")
    }
    told = [simulator.control.truth(), simulator.control.show()["quirks"], settings]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def borrow(name: str, file: Path) -> bool:
    """Copy what was kept under a name, if anything was; says whether."""
    kept = _LENT / name
    if not kept.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept, file)
    return True


def keep(name: str, file: Path) -> None:
    """Keep a file for others."""
    descriptor, ours = tempfile.mkstemp(dir=_LENT)
    os.close(descriptor)
    shutil.copy(file, ours)
    # Whole at once; another process may have been first.
    with contextlib.suppress(OSError):
        Path(ours).rename(_LENT / name)
