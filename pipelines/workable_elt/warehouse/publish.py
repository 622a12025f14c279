"""Publishes a copy of the DuckDB file for readers, who would otherwise block the writer.

The copy is swapped in one step: whoever has the old one open goes on reading it, and nobody ever
sees half a file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from workable_elt.config import Config
from workable_elt.exits import BusyError, UsageError, WarehouseError
from workable_elt.warehouse.copies import remember_copy
from workable_elt.warehouse.lock import exclusive, opened


def check_publish(config: Config, copy: Path) -> Path:
    """Refuse a copy that cannot be published, before any work is done.

    Args:
        config: The warehouse.
        copy: Where the copy is to be.

    Returns:
        Its absolute path.

    Raises:
        UsageError: The destination is no DuckDB file, or the copy would be the file itself or
            one of its companions.
        WarehouseError: The place cannot be written.
    """
    if config.duckdb_file is None:
        raise UsageError(
            f"--publish copies a DuckDB file, and the destination is {config.destination}.",
            "Leave it out: readers of a server disturb no load.",
        )
    place = copy.expanduser().absolute()
    database = config.duckdb_file
    is_beside = place.parent.resolve() == database.parent.resolve()
    if place.resolve() == database.resolve() or (
        is_beside and place.name.startswith(f"{database.name}.")
    ):
        raise UsageError(
            "--publish names the warehouse itself, or a file that belongs to it.",
            "Give another name, for example readers.duckdb.",
        )
    if place.is_dir():
        raise WarehouseError(f"{place} is a folder.", "Give the path of a file.")
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise WarehouseError(
            f"The copy cannot be written to {place.parent}.",
            "Make the folder, or check its rights.",
        )
    return place


def publish(config: Config, copy: Path, run_id: str) -> Path:
    """Replace the copy by the file as it is now.

    Args:
        config: The warehouse, a DuckDB file.
        copy: Where the copy is to be.
        run_id: Told to others that come meanwhile.

    Returns:
        The copy's absolute path.

    Raises:
        UsageError: See `check_publish`.
        WarehouseError: It cannot be written, the disk is full, or others are at work for longer
            than a run waits; the old copy stays.
    """
    place = check_publish(config, copy)
    database = config.duckdb_file
    assert database is not None  # check_publish
    fresh = place.with_name(place.name + ".tmp")
    try:
        # Nobody writes while it is held; what the log file has is in the database afterwards.
        with exclusive(config, (), run_id):
            with opened(database, config.wait_seconds) as connection:
                connection.execute("checkpoint")
            _copy(database, fresh)
        # Before it is there: a copy that nobody remembers would escape a purge.
        remember_copy(database, place)
        # What somebody wrote into the old copy does not belong to the new one.
        place.with_name(place.name + ".wal").unlink(missing_ok=True)
        fresh.replace(place)
        _sync_folder(place.parent)
    except BusyError as error:
        raise WarehouseError(f"No copy was published: {error.message}", error.hint) from None
    except OSError as error:
        raise WarehouseError(
            f"No copy was published to {place.name}: {error.strerror}.",
            "The old copy, if there was one, is still there. Check the folder and the disk.",
        ) from None
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    return place


def _copy(source: Path, fresh: Path) -> None:
    with source.open("rb") as old, fresh.open("wb") as new:
        shutil.copyfileobj(old, new, length=4 * 2**20)
        new.flush()
        os.fsync(new.fileno())
    shutil.copymode(source, fresh)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
