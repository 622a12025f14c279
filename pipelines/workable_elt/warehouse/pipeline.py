"""The dlt pipeline of an account, and the tables that exist from the first run on."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
from typing import Any

import dlt
from dlt.common.configuration.container import Container
from dlt.common.configuration.providers import CustomLoaderDocProvider
from dlt.common.configuration.specs import PluggableRunContext
from dlt.common.destination import Destination

from workable_elt.config import Config
from workable_elt.exits import ConfigurationError
from workable_elt.settings import RAW_DATASET, SCHEMA_NAME
from workable_elt.sources.columns import declared_schema
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
# dlt warns that Arrow's text is declared as JSON, which is what is wanted.
_QUIET = {"RUNTIME__LOG_LEVEL": "ERROR", "RUNTIME__DLTHUB_TELEMETRY": "false"}


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
    _apply_defaults()
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


def _apply_defaults() -> None:
    for key, value in _QUIET.items():
        os.environ.setdefault(key, value)
    providers = Container()[PluggableRunContext].providers
    if _PROVIDER not in providers:
        providers.add_provider(
            CustomLoaderDocProvider(_PROVIDER, lambda: _DEFAULTS, supports_secrets=False)
        )


def _place(config: Config) -> str:
    """Name the folder of a warehouse, so that two files with one account keep apart."""
    where = f"{config.destination}\0{config.duckdb_file or ''}"
    return hashlib.sha256(where.encode()).hexdigest()[:12]


def _destination(config: Config, account: str) -> Any:
    layout = f"%s_staging_{slug(account)}"
    if config.destination == "duckdb":
        return dlt.destinations.duckdb(
            credentials=str(config.duckdb_file), staging_dataset_name_layout=layout
        )
    if config.destination == "postgres":
        _require("psycopg2", "adbc_driver_postgresql")
    try:
        return Destination.from_reference(config.destination, staging_dataset_name_layout=layout)
    except (ImportError, ValueError) as error:
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
