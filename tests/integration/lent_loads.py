"""DuckDB files as a first load leaves them, lent from one test to the next.

Most tests of what a later load does begin with a first one of a small account, which costs five
seconds of CPU. Of the same account in the same state, read with the same settings, it leaves the
same file: the first test that needs one keeps it, the others copy it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from tests import lending

from workable_elt.simulator.server.runner import Simulator

TOKEN = "tok-of-accounts-that-are-lent"
"""Of accounts whose tests lend: what one token has seen another one may not."""


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
    kept = lending.kept(name)
    if not kept.exists():
        return False
    (made,) = kept.iterdir()
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(made, file)
    return True
