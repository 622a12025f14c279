"""HR tables from hand-made raw rows, under the variables that a company sets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.dbt.kit import Row, Warehouse

GONE = "2026-05-02 22:30:00"
VARIABLES = (
    "{termination_date_field: Last day, termination_reason_field: 9f12,"
    " include_compensation: true, reporting_time_zone: Europe/Athens}"
)


def _row(row_id: str, value: Any, *, primary: bool = True) -> Row:
    return {"row_id": row_id, "history_of": row_id, "is_primary": primary, "value": value}


def _employee(employee_id: str, **facts: Any) -> Row:
    return {
        "id": employee_id,
        "firstname": "Ines",
        "lastname": "Abadi",
        "start_date": "2024-03-04T00:00:00.000Z",
        "state": "published",
        "status_semantic_type": "status_active",
        "_read_at": "2026-05-01 00:00:00",
        **facts,
    }


def _detail(employee_id: str, **facts: Any) -> Row:
    return {"id": employee_id, "_read_at": "2026-05-01 00:10:00", **facts}


def _request(request_id: str, employee_id: str, category: str) -> Row:
    return {
        "id": request_id,
        "employee_id": employee_id,
        "category_name": category,
        "from_date": "2026-04-01T00:00:00.000",
        "to_date": "2026-04-02T00:00:00.000",
        "state": "approved",
        "requesting_total": 2,
        "timeoff_tracking_unit": "full_days",
    }


FIELDS: list[Row] = [
    {"id": "work_email", "label": "Work email", "type": "email"},
    {"id": "9f11", "label": "Last day", "type": "date"},
    {
        "id": "9f12",
        "label": "Why",
        "type": "dropdown",
        "choices": [{"id": "9f13", "label": "Resignation", "position": 1}],
    },
    {
        "id": "9f14",
        "label": "Car",
        "type": "composite",
        "is_multiple": True,
        "subfields": [
            {"id": "9f15", "label": "Plate", "type": "text", "position": 1},
            {"id": "9f16", "label": "Lease", "type": "currency", "position": 2},
            {"id": "9f17", "label": "Electric", "type": "boolean", "position": 3},
        ],
    },
]

CARS = [
    _row("51", {"9f15": "00123", "9f16": {"amount": 320.5, "currency": "eur"}, "9f17": False}),
    _row("52", {"9f15": "ABC-1", "9f17": True}, primary=False),
]

# 1a works; 2b left and said so; 3c vanished; 4d is named by the source as a candidate.
ROWS: dict[str, list[Row]] = {
    "employees": [
        _employee("1a", firstname=" Ines ", work_email="ines@work.org"),
        _employee("2b", state="inactive", status_semantic_type="status_inactive"),
        _employee("3c"),
        _employee("4d", candidate_id="c1"),
    ],
    "employee_details": [
        _detail(
            "1a",
            employment_group=[
                _row("41", {"employment_status": "employement_type_full_time"}),
                _row("42", {"employment_status": "employement_type_contractor"}, primary=False),
            ],
            salary_group=[
                _row(
                    "43",
                    {
                        "salary_effective_date": "2025-01-01T00:00:00.000Z",
                        "salary_pay_rate": {"amount": 5200, "currency": "EUR", "frequency": "year"},
                        "salary_pay_type": "salary_pay_type_salary",
                        "salary_pay_schedule": "salary_pay_schedule_every_15_days",
                    },
                )
            ],
            _extra={"9f14": CARS},
        ),
        _detail("2b", _extra={"9f11": "2026-03-31T00:00:00.000Z", "9f12": "9f13"}),
        _detail("3c", employment_group=[_row("44", {})], _extra={"9f14": CARS}),
    ],
    "employee_fields": FIELDS,
    "candidates": [
        {
            "id": "c1",
            "job": {"shortcode": "JOB1", "title": "Porter"},
            "stage": "Hired",
            "stage_kind": "hired",
            "created_at": "2024-01-01 00:00:00",
        }
    ],
    "jobs": [{"shortcode": "JOB1", "id": "1", "title": "Porter", "state": "archived"}],
    "members": [{"id": "m1", "name": "Ines", "email": "INES@work.org", "active": True}],
    "timeoff_categories": [{"id": "1001", "name": "Sick leave ", "type": "paid"}],
    "timeoff_balances": [
        {
            "employee_id": employee_id,
            "category_id": "1001",
            "units_available": -2.5,
            "has_unlimited_timeoff": False,
            "time_off_tracking_unit": "hours",
            "_read_at": "2026-05-01 00:20:00",
        }
        for employee_id in ("1a", "3c")
    ],
    "timeoff_requests": [_request("r1", "1a", " Sick leave"), _request("r2", "3c", "Sick leave")],
    "_tombstones": [
        {"resource": "employees", "record_id": "3c", "reason": "deleted", "deleted_at": GONE}
    ],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = Warehouse(Path(tmp_path_factory.mktemp("hris"))).create(ROWS)
    warehouse.dbt(
        *("build", "--quiet", "--exclude-resource-type", "unit_test", "--vars", VARIABLES),
        *("--select", "+path:models/unified/hris", "+ats_applications"),
        # Tests of what was left out would have nothing to read.
        *("--indirect-selection", "buildable"),
    )
    return warehouse


def _by(warehouse: Warehouse, key: str, query: str) -> dict[str, Row]:
    return {row[key]: row for row in warehouse.rows(query)}


def test_who_is_gone_is_in_no_table_of_persons_but_the_facts_stay(built: Warehouse) -> None:
    for table, left in {
        "hris_employees": {"acme:1a", "acme:2b", "acme:4d"},
        "hris_timeoff_balances": {"acme:1a"},
        "hris_employments": {"acme:1a"},
        "hris_employee_field_values": {"acme:1a", "acme:2b"},
        "hris_timeoff_requests": {"acme:1a", "acme:3c"},
    }.items():
        found = built.rows(f"select employee_key from workable.{table}")
        assert {row["employee_key"] for row in found} == left, table

    requests = _by(built, "employee_key", "select * from workable.hris_timeoff_requests")
    assert requests["acme:3c"]["is_deleted"] is True
    assert requests["acme:1a"]["is_deleted"] is False


def test_who_is_gone_left_on_the_local_day_that_saw_it(built: Warehouse) -> None:
    # 22:30 UTC of 2 May is 01:30 of 3 May in Athens.
    left = _by(
        built,
        "employee_key",
        "select * from workable_staging.int_workable__employee_terminations",
    )["acme:3c"]

    assert (left["termination_date"], left["termination_date_basis"]) == (
        date(2026, 5, 3),
        "observed",
    )


def test_a_leave_date_and_its_reason_come_from_the_fields_that_are_named(built: Warehouse) -> None:
    employees = _by(built, "employee_id", "select * from workable.hris_employees")

    left = employees["2b"]
    assert left["status"] == "inactive"
    assert left["termination_date"] == date(2026, 3, 31)
    assert left["termination_date_basis"] == "source"
    assert (left["termination_reason"], left["termination_type"]) == ("Resignation", "voluntary")
    assert employees["1a"]["termination_date"] is None
    assert employees["1a"]["termination_type"] is None


def test_links_to_the_ats_say_where_they_come_from(built: Warehouse) -> None:
    employees = _by(built, "employee_id", "select * from workable.hris_employees")
    applications = built.rows("select employee_key from workable.ats_applications")

    assert employees["4d"]["candidate_key"] == "acme:c1"
    assert employees["4d"]["candidate_link_basis"] == "source"
    assert applications == [{"employee_key": "acme:4d"}]
    assert employees["1a"]["candidate_link_basis"] is None
    assert employees["1a"]["user_key"] == "acme:member:m1"
    assert employees["1a"]["full_name"] == "Ines Abadi"


def test_a_composite_custom_field_is_data_part_by_part(built: Warehouse) -> None:
    values = _by(
        built,
        "field_value_key",
        "select * from workable.hris_employee_field_values where employee_key = 'acme:1a'",
    )

    assert values.keys() == {
        *("acme:1a:9f14:9f15:51", "acme:1a:9f14:9f16:51", "acme:1a:9f14:9f17:51"),
        *("acme:1a:9f14:9f15:52", "acme:1a:9f14:9f17:52"),
    }
    plate = values["acme:1a:9f14:9f15:51"]
    assert (plate["value_text"], plate["value_number"]) == ("00123", None)
    lease = values["acme:1a:9f14:9f16:51"]
    assert (float(lease["value_number"]), lease["value_currency"]) == (320.5, "EUR")
    assert values["acme:1a:9f14:9f17:51"]["value_boolean"] is False
    assert values["acme:1a:9f14:9f17:52"]["value_boolean"] is True
    assert values["acme:1a:9f14:9f17:52"]["is_primary"] is False


def test_fields_are_custom_by_their_id_and_parts_name_their_whole(built: Warehouse) -> None:
    fields = _by(built, "field_key", "select * from workable.hris_fields")

    assert {key for key, row in fields.items() if not row["is_custom"]} == {"acme:work_email"}
    assert fields["acme:9f14:9f16"]["parent_field_key"] == "acme:9f14"
    assert [key for key, row in fields.items() if row["is_composite"]] == ["acme:9f14"]


def test_contracts_and_pay_are_rows_with_their_own_words(built: Warehouse) -> None:
    contracts = _by(built, "employment_key", "select * from workable.hris_employments")
    (pay,) = built.rows("select * from workable.hris_compensations")

    assert {key: (c["employment_type"], c["is_primary"]) for key, c in contracts.items()} == {
        "acme:1a:41": ("full_time", True),
        "acme:1a:42": ("contract", False),
    }
    assert (float(pay["amount"]), pay["currency"], pay["pay_period"]) == (5200, "EUR", "year")
    assert (pay["pay_type"], pay["pay_schedule"]) == ("salary", "every_15_days")
    assert pay["effective_date"] == date(2025, 1, 1)


def test_time_off_keeps_signs_units_and_trimmed_names(built: Warehouse) -> None:
    (balance,) = built.rows("select * from workable.hris_timeoff_balances")
    requests = built.rows("select timeoff_type_key from workable.hris_timeoff_requests")
    (kind,) = built.rows("select name, absence_kind from workable.hris_timeoff_types")

    assert (float(balance["available"]), balance["unit"]) == (-2.5, "hours")
    assert balance["used"] is None
    assert {row["timeoff_type_key"] for row in requests} == {"acme:1001"}
    assert kind == {"name": "Sick leave", "absence_kind": "sick"}
