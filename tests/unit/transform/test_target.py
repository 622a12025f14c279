"""Where dbt builds."""

from pathlib import Path

import pytest

from workable_elt.exits import ConfigurationError
from workable_elt.transform import Target, postgres_environment


def split(url: str) -> tuple[str, ...]:
    parts = postgres_environment(url)
    return tuple(
        parts[f"WORKABLE_ELT_PG_{name}"]
        for name in ("HOST", "PORT", "USER", "PASSWORD", "DATABASE")
    )


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgresql://ann:pw@db.local:6543/hr", ("db.local", "6543", "ann", "pw", "hr")),
        ("postgres://ann:pw@db.local/hr", ("db.local", "5432", "ann", "pw", "hr")),
        ("postgresql+psycopg2://ann@db/hr", ("db", "5432", "ann", "", "hr")),
        ("postgresql://ann:p%40%3Aw@db/h%20r", ("db", "5432", "ann", "p@:w", "h r")),
        ("postgresql://ann:pw@/hr?host=/var/run/pg", ("/var/run/pg", "5432", "ann", "pw", "hr")),
        ("postgresql://ann@%2Fvar%2Frun%2Fpg/hr", ("/var/run/pg", "5432", "ann", "", "hr")),
        ("postgresql:///hr?host=/run/pg&user=ann&port=1", ("/run/pg", "1", "ann", "", "hr")),
    ],
)
def test_a_postgres_url_is_split_as_libpq_reads_it(url, parts):
    assert split(url) == parts


@pytest.mark.parametrize(
    "url", ["", "mysql://a:hunter2@b/c", "postgresql://a:hunter2@b", "postgresql://a:hunter2@b:x/c"]
)
def test_what_is_no_postgres_url_is_refused_without_repeating_it(url):
    with pytest.raises(ConfigurationError) as caught:
        postgres_environment(url)
    assert "hunter2" not in f"{caught.value.message} {caught.value.hint}"


def test_a_destination_without_a_tested_adapter_is_refused():
    with pytest.raises(ConfigurationError, match="snowflake"):
        Target("snowflake", "", Path())


def test_a_time_zone_has_to_exist():
    with pytest.raises(ConfigurationError, match="Mars/Olympus"):
        Target("duckdb", "x.duckdb", Path(), time_zone="Mars/Olympus")


def test_credentials_are_not_shown_by_repr():
    assert "pw" not in repr(Target("postgres", "postgresql://a:pw@b/c", Path()))
