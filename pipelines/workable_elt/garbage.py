"""How often Python looks for garbage."""

from __future__ import annotations

import gc


def look_less_often() -> None:
    """Set thresholds for processes whose libraries keep nearly all that they make.

    What they make while they are imported, and dbt while it reads its project, is kept to the end:
    with Python's own thresholds (700, 10, 10) a quarter of a small load's time goes into looking
    for garbage in it.
    """
    gc.set_threshold(50_000, 20, 50)
