"""Rules about deletes that need no account: when to sweep, who lived on as whom, whose eyes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from workable_elt.config import AccountConfig
from workable_elt.warehouse.assignment import sweep_is_due
from workable_elt.warehouse.deletes.relocations import _Claim, _strongest
from workable_elt.warehouse.deletes.tombstones import predecessors
from workable_elt.warehouse.syncs import Sync, SyncHistory
from workable_elt.warehouse.viewpoint import Sight

NOW = datetime(2026, 6, 17, 10)


def whole(days_ago: float) -> Sync:
    began_at = NOW - timedelta(days=days_ago)
    return Sync(began_at, began_at + timedelta(minutes=1), "full", "eyes", None)


def history(last_whole: Sync | None, settled: Sync | None) -> SyncHistory:
    def of(sync: Sync | None) -> dict[str, Sync]:
        return {"candidates": sync} if sync else {}

    return SyncHistory(of(last_whole), of(last_whole), of(settled))


@pytest.mark.parametrize(
    ("last_whole", "settled", "due"),
    [
        pytest.param(None, None, True, id="never read whole"),
        pytest.param(6.9, 6.9, False, id="settled less than seven days ago"),
        pytest.param(7, 7, True, id="settled seven days ago"),
        pytest.param(1, None, True, id="read whole, never settled"),
        pytest.param(1, 3, True, id="read whole since, and not settled"),
    ],
)
def test_sweep_waits_for_nothing_but_a_settled_one(
    account: AccountConfig, last_whole: float | None, settled: float | None, due: bool
) -> None:
    known = history(
        None if last_whole is None else whole(last_whole),
        None if settled is None else whole(settled),
    )
    assert sweep_is_due("candidates", known, NOW, account) is due


def test_records_are_followed_back_over_all_their_moves() -> None:
    moves = {"a": "b", "b": "c", "x": "c", "y": "z"}
    assert predecessors(["c"], moves) == {"a", "b", "x"}
    assert predecessors(["a"], moves) == set()


def test_records_that_name_each_other_end_the_search() -> None:
    assert predecessors(["a"], {"a": "b", "b": "a"}) == {"a", "b"}


def test_successor_is_the_next_record_of_the_strongest_evidence() -> None:
    claims = [
        _Claim("9", "ff", 2),
        _Claim("9", "10", 2),  # the smaller number, though the larger text
        _Claim("9", "a", 3),
        _Claim("b", "a", 1),  # an older record succeeds nobody
    ]
    assert _strongest(claims) == {"9": "10"}


def test_eyes_differ_by_family_and_by_what_was_shown() -> None:
    sight = Sight("token", "token and member")
    assert sight.of("candidates") == "token"
    assert sight.of("employees") == "token and member"
    assert sight.of("events", narrowed=True) != sight.of("events")
