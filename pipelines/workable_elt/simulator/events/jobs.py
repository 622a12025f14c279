"""Events of jobs and requisitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.events.base import LogEvent


@dataclass(slots=True)
class JobCreated(LogEvent):
    """A job was drafted; ``job`` is a snapshot of that moment (state draft)."""

    job: r.Job


@dataclass(slots=True)
class JobStateChanged(LogEvent):
    """A job changed its state without an activity (to draft, closed or archived)."""

    shortcode: str
    state: str


@dataclass(slots=True)
class JobOpened(LogEvent):
    """A job was published, which the job's stream records as ``opened``."""

    shortcode: str
    activity: int = 0


@dataclass(slots=True)
class JobChanged(LogEvent):
    """Facts of a job changed: attribute of `records.Job` -> new value."""

    shortcode: str
    changes: dict[str, Any]


@dataclass(slots=True)
class RequisitionCreated(LogEvent):
    """A requisition entered the hiring plan; a snapshot."""

    requisition: r.Requisition


@dataclass(slots=True)
class RequisitionChanged(LogEvent):
    """Facts of a requisition changed: attribute of `records.Requisition` -> new value."""

    code: str
    changes: dict[str, Any]
