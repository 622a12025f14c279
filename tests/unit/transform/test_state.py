"""What is remembered of builds."""

from datetime import datetime

import pytest

from workable_elt.transform import state
from workable_elt.transform.state import Build

GOOD = Build(version="v1", day="2026-03-18")


def test_a_fresh_home_knows_no_build(tmp_path):
    assert state.last_build(tmp_path / "absent", "w") is None


def test_a_good_build_is_remembered_by_warehouse(tmp_path):
    state.remember(tmp_path, "w", GOOD)
    assert state.last_build(tmp_path, "w") == GOOD
    assert state.last_build(tmp_path, "other") is None


def test_an_outdated_build_is_forgotten_and_the_others_are_kept(tmp_path):
    state.remember(tmp_path, "w", GOOD)
    state.remember(tmp_path, "other", GOOD)
    state.outdate(tmp_path, "w")
    assert state.last_build(tmp_path, "w") is None
    assert state.last_build(tmp_path, "other") == GOOD


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"w": 1}', '{"w": {"day": "x"}}'])
def test_a_damaged_file_counts_as_no_build(tmp_path, damage):
    (tmp_path / state.FILE_NAME).write_text(damage)
    assert state.last_build(tmp_path, "w") is None
    state.remember(tmp_path, "w", GOOD)
    assert state.last_build(tmp_path, "w") == GOOD


def test_nothing_but_the_file_is_left_behind(tmp_path):
    home = tmp_path / "fresh"
    state.remember(home, "w", GOOD)
    assert [file.name for file in home.iterdir()] == [state.FILE_NAME]


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", "2026-03-18"), ("Asia/Tokyo", "2026-03-19"), ("America/Lima", "2026-03-18")],
)
def test_the_day_is_that_of_the_reporting_time_zone(zone, day):
    assert state.day_of(datetime(2026, 3, 18, 22, 30), zone) == day


def test_the_name_of_a_warehouse_shows_nothing_of_its_credentials():
    key = state.warehouse_key("postgres", "postgresql://ann:pw@db/hr")
    assert key != state.warehouse_key("postgres", "postgresql://ann:pw@db/other")
    assert not {"ann", "pw", "db"} & {key[i : i + n] for n in (2, 3) for i in range(len(key))} - {
        "db"
    }
