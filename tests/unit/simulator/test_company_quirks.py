"""Quirks: their table, their parser, and that each value of each gives JSON that differs or renders."""

from __future__ import annotations

from functools import cache

import orjson
import pytest

from workable_elt.simulator import visible
from workable_elt.simulator.changes import apply_random_changes
from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.quirks import (
    QUIRKS,
    Quirks,
    UnknownQuirkError,
    parse_quirks,
    random_quirks,
)
from workable_elt.simulator.state import Company
from workable_elt.simulator.truth import truth

SETTINGS = [
    f"{quirk.name}={value}"
    for quirk in QUIRKS.values()
    if quirk.layer == "data"
    for value in quirk.values
]
PLAN = CompanyPlan(candidates=150, jobs=8, employees=20, years=1, seed=11)


HAPPENS_LAST = (
    *(
        "job_deleted",
        "employee_deleted",
        "copied",
        "relocated",
        "messaged",
        "tagged",
        "commented",
        "rated",
        "rating_edited",
    ),
    *("event_scheduled", "offer_made", "offer_changed"),
    *("deleted", "candidate_restored", "team_member_removed"),
)
"""What a quirk is about must be some candidate's latest change, or the quirk shows nowhere."""


@cache
def company() -> Company:
    log = generate(PLAN)
    folded = Company.from_log(log)
    for seed, kind in enumerate(HAPPENS_LAST):
        apply_random_changes(folded, log, 4, seed=seed, kinds=[kind])
    first = next(c for c in folded.candidate_order if c.job_shortcode and not c.relocated_to)
    first.deleted_at = log.now
    return folded


@cache
def default_truth() -> bytes:
    return orjson.dumps(truth(company()))


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_value_of_a_data_quirk_shows_in_the_json(setting: str) -> None:
    name, value = setting.split("=")
    shown = orjson.dumps(truth(company(), parse_quirks([setting])))
    assert (shown == default_truth()) == (value == QUIRKS[name].default)


def test_quirks_are_described_and_default_to_their_first_value() -> None:
    assert len(QUIRKS) > 40
    for quirk in QUIRKS.values():
        assert len(set(quirk.values)) == len(quirk.values) > 1
        assert quirk.about.endswith(".")
        assert quirk.note.startswith(("ats ", "hris "))
        assert getattr(Quirks(), quirk.name) == quirk.default


def test_settings_are_parsed_and_the_last_one_wins() -> None:
    quirks = parse_quirks(["leavers=absent", "odd_limit = clamped", "leavers=inactive"])
    assert (quirks.leavers, quirks.odd_limit) == ("inactive", "clamped")


@pytest.mark.parametrize("setting", ["colour=red", "leavers=gone", "leavers", ""])
def test_unknown_names_and_values_are_refused(setting: str) -> None:
    with pytest.raises(UnknownQuirkError):
        parse_quirks([setting])


def test_random_quirks_repeat_with_the_seed_and_leave_settled_ones_alone() -> None:
    assert random_quirks(4) == random_quirks(4)
    drawn = [random_quirks(seed) for seed in range(40)]
    for quirk in QUIRKS.values():
        values = {getattr(quirks, quirk.name) for quirks in drawn}
        assert values == ({quirk.default} if quirk.settled else set(quirk.values))


def test_random_quirks_of_one_layer_leave_the_other_at_its_defaults() -> None:
    drawn = random_quirks(9, settled=True, layer="server")
    for quirk in QUIRKS.values():
        if quirk.layer == "data":
            assert getattr(drawn, quirk.name) == quirk.default


def test_a_message_moves_updated_at_only_where_the_quirk_says_so() -> None:
    quiet = [
        candidate
        for candidate in company().candidate_order
        if candidate.quiet_changes.get("message", 0) > candidate.updated_at
    ]
    assert quiet
    candidate = quiet[0]
    candidate.quiet_changes = {"message": candidate.quiet_changes["message"]}
    still = visible.bumping_kinds(Quirks(message_bumps_updated_at="no"))
    bumped = visible.bumping_kinds(Quirks(message_bumps_updated_at="yes"))
    assert visible.candidate_updated_at(candidate, still) == candidate.updated_at
    assert visible.candidate_updated_at(candidate, bumped) == candidate.quiet_changes["message"]
