"""Progress on a terminal and in a log file."""

import io

import pytest
from rich.console import Console

from workable_elt.cli.live import LiveProgress, PlainProgress, duration, reporting


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_finished_resource_is_one_line_with_rows_and_requests(clock):
    stream = io.StringIO()
    progress = PlainProgress(stream, clock)
    progress.resource_started("acme", "jobs", None)
    progress.advanced("acme", "jobs", 100, 1)
    progress.advanced("acme", "jobs", 1250, 13)
    progress.resource_finished("acme", "jobs", "ok", 1350)
    assert stream.getvalue() == "acme: jobs: ok, 1,350 rows, 14 requests\n"


def test_long_work_tells_what_is_left_every_ten_seconds(clock):
    stream = io.StringIO()
    progress = PlainProgress(stream, clock)
    progress.resource_started("acme", "candidate_details", 40)
    progress.limit("acme", 8, 10)
    clock.now = 9.0
    progress.advanced("acme", "candidate_details", 9, 9)
    assert stream.getvalue() == ""
    clock.now = 10.0
    progress.advanced("acme", "candidate_details", 1, 1)
    # 10 of 40 requests took 10 seconds, so 30 more take 30.
    assert stream.getvalue() == (
        "acme: candidate_details: 10 rows, 10 of 40 requests, "
        "8 of 10 requests of the rate window used, about 30 s left\n"
    )


def test_a_second_slice_adds_to_the_total(clock):
    stream = io.StringIO()
    progress = PlainProgress(stream, clock)
    progress.resource_started("acme", "offers", 10)
    progress.advanced("acme", "offers", 10, 10)
    progress.resource_started("acme", "offers", 5)
    clock.now = 20.0
    progress.advanced("acme", "offers", 1, 1)
    assert "11 of 15 requests" in stream.getvalue()


def test_dbt_is_reported_at_its_end(clock):
    stream = io.StringIO()
    progress = PlainProgress(stream, clock)
    progress.built(1, 2, "ats_jobs")
    progress.built(2, 2, "unique_ats_jobs_job_key")
    assert stream.getvalue() == "dbt: 2 of 2 models and tests\n"


def test_a_file_gets_lines_without_control_characters():
    stream = io.StringIO()
    with reporting(stream) as progress:
        progress.message("hello")
        progress.resource_finished("acme", "jobs", "failed", 0)
    assert stream.getvalue() == "hello\nacme: jobs: failed, 0 rows\n"


def test_a_terminal_gets_a_bar_and_a_line_that_stays():
    stream = io.StringIO()
    live = LiveProgress(Console(file=stream, force_terminal=True, width=120, highlight=False))
    with live.bars:
        live.resource_started("acme", "jobs", 2)
        live.limit("acme", 3, 10)
        live.advanced("acme", "jobs", 60, 1)
        live.bars.refresh()
        during = stream.getvalue()
        live.resource_finished("acme", "jobs", "ok", 60)
        live.built(1, 1, "ats_jobs")
    assert "60 rows, 1 request" in during
    assert "limit 3/10" in during
    assert "acme  jobs  60 rows" in stream.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.25, "0.2 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (260, "4 min 20 s"),
        (5520, "1 h 32 min"),
        (183600, "2 d 3 h"),
    ],
)
def test_spans_of_time_read_as_people_say_them(seconds, text):
    assert duration(seconds) == text
