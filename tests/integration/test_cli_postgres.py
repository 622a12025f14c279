"""run on a real Postgres behind a Unix socket: the URL reaches dlt and dbt alike."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from cli_process import Cli

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess

PLAN = CompanyPlan(candidates=40, jobs=4, employees=15, years=1, seed=6)


def query(url: str, sql: str) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        connection.close()


@pytest.mark.full
def test_run_and_purge_in_postgres_and_build_finds_nothing_before_it(tmp_path, postgres_url):
    with SimulatorProcess(PLAN) as simulator:
        cli = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
        cli.environment["DESTINATION__POSTGRES__CREDENTIALS"] = postgres_url
        cli.environment["TRANSFORM__DATA_TESTS"] = "true"
        early = cli.run("build", "--json", "--destination", "postgres")
        assert (early.code, early.error["code"]) == (1, "nothing_loaded")
        done = cli.run("run", "--json", "--destination", "postgres")
        candidates = simulator.control.truth()["candidates"]
        # One who was hired has an employee record besides, under the same name.
        who = next(one for one in candidates if not one.get("hired_at"))
        before = query(postgres_url, "select count(*) from workable.ats_candidates")
        purged = cli.run("purge", "--candidate", who["id"], "--json", "--destination", "postgres")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    assert done.answer["dbt"]["models"] > 14
    assert done.answer["dbt"]["failed"] == 0
    assert not cli.database.exists()

    assert (purged.code, purged.answer["dbt"]["failed"]) == (0, 0), purged.err
    assert purged.answer["dbt"]["models"] == done.answer["dbt"]["models"]
    assert before[0][0] > 1
    assert query(postgres_url, "select count(*) from workable.ats_candidates") == [
        (before[0][0] - 1,)
    ]
    tables = query(
        postgres_url,
        "select table_schema, table_name from information_schema.tables "
        "where table_schema like 'workable%' and table_name not like '%tombstones%'",
    )
    texts = {
        f"{schema}.{name}": str(query(postgres_url, f'select t::text from "{schema}"."{name}" t'))
        for schema, name in tables
    }
    assert [name for name, text in texts.items() if who["id"] in text or who["name"] in text] == []


def test_a_server_that_is_not_there_is_one_message_without_its_password(tmp_path):
    cli = Cli(tmp_path, "http://127.0.0.1:9/spi/v3")
    cli.environment["DESTINATION__POSTGRES__CREDENTIALS"] = (
        "postgresql://ann:hunter2@127.0.0.1:9/hr"
    )
    for command in ("build", "load", "status"):
        done = cli.run(command, "--json", "--destination", "postgres")
        assert (done.code, done.error["code"]) == (1, "warehouse"), done.err
        assert "hunter2" not in done.out + done.err
