"""Clocks that disagree: nothing that changed meanwhile is lost."""

from __future__ import annotations

import pytest
from tests.faults.fault_kit import Account

FIVE_MINUTES = 300
CHANGES = (
    *("applied", "sourced", "copied", "moved", "disqualified", "profile_updated", "tagged"),
    *("job_created", "job_changed", "requisition_created", "requisition_changed"),
)
"""What is read by ``updated_after``."""


@pytest.mark.parametrize(
    "skew", [pytest.param(-FIVE_MINUTES, marks=pytest.mark.full), FIVE_MINUTES]
)
def test_a_server_whose_clock_is_five_minutes_off_loses_no_update(
    account: Account, skew: int
) -> None:
    account.control.set_clock(skew=skew)
    account.assert_whole(account.load())
    for seed in range(2):
        account.control.apply_changes(10, seed=seed, kinds=CHANGES, advance=20)
        account.assert_whole(account.load())


def test_a_clock_that_jumps_by_ten_minutes_between_two_runs_loses_no_update(
    account: Account,
) -> None:
    account.control.set_clock(skew=FIVE_MINUTES)
    account.assert_whole(account.load())
    account.control.apply_changes(10, seed=1, kinds=CHANGES, advance=20)
    account.control.set_clock(skew=-FIVE_MINUTES)
    account.assert_whole(account.load())
    account.control.apply_changes(10, seed=2, kinds=CHANGES, advance=20)
    account.control.set_clock(skew=0)
    account.assert_whole(account.load())


def test_single_answers_with_a_wrong_date_lose_no_update(account: Account) -> None:
    for path in ("/candidates", "/jobs", "/requisitions"):
        account.inject("clock_skew", path, seconds=FIVE_MINUTES, times=1)
    account.assert_whole(account.load())
    account.control.apply_changes(10, seed=3, kinds=CHANGES, advance=20)
    account.assert_whole(account.load())
