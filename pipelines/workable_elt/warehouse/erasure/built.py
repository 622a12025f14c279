"""People in what dbt has built: unified tables, marts, and snapshots, which no build makes anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workable_elt.settings import RAW_DATASET
from workable_elt.warehouse.erasure.subjects import KINDS, People, chunks, places
from workable_elt.warehouse.sql import Client, Reader

_CANDIDATE = {"candidate_key": True, "application_key": True, "candidate_id": False}
_EMPLOYEE = {"employee_key": True, "employee_id": False}
_COLUMNS = {"candidates": _CANDIDATE, "employees": _EMPLOYEE}
"""Columns that name a person, and whether they hold the key (``account:id``) or the id alone."""

# A link to a person is known by the first of the person's records, one of somebody who came back by
# the record before: without that one the others' are found anew by the next build.
_LINKS = {
    "candidates": {"link_person": "person_key"},
    "employees": {"link_rehire": "previous_employee_key"},
}

# Names of several people in one value, without their keys: the next build writes them anew.
_NAMES = "who_is_out"

# What the rows of a model are about. A hire's employee stands in the application, too, and is no
# reason to remove it.
_ABOUT = {
    "ats_": ("candidates",),
    "hiring_": ("candidates",),
    "hris_": ("employees",),
    "headcount_": ("employees",),
    "time_off_": ("employees",),
}


@dataclass(frozen=True)
class BuiltTable:
    """A table that dbt has built.

    Attributes:
        schema: Its schema.
        name: Its name.
        columns: Its columns.
    """

    schema: str
    name: str
    columns: frozenset[str]

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def is_snapshot(self) -> bool:
        """Whether no build makes its rows anew."""
        return self.schema.endswith("_snapshots")

    @property
    def quoted(self) -> str:
        """Its name as SQL takes it."""
        return f'"{self.schema}"."{self.name}"'


def relations(reader: Reader) -> set[tuple[str, str]]:
    """Give schema and name of all tables and views in schemas whose names begin with workable."""
    rows = reader.rows(
        "select table_schema, table_name from information_schema.tables "
        "where starts_with(table_schema, 'workable')"
    )
    return {(str(schema), str(name)) for schema, name in rows}


def built_tables(reader: Reader) -> list[BuiltTable]:
    """Give the tables, not the views, that dbt has built."""
    rows = reader.rows(
        "select c.table_schema, c.table_name, c.column_name from information_schema.columns c "
        "join information_schema.tables t on t.table_schema = c.table_schema "
        "and t.table_name = c.table_name where t.table_type = 'BASE TABLE' "
        "and starts_with(c.table_schema, 'workable')"
    )
    columns: dict[tuple[str, str], set[str]] = {}
    for schema, name, column in rows:
        if not str(schema).startswith(RAW_DATASET):
            columns.setdefault((str(schema), str(name)), set()).add(str(column))
    return [BuiltTable(*key, frozenset(names)) for key, names in sorted(columns.items())]


def remove_built(
    client: Client, tables: Iterable[BuiltTable], account: str, people: People
) -> dict[str, int]:
    """Delete the rows about people in what dbt has built, in one transaction.

    Args:
        client: Of the warehouse.
        tables: As `built_tables` gives them.
        account: Label of the account.
        people: Ids by list.

    Returns:
        Rows deleted by table; tables without any are left out.
    """
    deleted: dict[str, int] = {}
    with client.begin_transaction():
        for table in tables:
            if table.is_snapshot and "manager_key" in table.columns:
                _forget_managers(client, table, account, people.get("employees", ()))
            if _NAMES in table.columns and people.get("employees"):
                client.execute_sql(
                    f"update {table.quoted} set {_NAMES} = null where account = %s", account
                )
            for kind in _kinds(table):
                for chunk in chunks(people.get(kind, ())):
                    count = _delete(client, table, kind, account, chunk)
                    if count:
                        deleted[str(table)] = deleted.get(str(table), 0) + count
    return deleted


def _kinds(table: BuiltTable) -> tuple[str, ...]:
    for prefix, kinds in _ABOUT.items():
        if table.name.startswith(prefix):
            return kinds
    return KINDS


def _forget_managers(
    client: Client, table: BuiltTable, account: str, managers: Sequence[str]
) -> None:
    """Blank who somebody's manager was: no build makes a snapshot's rows anew."""
    for chunk in chunks(managers):
        client.execute_sql(
            f"update {table.quoted} set manager_key = null where manager_key in ({places(chunk)})",
            *(f"{account}:{one}" for one in chunk),
        )


def _delete(client: Client, table: BuiltTable, kind: str, account: str, ids: Sequence[str]) -> int:
    conditions: list[str] = []
    params: list[str] = []
    columns = dict(_COLUMNS[kind])
    if link := _LINKS[kind].get(table.name):
        columns[link] = True
    for column, is_key in columns.items():
        if column not in table.columns:
            continue
        if is_key:
            conditions.append(f"{column} in ({places(ids)})")
            params += [f"{account}:{one}" for one in ids]
        elif "account" in table.columns:
            conditions.append(f"(account = %s and {column} in ({places(ids)}))")
            params += [account, *ids]
    if not conditions:
        return 0
    where = " or ".join(conditions)
    rows = client.execute_sql(f"select count(*) from {table.quoted} where {where}", *params)
    count = int(rows[0][0]) if rows else 0
    if count:
        client.execute_sql(f"delete from {table.quoted} where {where}", *params)
    return count


def empty_staging(client: Client, reader: Reader, schema: str) -> dict[str, int]:
    """Delete what dlt keeps of the last package of an account.

    Args:
        client: Of the warehouse.
        reader: The same warehouse.
        schema: The account's staging dataset; it need not exist.

    Returns:
        Rows deleted by table.
    """
    tables = sorted(name for found, name in relations(reader) if found == schema)
    deleted: dict[str, int] = {}
    for name in tables:
        if name.startswith("_dlt"):
            continue
        rows = client.execute_sql(f'select count(*) from "{schema}"."{name}"')
        if rows and rows[0][0]:
            deleted[f"{schema}.{name}"] = int(rows[0][0])
            client.execute_sql(f'delete from "{schema}"."{name}"')
    return deleted
