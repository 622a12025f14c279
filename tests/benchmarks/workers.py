"""Runs one measured function: ``python -m tests.benchmarks.workers NAME ARGUMENTS-AS-JSON``."""

from __future__ import annotations

import importlib
import json
import sys

# Imported only when asked for: a floor must not pay for what the peer imports.
PLACES = {
    "read_pages": "tests.benchmarks.floors",
    "save_pages": "tests.benchmarks.floors",
    "read_json": "tests.benchmarks.floors",
    "read_raw": "tests.benchmarks.floors",
    "copy_accounts": "tests.benchmarks.copies",
    "load_generic": "tests.benchmarks.peer",
}


def main() -> None:
    name, arguments = sys.argv[1], json.loads(sys.argv[2])
    told = getattr(importlib.import_module(PLACES[name]), name)(**arguments)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
