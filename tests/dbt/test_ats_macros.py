"""The macros in which the dialects differ give the same on both, under another zone too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import pytest
from tests.dbt.kit import Warehouse

FAR_AWAY = {"TZ": "Pacific/Auckland", "PGTZ": "Pacific/Auckland"}
DATES = {
    "2024-02-29": date(2024, 2, 29),
    "2024-02-29T23:30:00.000Z": date(2024, 2, 29),
    "2023-12-31T23:59:59-11:00": date(2023, 12, 31),
    "2023-02-29": None,
    "2024-04-31": None,
    "2024-13-01": None,
    "0000-01-01": None,
    "01/02/2024": None,
    "soon": None,
    "": None,
}
INSTANTS = {
    "2024-03-01T10:00:00Z": datetime(2024, 3, 1, 10),
    "2024-03-01T10:00:00.250Z": datetime(2024, 3, 1, 10, 0, 0, 250_000),
    "2024-03-01T10:00:00+02:00": datetime(2024, 3, 1, 8),
    "2024-03-01T00:30:00+0200": datetime(2024, 2, 29, 22, 30),
    "2024-03-01 10:00:00": datetime(2024, 3, 1, 10),
    "2024-03-01T25:00:00Z": None,
    "2024-02-30T10:00:00Z": None,
    "yesterday": None,
}
NUMBERS = {
    "12": 12.0,
    "-0.5": -0.5,
    "1e3": 1000.0,
    "": None,
    "12 EUR": None,
    "1,5": None,
    "NaN": None,
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _cases(kind: str, texts: Iterable[str]) -> list[str]:
    macro = "{{ text_" + kind + "('input') }}"
    return [
        f"select '{kind}' as kind, input, cast({macro} as varchar) as result "
        f"from (select {_quoted(text)} as input) as inputs"
        for text in texts
    ]


def test_texts_become_dates_instants_and_numbers_or_null(raw_warehouse: Warehouse) -> None:
    cases = [*_cases("date", DATES), *_cases("timestamp", INSTANTS), *_cases("decimal", NUMBERS)]

    shown = raw_warehouse.show(" union all ".join(cases), **FAR_AWAY)

    results = {(row["kind"], row["input"]): row["result"] for row in shown}
    dates = {text: results["date", text] for text in DATES}
    instants = {text: results["timestamp", text] for text in INSTANTS}
    numbers = {text: results["decimal", text] for text in NUMBERS}
    assert {k: v and date.fromisoformat(v) for k, v in dates.items()} == DATES
    assert {k: v and _instant(v) for k, v in instants.items()} == INSTANTS
    assert {k: float(v) if v else None for k, v in numbers.items()} == NUMBERS


def _instant(text: str) -> datetime:
    whole, _, fraction = text.partition(".")
    return datetime.fromisoformat(whole + ("." + fraction.ljust(6, "0") if fraction else ""))


def test_an_instant_becomes_a_day_of_the_reporting_zone(raw_warehouse: Warehouse) -> None:
    query = (
        "with inputs as (select cast('2024-01-31 22:30:00' as timestamp) as instant)"
        " select cast({{ local_date('instant') }} as varchar) as day,"
        " cast({{ today() }} as varchar) as today,"
        " cast({{ hours_between('instant', as_of()) }} as varchar) as hours from inputs"
    )
    variables = '{reporting_time_zone: Europe/Athens, as_of: "2024-02-01T21:59:59Z"}'

    shown = raw_warehouse.show(query, "--vars", variables, **FAR_AWAY)[0]

    assert shown["day"] == "2024-02-01"
    assert shown["today"] == "2024-02-01"
    assert float(shown["hours"]) == pytest.approx(23.4997222)


def test_now_is_the_newest_complete_sync_unless_it_is_given(raw_warehouse: Warehouse) -> None:
    # The last two do not count: one was cut short, one never committed.
    complete = {"status": "ok", "complete": True, "began_at": "2024-05-01 00:00:00"}
    raw_warehouse.insert(
        {
            "_syncs": [
                {**complete, "resource": "jobs", "run_id": "1", "completed_at": "2024-05-01 10:00"},
                {**complete, "resource": "jobs", "run_id": "2", "completed_at": "2024-05-02 10:00"},
                {
                    **complete,
                    "resource": "jobs",
                    "run_id": "3",
                    "completed_at": "2024-05-03 10:00",
                    "complete": False,
                },
                {
                    **complete,
                    "resource": "jobs",
                    "run_id": "4",
                    "completed_at": "2024-05-04 10:00",
                    "_dlt_load_id": "interrupted",
                },
            ]
        }
    )
    raw_warehouse.dbt("run", "--quiet", **raw_warehouse.macros_only)

    query = "select cast({{ as_of() }} as varchar) as now"
    assert raw_warehouse.show(query)[0]["now"] == "2024-05-02 10:00:00"


def test_what_is_no_array_explodes_into_nothing(raw_warehouse: Warehouse) -> None:
    values = ["[]", "null", '"text"', "{}", '[7, "x"]']
    inputs = " union all ".join(
        f"select {place} as id, cast({_quoted(value)} as json) as items"
        for place, value in enumerate(values)
    )
    query = (
        f"with inputs as ({inputs} union all select 9, null),"
        " exploded as ({{ json_each_element('inputs', 'items', ['id']) }})"
        " select id, position, {{ json_text('element') }} as element from exploded order by 1, 2"
    )

    assert raw_warehouse.show(query) == [
        {"id": 4, "position": 1, "element": "7"},
        {"id": 4, "position": 2, "element": "x"},
    ]
