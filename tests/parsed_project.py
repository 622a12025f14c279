"""dbt's reading of the project, lent from one test to the next.

dbt reads the whole project for ten seconds of CPU where it finds no earlier reading, and takes one
only of the same variables, environment and connection. Between two tests the path of the DuckDB
file alone differs, of which a reading holds nothing but a hash: it is set to the borrower's. A
reading that does not fit after all costs nothing, dbt makes its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import pprint
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgpack
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from tests import lending

_FILE = "partial_parse.msgpack"
_RELEASE = "project_version"  # which release of ours the reading is of


@contextlib.contextmanager
def lent(target: Path, database: Path, *circumstances: str) -> Iterator[None]:
    """Borrow before a call of dbt, and keep what it read unless it fails; arguments as of `borrow`."""
    borrow(target, database, *circumstances)
    yield
    keep(target, database, *circumstances)


def borrow(target: Path, database: Path, *circumstances: str) -> None:
    """Put a reading of the same circumstances into dbt's target folder, where it has none.

    Args:
        target: dbt's target folder.
        database: the DuckDB file as `profiles.yml` gives it to dbt.
        circumstances: all else on which a reading depends.
    """
    kept = lending.kept(_name(database, circumstances))
    if not kept.exists() or (target / _FILE).exists():
        return
    target.mkdir(parents=True, exist_ok=True)
    if (kept / _RELEASE).exists():
        shutil.copy(kept / _RELEASE, target)
    reading = msgpack.unpackb((kept / _FILE).read_bytes(), strict_map_key=False)
    reading["state_check"]["profile_hash"]["checksum"] = _hash(database)
    (target / _FILE).write_bytes(msgpack.packb(reading))


def keep(target: Path, database: Path, *circumstances: str) -> None:
    """Keep the reading that a good call of dbt left behind, for others to borrow."""
    name = _name(database, circumstances)
    if (target / _FILE).exists() and not lending.kept(name).exists():
        lending.keep(name, [target / _FILE, target / _RELEASE])


def settings_of(environment: Mapping[str, str]) -> list[str]:
    """Give the settings of a command on which its reading depends."""
    told = {k: v for k, v in environment.items() if k.startswith("TRANSFORM__")}
    told.pop("TRANSFORM__DATA_TESTS", None)  # what is left out is read all the same
    return sorted(f"{name}={value}" for name, value in told.items())


def _name(database: Path, circumstances: tuple[str, ...]) -> str:
    told = "\n".join((database.stem, *circumstances))
    return hashlib.sha256(told.encode()).hexdigest()


def _hash(database: Path) -> str:
    """As dbt hashes a connection (`ManifestLoader.build_manifest_state_check`)."""
    credentials = DuckDBCredentials.from_dict(
        {"type": "duckdb", "path": str(database), "schema": "workable", "database": database.stem}
    )
    keys = sorted(credentials.connection_info())
    return hashlib.sha256(pprint.pformat(keys).encode()).hexdigest()
