"""Where the rows go: dlt's destination as configured, with our settings behind the user's."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from typing import Any, cast

import dlt
from dlt.common.configuration import known_sections, resolve_configuration
from dlt.common.configuration.container import Container
from dlt.common.configuration.providers import CustomLoaderDocProvider
from dlt.common.configuration.specs import PluggableRunContext
from dlt.common.destination import Destination
from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials

from workable_elt.config import Config
from workable_elt.config_values import quieten_dlt
from workable_elt.exits import ConfigurationError
from workable_elt.settings import RAW_DATASET, SCHEMA_NAME
from workable_elt.warehouse.memory import modest

# How packages are loaded must not hang on a .dlt folder, which a scheduler's container lacks.
# The provider comes last, so whoever sets one of these keys on purpose still has the last word.
_DEFAULTS: dict[str, Any] = {
    "load": {
        # A terminal error drops its package; the run layer reads the slice again.
        "auto_abort_on_terminal_error": True,
        "delete_completed_jobs": True,
        # Nor does dlt try again by itself: it cannot tell a value that Postgres refuses from a
        # server that is away for a moment.
        "raise_on_max_retries": 1,
        # Staging keeps the last package's rows otherwise: personal data without a reader.
        "truncate_staging_dataset": True,
    },
    "normalize": {"parquet_normalizer": {"add_dlt_load_id": True}},
    # Everything restores from our own tables; dlt's state is not used.
    "restore_from_destination": False,
    "enable_runtime_trace": False,
}
_PROVIDER = "workable-elt defaults"

# dlt 1.31 leaves `supports_transactions` unset for both, and then runs a merge without DDL as
# statements of their own: killed after its DELETE, it has lost the rows, and the visits of an
# earlier package say that they were read.
_HAVE_TRANSACTIONS = ("duckdb", "postgres")


def apply_defaults() -> None:
    """Put our settings behind those of the user."""
    quieten_dlt()
    providers = Container()[PluggableRunContext].providers
    if _PROVIDER not in providers:
        providers.add_provider(
            CustomLoaderDocProvider(_PROVIDER, lambda: _DEFAULTS, supports_secrets=False)
        )


def destination_of(config: Config, account: str | None, *, read_only: bool = False) -> Any:
    """Give dlt's destination.

    Args:
        config: Its name, and the file where it is DuckDB.
        account: Whose staging dataset it uses; None where nothing is loaded.
        read_only: Share the file with other readers.

    Raises:
        ConfigurationError: The destination is unknown or its drivers are not installed.
    """
    # Staging datasets of their own keep accounts that load at the same time apart.
    layout = f"%s_staging_{slug(account)}" if account else "%s_staging"
    if config.duckdb_file is not None:
        file = _file_credentials(str(config.duckdb_file), read_only=read_only)
        return merge_in_transactions(
            dlt.destinations.duckdb(credentials=file, staging_dataset_name_layout=layout)
        )
    if config.destination.split(".")[-1] == "postgres":
        _require("psycopg2", "adbc_driver_postgresql")
    try:
        found = Destination.from_reference(config.destination, staging_dataset_name_layout=layout)
        return merge_in_transactions(cast(Destination[Any, Any], found))
    except (ImportError, LookupError, ValueError) as error:
        raise ConfigurationError(
            f"{config.destination!r} is no destination that can be used: {type(error).__name__}.",
            "Set WORKABLE_ELT_DESTINATION to duckdb or postgres.",
        ) from None


def merge_in_transactions(destination: Destination[Any, Any]) -> Destination[Any, Any]:
    """Make dlt merge a table in one transaction, so that a kill loses none of its rows.

    Args:
        destination: Given back; one of another kind than DuckDB and Postgres stays as dlt has it.
    """
    if destination.destination_type.split(".")[-1] in _HAVE_TRANSACTIONS:
        destination.caps_params.setdefault("supports_transactions", True)
    return destination


def _file_credentials(file: str, *, read_only: bool) -> DuckDbCredentials:
    # Resolved here, once: otherwise dlt does it for each client that it makes, eight in a package,
    # and each opens the file for itself, where the clients of one destination could share it.
    credentials = resolve_configuration(
        DuckDbCredentials(file, read_only=read_only),
        sections=(known_sections.DESTINATION, "duckdb"),
        explicit_value={"database": file, "read_only": read_only},
    )
    if not read_only:
        credentials.global_config = modest(credentials.global_config)
    return credentials


def server_dsn(config: Config) -> str:
    """Give the address of a server, password included, as dlt is configured to reach it.

    Raises:
        ConfigurationError: Its drivers are not installed.
        ConfigurationException: dlt's own; a setting is missing.
    """
    apply_defaults()
    destination = destination_of(config, None)
    client = dlt.dataset(destination, RAW_DATASET, dlt.Schema(SCHEMA_NAME)).sql_client
    return str(client.credentials.to_native_representation())


def slug(account: str) -> str:
    """Give a name that a folder and a schema can have; different for different accounts."""
    name = re.sub(r"[^a-z0-9]+", "_", account.lower()).strip("_")[:24]
    if name == account:
        return name
    return f"{name}_{hashlib.sha256(account.encode()).hexdigest()[:8]}"


def _require(*modules: str) -> None:
    # Without the ADBC driver dlt would silently fall back to INSERT, which is many times slower
    # and makes jsonb columns.
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigurationError(
            "Loading into Postgres needs drivers that are not installed.",
            "Install them with: pip install 'workable-elt[postgres]'.",
        )
