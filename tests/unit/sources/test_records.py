"""From the API's objects to rows."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from workable_elt.settings import RESOURCES
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.records import Record, RecordReader

AT = datetime(2026, 3, 1, 12)


def reader(name: str, columns: dict[str, Any] | None = None, **more: Any) -> RecordReader:
    return RecordReader(RESOURCES[name], "acme", ColumnPolicy(columns, "k"), **more)


def row(name: str, raw: dict[str, Any], *, using: RecordReader | None = None, **more: Any) -> Any:
    record = (using or reader(name)).read(raw, AT, **more)
    assert isinstance(record, Record), record
    names = [column.name for column in RESOURCES[name].columns]
    return dict(zip(names, record.values, strict=True))


def test_a_candidate_becomes_a_row_with_every_column() -> None:
    made = row("candidates", {"id": "27270280", "name": "Ana", "stage": "Applied",
                              "account": {"subdomain": "acme"}, "disqualified": False,
                              "updated_at": "2026-02-01T10:00:00Z"})  # fmt: skip
    assert made["account"] == "acme"
    assert made["id"] == "27270280"
    assert json.loads(made["account_ref"]) == {"subdomain": "acme"}
    assert made["updated_at"] == datetime(2026, 2, 1, 10)
    assert made["_read_at"] == AT
    assert made["email"] is made["_extra"] is None


def test_a_list_row_is_keyed_by_its_id_alone() -> None:
    record = reader("candidates").read({"id": "2f41c0aa"}, AT)
    assert isinstance(record, Record)
    assert record.key == ("2f41c0aa",)


def test_a_stage_of_a_job_is_keyed_by_job_and_stage() -> None:
    record = reader("job_stages").read({"id": 5272269, "name": "Applied"}, AT, parent="4D1B")
    assert isinstance(record, Record)
    assert record.key == ("4D1B", "5272269")


def test_a_balance_gets_the_employee_it_lacks() -> None:
    made = row("timeoff_balances", {"category_id": "10013", "units_available": "-2.00"},
               parent="2a41c7")  # fmt: skip
    assert (made["employee_id"], made["category_id"]) == ("2a41c7", "10013")
    assert made["units_available"] == Decimal("-2.00")


def test_a_detail_keeps_what_the_list_showed() -> None:
    made = row("candidate_details", {"id": "a1"}, parent="a1", listed_updated_at=AT)
    assert made["_listed_updated_at"] == AT


def test_a_later_reading_is_ordered_after_an_earlier_one() -> None:
    first, second = (row("stages", {"id": 1})["_read_seq"] for _ in range(2))
    assert first < second


def test_the_hash_ignores_bookkeeping_and_key_order() -> None:
    one = row("jobs", {"shortcode": "J1", "location": {"city": "Athens", "country": "Greece"}})
    other = row("jobs", {"location": {"country": "Greece", "city": "Athens"}, "shortcode": "J1"})
    assert one["_content_hash"] == other["_content_hash"]


def test_the_hash_ignores_urls_that_expire() -> None:
    one = row("employees", {"id": "2a", "avatar": "https://files/a?sig=1"})
    other = row("employees", {"id": "2a", "avatar": "https://files/a?sig=2"})
    assert one["_content_hash"] == other["_content_hash"]


def test_the_hash_tells_a_change() -> None:
    one, other = (row("jobs", {"shortcode": "J1", "state": state}) for state in ("draft", "closed"))
    assert one["_content_hash"] != other["_content_hash"]


def test_dropped_columns_are_null_and_the_others_stay() -> None:
    made = row("employee_details", {"id": "2a", "salary_group": [{"value": 1}],
                                    "birthPlace": {"city": "Ghent"}, "skills": []},
               parent="2a")  # fmt: skip
    assert made["salary_group"] is made["birth_place"] is None
    assert made["skills"] == "[]"


def test_an_advertised_salary_is_kept() -> None:
    made = row("jobs", {"shortcode": "J1", "salary": {"salary_from": 31000}})
    assert json.loads(made["salary"]) == {"salary_from": 31000}


@pytest.mark.parametrize(
    ("roles", "kept"),
    [(["admin", "simple"], True), (["reviewer"], True), (["admin"], False), ([], False),
     (None, False), ([{"simple": 1}], False)],
)  # fmt: skip
def test_a_body_stays_where_the_hiring_team_may_read_it(roles: Any, kept: bool) -> None:
    made = row("candidate_activities", {"id": "1", "body": "text", "visibility_roles": roles},
               parent="c1")  # fmt: skip
    assert (made["body"] == "text") is kept


def test_a_disqualification_has_no_visibility_and_loses_its_text() -> None:
    made = row("candidate_activities", {"id": "1", "action": "disqualified", "body": "text"},
               parent="c1")  # fmt: skip
    assert made["body"] is None


def test_a_jobs_stream_has_no_bodies() -> None:
    assert row("job_activities", {"id": "1", "body": "text"}, parent="J1")["body"] is None


def test_the_configuration_may_keep_all_bodies() -> None:
    using = reader("candidate_activities", {"candidate_activities.body": "keep"})
    raw = {"id": "1", "body": "text"}
    assert row("candidate_activities", raw, using=using, parent="c1")["body"] == "text"


def test_an_unknown_key_of_a_person_is_told_without_its_value() -> None:
    assert json.loads(row("candidates", {"id": "a", "shoe_size": 44})["_extra"]) == {
        "shoe_size": None
    }


def test_an_unknown_key_of_a_thing_is_kept() -> None:
    assert json.loads(row("stages", {"id": 1, "colour": "red"})["_extra"]) == {"colour": "red"}


def test_a_custom_field_that_everybody_may_see_is_kept() -> None:
    using = reader("employee_details", may_see={"11a07"}.__contains__)
    made = row("employee_details", {"id": "2a", "11a07": "blue", "11a08": "secret"},
               using=using, parent="2a")  # fmt: skip
    assert json.loads(made["_extra"]) == {"11a07": "blue", "11a08": None}


def test_a_custom_field_that_the_configuration_names_is_kept() -> None:
    using = reader("employee_details", {"employee_details.11a08": "keep"})
    made = row("employee_details", {"id": "2a", "11a08": "told"}, using=using, parent="2a")
    assert json.loads(made["_extra"]) == {"11a08": "told"}


def test_signed_urls_inside_json_are_left_out() -> None:
    made = row("offers", {"state": "sent", "documents": [
        {"name": "o.pdf", "kind": "offer", "preview_url": "https://s3/x?sig"}]},
        parent="c1")  # fmt: skip
    assert json.loads(made["documents"]) == [{"kind": "offer", "name": "o.pdf"}]


def test_a_malformed_record_goes_to_quarantine_with_the_policy_applied() -> None:
    raw = {"id": "2a", "reports_to": {"no": "id"}, "work_email": "a@b.org",
           "salary_group": [{"value": 70000}], "birthPlace": "Ghent", "hobby": "chess"}  # fmt: skip
    bad = reader("employee_details").read(raw, AT, parent="2a")
    assert isinstance(bad, QuarantinedRecord)
    assert (bad.resource, bad.record_id, bad.seen_at) == ("employee_details", "2a", AT)
    assert bad.payload == {"id": "2a", "reports_to": {"no": "id"}, "work_email": "a@b.org",
                           "salary_group": None, "birthPlace": None, "hobby": None}  # fmt: skip


def test_the_reason_names_fields_and_types_but_no_values() -> None:
    bad = reader("candidates").read(
        {"id": "a", "sourced": "Ana Secret", "updated_at": "Ana Secret", "account": 7}, AT
    )
    assert isinstance(bad, QuarantinedRecord)
    assert bad.reason == (
        "account_ref: expected json, got a whole number; sourced: expected bool, got a text; "
        "updated_at: expected timestamp, got a text"
    )


def test_a_record_without_a_key_is_named_by_a_hash() -> None:
    first, again, other = (
        reader("candidates").read({"name": name}, AT) for name in ("Ana", "Ana", "Bo")
    )
    assert isinstance(first, QuarantinedRecord)
    assert isinstance(again, QuarantinedRecord)
    assert isinstance(other, QuarantinedRecord)
    assert first.record_id == again.record_id != other.record_id
    assert first.reason == "id: expected text, got nothing"


def test_an_entry_that_is_no_object_leaves_no_payload() -> None:
    bad = reader("candidates").stranger("Ana", AT)
    assert (bad.payload, bad.reason) == (None, "expected an object, got a text")


def test_the_policy_hashes_in_quarantine_too() -> None:
    using = reader("candidates", {"candidates.email": "hash"})
    bad = using.read({"id": "a", "email": "a@b.org", "sourced": "?"}, AT)
    assert isinstance(bad, QuarantinedRecord)
    assert bad.payload is not None
    assert len(bad.payload["email"]) == 64


def test_a_marker_has_the_parents_key_and_nothing_personal() -> None:
    names = [column.name for column in RESOURCES["candidate_files"].columns]
    marker = dict(zip(names, reader("candidate_files").marker("c1", AT), strict=True))
    assert {name: value for name, value in marker.items() if value is not None} == {
        "account": "acme", "candidate_id": "c1", "name": "", "kind": "", "ordinal": 0,
        "_read_at": AT, "_read_seq": marker["_read_seq"], "_is_marker": True,
    }  # fmt: skip


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"a": value}
    return value


def test_a_value_nested_as_deep_as_json_can_be_written_is_kept() -> None:
    assert isinstance(
        reader("jobs").read({"shortcode": "4D1B", "location": nested(450)}, AT), Record
    )


@pytest.mark.parametrize("policy", ["keep", "hash"])  # hashing goes down into a value, too
@pytest.mark.parametrize("depth", [600, 1000])
def test_a_value_nested_too_deep_costs_its_record_and_nothing_else(depth: int, policy: str) -> None:
    jobs, deep = reader("jobs", {"jobs.location": policy}), nested(depth)
    made = jobs.read({"shortcode": "4D1B", "title": "Cook", "location": deep}, AT)
    assert isinstance(made, QuarantinedRecord)
    assert (made.record_id, made.payload, made.reason) == (
        "4D1B",
        None,
        "nested too deep to be kept",
    )
    # Nor does an entry that is no object, or has no key.
    assert jobs.stranger([deep], AT).payload is None
    assert isinstance(jobs.read({"location": deep}, AT), QuarantinedRecord)
