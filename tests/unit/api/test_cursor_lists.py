from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import httpx
import pytest
from canned import BASE_URL, Script, client_for, cursor_page, names_of, ok, rows

from workable_elt.api import ForeignLink, PagingStuck, UnexpectedShape

PUBLIC = "https://acme.workable.com/spi/v3"


def test_pages_follow_the_next_link_on_the_configured_host() -> None:
    script = Script(
        cursor_page("candidates", ["1", "2"], f"{PUBLIC}/candidates?limit=100&since_id=3"),
        cursor_page("candidates", ["3"]),
    )
    listing = client_for(script).list("candidates")
    assert [[row["id"] for row in page.rows] for page in listing] == [["1", "2"], ["3"]]
    assert listing.complete is True
    assert str(script.requests[1].url) == f"{BASE_URL}/candidates?limit=100&since_id=3"


def test_the_base_urls_path_prefix_is_kept() -> None:
    script = Script(
        cursor_page("jobs", ["1"], "http://localhost:7/mirror/spi/v3/jobs?since_id=2&limit=100"),
        cursor_page("jobs", ["2"]),
    )
    client = client_for(script, base_url="http://127.0.0.1:1/mirror")
    assert names_of(client.list("jobs")) == ["1", "2"]
    assert script.requests[1].url.path == "/mirror/spi/v3/jobs"


@pytest.mark.parametrize(
    "pages",
    [
        [["1", "2"], ["2", "3"], ["3", "4"]],  # inclusive: the last row comes again
        [["1", "2"], ["3"], ["4"]],  # exclusive
        [["10", "9"], ["9", "a"], ["a", "10a"]],  # ids are neither decimal nor ordered as text
    ],
)
def test_each_row_comes_once_however_the_cursor_is_meant(pages: list[list[str]]) -> None:
    links = [f"{PUBLIC}/members?since_id={n}&limit=100" for n in range(2)]
    script = Script(
        *[
            cursor_page("members", page, link)
            for page, link in zip(pages, [*links, None], strict=True)
        ]
    )
    expected = list(dict.fromkeys(name for page in pages for name in page))
    assert names_of(client_for(script).list("members")) == expected


def test_filters_that_a_next_link_lost_are_put_back() -> None:
    since = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
    script = Script(
        cursor_page("candidates", ["1"], f"{PUBLIC}/candidates?since_id=2"),
        cursor_page("candidates", ["2"]),
    )
    list(client_for(script).list("candidates", updated_after=since, stage="offer"))
    assert script.queries[1] == {
        "since_id": "2",
        "limit": "100",
        "updated_after": "2026-03-01T12:00:00Z",
        "stage": "offer",
    }


def test_filters_that_a_next_link_kept_in_another_form_are_left_alone() -> None:
    since = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
    script = Script(
        cursor_page(
            "candidates", ["1"], f"{PUBLIC}/candidates?since_id=2&limit=50&updated_after=1772366400"
        ),
        cursor_page("candidates", ["2"]),
    )
    list(client_for(script).list("candidates", updated_after=since))
    assert script.requests[1].url.params.get_list("updated_after") == ["1772366400"]
    assert script.queries[1]["limit"] == "50"


def test_a_filter_that_moved_into_the_path_is_not_sent_twice() -> None:
    script = Script(
        cursor_page("candidates", ["1"], f"{PUBLIC}/jobs/4D1B/candidates?limit=100&since_id=2"),
        cursor_page("candidates", ["2"]),
    )
    list(client_for(script).list("candidates", shortcode="4D1B"))
    assert script.requests[1].url.path == "/spi/v3/jobs/4D1B/candidates"
    assert "shortcode" not in script.queries[1]


def test_one_lists_filters_never_reach_another() -> None:
    script = Script(cursor_page("candidates", ["1"]))
    client = client_for(script)
    list(client.list("candidates", stage="offer"))
    list(client.list("candidates"))
    assert script.queries[1] == {"limit": "100"}


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/spi/v3/jobs?since_id=2",
        "https://evilworkable.com/spi/v3/jobs?since_id=2",
        "https://acme.workable.com@evil.example/spi/v3/jobs?since_id=2",
        "https://workable.com.evil.example/spi/v3/jobs",
    ],
)
def test_a_next_link_to_a_foreign_host_is_an_error(link: str) -> None:
    script = Script(cursor_page("jobs", ["1"], link))
    with pytest.raises(ForeignLink) as caught:
        list(client_for(script).list("jobs"))
    assert caught.value.account == "acme"
    assert len(script.requests) == 1


@pytest.mark.parametrize("link", ["https://acme.workable.com/login", "http://[broken", 7])
def test_a_next_link_that_is_no_api_link_is_an_error(link: object) -> None:
    script = Script(ok({"jobs": rows("1"), "paging": {"next": link}}))
    with pytest.raises(UnexpectedShape):
        list(client_for(script).list("jobs"))


def test_a_cursor_that_does_not_advance_is_an_error_and_no_endless_loop() -> None:
    script = Script(
        cursor_page("jobs", ["1"], f"{PUBLIC}/jobs?since_id=2&limit=100"),
        cursor_page("jobs", ["2"], f"{PUBLIC}/jobs?limit=100&since_id=2"),
    )
    with pytest.raises(PagingStuck) as caught:
        list(client_for(script).list("jobs"))
    assert len(script.requests) == 2
    assert caught.value.endpoint == "/jobs"


def test_pages_without_new_rows_do_not_go_on_for_ever() -> None:
    asked = 0

    def barren(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        return cursor_page("jobs", ["1"], f"{PUBLIC}/jobs?limit=100&since_id={asked}")

    with pytest.raises(PagingStuck):
        list(client_for(barren).list("jobs"))
    assert asked < 100


def test_an_empty_page_in_the_middle_does_not_end_the_list() -> None:
    script = Script(
        cursor_page("jobs", ["1"], f"{PUBLIC}/jobs?since_id=2&limit=100"),
        cursor_page("jobs", [], f"{PUBLIC}/jobs?since_id=3&limit=100"),
        cursor_page("jobs", ["3"]),
    )
    assert names_of(client_for(script).list("jobs")) == ["1", "3"]


@pytest.mark.parametrize(
    "paging", [{}, {"paging": None}, {"paging": {}}, {"paging": {"next": None}}]
)
def test_every_way_of_saying_no_more_ends_the_list(paging: dict[str, object]) -> None:
    listing = client_for(Script(ok({"jobs": rows("1"), **paging}))).list("jobs")
    assert names_of(listing) == ["1"]
    assert listing.complete is True


def test_the_listing_began_when_its_first_page_was_read_by_the_servers_clock() -> None:
    first = cursor_page("jobs", ["1"], f"{PUBLIC}/jobs?since_id=2&limit=100")
    first.headers["date"] = "Mon, 03 Aug 2026 10:00:07 GMT"
    second = cursor_page("jobs", ["2"])
    second.headers["date"] = "Mon, 03 Aug 2026 10:04:00 GMT"
    pages = list(client_for(Script(first, second)).list("jobs"))
    # Answered within the second, so at most one second before the stamp and never after it.
    for page in pages:
        assert datetime(2026, 8, 3, 10, 0, 6, tzinfo=timezone.utc) <= page.began_at
        assert page.began_at <= datetime(2026, 8, 3, 10, 0, 7, tzinfo=timezone.utc)


def test_without_a_date_our_clock_is_corrected_by_the_last_known_difference() -> None:
    ahead = ok([], date="Mon, 03 Aug 2099 10:00:00 GMT")
    client = client_for(Script(ahead, ok({"jobs": rows("1")})))
    client.get("/departments")
    (page,) = client.list("jobs")
    assert page.began_at.year == 2099
    offset = client.server_clock_offset
    assert offset is not None
    assert offset.days > 365 * 70


@pytest.mark.parametrize("name", ["candidates", "departments", "employees"])
def test_an_empty_list_still_says_when_it_began(name: str) -> None:
    empty = ok([], date="Mon, 03 Aug 2026 10:00:07 GMT")
    (page,) = client_for(Script(empty)).list(name)
    assert page.rows == []
    assert page.began_at.date() == date(2026, 8, 3)


def test_without_a_date_the_rate_headers_tell_the_servers_clock() -> None:
    # 1_800_000_000 is 2027-01-15T08:00:00Z; Reset mostly says ten seconds from now.
    response = ok({"jobs": rows("1")}, x_rate_limit_reset="1800000010", x_rate_limit_limit="10")
    (page,) = client_for(Script(response)).list("jobs")
    truth = datetime(2027, 1, 15, 8, tzinfo=timezone.utc)
    assert timedelta() <= truth - page.began_at <= timedelta(seconds=2)


def test_entries_that_are_no_objects_are_set_apart() -> None:
    (page,) = client_for(Script(ok({"jobs": [{"id": "1"}, None, "x"]}))).list("jobs")
    assert page.rows == [{"id": "1"}]
    assert page.malformed == [None, "x"]


def test_reading_stops_when_the_caller_stops() -> None:
    script = Script(cursor_page("jobs", ["1"], f"{PUBLIC}/jobs?since_id=2"))
    next(client_for(script).list("jobs"))
    assert len(script.requests) == 1
