"""Remembers the last build of each warehouse, so that `run` can leave dbt out.

The file lies in WORKABLE_ELT_HOME and is a hint only: without it, as in a fresh container, dbt
is run, which is always right and merely slower.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

FILE_NAME = "builds.json"


@dataclass(frozen=True)
class Build:
    """A build that succeeded, and that no load has outdated since.

    Attributes:
        version: hash of the dbt project and of its variables.
        day: the day of its `as_of` in the reporting time zone, ISO 8601: ages and "today" in the
            tables hang on it.
    """

    version: str
    day: str


def warehouse_key(destination: str, credentials: str) -> str:
    """Give a name for one warehouse that shows nothing of its address or password."""
    return hashlib.sha256(f"{destination}\0{credentials}".encode()).hexdigest()[:16]


def day_of(moment: datetime | None, time_zone: str) -> str:
    """Give the ISO date of a UTC moment in a time zone; of this moment when it is None."""
    moment = moment or datetime.now(tz=timezone.utc)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    day: date = moment.astimezone(ZoneInfo(time_zone)).date()
    return day.isoformat()


def last_build(home: Path, key: str) -> Build | None:
    """Give the newest good build of a warehouse, None when there is none to rely on."""
    kept = _read(home).get(key)
    if not isinstance(kept, dict) or not {"version", "day"} <= kept.keys():
        return None
    return Build(version=str(kept["version"]), day=str(kept["day"]))


def remember(home: Path, key: str, build: Build) -> None:
    """Record a good build."""
    _write(home, {**_read(home), key: asdict(build)})


def outdate(home: Path, key: str) -> None:
    """Record that the tables are older than the data: something was loaded, or a build failed."""
    builds = _read(home)
    if builds.pop(key, None) is not None:
        _write(home, builds)


def _read(home: Path) -> dict[str, object]:
    try:
        kept = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # absent or damaged: then the next run builds
    return kept if isinstance(kept, dict) else {}


def _write(home: Path, builds: dict[str, object]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=home, prefix=f".{FILE_NAME}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(builds, file)
        Path(name).replace(home / FILE_NAME)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
