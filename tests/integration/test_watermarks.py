"""Where incremental readings begin: shown by ``status``, set back by ``load --since``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from cli_process import Cli, Done

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator

PLAN = CompanyPlan(candidates=60, jobs=4, employees=12, years=1, seed=23)
OVERLAP = timedelta(minutes=10)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(PLAN) as running:
        yield running


@pytest.fixture
def cli(simulator: Simulator, tmp_path: Path) -> Cli:
    return Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)


def watermark(cli: Cli, resource: str) -> datetime:
    told = cli.run("status", "--json").resources()[resource]["watermark"]
    return datetime.strptime(told, "%Y-%m-%dT%H:%M:%SZ")


def lose_headlines(cli: Cli) -> dict[str, datetime]:
    """As if an update had been lost; gives when each record was changed last."""
    with duckdb.connect(str(cli.database)) as connection:
        connection.execute(
            "update workable_raw.candidates set headline = 'lost', _content_hash = 'lost'"
        )
        rows = connection.execute("select id, updated_at from workable_raw.candidates").fetchall()
        return dict(rows)


def still_lost(cli: Cli) -> set[str]:
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        rows = connection.execute(
            "select id from workable_raw.candidates where headline = 'lost'"
        ).fetchall()
        return {row[0] for row in rows}


def load(cli: Cli, *arguments: str) -> Done:
    done = cli.run("load", "--json", *arguments)
    assert done.code == 0, done.err
    return done


def test_watermark_that_is_set_back_reads_from_that_day_and_the_next_run_goes_on_from_now(
    cli: Cli, simulator: Simulator
) -> None:
    load(cli)
    first = watermark(cli, "candidates")
    simulator.control.advance(3600)
    changed_at = lose_headlines(cli)
    day = datetime.combine(
        sorted(changed_at.values())[len(changed_at) // 2].date(), datetime.min.time()
    )
    before = {one for one, at in changed_at.items() if at < day}
    assert 0 < len(before) < len(changed_at)

    load(cli, "--resource", "candidates")
    assert still_lost(cli) == {one for one, at in changed_at.items() if at < first}

    simulator.control.advance(3600)
    began = simulator.control.now().replace(tzinfo=None, microsecond=0)
    done = load(cli, "--resource", "candidates", "--since", day.strftime("%Y-%m-%d"))
    assert still_lost(cli) == before
    assert done.resources()["candidates"]["rows"] == len(changed_at) - len(before)
    # The server's clock is heard in whole seconds, and the fraction guessed.
    late = watermark(cli, "candidates") - (began - OVERLAP)
    assert timedelta(seconds=-1) <= late < timedelta(minutes=1)


def test_day_that_is_later_than_the_watermark_leaves_nothing_out(
    cli: Cli, simulator: Simulator
) -> None:
    load(cli)
    (changed,) = simulator.control.apply_changes(n=1, seed=1, kinds=["applied"], advance=60)
    simulator.control.advance(10 * 24 * 3600)
    tomorrow = simulator.control.now() + timedelta(days=1)
    load(cli, "--resource", "candidates", "--since", f"{tomorrow:%Y-%m-%d}")
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        rows = connection.execute(
            "select count(*) from workable_raw.candidates where id = ?", [changed["id"]]
        ).fetchall()
    assert rows == [(1,)]


def test_window_of_days_is_counted_by_the_servers_clock_also_before_it_was_heard(
    cli: Cli, simulator: Simulator
) -> None:
    """The simulated company stands months before the clock of this machine."""
    load(cli)
    assert abs(simulator.control.now() - datetime.now(timezone.utc)) > timedelta(days=60)
    (made,) = simulator.control.apply_changes(n=1, seed=5, kinds=["event_scheduled"], advance=60)
    load(cli, "--resource", "events")
    with duckdb.connect(str(cli.database), read_only=True) as connection:
        rows = connection.execute("select count(*) from workable_raw.events").fetchall()
        modes = connection.execute(
            "select mode from workable_raw._syncs where resource = 'events' order by began_at"
        ).fetchall()
    assert rows == [(len(simulator.control.truth()["events"]),)], made
    assert modes == [("full",), ("window",)]
