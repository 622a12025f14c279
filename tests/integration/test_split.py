"""A value that the warehouse refuses costs its record: everything else of the slice is loaded.

The wire layer lets no such value through, so it is put into the Arrow tables on their way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest
from tests.integration.load_kit import Loads, configure

from workable_elt.config import Config
from workable_elt.exits import WarehouseError
from workable_elt.settings import RESOURCES
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.server.runner import Simulator
from workable_elt.sources.arrow import resource_schema, to_table
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.warehouse.assignment import assign
from workable_elt.warehouse.clock import server_time, utc_now
from workable_elt.warehouse.failures import RefusedValueError
from workable_elt.warehouse.ledger import Ledger
from workable_elt.warehouse.lock import exclusive
from workable_elt.warehouse.pipeline import create_tables, open_pipeline
from workable_elt.warehouse.recorder import Identity, Recorder
from workable_elt.warehouse.run import open_client
from workable_elt.warehouse.slices import Slice, SliceLimits, Tables, load_package
from workable_elt.warehouse.splitting import Splitter
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import read_history
from workable_elt.warehouse.viewpoint import Viewpoint

READ_AT = datetime(2026, 3, 4, 5, 6)
BAD_JSON = '{"secret": 7777'
# Three bytes that are no UTF-8, as Arrow's text.
NO_TEXT = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xff\xfe")]
)


@dataclass
class Target:
    """An empty warehouse."""

    send: Callable[[Tables], None]
    rows: Callable[[str], list[tuple[Any, ...]]]
    packages: list[int]


@pytest.fixture
def target(warehouse: str, configured: Callable[..., Config]) -> Target:
    pipeline = open_pipeline(configured(), "acme")
    create_tables(pipeline)
    sizes: list[int] = []

    def send(tables: Tables) -> None:
        sizes.append(sum(part.num_rows for parts in tables.values() for part in parts))
        load_package(pipeline, tables)

    return Target(send, Reader.of_pipeline(pipeline).rows, sizes)


def table(name: str, *rows: dict[str, Any]) -> pa.Table:
    columns = [column.name for column in RESOURCES[name].columns]
    shared = {"account": "acme", "_read_at": READ_AT, "_read_seq": 1}
    return to_table(
        resource_schema(name), [tuple({**shared, **row}.get(c) for c in columns) for row in rows]
    )


def candidates(ids: Sequence[str], **bad: dict[str, Any]) -> pa.Table:
    return table("candidates", *({"id": id_, **bad.get(id_, {})} for id_ in ids))


def test_good_slice_is_one_package_a_table(target: Target) -> None:
    assert Splitter(target.send).load({"candidates": [candidates(["a", "b", "c"])]}) == []
    assert target.packages == [3]


@pytest.mark.full_on("postgres")
def test_culprit_is_found_among_many(target: Target) -> None:
    ids = [f"c{n}" for n in range(9)]
    tables = {
        "stages": [table("stages", {"id": "s1"}, {"id": "s2"})],
        "candidates": [candidates(ids, c6={"account_ref": BAD_JSON, "name": "Ann"})],
    }
    (refused,) = Splitter(target.send).load(tables)
    assert (refused.resource, refused.record_id) == ("candidates", "c6")
    assert refused.payload == {"id": "c6", "name": "Ann", "account_ref": BAD_JSON}
    assert "7777" not in refused.reason
    assert "the warehouse refuses the value" in refused.reason
    loaded = {row[0] for row in target.rows("select id from candidates")}
    assert loaded == set(ids) - {"c6"}
    assert target.rows("select count(*) from stages") == [(2,)]


@pytest.mark.full_on("postgres")
def test_several_culprits_are_each_found(target: Target) -> None:
    bad = {"account_ref": BAD_JSON}
    whole = candidates(["a", "b", "c", "d"], a=bad, d=bad)
    refused = Splitter(target.send).load({"candidates": [whole]})
    assert [record.record_id for record in refused] == ["a", "d"]
    assert sorted(target.rows("select id from candidates")) == [("b",), ("c",)]


def test_text_that_is_no_unicode_is_found_and_shown_as_far_as_it_goes(target: Target) -> None:
    good, bad = candidates(["a"]), candidates(["b"])
    index = bad.schema.get_field_index("name")
    bad = bad.set_column(index, bad.schema.field(index), NO_TEXT)
    (refused,) = Splitter(target.send).load({"candidates": [good, bad]})
    assert refused.payload == {"id": "b", "name": "a\ufffd\ufffd"}
    assert target.rows("select id from candidates") == [("a",)]


@pytest.mark.full_on("postgres")
def test_replaced_list_keeps_its_good_items_and_loses_its_vanished_ones(target: Target) -> None:
    def listed(job: str, *ids: str, bad: str | None = None) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = [{"shortcode": job, "id": id_} for id_ in ids]
        for item in items:
            item["_extra"] = BAD_JSON if item["id"] == bad else None
        return [{"shortcode": job, "id": "", "_is_marker": True}, *items]

    before = [*listed("J1", "1", "2", "3", "4"), *listed("J2", "8", "9")]
    target.send({"job_stages": [table("job_stages", *before)]})
    after = [*listed("J1", "1", "2", "3", bad="2"), *listed("J2")]
    refused = Splitter(target.send).load({"job_stages": [table("job_stages", *after)]})
    assert [record.record_id for record in refused] == ["J1:2"]
    loaded = target.rows("select shortcode, id from job_stages")
    assert sorted(loaded) == [("J1", "1"), ("J1", "3")]


def test_too_many_culprits_are_a_failure(target: Target) -> None:
    bad = {id_: {"account_ref": BAD_JSON} for id_ in "abcd"}
    splitter = Splitter(target.send, most_failures=2)
    with pytest.raises(WarehouseError, match="too many records of candidates"):
        splitter.load({"candidates": [candidates("abcd", **bad)]})


def test_refused_value_reaches_no_message(target: Target) -> None:
    with pytest.raises(RefusedValueError) as caught:
        target.send({"candidates": [candidates("a", a={"account_ref": BAD_JSON})]})
    assert "7777" not in caught.value.message + caught.value.hint


def test_refused_package_does_not_come_back(target: Target) -> None:
    with pytest.raises(RefusedValueError):
        target.send({"candidates": [candidates("a", a={"account_ref": BAD_JSON})]})
    target.send({"candidates": [candidates("b")]})
    assert target.rows("select id from candidates") == [("b",)]
    assert target.rows("select count(*) from _dlt_loads") == [(1,)]


PLAN = CompanyPlan(candidates=30, jobs=3, employees=12, years=1, seed=31)


@pytest.fixture
def loads(warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loads]:
    with Simulator(PLAN) as simulator:
        url = os.environ.get("DESTINATION__POSTGRES__CREDENTIALS")
        yield Loads(simulator, configure(simulator, monkeypatch), url)


def load_candidates(config: Config, spoil: Callable[[pa.Table], pa.Table]) -> None:
    """Load the list of candidates as a run does, with something done to its rows on their way."""
    (account,) = config.accounts
    ledger = Ledger(account.account, "run-0", utc_now)
    with exclusive(config, (account.account,), "run-0") as gate:
        pipeline = open_pipeline(config, account.account)
        create_tables(pipeline)
        reader = Reader.of_pipeline(pipeline)
        with closing(open_client(account, ledger)) as client:
            seen = Viewpoint.find(client, account, ("candidates",))
            now = server_time(client)
            history = read_history(reader, account.account)
            assignment = assign(account, ("candidates",), history, reader, now)
            readings = Readings(
                seen.client,
                account=account.account,
                policy=ColumnPolicy({}, None),
                work=assignment.work,
            )
            recorder = Recorder(
                pipeline,
                Identity(account.account, "run-0", seen.sight),
                readings,
                assignment,
                ledger,
                reader,
                lambda: server_time(client),
                gate,
            )
            part = Slice(SliceLimits())
            with closing(readings):
                recorder.touch("candidates")
                for rows in readings.take("candidates", lambda _rows, _size: False):
                    part.add("candidates", spoil(rows))
                recorder.finish("candidates")
                recorder.load(part)


def with_bad_json(record_id: str) -> Callable[[pa.Table], pa.Table]:
    def spoil(rows: pa.Table) -> pa.Table:
        ids = rows["id"].to_pylist()
        index = rows.schema.get_field_index("job")
        values = [
            BAD_JSON if id_ == record_id else value
            for id_, value in zip(ids, rows["job"].to_pylist(), strict=True)
        ]
        return rows.set_column(index, rows.schema.field(index), pa.array(values, pa.string()))

    return spoil


@pytest.mark.full_on("duckdb")
def test_refused_record_is_quarantined_and_resolved_by_the_next_good_reading(
    loads: Loads,
) -> None:
    culprit = sorted(record["id"] for record in loads.simulator.control.truth()["candidates"])[7]
    load_candidates(loads.config, with_bad_json(culprit))
    known = "select record_id, resolved_at is null from workable_raw._quarantine"
    assert loads.query(known) == [(culprit, True)]
    stored = {row[0] for row in loads.query("select id from workable_raw.candidates")}
    everybody = {record["id"] for record in loads.simulator.control.truth()["candidates"]}
    assert stored == everybody - {culprit}
    complete = "select complete from workable_raw._syncs where resource = 'candidates'"
    assert loads.query(complete) == [(True,)]

    # Its list row is not known to the warehouse, whatever the watermark says of the list.
    report = loads.run(full=True)
    assert report.accounts[0].completed_at is not None
    assert loads.query(known) == [(culprit, False)]
    assert loads.differences() == {}


@pytest.mark.full
def test_refused_again_stays_open_with_its_first_sight(loads: Loads) -> None:
    culprit = sorted(record["id"] for record in loads.simulator.control.truth()["candidates"])[0]
    load_candidates(loads.config, with_bad_json(culprit))
    times = "select first_seen_at, last_seen_at, resolved_at from workable_raw._quarantine"
    ((first, _, _),) = loads.query(times)
    loads.simulator.control.advance(3600)
    load_candidates(loads.config, with_bad_json(culprit))
    ((still_first, last, resolved),) = loads.query(times)
    assert still_first == first
    assert last > first
    assert resolved is None
