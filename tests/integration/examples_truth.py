"""What some of the examples' queries must answer, from the records of the simulator alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.oracle.hiring_marts import HiringOracle
from tests.oracle.time_off import TimeOffOracle

from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.state import Company


class ExamplesTruth:
    """Expected figures of a company that is made up once more from its plan.

    Args:
        plan: The plan that the demo had; the same plan gives the same company.
        account: Label of the rows.
        as_of: When the newest sync was complete, UTC without a zone.
    """

    def __init__(self, plan: CompanyPlan, account: str, as_of: datetime) -> None:
        self.company = Company.from_log(generate(plan))
        self.today = as_of.date()
        self.hiring = HiringOracle(self.company, Quirks(), account, as_of, "UTC")
        self.time_off = TimeOffOracle(self.company, Quirks(), account, self.today)

    def days_to_fill(self) -> dict[int, tuple[int, Fraction]]:
        """Hires and the mean of the days to fill, by year of hire."""
        days: dict[int, list[int]] = defaultdict(list)
        for row in self.hiring.applications_measured():
            if row["status"] == "hired" and row["days_to_fill"] is not None:
                days[row["hired_date"].year].append(row["days_to_fill"])
        return {year: (len(each), Fraction(sum(each), len(each))) for year, each in days.items()}

    def by_source(self) -> dict[str, tuple[int, int]]:
        """Candidates and hires by source category."""
        found: dict[str, list[bool]] = defaultdict(list)
        for row in self.hiring.applications_measured():
            found[row["source_category"]].append(row["status"] == "hired")
        return {source: (len(hired), sum(hired)) for source, hired in found.items()}

    def starters(self) -> dict[str, tuple[int, int]]:
        """Who started in the last twelve months and who of them is gone, by department."""
        found: dict[str, list[bool]] = defaultdict(list)
        for employee in self.time_off.people.values():
            is_recent = self.today - timedelta(days=365) < employee.start_date <= self.today
            if is_recent and not employee.is_sample and employee.state in ("published", "inactive"):
                where = "(none)"
                if employee.department_id:
                    nodes = self.company.department_path(employee.department_id)
                    where = " > ".join(node.name.strip() for node in nodes)
                found[where].append(employee.state == "inactive")
        return {where: (len(gone), sum(gone)) for where, gone in found.items()}

    def out_next_week(self) -> list[tuple[date, date, Decimal]]:
        """First day, last day and days of everybody who is out, in order."""
        monday = self.today + timedelta(days=7 - self.today.weekday())
        here = {self.time_off.key(e.id) for e in self.time_off.employed()}
        shares: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for off in self.time_off.offs:
            is_that_week = monday <= off.day < monday + timedelta(days=7)
            if is_that_week and off.status == "approved" and off.share and off.employee_key in here:
                shares[off.employee_key][off.day] += off.share
        return sorted(
            (min(days), max(days), sum(min(share, Decimal(1)) for share in days.values()))
            for days in shares.values()
        )

    def unused_leave(self) -> Decimal:
        """Days of holiday that are left to all together."""
        names = {self.time_off.key(c.id): c.name for c in self.company.timeoff_categories.values()}
        return sum(
            (
                row["owed"]
                for row in self.time_off.liability()
                if names[row["timeoff_type_key"]].strip() == "Paid time off"
                and row["unit"] == "days"
            ),
            Decimal(0),
        )
