"""Configuration: what is read from where, and what a wrong one is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from workable_elt.config import Config, check_resources, read_config
from workable_elt.exits import EXIT_USAGE, ConfigurationError, UsageError

SECRET = "s3cr3t-t0ken-value"
Configured = Callable[..., Config]


def write(folder: Path, name: str, text: str) -> None:
    (folder / ".dlt").mkdir(exist_ok=True)
    (folder / ".dlt" / name).write_text(text)


def refused() -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        read_config()
    assert caught.value.exit_code == EXIT_USAGE
    assert SECRET not in f"{caught.value.message} {caught.value.hint} {caught.value!r}"
    return caught.value


def test_environment_alone_is_enough(configured: Configured) -> None:
    config = configured(
        subdomain="Acme", access_token=SECRET, member_id="1f9c02", start_date="2024-02-01"
    )
    (account,) = config.accounts
    assert (account.account, account.subdomain, account.member_id) == ("acme", "acme", "1f9c02")
    assert account.base_url == "https://acme.workable.com/spi/v3"
    assert account.start_date == date(2024, 2, 1)
    assert config.destination == "duckdb"
    assert config.duckdb_file == Path.cwd() / "workable_data.duckdb"


def test_token_is_not_in_the_configurations_repr(configured: Configured) -> None:
    assert SECRET not in repr(configured(access_token=SECRET))


def test_files_are_read_and_environment_wins(
    empty_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(empty_world, "config.toml", '[sources.workable]\nsubdomain = "filed"\ndepth = "list"\n')
    write(empty_world, "secrets.toml", f'[sources.workable]\naccess_token = "{SECRET}"\n')
    monkeypatch.setenv("SOURCES__WORKABLE__SUBDOMAIN", "acme")
    (account,) = read_config().accounts
    assert (account.subdomain, account.depth) == ("acme", "list")
    assert account.access_token.reveal() == SECRET


def test_several_accounts_share_what_stands_outside(empty_world: Path) -> None:
    write(
        empty_world,
        "secrets.toml",
        f"""
        [sources.workable]
        start_date = 2023-01-01
        [[sources.workable.accounts]]
        subdomain = "north"
        access_token = "{SECRET}1"
        [[sources.workable.accounts]]
        subdomain = "south"
        account = "warm"
        access_token = "{SECRET}2"
        start_date = 2024-01-01
        """,
    )
    north, south = read_config().accounts
    assert (north.account, north.start_date) == ("north", date(2023, 1, 1))
    assert (south.account, south.start_date) == ("warm", date(2024, 1, 1))
    assert [a.account for a in read_config().select(["warm"])] == ["warm"]


def test_malformed_file_is_named_with_its_line(empty_world: Path) -> None:
    write(empty_world, "secrets.toml", f'[sources.workable]\naccess_token = "{SECRET}\n')
    error = refused()
    assert "secrets.toml" in error.message
    assert "line 2" in error.message


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"subdomain": "https://acme.workable.com"}, "not a subdomain"),
        ({"access_token": f"Bearer {SECRET}"}, "token"),
        ({"base_url": "http://acme.example.com"}, "plain http"),
        ({"depth": "deep"}, "depth"),
        ({"resources": "candidate"}, "candidate"),
        ({"start_date": "last year"}, "start_date"),
        ({"columns": '{"offers": {"document_variables": "maybe"}}'}, "document_variables"),
        ({"columns": "{"}, "JSON"),
        ({"wait_seconds": "soon"}, "wait_seconds"),
        ({"acces_token": "x"}, "acces_token"),
    ],
)
def test_wrong_value_is_explained(keys: dict[str, str], said: str, configured: Configured) -> None:
    with pytest.raises(ConfigurationError) as caught:
        configured(**{"access_token": SECRET, **keys})
    assert said in caught.value.message
    assert SECRET not in f"{caught.value.message} {caught.value.hint}"


def test_missing_token_says_where_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCES__WORKABLE__SUBDOMAIN", "acme")
    assert "SOURCES__WORKABLE__ACCESS_TOKEN" in refused().hint


def test_misspelt_key_gets_its_nearest_names(empty_world: Path) -> None:
    write(empty_world, "config.toml", '[sources.workable]\nsub_domain = "acme"\n')
    error = refused()
    assert "sub_domain" in error.message
    assert "subdomain" in error.hint


def test_unknown_resource_gets_its_nearest_names() -> None:
    with pytest.raises(UsageError) as caught:
        check_resources(["candidat_details"])
    assert caught.value.exit_code == EXIT_USAGE
    assert "candidate_details" in caught.value.hint


def test_unknown_account_is_a_usage_error(configured: Configured) -> None:
    with pytest.raises(UsageError, match="acne"):
        configured().select(["acne"])


@pytest.mark.parametrize(
    ("credentials", "file"),
    [
        ("data/w.duckdb", "data/w.duckdb"),
        ("duckdb:///data/w.duckdb", "data/w.duckdb"),
        ("duckdb:////tmp/w.duckdb", "/tmp/w.duckdb"),
    ],
)
def test_database_file_is_made_absolute(
    credentials: str, file: str, configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", credentials)
    assert configured().duckdb_file == Path.cwd() / file


def test_database_in_memory_is_refused(
    configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", ":memory:")
    with pytest.raises(ConfigurationError, match="path of a database file"):
        configured()


def test_optional_resources_are_off_until_named(configured: Configured) -> None:
    assert "candidate_files" not in configured().accounts[0].enabled
    named = configured(resources="candidate_files,candidates").accounts[0]
    assert named.enabled == ("candidates", "candidate_files")
