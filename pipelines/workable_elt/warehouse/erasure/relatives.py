"""All records of one person: the same e-mail, a relocation, a copy, a hire."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from workable_elt.warehouse.erasure.subjects import KINDS, People, chunks, places
from workable_elt.warehouse.sql import Reader

Ids = dict[str, set[str]]

# Table, id, and a column with one e-mail; hashed ones are equal for equal addresses, too.
_ADDRESSES = {
    "candidates": (("candidates", "email"), ("candidate_details", "email")),
    "employees": (
        ("employees", "email"),
        ("employees", "work_email"),
        ("employee_details", "work_email"),
    ),
}
# The private addresses of an employee's detail are rows of objects, or a text.
_ADDRESS_ROWS = ("employee_details", "personal_email")

# Pairs of ids: kind and SQL of each side. A copy to another job names the candidate it was made
# from, and so does a relocated one.
_LINKS = (
    (
        ("candidates", "record_id"),
        ("candidates", "replaced_by_id"),
        "_tombstones where resource = 'candidates' and replaced_by_id is not null",
    ),
    (
        ("candidates", "id"),
        ("candidates", "originating_candidate_id"),
        "candidate_details where originating_candidate_id is not null",
    ),
    (
        ("employees", "id"),
        ("candidates", "candidate_id"),
        "employees where candidate_id is not null",
    ),
)

# What matches today, and what earlier builds knew of records that are blank by now.
_PEOPLE = ("int_workable__people_matched", "int_workable__people_remembered")
_HIRES = ("int_workable__hires_matched", "int_workable__hires_remembered")


class Relatives:
    """Finds the other records of people in one account.

    Args:
        reader: The warehouse.
        account: Label of the account.
        schemas: Schemas and tables that are there, as `built_tables` gives them; the models that
            match people and hires are asked where they have been built.
    """

    def __init__(self, reader: Reader, account: str, schemas: set[tuple[str, str]]) -> None:
        self._reader = reader
        self._account = account
        self._built = {name: schema for schema, name in schemas}

    def of(self, people: People) -> dict[str, list[str]]:
        """Give these people's records and all others that are theirs.

        Args:
            people: Ids by list.
        """
        known: Ids = {kind: set(people.get(kind, ())) for kind in KINDS}
        while True:
            before = sum(map(len, known.values()))
            self._add_by_address(known)
            self._add_by_link(known)
            self._add_by_model(known)
            if sum(map(len, known.values())) == before:
                return {kind: sorted(ids) for kind, ids in known.items()}

    def _add_by_address(self, known: Ids) -> None:
        addresses = {
            address
            for kind in KINDS
            for table, column in _ADDRESSES[kind]
            for (address,) in self._chunked(
                f"select distinct lower(trim({column})) from {table} "
                f"where account = %s and trim({column}) <> '' and id in ({{}})",
                known[kind],
            )
        }
        table, column = _ADDRESS_ROWS
        for (text,) in self._chunked(
            f"select cast({column} as varchar) from {table} "
            f"where account = %s and {column} is not null and id in ({{}})",
            known["employees"],
        ):
            addresses.update(_addresses_in(text))
        for kind in KINDS:
            for table, column in _ADDRESSES[kind]:
                found = self._chunked(
                    f"select id from {table} where account = %s and lower(trim({column})) in ({{}})",
                    addresses,
                )
                known[kind].update(str(row[0]) for row in found)
        known["employees"].update(self._with_private_address(addresses))

    def _with_private_address(self, addresses: set[str]) -> Iterator[str]:
        table, column = _ADDRESS_ROWS
        for address in sorted(addresses):
            for key, text in self._reader.rows(
                f"select id, cast({column} as varchar) from {table} where account = %s "
                f"and strpos(lower(cast({column} as varchar)), %s) > 0",
                self._account,
                address,
            ):
                if address in _addresses_in(text):
                    yield str(key)

    def _add_by_link(self, known: Ids) -> None:
        for (kind, column), (other_kind, other), rest in _LINKS:
            query = f"select {column}, {other} from {rest} and account = %s and {{}} in ({{{{}}}})"
            for asked, side in ((kind, column), (other_kind, other)):
                for one, two in self._chunked(query.format(side), known[asked]):
                    known[kind].add(str(one))
                    known[other_kind].add(str(two))

    def _add_by_model(self, known: Ids) -> None:
        for model, schema in self._models(_PEOPLE):
            matched = f'"{schema}".{model}'
            rows = self._chunked(
                f"select candidate_key from {matched} where account = %s and person_key in "
                f"(select person_key from {matched} where candidate_key in ({{}}))",
                {self._key(one) for one in known["candidates"]},
            )
            known["candidates"].update(self._id(row[0]) for row in rows)
        for model, schema in self._models(_HIRES):
            columns = {"candidates": "candidate_key", "employees": "employee_key"}
            for kind, column in columns.items():
                rows = self._chunked(
                    f'select candidate_key, employee_key from "{schema}".{model} '
                    f"where account = %s and {column} in ({{}})",
                    {self._key(one) for one in known[kind]},
                )
                for candidate, employee in rows:
                    known["candidates"].update([self._id(candidate)] if candidate else [])
                    known["employees"].update([self._id(employee)] if employee else [])

    def _models(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from ((name, self._built[name]) for name in names if name in self._built)

    def _chunked(self, query: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        for chunk in chunks(sorted(values)):
            yield from self._reader.rows(query.format(places(chunk)), self._account, *chunk)

    def _key(self, record_id: str) -> str:
        return f"{self._account}:{record_id}"

    def _id(self, key: str) -> str:
        return key.removeprefix(f"{self._account}:")


def _addresses_in(text: str) -> set[str]:
    return {leaf.strip().lower() for leaf in _texts(json.loads(text)) if leaf.strip()}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
