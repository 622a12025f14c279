"""Runs: reads the warehouse, hands the sources their work, loads slices, records syncs."""

from workable_elt.warehouse.report import AccountReport, LoadReport, ResourceReport
from workable_elt.warehouse.run import load

__all__ = ["AccountReport", "LoadReport", "ResourceReport", "load"]
