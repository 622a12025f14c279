"""The size of a made-up company, as `demo` and `simulate` are asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from workable_elt.exits import UsageError
from workable_elt.simulator.company import CompanyPlan


@dataclass(frozen=True)
class CompanySize:
    """The options that say what company to make up."""

    candidates: int
    jobs: int
    employees: int
    years: int
    seed: int

    def plan(self) -> CompanyPlan:
        """Give the simulator's plan.

        Raises:
            UsageError: no such company can be made up.
        """
        try:
            return CompanyPlan(
                candidates=self.candidates,
                jobs=self.jobs,
                employees=self.employees,
                years=self.years,
                seed=self.seed,
            )
        except ValueError as error:
            raise UsageError(f"No such company: {error}.", "Choose larger sizes.") from None
