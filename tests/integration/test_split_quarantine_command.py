"""`quarantine` as programs and people read it: records and reasons, never a payload."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_process import Cli

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=0.5, seed=3)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN) as running:
        yield running


@pytest.fixture
def cli(simulator: Simulator, tmp_path: Path) -> Cli:
    return Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)


def test_bad_records_are_listed_without_their_payload_until_they_are_read_well(
    cli: Cli, simulator: Simulator
) -> None:
    control = simulator.control
    control.inject(
        {"kind": "malformed", "path": "/members", "field": "active", "value": {"odd": "7788"}},
        seed=5,
    )
    assert cli.run("load", "--json", "--resource", "members").code == 0
    done = cli.run("quarantine", "--json")
    assert done.code == 0, done.err
    (account,) = done.answer["accounts"]
    assert account["records"]
    record = account["records"][0]
    assert record["resource"] == "members"
    assert record["reason"].startswith("active")
    assert record["first_seen_at"] == record["last_seen_at"]
    assert record["resolved_at"] is None
    shown = cli.run("quarantine")
    assert record["record_id"] in shown.out + shown.err
    assert "7788" not in done.out + shown.out + shown.err

    assert cli.run("quarantine", "--resource", "offers", "--json").answer["accounts"] == [
        {"account": account["account"], "records": []}
    ]
    control.clear_faults()
    assert cli.run("load", "--json", "--resource", "members").code == 0
    assert cli.run("quarantine", "--json").answer["accounts"][0]["records"] == []
    every = cli.run("quarantine", "--all", "--json").answer["accounts"][0]["records"]
    assert [one["record_id"] for one in every] == [one["record_id"] for one in account["records"]]
    assert all(one["resolved_at"] for one in every)
