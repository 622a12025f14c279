"""What the sources are told to read, by whoever knows what is stored already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Depth = Literal["full", "list"]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parent:
    """A record whose detail, stream or children are to be read.

    Attributes:
        key: its id, shortcode or code, as URLs take it.
        listed_updated_at: the ``updated_at`` that the list showed (UTC, naive), where it has one;
            stored beside the detail, so that a later run can tell whether the detail is behind.
        since_id: where a stream goes on: the rows behind this one are given.
    """

    key: str
    listed_updated_at: datetime | None = None
    since_id: str | None = None


@dataclass
class Work:
    """What to read; the defaults are everything, as plain dlt use has it.

    Attributes:
        depth: ``list`` reads account-wide lists only, no request per record.
        updated_after: for lists that take it, the watermark (UTC, naive) by resource.
        from_date: first day of the window of `timeoff_requests`, `events` and `time_entries`.
        parents: which parents to read, by detail or child resource. Where a resource is absent,
            all that its parent list yields in this same reading, as `follow_lists` has it.
        follow_lists: whether to keep for that what the parent lists yield, a hundred bytes or two
            a record. A caller that names all parents itself needs none of it.
        known: content hashes that are stored already, by resource and key (without account).
            List rows that still have theirs are not given out again.
        read_before: resources that this account was let read once.
    """

    depth: Depth = "full"
    updated_after: dict[str, datetime] = field(default_factory=dict)
    from_date: dict[str, date] = field(default_factory=dict)
    parents: dict[str, list[Parent]] = field(default_factory=dict)
    follow_lists: bool = True
    known: dict[str, Mapping[Key, str]] = field(default_factory=dict)
    read_before: Collection[str] = ()
