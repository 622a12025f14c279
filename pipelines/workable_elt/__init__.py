"""Workable ATS and HRIS data in your own warehouse: dlt sources, dbt models, one command line.

`workable_ats` and `workable_hris`, the dlt sources, can be imported from here, and `prepare`, which
makes all their tables in a pipeline of your own.
"""

from __future__ import annotations

import importlib
from typing import Any

_PLACES = {
    "workable_ats": "workable_elt.sources",
    "workable_hris": "workable_elt.sources",
    "prepare": "workable_elt.warehouse.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import on first use: importing dlt takes seconds, and most parts go without."""
    if name in _PLACES:
        return getattr(importlib.import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
