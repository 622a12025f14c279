"""dlt sources of the raw tables. Told what to read; know no warehouse.

from workable_elt.sources import workable_ats

dlt.pipeline("workable", destination="duckdb", dataset_name="workable_raw").run(workable_ats())
"""

from workable_elt.sources.columns import declared_schema, resource_table, service_table
from workable_elt.sources.outcome import Outcome, ParentRead, Problem, QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.readings import Readings
from workable_elt.sources.source import workable_ats, workable_hris
from workable_elt.sources.work import Parent, Work

__all__ = [
    "ColumnPolicy",
    "Outcome",
    "Parent",
    "ParentRead",
    "Problem",
    "QuarantinedRecord",
    "Readings",
    "Work",
    "declared_schema",
    "resource_table",
    "service_table",
    "workable_ats",
    "workable_hris",
]
