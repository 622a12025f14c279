"""The dlt pipeline of an account, and the tables that exist from the first run on."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import dlt
from dlt.common.configuration.utils import get_resolved_traces

from workable_elt.config import Config
from workable_elt.exits import UserError
from workable_elt.settings import RAW_DATASET, SCHEMA_NAME
from workable_elt.sources.columns import declared_schema
from workable_elt.warehouse.destination import (
    apply_defaults,
    destination_of,
    merge_in_transactions,
    slug,
)
from workable_elt.warehouse.failures import warehouse_failure
from workable_elt.warehouse.lock import opened, refuse_during_run
from workable_elt.warehouse.sql import Client, OpenClient, Reader
from workable_elt.warehouse.tables import SERVICE_TABLES


def open_pipeline(config: Config, account: str) -> dlt.Pipeline:
    """Make the pipeline of an account, without anything that an earlier run left behind.

    Pending packages are dropped with the whole working folder: dlt would load them *instead of*
    extracting, and an old one would overwrite what another machine has loaded since. A slice is
    a minute of reading. So a machine that knows the account is no different from a fresh one.

    Args:
        config: Destination and home folder.
        account: Label of the account.

    Returns:
        A pipeline with the declared schema.

    Raises:
        ConfigurationError: The destination is unknown or its drivers are not installed.
    """
    apply_defaults()
    # dlt logs every look-up of its configuration, several thousand a package and the credentials
    # among them, and keeps the log of a thread for ever.
    get_resolved_traces().logging_enabled = False
    name = slug(account)
    pipeline = dlt.pipeline(
        f"workable__{name}",
        pipelines_dir=str(_new_folder(config.home / "pipelines" / _place(config) / name)),
        destination=destination_of(config, account),
        dataset_name=RAW_DATASET,
    )
    pipeline.schemas.save_schema(raw_schema())
    return pipeline


def create_tables(pipeline: dlt.Pipeline) -> None:
    """Create every raw and service table with all columns, and dlt's own; idempotent.

    ``materialize_table_schema()`` would not do: its tables get NOT NULL columns that Arrow rows
    lack, and its empty parquet files fail for ever on Postgres.
    """
    pipeline.sync_schema(SCHEMA_NAME)


def prepare(pipeline: dlt.Pipeline) -> None:
    """Make a pipeline of your own ready for `workable_ats` and `workable_hris`; idempotent.

    Every raw and service table is there afterwards, whatever is read, so that the dbt project
    builds; and the settings hold that ``workable-elt load`` uses (load ids in the rows, each table
    merged in one transaction, no package files left behind). It stands in the way of none of yours.

    Args:
        pipeline: Its dataset is ``workable_raw`` where the dbt project is to find it.
    """
    apply_defaults()
    merge_in_transactions(pipeline.destination)
    pipeline.schemas.save_schema(raw_schema())
    create_tables(pipeline)


@contextlib.contextmanager
def open_reader(config: Config) -> Iterator[Reader]:
    """Open the warehouse for reading alone; nothing is made, and no running load is disturbed.

    Args:
        config: The warehouse.

    Raises:
        UserError: Nothing was loaded yet, a load has the file open, or the warehouse fails.
    """
    apply_defaults()
    with contextlib.ExitStack() as held:
        if config.duckdb_file is not None:
            if not config.duckdb_file.exists():
                raise nothing_loaded(config)
            refuse_during_run(config)
            held.enter_context(opened(config.duckdb_file, config.wait_seconds, read_only=True))
        destination = destination_of(config, None, read_only=True)
        client = dlt.dataset(destination, RAW_DATASET, raw_schema()).sql_client
        reader = Reader(cast(OpenClient, lambda: client))
        try:
            prepared = reader.has_tables()
        except Exception as error:
            raise warehouse_failure(error, file=config.duckdb_file) from error
        if not prepared:
            raise nothing_loaded(config)
        yield reader


@contextlib.contextmanager
def destination_client(config: Config) -> Iterator[Client]:
    """Open dlt's SQL client of the raw dataset, outside of any pipeline, for writing."""
    apply_defaults()
    with dlt.dataset(destination_of(config, None), RAW_DATASET, raw_schema()) as dataset:
        yield dataset.sql_client


def nothing_loaded(config: Config) -> UserError:
    """Say that there is no raw dataset yet."""
    where = config.duckdb_file.name if config.duckdb_file else config.destination
    return UserError(
        "nothing_loaded", f"Nothing was loaded into {where} yet.", "Run `workable-elt load` first."
    )


def raw_schema() -> dlt.Schema:
    """Give the declared schema in the form that loading leaves unchanged.

    dlt marks tables and adds hints while it loads; with all of that declared up front the
    schema has one version for ever, and a package costs no comparison with the database.
    """
    schema = declared_schema(SERVICE_TABLES.values())
    for name in schema.data_table_names(include_incomplete=True):
        table = schema.tables[name]
        table["file_format"] = "parquet"  # json, not jsonb, on Postgres: COPY fails on jsonb
        table["x-normalizer"] = {"seen-data": True}
        load_id = table["columns"]["_dlt_load_id"]
        load_id["precision"] = 64
        load_id["description"] = "Load identifier linking this row to its load operation"
        schema.data_item_normalizer.extend_table(name)
    return schema


def _new_folder(of_account: Path) -> Path:
    """Give a folder that no other run knows, and remove those of earlier runs.

    A run that lost its lease while its machine slept wakes up without its packages, and never
    among those of the run that took over.
    """
    shutil.rmtree(of_account, ignore_errors=True)
    return of_account / secrets.token_hex(4)


def _place(config: Config) -> str:
    """Name the folder of a warehouse, so that two files with one account keep apart."""
    where = f"{config.destination}\0{config.duckdb_file or ''}"
    return hashlib.sha256(where.encode()).hexdigest()[:12]
