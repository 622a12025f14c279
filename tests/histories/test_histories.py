"""Random histories: whatever happened, one clean run and a reconcile give exactly the truth.

Each run of the suite draws the same ones; ``make soak`` draws others, and longer ones. A failure prints the calls, and
the whole story with what each step did.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.histories import closing
from tests.histories.machine import FEW, try_histories
from tests.histories.people import leaks
from tests.histories.world import History


@pytest.mark.parametrize("draw", range(5))
def test_histories_end_in_the_truth(draw: int) -> None:
    try_histories(4, draw, steps=FEW)


def test_comparison_sees_a_delete_that_nobody_has_read_and_what_is_left_of_the_person(
    tmp_path: Path,
) -> None:
    history = History(tmp_path, seed=1, quirk_seed=None)
    try:
        history.run(0)
        history.change(2, 1, ("deleted",), hours=1)
        history.change(1, 1, ("employee_deleted",), hours=1)
        truth = history.control.truth()
        told = closing.all_differences(history.loads, truth, set(), ())
        places = closing.texts_of_tables(history.loads.query)
        found = leaks(history.memory.forbidden(truth), places)
        assert any(line.startswith("candidates: too many") for line in told)
        assert any(line.startswith("employees: too many") for line in told)
        assert any("workable_raw.candidate_details" in line for line in found)
        assert any("workable_raw.employee_details" in line for line in found)
        history.settle(0, one_run=True)
    finally:
        history.close()


def test_a_purge_takes_somebody_away_and_a_reconcile_brings_those_back_who_are_still_there(
    tmp_path: Path,
) -> None:
    history = History(tmp_path, seed=1, quirk_seed=None)
    try:
        history.run(0)
        history.purge(1, "candidates", 3, whole_person=True)
        told = closing.all_differences(history.loads, history.control.truth(), set(), ())
        assert any(line.startswith("candidates: missing") for line in told), told
        history.settle(0, one_run=False)
    finally:
        history.close()
