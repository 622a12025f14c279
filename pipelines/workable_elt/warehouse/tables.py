"""The service tables: what the connector itself remembers, beside the data, in the raw dataset.

They are ordinary tables of the same dlt schema, so that everything restores from the warehouse
and a fresh machine goes on where the last one ended.
"""

from __future__ import annotations

from dataclasses import dataclass

from workable_elt.settings import RawColumn


@dataclass(frozen=True)
class ServiceTable:
    """One service table."""

    name: str
    key: tuple[str, ...]
    columns: tuple[RawColumn, ...]
    description: str


def _text(name: str, description: str, *, nullable: bool = True) -> RawColumn:
    return RawColumn(name, "text", description, nullable=nullable)


def _at(name: str, description: str) -> RawColumn:
    return RawColumn(name, "timestamp", description)


def _count(name: str, description: str) -> RawColumn:
    return RawColumn(name, "bigint", description)


_ACCOUNT = _text("account", "Label of the Workable account.", nullable=False)
_RESOURCE = _text("resource", "The raw table.", nullable=False)
_RUN = _text("run_id", "The run.", nullable=False)

SYNCS = ServiceTable(
    name="_syncs",
    key=("account", "resource", "run_id"),
    description="Readings of resources. One row a resource and run.",
    columns=(
        _ACCOUNT,
        _RESOURCE,
        _RUN,
        _text("mode", "full, window or incremental."),
        _text("viewpoint", "Hash of token, member_id and scopes: whose eyes it was read with."),
        _at("began_at", "When the listing began, server's clock, UTC."),
        _at("completed_at", "When it ended, server's clock, UTC; null while incomplete."),
        RawColumn("complete", "bool", "Whether the resource was read to its end."),
        _count("rows", "Rows written."),
        _count("requests", "Requests spent."),
        _at("watermark", "Where the next incremental reading begins, UTC."),
        _text("status", "ok, partial, skipped, failed or off."),
        _text("error", "Why it is not ok, without personal data."),
        RawColumn(
            "reconciled",
            "bool",
            "Whether the whole list was read and what it lacks was decided upon.",
        ),
        _count("held", "Deletes that were found and held back until they are accepted."),
    ),
)

TOMBSTONES = ServiceTable(
    name="_tombstones",
    key=("account", "resource", "record_id"),
    description="Records that Workable no longer has. One row a record.",
    columns=(
        _ACCOUNT,
        _RESOURCE,
        _text("record_id", "Key of the record beside the account.", nullable=False),
        _at(
            "deleted_at",
            "When the listing began that first lacked it (anonymized: first showed it blank), UTC.",
        ),
        _text(
            "reason",
            "deleted; relocated; not_listed (asked for by id, it is still there) or anonymized "
            "(listed, but blank), of which the last two are resolved at once.",
        ),
        _text("replaced_by_id", "Successor of a relocated record."),
        _at(
            "resolved_at",
            "When the record was seen again, UTC; null while it is gone.",
        ),
        RawColumn("_read_seq", "bigint", "Orders rows inside one load package."),
    ),
)

QUARANTINE = ServiceTable(
    name="_quarantine",
    key=("account", "resource", "record_id"),
    description="Records that could not be read, policy applied. One row a record.",
    columns=(
        _ACCOUNT,
        _RESOURCE,
        _text("record_id", "Key of the record, else a hash of it.", nullable=False),
        RawColumn("payload", "json", "The record, column policy applied."),
        _text("reason", "Which field, what was expected and what type was got; no values."),
        _at("first_seen_at", "When it was first seen, UTC."),
        _at("last_seen_at", "When it was last seen, UTC."),
        _at("resolved_at", "When a later reading was good, UTC; null while it is bad."),
        RawColumn("_read_seq", "bigint", "Orders rows inside one load package."),
    ),
)

VISITS = ServiceTable(
    name="_visits",
    key=("account", "resource", "parent_id"),
    description=(
        "When a record's detail, stream or children were last read. One row a record and resource; "
        "the backlog is what this table lacks, since a reading may well give no row at all."
    ),
    columns=(
        _ACCOUNT,
        _RESOURCE,
        _text("parent_id", "Id or shortcode of the record.", nullable=False),
        _at("read_at", "When it was read, server's clock, UTC."),
        _at("listed_updated_at", "The updated_at that the list showed at that time, UTC."),
        RawColumn("found", "bool", "False when Workable answered 404 twice."),
        RawColumn("_read_seq", "bigint", "Orders rows inside one load package."),
    ),
)

REQUESTS = ServiceTable(
    name="_requests",
    key=("account", "run_id", "resource", "endpoint", "status"),
    description="Ledger of requests. One row a run, resource, endpoint and HTTP status.",
    columns=(
        _ACCOUNT,
        _RUN,
        _RESOURCE,
        _text("endpoint", "Path template.", nullable=False),
        _count("status", "HTTP status; 0 where no answer came."),
        _count("requests", "Requests."),
        _count("bytes", "Bytes of the answers."),
        RawColumn("seconds", "decimal", "Time spent on answers, seconds."),
        RawColumn("waited_seconds", "decimal", "Time spent waiting for the rate limit, seconds."),
        _at("first_at", "First request, UTC."),
        _at("last_at", "Last request, UTC."),
    ),
)

LEASES = ServiceTable(
    name="_leases",
    key=("lease",),
    description="Who is at work. One row a lease (`run:<account>` or `load:<dataset>`).",
    columns=(
        _text("lease", "Name of the lease.", nullable=False),
        _text("owner", "Who holds it: run, host and process."),
        _at("acquired_at", "Since when, UTC."),
        _at("heartbeat_at", "Last sign of life, UTC."),
        _at("expires_at", "When others may take it over, UTC."),
    ),
)

SERVICE_TABLES: dict[str, ServiceTable] = {
    table.name: table for table in (SYNCS, VISITS, TOMBSTONES, QUARANTINE, REQUESTS, LEASES)
}
