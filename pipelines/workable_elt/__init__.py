"""Workable ATS and HRIS data in your own warehouse: dlt sources, dbt models, one command line.

`workable_ats` and `workable_hris`, the dlt sources, can be imported from here.
"""

from __future__ import annotations

import importlib
from typing import Any

_SOURCES = ("workable_ats", "workable_hris")


def __getattr__(name: str) -> Any:
    """Give the dlt sources on first use: importing dlt takes seconds, and most parts go without."""
    if name in _SOURCES:
        return getattr(importlib.import_module("workable_elt.sources"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
