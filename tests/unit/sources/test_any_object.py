"""Whatever the API sends for an object, it becomes a row or is put aside; nothing is raised."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workable_elt.api.text import clean
from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.arrow import resource_schema, to_table
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.records import RecordReader

AT = datetime(2026, 3, 1)
ODD_TEXTS = st.sampled_from(
    ["", " ", "a\0b", "\ud800", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
     "2026-02-30T00:00:00Z", "1e400", "NaN", "9" * 40, "-0.0000000001", "20150708T115616Z"]
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | ODD_TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def objects(resource: Resource) -> st.SearchStrategy[dict[str, Any]]:
    names = [field.alias or name for name, field in resource.model.model_fields.items()]
    known = st.fixed_dictionaries({}, optional=dict.fromkeys(names, VALUES))
    unknown = st.dictionaries(st.text(max_size=6), VALUES, max_size=2)
    keys = st.fixed_dictionaries({name: st.just("k1") for name in names if name in resource.key})
    return st.tuples(unknown, known, keys).map(lambda parts: {**parts[0], **parts[1], **parts[2]})


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_it_is_a_row_or_put_aside(resource: Resource, data: st.DataObject) -> None:
    raw = clean(data.draw(objects(resource)))
    made = RecordReader(resource, "acme", ColumnPolicy()).read(raw, AT, parent="p1")
    if isinstance(made, QuarantinedRecord):
        assert made.reason
        return
    table = to_table(resource_schema(resource.name), [made.values])
    # What goes into parquet must be Unicode that every database takes.
    for column in table.columns:
        (value,) = column.to_pylist()
        assert not (isinstance(value, str) and "\0" in value)
