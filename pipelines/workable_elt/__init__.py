"""Workable ATS and HRIS data in your own warehouse: dlt sources, dbt models, one command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workable_elt.sources import workable_ats, workable_hris

__all__ = ["workable_ats", "workable_hris"]


def __getattr__(name: str) -> Any:
    """Give the dlt sources on first use: importing dlt takes seconds, and most parts go without."""
    if name in __all__:
        from workable_elt import sources

        return getattr(sources, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
