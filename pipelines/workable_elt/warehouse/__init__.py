"""Runs: reads the warehouse, hands the sources their work, loads slices, records syncs."""

from workable_elt.warehouse.check import CheckReport, check
from workable_elt.warehouse.plan import PlanReport, plan
from workable_elt.warehouse.report import AccountReport, LoadReport, ResourceReport
from workable_elt.warehouse.run import load
from workable_elt.warehouse.status import StatusReport, as_of, status

__all__ = [
    "AccountReport",
    "CheckReport",
    "LoadReport",
    "PlanReport",
    "ResourceReport",
    "StatusReport",
    "as_of",
    "check",
    "load",
    "plan",
    "status",
]
