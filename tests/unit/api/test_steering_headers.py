from __future__ import annotations

import pytest

from workable_elt.api.headers import ServerHeaders, read_headers


def test_the_headers_of_an_ordinary_answer() -> None:
    headers = {
        "date": "Mon, 03 Aug 2026 10:00:07 GMT",
        "x-rate-limit-limit": "10",
        "x-rate-limit-remaining": "9",
        "x-rate-limit-reset": "1785751217",
    }
    # 2026-08-03T10:00:07Z is 1785751207 seconds after 1970.
    assert read_headers(headers) == ServerHeaders(1785751207.0, 10, 9, 1785751217.0, None)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        ("-5", 0.0),
        ("Mon, 03 Aug 2026 10:00:12 GMT", 5.0),
        ("Mon, 03 Aug 2026 09:59:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    headers = {"date": "Mon, 03 Aug 2026 10:00:07 GMT", "retry-after": text}
    assert read_headers(headers).retry_after == seconds


def test_a_date_to_wait_for_means_nothing_without_the_servers_date() -> None:
    assert read_headers({"retry-after": "Mon, 03 Aug 2026 10:00:12 GMT"}).retry_after is None


@pytest.mark.parametrize("text", ["", "x", "Mon, 99 Foo 2026", "nan", "inf", "-1", "0", "1e999"])
def test_headers_that_make_no_sense_are_as_good_as_absent(text: str) -> None:
    names = ("date", "x-rate-limit-limit", "x-rate-limit-reset", "retry-after")
    headers = read_headers(dict.fromkeys(names, text))
    assert headers.limit is None
    assert headers.date is None


def test_a_date_without_zone_is_utc() -> None:
    assert read_headers({"date": "Mon, 03 Aug 2026 10:00:07"}).date == 1785751207.0
