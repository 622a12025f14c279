"""The dlt pipeline of an account, and the tables that exist from the first run on."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import re
from collections.abc import Iterator
from typing import Any, cast

import dlt
from dlt.common.configuration.container import Container
from dlt.common.configuration.providers import CustomLoaderDocProvider
from dlt.common.configuration.specs import PluggableRunContext
from dlt.common.destination import Destination
from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials

from workable_elt.config import Config
from workable_elt.config_values import quieten_dlt
from workable_elt.exits import ConfigurationError, UserError
from workable_elt.settings import RAW_DATASET, SCHEMA_NAME
from workable_elt.sources.columns import declared_schema
from workable_elt.warehouse.failures import warehouse_failure
from workable_elt.warehouse.lock import opened, refuse_during_run
from workable_elt.warehouse.sql import Client, OpenClient, Reader
from workable_elt.warehouse.tables import SERVICE_TABLES

# How packages are loaded must not hang on a .dlt folder, which a scheduler's container lacks.
# The provider comes last, so whoever sets one of these keys on purpose still has the last word.
_DEFAULTS: dict[str, Any] = {
    "load": {
        # A terminal error drops its package; the run layer reads the slice again.
        "auto_abort_on_terminal_error": True,
        "delete_completed_jobs": True,
        "raise_on_max_retries": 3,
        # Staging keeps the last package's rows otherwise: personal data without a reader.
        "truncate_staging_dataset": True,
    },
    "normalize": {"parquet_normalizer": {"add_dlt_load_id": True}},
    # Everything restores from our own tables; dlt's state is not used.
    "restore_from_destination": False,
    "enable_runtime_trace": False,
}
_PROVIDER = "workable-elt defaults"


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
    pipeline = dlt.pipeline(
        f"workable__{slug(account)}",
        pipelines_dir=str(config.home / "pipelines" / _place(config)),
        destination=_destination(config, account),
        dataset_name=RAW_DATASET,
    ).drop()
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
    builds; and the settings hold that ``workable-elt load`` uses (load ids in the rows, no package
    files left behind). It stands in the way of none of yours.

    Args:
        pipeline: Its dataset is ``workable_raw`` where the dbt project is to find it.
    """
    apply_defaults()
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
        destination = _destination(config, None, read_only=True)
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
    with dlt.dataset(_destination(config, None), RAW_DATASET, raw_schema()) as dataset:
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


def slug(account: str) -> str:
    """Give a name that a folder and a schema can have; different for different accounts."""
    name = re.sub(r"[^a-z0-9]+", "_", account.lower()).strip("_")[:24]
    if name == account:
        return name
    return f"{name}_{hashlib.sha256(account.encode()).hexdigest()[:8]}"


def apply_defaults() -> None:
    """Put our settings behind those of the user."""
    quieten_dlt()
    providers = Container()[PluggableRunContext].providers
    if _PROVIDER not in providers:
        providers.add_provider(
            CustomLoaderDocProvider(_PROVIDER, lambda: _DEFAULTS, supports_secrets=False)
        )


def _place(config: Config) -> str:
    """Name the folder of a warehouse, so that two files with one account keep apart."""
    where = f"{config.destination}\0{config.duckdb_file or ''}"
    return hashlib.sha256(where.encode()).hexdigest()[:12]


def _destination(config: Config, account: str | None, *, read_only: bool = False) -> Any:
    # Staging datasets of their own keep accounts that load at the same time apart.
    layout = f"%s_staging_{slug(account)}" if account else "%s_staging"
    if config.duckdb_file is not None:
        file = DuckDbCredentials(str(config.duckdb_file), read_only=read_only)
        return dlt.destinations.duckdb(credentials=file, staging_dataset_name_layout=layout)
    if config.destination == "postgres":
        _require("psycopg2", "adbc_driver_postgresql")
    try:
        return Destination.from_reference(config.destination, staging_dataset_name_layout=layout)
    except (ImportError, LookupError, ValueError) as error:
        raise ConfigurationError(
            f"{config.destination!r} is no destination that can be used: {type(error).__name__}.",
            "Set WORKABLE_ELT_DESTINATION to duckdb or postgres.",
        ) from None


def _require(*modules: str) -> None:
    # Without the ADBC driver dlt would silently fall back to INSERT, which is many times slower
    # and makes jsonb columns.
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigurationError(
            "Loading into Postgres needs drivers that are not installed.",
            "Install them with: pip install 'workable-elt[postgres]'.",
        )
