"""Isolation: who is at work is found out before anything is touched."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from workable_elt.config import Config
from workable_elt.exits import (
    EXIT_BUSY,
    EXIT_FAILED,
    EXIT_USAGE,
    BusyError,
    ConfigurationError,
    UserError,
    WarehouseError,
)
from workable_elt.warehouse import load, status
from workable_elt.warehouse.lock import exclusive, opened

_HOLD = "import duckdb,sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"


@contextmanager
def held_by_a_stranger(file: Path) -> Iterator[int]:
    """Another process that has the file open; gives its id."""
    stranger = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert stranger.stdout is not None
    assert stranger.stdin is not None
    assert stranger.stdout.readline().strip() == "held"
    try:
        yield stranger.pid
    finally:
        stranger.stdin.close()
        stranger.wait(10)
        stranger.stdout.close()


@pytest.fixture
def config(configured: Callable[..., Config]) -> Config:
    return replace(configured(), wait_seconds=0.2)


def turned_away(config: Config, kind: type[UserError]) -> UserError:
    """Try to begin a run, and give what it is told."""
    with pytest.raises(kind) as caught, exclusive(config, ("acme",), "second-run"):
        pass
    return caught.value


def test_second_run_is_turned_away_and_told_who_is_first(config: Config) -> None:
    with exclusive(config, ("acme",), "first-run"):
        told = turned_away(config, BusyError)
    assert told.exit_code == EXIT_BUSY
    assert "first-run" in told.message


def test_run_gives_its_lock_back(config: Config) -> None:
    for run in ("first", "second"):
        with exclusive(config, ("acme",), run):
            pass


def test_file_that_a_stranger_holds_is_waited_for_and_then_named(config: Config) -> None:
    assert config.duckdb_file is not None
    with held_by_a_stranger(config.duckdb_file) as process:
        told = turned_away(config, BusyError)
    assert told.exit_code == EXIT_BUSY
    assert f"process {process}" in told.message


def test_file_is_taken_once_the_stranger_lets_go(config: Config) -> None:
    file = config.duckdb_file
    assert file is not None
    with held_by_a_stranger(file), pytest.raises(BusyError):
        opened(file, 0)
    with opened(file, 5) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_file_is_waited_for(config: Config) -> None:
    file = config.duckdb_file
    assert file is not None
    held = held_by_a_stranger(file)
    held.__enter__()
    waits: list[float] = []

    def let_go(seconds: float) -> None:
        waits.append(seconds)
        held.__exit__(None, None, None) if len(waits) == 1 else None

    with opened(file, 30, sleep=let_go) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert waits


def test_text_file_is_no_database(config: Config) -> None:
    assert config.duckdb_file is not None
    config.duckdb_file.write_text("hello " * 1000)
    told = turned_away(config, WarehouseError)
    assert told.exit_code == EXIT_FAILED
    assert "not a DuckDB database" in told.message
    assert config.duckdb_file.read_text() == "hello " * 1000


def test_folder_that_cannot_be_made_is_a_failure(config: Config, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("in the way")
    lost = replace(config, duckdb_file=tmp_path / "file.txt" / "w.duckdb")
    assert turned_away(lost, WarehouseError).exit_code == EXIT_FAILED


def test_database_stays_closed_to_others_during_a_run(config: Config) -> None:
    assert config.duckdb_file is not None
    with exclusive(config, ("acme",), "run"):
        code = "import duckdb,sys; duckdb.connect(sys.argv[1])"
        other = subprocess.run(
            [sys.executable, "-c", code, str(config.duckdb_file)], capture_output=True, check=False
        )
    assert other.returncode != 0
    with duckdb.connect(str(config.duckdb_file)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_postgres_that_nobody_runs_is_a_readable_failure(
    configured: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    monkeypatch.setenv(
        "DESTINATION__POSTGRES__CREDENTIALS", "postgresql://me:s3cret@127.0.0.1:1/nowhere"
    )
    with pytest.raises(WarehouseError) as caught:
        load(configured())
    assert caught.value.exit_code == EXIT_FAILED
    assert "s3cret" not in f"{caught.value.message} {caught.value.hint}"
    assert "reached" in caught.value.message


def test_destination_without_credentials_is_a_configuration_error(
    configured: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    with pytest.raises(ConfigurationError, match="not configured") as caught:
        load(configured())
    assert caught.value.exit_code == EXIT_USAGE


def test_untested_destinations_keep_two_runs_of_one_machine_apart(
    configured: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "redshift")
    config = configured()
    with exclusive(config, ("acme",), "first-run"):
        assert "first-run" in turned_away(config, BusyError).message
        with exclusive(config, ("other",), "another-account"):
            pass


def test_status_during_a_run_says_so_at_once(configured: Callable[..., Config]) -> None:
    config = configured()
    with exclusive(config, ("acme",), "the-run"):
        began = time.monotonic()
        with pytest.raises(BusyError, match="the-run"):
            status(config)
    assert time.monotonic() - began < config.wait_seconds / 2


def test_status_before_the_first_load_makes_no_file(configured: Callable[..., Config]) -> None:
    config = configured()
    with pytest.raises(UserError) as caught:
        status(config)
    assert caught.value.code == "nothing_loaded"
    assert config.duckdb_file is not None
    assert not config.duckdb_file.exists()
