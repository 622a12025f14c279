"""The two warehouses with raw tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.dbt.kit import Warehouse


@pytest.fixture(params=["duckdb", "postgres"])
def raw_warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Warehouse:
    """Both warehouses in turn; their raw tables exist and are empty."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    return Warehouse(tmp_path, url).create()
