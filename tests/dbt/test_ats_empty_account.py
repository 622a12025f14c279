"""An account that has nothing, or no scope for anything, still gets every table."""

from __future__ import annotations

from tests.dbt.kit import Warehouse

from workable_elt.transform import project_dir


def test_every_unified_table_is_there_and_empty(raw_warehouse: Warehouse) -> None:
    # Unit tests included: they need the tables to know their types.
    raw_warehouse.dbt("build", "--quiet", "--vars", "{include_compensation: true}")

    models = sorted(p.stem for p in (project_dir() / "models" / "unified").rglob("*.sql"))
    counts = " union all ".join(
        f"select '{name}' as name, count(*) as found from workable.{name}" for name in models
    )
    assert len(models) >= 27
    assert {row["name"]: row["found"] for row in raw_warehouse.rows(counts)} == dict.fromkeys(
        models, 0
    )
