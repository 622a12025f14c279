"""The name of a bad record is kept when a person is de-identified, so it tells nothing."""

from datetime import datetime

from workable_elt.settings import RESOURCES
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.records import RecordReader

AT = datetime(2026, 1, 2)


def bad(resource, raw, parent=None):
    reader = RecordReader(RESOURCES[resource], "acme", ColumnPolicy())
    record = reader.read(raw, AT, parent=parent)
    assert isinstance(record, QuarantinedRecord)
    return record.record_id


def test_a_files_name_is_no_part_of_it():
    first = {"name": "Ana Lima CV.pdf", "kind": "other", "ordinal": 1, "source": ["?"]}
    name = bad("candidate_files", first, "c1")
    assert name.startswith("c1:")
    assert "Ana" not in name
    assert name == bad("candidate_files", {**first, "preview_url": "https://x/2"}, "c1")
    assert name != bad("candidate_files", {**first, "name": "Bo CV.pdf"}, "c1")


def test_an_id_is_kept_as_it_is():
    assert bad("candidates", {"id": "c1", "created_at": "yesterday"}) == "c1"
    assert bad("candidate_activities", {"id": "a1", "created_at": "?"}, "c1") == "c1:a1"
