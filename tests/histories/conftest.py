"""What all histories share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are many; what dlt logs of them is nobody's news."""
    monkeypatch.setenv("RUNTIME__LOG_LEVEL", "CRITICAL")
