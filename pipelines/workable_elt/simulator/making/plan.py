"""What kind of company to make up."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from workable_elt.simulator.making.clock import DAY, parse_now

DEFAULT_NOW = "2026-06-17T10:00:00Z"


@dataclass(frozen=True)
class CompanyPlan:
    """Sizes and kinds; the same plan gives the same log.

    Attributes:
        candidates: Candidate records, copies included.
        jobs: Jobs, in all states.
        employees: People employed now; leavers and starters to come are made beside them.
        years: How long the company has used the product.
        seed: Seed of every random choice.
        now: The present, ISO 8601.
        plant_marker: A text put into every sensitive value and nowhere else; see `Plant`.
        sample_rows: Whether Workable's demo rows (a job with candidates, three employees) are there.
    """

    candidates: int = 2_000
    jobs: int = 60
    employees: int = 300
    years: float = 4
    seed: int = 1
    now: str = DEFAULT_NOW
    plant_marker: str | None = None
    sample_rows: bool = True

    def __post_init__(self) -> None:
        """Refuse sizes that make no company."""
        if self.employees < 12 or self.jobs < 3 or self.candidates < 30 or self.years < 0.5:
            raise ValueError(
                "a company has at least 12 employees, 3 jobs, 30 candidates and half a year, got "
                f"{self.employees}, {self.jobs}, {self.candidates}, {self.years}"
            )

    @property
    def now_at(self) -> int:
        """The present, epoch milliseconds."""
        return parse_now(self.now)

    @property
    def began_at(self) -> int:
        """When the company began to use the product, epoch milliseconds (a midnight)."""
        began = self.now_at - int(self.years * 365.25 * DAY)
        return began // DAY * DAY


class Plant:
    """Sensitive values: realistic ones, or ones that a leak test can look for.

    A text holds the marker itself. A number and a date cannot, so they are derived from it and unlike
    any other number or date of the company: see `values`.
    """

    def __init__(self, marker: str | None) -> None:
        self.marker = marker
        self._code = zlib.crc32((marker or "").encode())

    def text(self, realistic: str) -> str:
        """A sensitive text."""
        return realistic if self.marker is None else f"{realistic} {self.marker}"

    def number(self, realistic: float) -> float:
        """A sensitive number."""
        return realistic if self.marker is None else self._marked_number

    def day(self, realistic: date) -> date:
        """A sensitive date."""
        return realistic if self.marker is None else self._marked_day

    def decimal(self, realistic: str) -> Decimal:
        """A sensitive decimal number."""
        return Decimal(str(self.number(float(realistic))))

    @property
    def _marked_number(self) -> int:
        return 610_000_000 + self._code % 9_000_000

    @property
    def _marked_day(self) -> date:
        return date(1901, 1, 1) + timedelta(days=self._code % 7_000)

    def values(self) -> tuple[str, ...]:
        """The texts to look for: the marker, the marked number and the marked date."""
        if self.marker is None:
            return ()
        return (self.marker, str(self._marked_number), self._marked_day.isoformat())
