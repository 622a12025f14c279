"""The headcount of a cell once more, with a past: the field that says when people left is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

from tests.integration.built import Warehouse
from tests.oracle.headcount import HeadcountOracle
from tests.oracle.values import Row

HISTORY_FROM = date(2024, 9, 1)
_CONFIG = f"""
[transform.vars]
termination_date_field = "Termination date"
termination_reason_field = "Termination reason"
headcount_history_from = "{HISTORY_FROM}"
"""
_MODELS = (
    "int_workable__employee_terminations",
    "path:models/intermediate/headcount",
    "path:models/marts/headcount",
)

HEADCOUNT: dict[str, tuple[str, tuple[str, ...], Callable[[HeadcountOracle], list[Row]]]] = {
    "movements": (
        "select * from workable_marts.headcount_movements",
        ("employee_key", "date", "movement"),
        HeadcountOracle.movements,
    ),
    "days": (
        "select date, department_key, sum(heads) as heads "
        "from workable_marts.headcount_daily group by date, department_key",
        ("date", "department_key"),
        HeadcountOracle.daily,
    ),
    "months of departments": (
        "select * from workable_marts.headcount_monthly_by_department",
        ("month", "department"),
        HeadcountOracle.monthly_by_department,
    ),
    "months of the company, from all cells": (
        "select month, sum(opening) as opening, sum(hires) as hires, sum(rehires) as rehires, "
        "sum(leavers) as leavers, sum(closing) as closing, sum(head_days) as head_days "
        "from workable_marts.headcount_monthly group by month",
        ("month",),
        HeadcountOracle.monthly,
    ),
}


def headcount_rebuilt(warehouse: Warehouse) -> Warehouse:
    """Copy a built warehouse and build its headcount anew, with leave dates and their history."""
    copy = Warehouse(warehouse.folder / "headcount")
    (copy.folder / ".dlt").mkdir(parents=True)
    (copy.folder / ".dlt" / "config.toml").write_text(_CONFIG)
    shutil.copy(warehouse.file, copy.file)
    selected = [word for model in _MODELS for word in ("--select", model)]
    copy.build(*selected)
    return copy
