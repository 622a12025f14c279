"""Many random histories: ``make soak``.

``HISTORIES`` says how many, ``SOAK_SEED`` which ones; every fifth shard goes into Postgres.
"""

from __future__ import annotations

import os

import pytest
from tests.histories.machine import try_histories

HISTORIES = int(os.environ.get("HISTORIES", "0"))
SOAK_SEED = int(os.environ.get("SOAK_SEED", "0"))
SHARD = 10


@pytest.mark.skipif(HISTORIES == 0, reason="part of `make soak`")
@pytest.mark.parametrize("shard", range(max(1, -(-HISTORIES // SHARD))))
def test_histories_end_in_the_truth(shard: int, request: pytest.FixtureRequest) -> None:
    on_postgres = shard % 5 == 4
    server = request.getfixturevalue("postgres_server") if on_postgres else None
    try_histories(SHARD, 10_000 + SOAK_SEED + shard, server, shrink=False)
