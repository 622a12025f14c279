"""Time off: categories, balances and requests. API pages: timeoffcategories, timeoffbalances."""

from __future__ import annotations

from typing import ClassVar

from workable_elt.api.wire.base import Wire
from workable_elt.api.wire.types import (
    Amount,
    Flag,
    Id,
    Instant,
    JsonList,
    LocalDate,
    Reference,
    Text,
    column,
)


class TimeoffCategory(Wire):
    """A row of ``GET /timeoff/categories``."""

    id: Id = column("Category id; looks like a number, is text.", required=True)
    name: Text = column("Name; may have trailing blanks, need not be unique.")
    type: Text = column("paid or unpaid.")
    description: Text = column("Description.")


class TimeoffBalance(Wire):
    """A row of ``GET /timeoff/balances``: one category of one employee, present cycle."""

    category_id: Id = column("Category id.", required=True)
    name: Text = column("Name of the category.")
    description: Text = column("Description of the category.")
    units_available: Amount = column("Units left; may be negative.")
    units_carry_over_available: Amount = column("Units carried over, contained in available.")
    units_used: Amount = column("Units used.")
    has_unlimited_timeoff: Flag = column("Whether the category has no limit.")
    time_off_tracking_unit: Text = column("full_days, half_days or hours, by the policy.")


class TimeoffRequest(Wire):
    """A row of ``GET /timeoff/requests``."""

    about_person: ClassVar[bool] = True

    id: Id = column("Request id, hexadecimal.", required=True)
    employee_id: Reference = column("Employee id.")
    from_date: LocalDate = column("Start, local wall clock, as sent.")
    to_date: LocalDate = column("End, local wall clock, as sent; an inclusive day in day units.")
    formatted_period: Text = column("The period as Workable prints it.")
    state: Text = column("pending, approved, rejected or canceled.")
    requesting_total: Amount = column("Amount asked for, in the row's unit.")
    timeoff_tracking_unit: Text = column("full_days, half_days (counted in days) or hours.")
    half_days: JsonList = column("Half days: date, half (first or second).")
    updated_by: Text = column("Name of who changed it last.", personal=True)
    updated_at: Instant = column("When it was last changed, UTC.")
    category_name: Text = column("Name of the category; there is no id.")
    pending_approvals: JsonList = column("Approvals not given yet: id, approver_id.")
