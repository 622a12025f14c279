"""The declared schema, in Arrow's words and in dlt's."""

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.arrow import resource_schema, to_table
from workable_elt.sources.columns import declared_schema, resource_table
from workable_elt.sources.describe import describe

ALL = pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))


@ALL
def test_every_table_is_declared_with_all_columns(resource: Resource) -> None:
    table = declared_schema().tables[resource.name]
    assert list(table["columns"]) == [*(c.name for c in resource.columns), "_dlt_load_id"]
    assert all(column["description"] for column in table["columns"].values())


@ALL
def test_arrow_and_dlt_agree_on_null(resource: Resource) -> None:
    columns = resource_table(resource)["columns"]
    for field in resource_schema(resource.name):
        assert field.nullable == columns[field.name]["nullable"], field.name


@ALL
def test_a_table_is_merged_by_its_key_or_replaced_by_its_parent(resource: Resource) -> None:
    columns = resource_table(resource)["columns"].values()
    primary = {c["name"] for c in columns if c.get("primary_key")}
    merged = {c["name"] for c in columns if c.get("merge_key")}
    if resource.replaced_whole:
        assert (primary, merged) == (set(), {"account", resource.parent_key})
        assert [c["name"] for c in columns if c.get("hard_delete")] == ["_is_marker"]
    else:
        assert (primary, merged) == ({"account", *resource.key}, set())
        assert [c["name"] for c in columns if c.get("dedup_sort")] == ["_read_seq"]


@ALL
def test_no_key_can_be_null(resource: Resource) -> None:
    columns = resource_table(resource)["columns"]
    assert not any(columns[name]["nullable"] for name in resource.primary_key)


@ALL
def test_the_description_tells_grain_key_cursor_and_disposition(resource: Resource) -> None:
    text = describe(resource)
    assert "One row" in text
    assert f"Key: account, {', '.join(resource.key)}." in text
    assert "Cursor: " in text
    assert "Disposition: merge" in text
    assert text in str(resource_table(resource)["description"])


def test_personal_columns_are_marked() -> None:
    columns = resource_table(RESOURCES["candidates"])["columns"]
    marked = {name for name, column in columns.items() if column.get("x-personal-data")}
    assert {"name", "email", "phone", "address"} <= marked
    assert not {"id", "stage", "created_at"} & marked


def test_types_are_those_of_the_warehouse() -> None:
    schema = pa.schema(list(resource_schema("timeoff_balances")))
    assert schema.field("units_used").type == pa.decimal128(38, 9)
    assert schema.field("_read_at").type == pa.timestamp("us")
    assert schema.field("_extra").type == pa.string()


def test_decimals_of_any_scale_fit() -> None:
    schema = pa.schema([pa.field("n", pa.decimal128(38, 9))])
    table = to_table(schema, [(Decimal("-2.00"),), (Decimal("1e20"),), (None,)])
    assert table["n"].to_pylist() == [Decimal("-2"), Decimal("1e20"), None]


def test_timestamps_keep_their_milliseconds() -> None:
    at = datetime(2026, 1, 1, 0, 0, 0, 123000)
    table = to_table(pa.schema([pa.field("t", pa.timestamp("us"))]), [(at,)])
    assert table["t"].to_pylist() == [at]


def test_an_empty_table_is_never_made() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        to_table(resource_schema("stages"), [])
