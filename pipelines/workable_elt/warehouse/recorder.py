"""Loads slices together with the service rows that say what they are."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import dlt
import pyarrow as pa
import pyarrow.compute as pc

from workable_elt.settings import RESOURCES
from workable_elt.sources.readings import Readings
from workable_elt.warehouse.assignment import Assignment
from workable_elt.warehouse.failures import RefusedValueError
from workable_elt.warehouse.last_good import LastGoodRows
from workable_elt.warehouse.ledger import Ledger
from workable_elt.warehouse.lock import Gate
from workable_elt.warehouse.quarantine import Quarantine
from workable_elt.warehouse.slices import ServiceRow, Slice, Tables, load_package, service_table
from workable_elt.warehouse.splitting import Splitter
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import sync_row
from workable_elt.warehouse.tables import SERVICE_TABLES
from workable_elt.warehouse.viewpoint import Sight


@dataclass(frozen=True)
class Identity:
    """Whose rows they are.

    Attributes:
        account: Label of the account.
        run_id: The run.
        sight: Whose eyes it is read with.
    """

    account: str
    run_id: str
    sight: Sight


@dataclass(frozen=True)
class Settlement:
    """What was decided about the records that a whole list lacks.

    Attributes:
        reconciled: Whether nothing is left to be decided.
        held: Deletes that wait to be accepted.
        problem: Why they do.
    """

    reconciled: bool
    held: int | None = None
    problem: str | None = None


class Recorder:
    """Writes one account's slices; what is recorded stands in the package of its rows.

    Args:
        pipeline: Of the account.
        identity: Whose rows they are.
        readings: Tells how far each resource is.
        assignment: What is read, and how.
        ledger: Counts requests.
        reader: The warehouse.
        clock: Server's clock, UTC, naive.
        gate: Held while a package is loaded.

    Attributes:
        changed_tables: Raw tables that have new rows.
        packages: Load ids of what was loaded.
    """

    def __init__(
        self,
        pipeline: dlt.Pipeline,
        identity: Identity,
        readings: Readings,
        assignment: Assignment,
        ledger: Ledger,
        reader: Reader,
        clock: Callable[[], datetime],
        gate: Gate,
    ) -> None:
        self._pipeline = pipeline
        self._identity = identity
        self._readings = readings
        self._assignment = assignment
        self._ledger = ledger
        self._quarantine = Quarantine(reader, identity.account)
        self._clock = clock
        self._gate = gate
        self._last_good = LastGoodRows(reader, identity.account)
        self._sequence = itertools.count(time.time_ns() // 1000)
        self._visited: dict[str, int] = {}
        self._touched: list[str] = []
        self._rows: dict[str, list[ServiceRow]] = {}
        self._completed_at: dict[str, datetime] = {}
        self._settled: dict[str, Settlement] = {}
        self._newest_read = datetime.min
        self._phase_began = datetime.min
        self.changed_tables: set[str] = set()
        self.packages: list[str] = []

    def saw(self, table: pa.Table) -> None:
        """Note how new the rows are that were read."""
        newest = pc.max(table["_read_at"]).as_py()
        self._newest_read = max(self._newest_read, newest or self._newest_read)

    def begin_phase(self) -> None:
        """Note that what is asked for from now on is newer than all that was read before.

        The server's clock comes in whole seconds and is partly guessed, so a visit could seem
        older by a second than the list row that led to it, and would be repeated by every run.
        """
        self._phase_began = max(self._clock(), self._newest_read)

    def touch(self, resource: str) -> None:
        """Note that a resource was read on; its sync row goes into the next package."""
        if resource not in self._touched:
            self._touched.append(resource)

    def finish(self, resource: str) -> None:
        """Note that a resource has come to its end."""
        self.touch(resource)
        outcome = self._readings.outcome(resource)
        if outcome.complete:
            self._completed_at[resource] = self._clock()
        whole = self._assignment.modes.get(resource) == "full"
        resolved = self._quarantine.resolved(resource, outcome, self._clock(), whole=whole)
        self.put("_quarantine", resolved)

    def settle(self, resource: str, settlement: Settlement) -> None:
        """Note what was decided about a list; its sync row goes into the next package again."""
        self._settled[resource] = settlement
        self.touch(resource)

    def put(self, table: str, rows: list[ServiceRow]) -> None:
        """Put service rows into the next package.

        Args:
            table: The service table.
            rows: Its rows; those of tables that have `_read_seq` get it here, so that the last
                one of a key wins.
        """
        ordered = any(column.name == "_read_seq" for column in SERVICE_TABLES[table].columns)
        for row in rows if ordered else ():
            row["_read_seq"] = next(self._sequence)
        self._rows.setdefault(table, []).extend(rows)

    def abandon(self, resource: str) -> None:
        """Note that a reading broke off: rows may be missing of the last parents it asked for."""
        self._visited[resource] = len(self._readings.outcome(resource).parents_read)

    def load(self, part: Slice) -> None:
        """Load a slice with everything that was noted since the last one.

        Raises:
            UserError: The warehouse did not take it.
        """
        unreadable = self._readings.quarantined()
        self._last_good.add(part, unreadable)
        self.put("_quarantine", self._quarantine.rows(unreadable))
        self.put("_requests", self._ledger.rows())
        for resource in self._touched:
            self.put("_visits", self._visits(resource))
            self.put("_syncs", [self._sync(resource)])
        self._touched.clear()
        tables = self._with_service_rows(part.tables)
        try:
            self._send(tables)
        except RefusedValueError:
            self._load_without_culprits(part)
        self._rows.clear()
        self.changed_tables |= {name for name in part.tables if name in RESOURCES}
        # Whoever still holds this slice does not hold its rows; `slices` says who that is.
        tables.clear()
        part.tables.clear()

    def _with_service_rows(self, tables: Tables) -> dict[str, list[pa.Table]]:
        service = {name: [service_table(name, rows)] for name, rows in self._rows.items() if rows}
        return {
            name: [*tables.get(name, ()), *service.get(name, ())] for name in {**tables, **service}
        }

    def _send(self, tables: Tables) -> None:
        with self._gate:
            self.packages += load_package(self._pipeline, tables)

    def _load_without_culprits(self, part: Slice) -> None:
        data = {name: parts for name, parts in part.tables.items() if name in RESOURCES}
        rest = {name: parts for name, parts in part.tables.items() if name not in RESOURCES}
        refused = Splitter(self._send).load(data)
        for record in refused:
            self._readings.outcome(record.resource).quarantined += 1
        self.put("_quarantine", self._quarantine.refused(refused, self._clock()))
        # Last, and only now: these rows say that all the others were read.
        self._send(self._with_service_rows(rest))

    def has_news(self, part: Slice) -> bool:
        """Whether a slice holds anything that a later phase must find in the warehouse."""
        outcomes = (self._readings.outcome(resource) for resource in self._touched)
        return bool(part.tables) or any(outcome.parents_read for outcome in outcomes)

    def _visits(self, resource: str) -> list[ServiceRow]:
        read = self._readings.outcome(resource).parents_read
        done = self._visited.get(resource, 0)
        self._visited[resource] = len(read)
        if done == len(read):
            return []
        given = self._assignment.work.parents.get(resource, [])
        listed = {parent.key: parent.listed_updated_at for parent in given}
        return [
            {
                "account": self._identity.account,
                "resource": resource,
                "parent_id": parent.key,
                "read_at": max(parent.read_at, self._phase_began),
                "listed_updated_at": listed.get(parent.key),
                "found": parent.found,
            }
            for parent in read[done:]
        ]

    def _sync(self, resource: str) -> ServiceRow:
        outcome = self._readings.outcome(resource)
        done = outcome.complete and self._readings.is_finished(resource)
        settled = self._settled.get(resource, Settlement(reconciled=False))
        problem = outcome.problem.message if outcome.problem else settled.problem
        return sync_row(
            self._identity.account,
            resource,
            self._identity.run_id,
            mode=self._assignment.modes.get(resource, "incremental"),
            viewpoint=self._identity.sight.of(resource, narrowed=outcome.narrowed),
            began_at=outcome.began_at,
            completed_at=self._completed_at.get(resource, self._clock()) if done else None,
            rows=outcome.rows,
            requests=outcome.requests,
            has_watermark=RESOURCES[resource].has_updated_after,
            status="failed" if settled.problem else outcome.status,
            error=problem,
            reconciled=settled.reconciled,
            held=settled.held,
        )
