"""A slice: what is read in at most a minute and loaded as one package.

Rows are gathered in memory before dlt sees them, so that an error while reading is never
entangled with an error while loading, and a kill costs a minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import dlt
import pyarrow as pa
from dlt.common.schema.typing import TWriteDispositionConfig
from dlt.extract import DltResource, DltSource

from workable_elt.exits import UserError
from workable_elt.settings import SCHEMA_NAME
from workable_elt.sources.arrow import schema_of, to_table
from workable_elt.sources.columns import WRITE_DISPOSITION
from workable_elt.warehouse.failures import RefusedValueError, warehouse_failure
from workable_elt.warehouse.memory import is_out_of_memory, lift_limit
from workable_elt.warehouse.sql import entered
from workable_elt.warehouse.tables import SERVICE_TABLES

# A server that restarts, or a connection that breaks, is often well again after seconds.
_PAUSES = (1.0, 3.0)

Tables = Mapping[str, Sequence[pa.Table]]
ServiceRow = dict[str, Any]


@dataclass(frozen=True)
class SliceLimits:
    """How much one package may hold.

    Attributes:
        seconds: Time spent reading.
        size: Bytes of rows.
    """

    seconds: float = 60.0
    size: int = 48 * 2**20


@dataclass
class Slice:
    """Rows that wait to be loaded.

    Attributes:
        limits: When it is full.
        clock: Seconds that never go back.
        tables: Arrow tables by raw table.
        size: Bytes so far, about.
    """

    limits: SliceLimits
    clock: Callable[[], float] = time.monotonic
    tables: dict[str, list[pa.Table]] = field(default_factory=dict)
    size: int = 0

    def __post_init__(self) -> None:
        self._began = self.clock()

    def add(self, name: str, table: pa.Table) -> None:
        """Put rows of a raw table in."""
        self.tables.setdefault(name, []).append(table)
        self.size += table.nbytes

    def is_full(self, waiting: int = 0) -> bool:
        """Whether it is time to load, with so many more bytes on their way."""
        overdue = self.clock() - self._began >= self.limits.seconds
        return overdue or self.size + waiting >= self.limits.size


def service_table(name: str, rows: Iterable[ServiceRow]) -> pa.Table:
    """Make an Arrow table of service rows; columns that a row lacks are null.

    Raises:
        ValueError: There are no rows.
    """
    columns = SERVICE_TABLES[name].columns
    values = [tuple(row.get(column.name) for column in columns) for row in rows]
    return to_table(schema_of(columns), values)


def load_package(pipeline: dlt.Pipeline, tables: Tables) -> list[str]:
    """Load rows as one package; all or nothing of it counts.

    Args:
        pipeline: Of the account; its tables exist.
        tables: Arrow tables by table name; empty ones are left out, since an empty parquet file
            fails on Postgres for ever.

    Returns:
        Its load id, which its rows bear; nothing where there were no rows.

    Raises:
        RefusedValueError: The warehouse refuses a value of these rows.
        UserError: The warehouse failed. In both cases the package is dropped.
    """
    filled = {name: [t for t in parts if t.num_rows] for name, parts in tables.items()}
    filled = {name: parts for name, parts in filled.items() if parts}
    if not filled:
        return []
    loaded = _attempt(pipeline, filled)
    for pause in _PAUSES:
        if not isinstance(loaded, UserError) or isinstance(loaded, RefusedValueError):
            break
        if is_out_of_memory(loaded):
            with entered(pipeline.sql_client(SCHEMA_NAME)) as client:
                lift_limit(client)
        time.sleep(pause)
        loaded = _attempt(pipeline, filled)
    filled.clear()  # see `_attempt`
    if isinstance(loaded, UserError):
        raise loaded
    return loaded


def _attempt(pipeline: dlt.Pipeline, tables: Tables) -> list[str] | UserError:
    schema = pipeline.schemas[SCHEMA_NAME]
    rows = {name: [pa.concat_tables(parts)] for name, parts in tables.items()}
    resources = [_resource(schema, name, held) for name, held in rows.items()]
    try:
        source = DltSource(schema, SCHEMA_NAME, resources)
        return pipeline.run(source, loader_file_format="parquet").loads_ids
    except Exception as error:  # noqa: BLE001 - drivers and dlt raise all kinds; all are told of
        # What dlt takes for transient stays pending, and would be loaded *instead* of what comes
        # next. Giving up the first package of a pipeline takes the schema away with it.
        pipeline.abort_packages()
        pipeline.schemas.save_schema(schema)
        failure = warehouse_failure(error)
        failure.__cause__ = error
        return failure
    finally:
        # dlt keeps, for as long as the pipeline lives, errors of settings that it went without, and
        # each of them every frame that was running: a long load would keep all that it has read.
        for held in rows.values():
            held.clear()


def _resource(schema: dlt.Schema, name: str, rows: list[pa.Table]) -> DltResource:
    resource: DltResource = dlt.resource(
        rows,
        name=name,
        write_disposition=cast(TWriteDispositionConfig, WRITE_DISPOSITION),
        columns=schema.tables[name]["columns"],
        file_format="parquet",
    )
    return resource
