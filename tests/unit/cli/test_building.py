"""When dbt can be left out."""

from dataclasses import replace
from datetime import datetime

import pytest

from workable_elt.cli.building import Builds
from workable_elt.transform import Target

NOON = datetime(2026, 3, 18, 12)


@pytest.fixture
def target(tmp_path):
    return Target("duckdb", "w.duckdb", tmp_path / "home")


def test_a_fresh_home_builds(target):
    assert not Builds(target).is_current(NOON)


def test_after_a_good_build_the_same_day_needs_none(target):
    Builds(target).built(NOON)
    assert Builds(target).is_current(datetime(2026, 3, 18, 23, 59))


def test_a_new_day_needs_a_build(target):
    Builds(target).built(NOON)
    assert not Builds(target).is_current(datetime(2026, 3, 19))


def test_the_day_begins_where_the_company_is(target):
    auckland = replace(target, time_zone="Pacific/Auckland")
    Builds(auckland).built(datetime(2026, 3, 18, 10, 30))  # 23:30 there
    assert not Builds(auckland).is_current(datetime(2026, 3, 18, 11, 30))


def test_a_load_that_changed_something_needs_a_build(target):
    Builds(target).built(NOON)
    Builds(target).begin()
    assert not Builds(target).is_current(NOON)


def test_a_load_that_changed_nothing_needs_none(target):
    Builds(target).built(NOON)
    builds = Builds(target)
    builds.begin()
    builds.nothing_changed()
    assert Builds(target).is_current(NOON)


def test_a_load_that_was_killed_counts_as_a_change(target):
    Builds(target).built(NOON)
    Builds(target).begin()
    later = Builds(target)
    later.begin()
    later.nothing_changed()
    assert not Builds(target).is_current(NOON)


@pytest.mark.parametrize(
    "other", [{"time_zone": "Asia/Tokyo"}, {"variables": {"include_sample": True}}]
)
def test_other_settings_need_a_build(target, other):
    Builds(target).built(NOON)
    assert not Builds(replace(target, **other)).is_current(NOON)


def test_another_warehouse_has_its_own_builds(target):
    Builds(target).built(NOON)
    assert not Builds(replace(target, credentials="other.duckdb")).is_current(NOON)
