"""Random histories into Postgres, each in a database of its own."""

from __future__ import annotations

from tests.histories.machine import FEW, try_histories


def test_histories_on_postgres_end_in_the_truth(postgres_server: str) -> None:
    try_histories(5, 1_000, postgres_server, steps=FEW)
