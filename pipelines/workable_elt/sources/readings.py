"""The readings of one account in one run: what the sources give out, resource by resource."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa

from workable_elt.api import WorkableClient
from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.arrow import resource_schema, to_table
from workable_elt.sources.children import child_steps
from workable_elt.sources.context import Context, OnProgress
from workable_elt.sources.lists import list_steps
from workable_elt.sources.outcome import Outcome, QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.reading import Reading, Steps
from workable_elt.sources.records import Values
from workable_elt.sources.work import Parent, Work

Until = Callable[[int, int], bool]

# Large enough to cost nothing per table, small enough to hold in memory many times over.
_TABLE_ROWS = 5_000
_TABLE_BYTES = 16 * 2**20


class Readings:
    """Reads the resources of one account; not for use from several threads.

    A reading can stop between any two pages or parents and go on later, so that one run can load
    in slices.

    Args:
        client: reads the account; closing it is the caller's business.
        account: the label of every row.
        policy: what becomes of each column.
        work: what to read.
        on_progress: told resource, rows and requests after every page or parent.
        concurrency: requests side by side for details and children.
        find_member: whether to act as the first member with full HR rights where the client acts
            as none; costs a request or more.
    """

    def __init__(
        self,
        client: WorkableClient,
        *,
        account: str,
        policy: ColumnPolicy,
        work: Work,
        on_progress: OnProgress | None = None,
        concurrency: int = 8,
        find_member: bool = False,
    ) -> None:
        self._context = Context(
            client, account, policy, work, on_progress, concurrency, find_member
        )
        self._readings: dict[str, Reading] = {}

    def take(self, resource: str, until: Until | None = None) -> Iterator[pa.Table]:
        """Give the rows of a resource as Arrow tables, from where the last call stopped.

        Args:
            resource: the raw table; see `settings.RESOURCES`.
            until: asked after every page or parent with the rows and bytes that this call has
                read; when it says yes, what was read is given out and the reading pauses.

        Yields:
            Tables with exactly the declared columns, never empty ones.

        Raises:
            KeyError: no such resource.
            WorkableError: one that concerns the account as a whole (token refused, no such
                account, host unreachable from the start). All others end this resource alone and
                are found in its outcome.
        """
        reading = self._reading(RESOURCES[resource])
        waiting: list[Values] = []
        rows = size = waiting_size = 0
        while (step := reading.next_step()) is not None:
            waiting.extend(step.rows)
            rows, size, waiting_size = (
                rows + step.records,
                size + step.size,
                waiting_size + step.size,
            )
            if len(waiting) >= _TABLE_ROWS or waiting_size >= _TABLE_BYTES:
                yield to_table(resource_schema(resource), waiting)
                waiting, waiting_size = [], 0
            if until is not None and until(rows, size):
                break
        if waiting:
            yield to_table(resource_schema(resource), waiting)

    def outcome(self, resource: str) -> Outcome:
        """Return how far a resource was read; final once `take` has given its last table and
        ``until`` never said yes."""
        return self._reading(RESOURCES[resource]).outcome

    def is_finished(self, resource: str) -> bool:
        """Whether nothing is left to take of a resource, be it by its end or by an error."""
        return self._reading(RESOURCES[resource]).finished

    @property
    def is_cancelled(self) -> bool:
        """Whether a reading broke off because no request may be sent any more: the work was
        stopped (see `api.stopped_by`) or the client's allowance is spent."""
        return self._context.cancelled

    def reopen(self, resource: str) -> bool:
        """Read a detail or child resource again, for the parents that the work names by now.

        Args:
            resource: the raw table; its outcome goes on.

        Returns:
            False where it did not come to a good end, so that there is nothing to go on from.
        """
        reading = self._reading(RESOURCES[resource])
        if not reading.finished or reading.outcome.status != "ok":
            return False
        reading.finished = False
        reading.begin(self._steps(reading))
        return True

    def quarantined(self) -> list[QuarantinedRecord]:
        """Return the records that could not be read since the last call."""
        taken, self._context.quarantine = self._context.quarantine, []
        return taken

    def close(self) -> None:
        """End all readings and drop the requests that are under way."""
        for reading in self._readings.values():
            reading.close()

    def _reading(self, resource: Resource) -> Reading:
        reading = self._readings.get(resource.name)
        if reading is None:
            reading = self._readings[resource.name] = Reading(self._context, resource)
            if resource.reading != "list" and self._context.work.depth == "list":
                reading.switch_off()
            else:
                reading.begin(self._steps(reading))
        return reading

    def _steps(self, reading: Reading) -> Steps:
        resource = reading.resource
        if resource.reading == "list":
            return (
                yield from list_steps(
                    self._context, reading, lambda: self._listed(RESOURCES["employees"])
                )
            )
        if resource.name == "employee_details":
            # Their definitions say which custom fields may be kept.
            self._read_to_end(self._reading(RESOURCES["employee_fields"]))
        parent = RESOURCES[str(resource.parent)]
        work = self._context.work
        given = work.parents.get(resource.name, None if work.follow_lists else [])
        if given is not None:
            complete = yield from child_steps(self._context, reading, iter(given), lambda: True)
            listed = self._readings.get(parent.name)
            if not given and listed and listed.outcome.status == "skipped":
                reading.fail_with(listed.outcome, parent.name)
                return False
            return complete
        parent_reading = self._reading(parent)
        complete = yield from child_steps(
            self._context,
            reading,
            self._listed(parent),
            lambda: parent_reading.outcome.complete,
        )
        if parent_reading.outcome.status in ("skipped", "failed"):
            reading.fail_with(parent_reading.outcome, parent.name)
        return complete

    def _listed(self, parent: Resource) -> Iterator[Parent]:
        """Give the rows of a parent list as they come, reading on where they have not come yet."""
        reading = self._reading(parent)
        given = 0
        while True:
            while given < len(reading.parents):
                yield reading.parents[given]
                given += 1
            if not reading.read_ahead():
                return

    @staticmethod
    def _read_to_end(reading: Reading) -> None:
        while reading.read_ahead():
            pass
