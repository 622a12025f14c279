"""Tables exist from the first run on, and everything that comes later loads into them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import dlt
import pyarrow as pa
import pytest

from workable_elt.config import Config
from workable_elt.settings import RAW_DATASET, RESOURCES, RawColumn
from workable_elt.sources.arrow import resource_schema
from workable_elt.warehouse.pipeline import create_tables, open_pipeline, slug
from workable_elt.warehouse.slices import load_package, service_table
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.tables import SERVICE_TABLES

READ_AT = datetime(2026, 3, 1, 12, 30, 15, 123456)
SAMPLES: dict[str, Any] = {
    "text": "Zoë 🎉 'quoted' \\N",
    "bool": True,
    "bigint": 2**63 - 1,
    "decimal": Decimal("-12345678901234567890.123456789"),
    "timestamp": READ_AT,
    "json": '{"a":[1,"ö"],"b":null}',
}
TYPES = {
    "duckdb": {
        "text": "VARCHAR",
        "bool": "BOOLEAN",
        "bigint": "BIGINT",
        "decimal": "DECIMAL(38,9)",
        "timestamp": "TIMESTAMP",
        "json": "JSON",
    },
    "postgres": {
        "text": "character varying",
        "bool": "boolean",
        "bigint": "bigint",
        "decimal": "numeric",
        "timestamp": "timestamp without time zone",
        "json": "json",
    },
}


@pytest.fixture
def config(warehouse: str, configured: Callable[..., Config]) -> Config:
    return configured()


def prepared(config: Config, account: str = "acme") -> dlt.Pipeline:
    pipeline = open_pipeline(config, account)
    create_tables(pipeline)
    return pipeline


def rows_of(name: str, *rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=resource_schema(name))


def stage(item: str | None, *, at: int, job: str = "J1", name: str | None = None) -> dict[str, Any]:
    marker = item is None
    return {
        "account": "acme",
        "shortcode": job,
        "id": item or "",
        "name": name,
        "_read_seq": at,
        "_is_marker": marker or None,
    }


def test_every_table_exists_empty_with_every_column(config: Config) -> None:
    reader = Reader.of_pipeline(prepared(config))
    found = {
        (table, column): kind.upper() if config.destination == "duckdb" else kind
        for table, column, kind in reader.rows(
            "select table_name, column_name, data_type from information_schema.columns "
            "where table_schema = %s",
            RAW_DATASET,
        )
    }
    declared: dict[str, tuple[RawColumn, ...]] = {
        **{name: resource.columns for name, resource in RESOURCES.items()},
        **{name: table.columns for name, table in SERVICE_TABLES.items()},
    }
    types = TYPES[config.destination]
    for table, columns in declared.items():
        assert {c.name: found.get((table, c.name)) for c in columns} == {
            c.name: types[c.type] for c in columns
        }
        assert reader.value(f"select count(*) from {table}") == 0
        assert (table, "_dlt_load_id") in found
    assert reader.value("select count(*) from _dlt_loads") == 0
    assert reader.value("select count(*) from _dlt_version") == 1


@pytest.mark.parametrize("name", ["candidate_details", "employee_details", "timeoff_balances"])
def test_a_value_in_every_column_comes_back_as_it_was(config: Config, name: str) -> None:
    pipeline = prepared(config)
    columns = [c for c in RESOURCES[name].columns if c.name != "_is_marker"]
    load_package(pipeline, {name: [rows_of(name, {c.name: SAMPLES[c.type] for c in columns})]})
    (row,) = Reader.of_pipeline(pipeline).rows(
        f"select {', '.join(c.name for c in columns)} from {name}"
    )
    for column, value in zip(columns, row, strict=True):
        expected = SAMPLES[column.type]
        if column.type == "json":
            value = json.loads(value) if isinstance(value, str) else value
            expected = json.loads(expected)
        assert value == expected, column.name


def test_rows_with_nothing_but_their_keys_load_into_every_table(config: Config) -> None:
    pipeline = prepared(config)
    tables = {}
    for name, resource in RESOURCES.items():
        types = {column.name: column.type for column in resource.columns}
        keys = {key: 1 if types[key] == "bigint" else "k" for key in resource.primary_key}
        tables[name] = [rows_of(name, keys)]
    load_package(pipeline, tables)
    reader = Reader.of_pipeline(pipeline)
    assert {name: reader.value(f"select count(*) from {name}") for name in tables} == dict.fromkeys(
        RESOURCES, 1
    )


def test_newest_of_two_rows_with_one_key_stays(config: Config) -> None:
    pipeline = prepared(config)
    row = {"account": "acme", "id": "27270280"}
    older, newer = {**row, "name": "old", "_read_seq": 1}, {**row, "name": "new", "_read_seq": 2}
    load_package(
        pipeline, {"candidates": [rows_of("candidates", newer), rows_of("candidates", older)]}
    )
    assert Reader.of_pipeline(pipeline).rows("select id, name from candidates") == [
        ("27270280", "new")
    ]
    load_package(pipeline, {"candidates": [rows_of("candidates", {**row, "name": "newest"})]})
    assert Reader.of_pipeline(pipeline).rows("select id, name from candidates") == [
        ("27270280", "newest")
    ]


def test_list_that_became_empty_loses_its_rows_and_leaves_no_marker(config: Config) -> None:
    pipeline = prepared(config)
    first = [stage("1", at=1), stage("2", at=2), stage(None, at=3), stage("9", at=4, job="J2")]
    load_package(
        pipeline, {"job_stages": [rows_of("job_stages", *first, stage(None, at=5, job="J2"))]}
    )
    reader = Reader.of_pipeline(pipeline)
    query = "select shortcode, id from job_stages order by 1, 2"
    assert reader.rows(query) == [("J1", "1"), ("J1", "2"), ("J2", "9")]
    load_package(
        pipeline, {"job_stages": [rows_of("job_stages", stage("2", at=6), stage(None, at=7))]}
    )
    assert reader.rows(query) == [("J1", "2"), ("J2", "9")]
    load_package(pipeline, {"job_stages": [rows_of("job_stages", stage(None, at=8))]})
    assert reader.rows(query) == [("J2", "9")]


def test_package_without_rows_is_no_package(config: Config) -> None:
    pipeline = prepared(config)
    load_package(pipeline, {"candidates": [rows_of("candidates")], "jobs": []})
    assert Reader.of_pipeline(pipeline).value("select count(*) from _dlt_loads") == 0


def test_service_rows_are_merged_on_their_key(config: Config) -> None:
    pipeline = prepared(config)
    row = {"account": "acme", "resource": "jobs", "run_id": "r1", "complete": False}
    for complete in (False, True):
        load_package(
            pipeline, {"_syncs": [service_table("_syncs", [{**row, "complete": complete}])]}
        )
    assert Reader.of_pipeline(pipeline).rows(
        "select complete, _dlt_load_id is not null from _syncs"
    ) == [(True, True)]


def test_rows_carry_the_id_of_their_committed_package(config: Config) -> None:
    pipeline = prepared(config)
    load_package(pipeline, {"jobs": [rows_of("jobs", {"account": "acme", "shortcode": "J1"})]})
    assert Reader.of_pipeline(pipeline).rows(
        "select l.status from jobs j join _dlt_loads l on l.load_id = j._dlt_load_id"
    ) == [(0,)]


def test_staging_keeps_no_rows(config: Config) -> None:
    pipeline = prepared(config)
    load_package(pipeline, {"jobs": [rows_of("jobs", {"account": "acme", "shortcode": "J1"})]})
    staging = f"{RAW_DATASET}_staging_acme"
    assert Reader.of_pipeline(pipeline).value(f"select count(*) from {staging}.jobs") == 0


def test_fresh_machine_goes_on_with_the_same_tables(config: Config) -> None:
    load_package(
        prepared(config), {"jobs": [rows_of("jobs", {"account": "acme", "shortcode": "J1"})]}
    )
    shutil.rmtree(config.home)
    again = prepared(config)
    load_package(again, {"jobs": [rows_of("jobs", {"account": "acme", "shortcode": "J2"})]})
    reader = Reader.of_pipeline(again)
    assert reader.rows("select shortcode from jobs order by 1") == [("J1",), ("J2",)]
    assert reader.value("select count(*) from _dlt_version") == 1


def test_pending_package_of_an_earlier_run_is_dropped(config: Config) -> None:
    pipeline = prepared(config)
    old = rows_of("jobs", {"account": "acme", "shortcode": "OLD"})
    pipeline.extract(dlt.resource([old], name="jobs", write_disposition="merge"))
    assert pipeline.has_pending_data
    again = prepared(config)
    load_package(again, {"jobs": [rows_of("jobs", {"account": "acme", "shortcode": "NEW"})]})
    assert Reader.of_pipeline(again).rows("select shortcode from jobs") == [("NEW",)]


def test_accounts_share_tables_and_no_staging(config: Config) -> None:
    for account in ("acme", "other"):
        row = {"account": account, "shortcode": "J1"}
        load_package(prepared(config, account), {"jobs": [rows_of("jobs", row)]})
    reader = Reader.of_pipeline(prepared(config))
    assert reader.rows("select account from jobs order by 1") == [("acme",), ("other",)]
    schemas = {row[0] for row in reader.rows("select schema_name from information_schema.schemata")}
    assert {f"{RAW_DATASET}_staging_acme", f"{RAW_DATASET}_staging_other"} <= schemas


def test_labels_that_look_alike_get_different_names() -> None:
    labels = ["acme", "acme-eu", "acme_eu", "Acme EU", "x" * 80, "x" * 81]
    names = [slug(label) for label in labels]
    assert len(set(names)) == len(labels)
    assert all(len(name) <= 40 for name in names)
