"""run on a real Postgres behind a Unix socket: the URL reaches dlt and dbt alike."""

from __future__ import annotations

import psycopg2
from cli_process import Cli

from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import SimulatorProcess

PLAN = CompanyPlan(candidates=40, jobs=4, employees=15, years=1, seed=6)


def test_run_loads_and_builds_in_postgres_and_build_finds_nothing_before_it(tmp_path, postgres_url):
    with SimulatorProcess(PLAN) as simulator:
        cli = Cli(tmp_path, simulator.base_url, simulator.token, simulator.subdomain)
        cli.environment["DESTINATION__POSTGRES__CREDENTIALS"] = postgres_url
        early = cli.run("build", "--json", "--destination", "postgres")
        assert (early.code, early.error["code"]) == (1, "nothing_loaded")
        done = cli.run("run", "--json", "--destination", "postgres")
    assert (done.code, done.answer["status"]) == (0, "ok"), done.err
    assert done.answer["dbt"]["models"] > 14
    assert done.answer["dbt"]["failed"] == 0
    connection = psycopg2.connect(postgres_url)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from workable.ats_candidates")
        assert cursor.fetchone()[0] > 0
    connection.close()
    assert not cli.database.exists()


def test_a_server_that_is_not_there_is_one_message_without_its_password(tmp_path):
    cli = Cli(tmp_path, "http://127.0.0.1:9/spi/v3")
    cli.environment["DESTINATION__POSTGRES__CREDENTIALS"] = (
        "postgresql://ann:hunter2@127.0.0.1:9/hr"
    )
    for command in ("build", "load", "status"):
        done = cli.run(command, "--json", "--destination", "postgres")
        assert (done.code, done.error["code"]) == (1, "warehouse"), done.err
        assert "hunter2" not in done.out + done.err
