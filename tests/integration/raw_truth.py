"""What the raw tables must hold, worked out from the simulator's truth and the declared columns.

Shares no code with the sources: only names, types and the policy are taken from the settings, and
every value is converted here, by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from workable_elt.settings import DEFAULT_DROP, EXPIRING_KEYS, RESOURCES, RawColumn, Resource

Row = dict[str, Any]
Table = dict[tuple[str, ...], Row]
Truth = dict[str, list[Row]]
Query = Callable[[str], list[tuple[Any, ...]]]

# Null unless the row itself says who may read it.
_READABLE = {"simple", "reviewer"}


def business_columns(resource: Resource) -> list[RawColumn]:
    """Columns on which a load and the truth must agree."""
    return [c for c in resource.columns if c.is_business and c.name != "account"]


def expected_table(name: str, truth: Truth) -> Table:
    """The raw table that a complete load must give."""
    resource = RESOURCES[name]
    rows = list(_with_made_keys(name, truth[name]))
    if name == "jobs":
        rows = list(_with_descriptions(rows, truth["job_details"]))
    dropped = set(DEFAULT_DROP.get(name, ()))
    table: Table = {}
    for row in rows:
        values = {
            column.name: None if column.name in dropped else _value(column, resource, row)
            for column in business_columns(resource)
        }
        for column_name, key in EXPIRING_KEYS.get(name, {}).items():
            _leave_out(values[column_name], key)
        if name == "candidate_details":
            _leave_out_signatures(values["answers"])
        if name == "candidate_activities" and not _is_readable(row):
            values["body"] = None
        table[tuple(str(values[key]) for key in resource.key)] = values
    assert len(table) == len(rows), f"the truth of {name} repeats a key"
    return table


def _leave_out_signatures(answers: Any) -> None:
    for answer in answers or ():
        given = answer.get("answer")
        if isinstance(given, dict) and given.get("file_url"):
            given["file_url"] = given["file_url"].split("?")[0]


def loaded_table(name: str, query: Query, account: str) -> Table:
    """The raw table as it is; a key that is there twice fails."""
    resource = RESOURCES[name]
    columns = business_columns(resource)
    names = ", ".join(f'"{column.name}"' for column in columns)
    table: Table = {}
    rows = query(f"select {names} from workable_raw.{name} where account = '{account}'")
    for row in rows:
        values = {c.name: _stored(c, value) for c, value in zip(columns, row, strict=True)}
        table[tuple(str(values[key]) for key in resource.key)] = values
    assert len(table) == len(rows), f"{name} repeats a key"
    return table


def differences(expected: Table, found: Table, limit: int = 5) -> list[str]:
    """Say how two tables differ, a few rows of it."""
    told = [f"missing {key}" for key in expected.keys() - found.keys()]
    told += [f"too many {key}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        for column, value in expected[key].items():
            if value != found[key][column]:
                told.append(f"{key} {column}: expected {value!r}, found {found[key][column]!r}")
    return told[:limit]


def without_repeated_names(table: Table) -> Table:
    """The table with references to other records cut down to their ids.

    A renamed record changes what others repeat of it, and nothing tells which.
    """
    return {
        key: {column: _ids_only(value) for column, value in row.items()}
        for key, row in table.items()
    }


def _ids_only(value: Any) -> Any:
    if isinstance(value, list):
        return [_ids_only(item) for item in value]
    if not isinstance(value, dict):
        return value
    is_reference = bool({"id", "shortcode"} & value.keys())
    return {
        key: _ids_only(item)
        for key, item in value.items()
        if not (is_reference and key in ("name", "title"))
    }


def _is_readable(row: Row) -> bool:
    return bool(_READABLE & set(row.get("visibility_roles") or ()))


def _with_descriptions(jobs: Iterable[Row], details: Iterable[Row]) -> Iterable[Row]:
    """The list gives the long texts too when they are asked for by name."""
    texts = ("description", "full_description", "requirements", "benefits")
    long = {detail["shortcode"]: {text: detail[text] for text in texts} for detail in details}
    for job in jobs:
        yield {**job, **long[job["shortcode"]]}


def _leave_out(objects: Any, key: str) -> None:
    for item in objects or ():
        item.pop(key, None)


def _value(column: RawColumn, resource: Resource, row: Row) -> Any:
    alias = (
        resource.model.model_fields[column.name].alias
        if column.name in (resource.model.model_fields)
        else None
    )
    value = row.get(alias) if alias and alias in row else row.get(column.name)
    if column.type == "json":
        return _plain(value)
    if value is None or (value == "" and column.type != "text"):
        return None
    if column.type == "text":
        return _text(value)
    if column.type == "timestamp":
        return _instant(value)
    return {"bool": bool, "bigint": int, "decimal": lambda v: Decimal(str(v))}[column.type](value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _instant(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


def _plain(value: Any) -> Any:
    """JSON as numbers, texts, lists and objects: 1.0 and 1 are one number."""
    return None if value is None else json.loads(json.dumps(value))


def _stored(column: RawColumn, value: Any) -> Any:
    if column.type == "json" and isinstance(value, str):
        return json.loads(value)
    return value


def _with_made_keys(name: str, rows: Iterable[Row]) -> Iterable[Row]:
    counts: dict[tuple[str, ...], int] = {}

    def ordinal(*key: str) -> int:
        counts[key] = counts.get(key, 0) + 1
        return counts[key]

    for row in rows:
        if name == "job_application_forms":
            item = row["key"] if row["item_kind"] == "form_field" else row["id"]
            place = ordinal(row["shortcode"], row["item_kind"])
            yield {**row, "item_id": item, "position": place}
        elif name == "candidate_files":
            kind = row.get("kind") or "other"
            number = ordinal(row["candidate_id"], row["name"], kind)
            yield {**row, "kind": kind, "ordinal": number}
        else:
            yield row
