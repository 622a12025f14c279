"""Leases in a Postgres server, each against a real one: taken, waited for, lost and taken over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from typing import Any

import psycopg2
import pytest

from workable_elt.config import Config, LeaseTerms
from workable_elt.exits import EXIT_BUSY, BusyError
from workable_elt.warehouse.leases import Leases, LoadGate
from workable_elt.warehouse.lock import Gate, exclusive
from workable_elt.warehouse.server import Server

# Nothing expires by chance on a busy machine, and what shall expire does so soon.
LONG = LeaseTerms(heartbeat=0.1, expiry=600.0, patience=0.3, poll=0.02)
SILENT = replace(LONG, heartbeat=3600, expiry=2.0)


@pytest.fixture
def config(
    configured: Callable[..., Config], postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> Config:
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", "postgres")
    monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", postgres_url)
    return replace(configured(), lease=LONG)


@contextmanager
def run_of(url: str, owner: str, terms: LeaseTerms = LONG) -> Iterator[Leases]:
    """The leases of a run that has a connection of its own."""
    server = Server(url, "workable_raw")
    with closing(server):
        server.prepare_leases()
        yield Leases(server, owner, terms)


def ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def wait_for(url: str, condition: str) -> None:
    """Wait until a condition holds by the server's clock."""
    deadline = time.monotonic() + 60
    while ask(url, f"select {condition}") != [(True,)]:
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)


EXPIRED = (
    "(select bool_and(expires_at <= clock_timestamp() at time zone 'utc') "
    "from workable_raw._leases)"
)


def test_second_run_of_an_account_is_turned_away_and_told_who_is_first(config: Config) -> None:
    with (
        exclusive(config, ("acme",), "first-run"),
        pytest.raises(BusyError, match=r"first-run.*since .* UTC; it expires at") as told,
        exclusive(config, ("acme",), "second-run"),
    ):
        pass
    assert told.value.exit_code == EXIT_BUSY


def test_other_accounts_may_run_at_the_same_time(config: Config) -> None:
    with exclusive(config, ("acme",), "one"), exclusive(config, ("other",), "two"):
        pass


def test_run_of_several_accounts_takes_all_or_none(config: Config, postgres_url: str) -> None:
    with exclusive(config, ("middle",), "one"):
        with pytest.raises(BusyError, match="middle"), exclusive(config, ("a", "middle"), "two"):
            pass
        assert ask(postgres_url, "select lease from workable_raw._leases") == [("run:middle",)]


def test_leases_are_given_back_also_after_an_error(config: Config, postgres_url: str) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(config, ("acme",), "one") as gate, gate:
        1 / 0  # noqa: B018
    assert ask(postgres_url, "select count(*) from workable_raw._leases") == [(0,)]


def test_run_that_lives_keeps_its_lease_beyond_its_expiry(
    config: Config, postgres_url: str
) -> None:
    short = replace(config, lease=replace(LONG, expiry=3.0))
    with exclusive(short, ("acme",), "one"):
        age = "clock_timestamp() at time zone 'utc' - acquired_at"
        wait_for(postgres_url, f"(select {age} > interval '4 seconds' from workable_raw._leases)")
        with pytest.raises(BusyError), exclusive(config, ("acme",), "two"):
            pass


def test_dead_run_is_taken_over_when_its_lease_has_expired(postgres_url: str) -> None:
    with run_of(postgres_url, "dead", SILENT) as dead, run_of(postgres_url, "next") as successor:
        assert dead.take("run:acme") is None
        holder = successor.take("run:acme")
        assert holder is not None
        assert holder.owner == "dead"
        wait_for(postgres_url, EXPIRED)
        assert successor.take("run:acme") is None
        assert dead.renew() == {"run:acme"}


def test_expired_lease_that_nobody_wanted_is_still_its_holders(postgres_url: str) -> None:
    with run_of(postgres_url, "slow", SILENT) as slow, run_of(postgres_url, "other") as other:
        assert slow.take("run:acme") is None
        wait_for(postgres_url, EXPIRED)
        assert slow.renew() == set()
        assert other.take("run:acme") is not None


def test_run_that_was_taken_over_may_not_write(config: Config, postgres_url: str) -> None:
    silent = replace(config, lease=SILENT)
    with exclusive(silent, ("acme",), "slept") as gate:
        wait_for(postgres_url, EXPIRED)
        with exclusive(config, ("acme",), "successor"):
            with pytest.raises(BusyError, match="lost its lease 'run:acme' to run successor"), gate:
                pytest.fail("it was let in")
            # Who is turned away does not stand in the way of others.
            held = ask(postgres_url, "select owner, lease from workable_raw._leases")
            assert [(owner.split(",")[0], lease) for owner, lease in held] == [
                ("run successor", "run:acme")
            ]


def test_sleeping_through_a_package_does_not_pass_unseen(config: Config, postgres_url: str) -> None:
    silent = replace(config, lease=SILENT)
    with (
        exclusive(silent, ("acme",), "slept") as gate,
        run_of(postgres_url, "other") as other,
        pytest.raises(BusyError, match="load:workable_raw"),
    ):
        _load_while(gate, lambda: _taken_over(postgres_url, other))


def _load_while(gate: Gate, happens: Callable[[], None]) -> None:
    with gate:
        happens()


def _taken_over(url: str, by: Leases) -> None:
    wait_for(url, EXPIRED)
    assert by.take("load:workable_raw") is None


def test_packages_wait_for_each_other_and_not_for_ever(postgres_url: str) -> None:
    with run_of(postgres_url, "one") as one, run_of(postgres_url, "two") as two:
        first, second = (LoadGate(leases, "load:workable_raw", LONG) for leases in (one, two))
        with first, pytest.raises(BusyError, match=r"loading for 0 seconds.*one"), second:
            pytest.fail("both were let in")
        with second:
            pass


def test_waiting_package_goes_on_when_the_other_one_is_done(postgres_url: str) -> None:
    patient = replace(LONG, patience=60)
    order: list[str] = []
    with ExitStack() as stack:
        runs = [stack.enter_context(run_of(postgres_url, name)) for name in ("one", "two")]
        first, second = (LoadGate(leases, "load:workable_raw", patient) for leases in runs)

        def wait_in_line() -> None:
            with second:
                order.append("second in")

        with first:
            other = threading.Thread(target=wait_in_line)
            other.start()
            time.sleep(0.2)
            order.append("first out")
        other.join(60)
    assert order == ["first out", "second in"]


def test_only_one_of_many_gets_a_lease(postgres_url: str) -> None:
    with ExitStack() as stack:
        runs = [stack.enter_context(run_of(postgres_url, f"run {n}")) for n in range(6)]
        start = threading.Barrier(len(runs))

        def grab(leases: Leases) -> bool:
            start.wait()
            return leases.take("run:acme") is None

        with ThreadPoolExecutor(len(runs)) as pool:
            assert sorted(pool.map(grab, runs)) == [False] * 5 + [True]


def test_many_begin_on_an_empty_database_at_the_same_moment(postgres_url: str) -> None:
    start = threading.Barrier(6)

    def prepare(_: int) -> None:
        with closing(Server(postgres_url, "workable_raw")) as server:
            server.rows("select 1")
            start.wait()
            server.prepare_leases()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(prepare, range(6)))
    assert ask(postgres_url, "select count(*) from workable_raw._leases") == [(0,)]


def test_table_that_was_made_without_a_key_gets_one(postgres_url: str) -> None:
    with closing(psycopg2.connect(postgres_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("create schema workable_raw")
            cursor.execute(
                "create table workable_raw._leases (lease varchar not null, owner varchar, "
                "acquired_at timestamp, heartbeat_at timestamp, expires_at timestamp, "
                "_dlt_load_id varchar(64))"
            )
    with run_of(postgres_url, "one") as one, run_of(postgres_url, "two") as two:
        assert one.take("run:acme") is None
        assert two.take("run:acme") is not None


def test_reader_without_the_right_to_create_gets_its_lease(postgres_url: str) -> None:
    with run_of(postgres_url, "owner"):
        pass
    role = f"loader_{time.time_ns()}"
    with closing(psycopg2.connect(postgres_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"create role {role} login")
            cursor.execute(f"grant usage on schema workable_raw to {role}")
            cursor.execute(f"grant all on workable_raw._leases to {role}")
            try:
                limited = postgres_url.replace("//postgres:", f"//{role}:")
                with run_of(limited, "limited") as leases:
                    assert leases.take("run:acme") is None
            finally:
                cursor.execute(f"drop owned by {role}")
                cursor.execute(f"drop role {role}")


def test_lost_connection_is_made_again(postgres_url: str) -> None:
    with run_of(postgres_url, "one") as leases:
        assert leases.take("run:acme") is None
        ask(
            postgres_url,
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()",
        )
        assert leases.renew() == set()
