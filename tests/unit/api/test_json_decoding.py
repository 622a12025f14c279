from __future__ import annotations

import math

import pytest

from workable_elt.api.decode import UndecodableError, decode_json


@pytest.mark.parametrize(
    "number", [2**63 - 1, 2**63, 2**64, 10**30, -(2**63) - 1, 123456789012345678]
)
def test_integers_of_any_size_stay_exact(number: int) -> None:
    assert decode_json(b'{"n": [%d]}' % number) == {"n": [number]}


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud83d", "\\uDC00", "\\udBff"])
def test_what_no_database_takes_costs_one_character(escape: str) -> None:
    bad, good = f'"a{escape}b"', "a\N{REPLACEMENT CHARACTER}b"
    body = f'[{{"fine": "x"}}, {{{bad}: [{bad}, {{"k": {bad}}}]}}]'
    assert decode_json(body.encode()) == [{"fine": "x"}, {good: [good, {"k": good}]}]


def test_cleaning_goes_as_deep_as_the_parser() -> None:
    body = b'[{"a":' * 500 + rb'"\u0000"' + b"}]" * 500
    decoded = decode_json(body)
    for _ in range(500):
        decoded = decoded[0]["a"]
    assert decoded == "\N{REPLACEMENT CHARACTER}"


def test_pairs_and_written_backslashes_are_left_as_they_are() -> None:
    assert decode_json(rb'["\ud83d\ude00", "\\u0000 as text"]') == ["\U0001f600", "\\u0000 as text"]


def test_nan_and_byte_order_marks_are_read() -> None:
    assert math.isnan(decode_json(b"[NaN]")[0])
    assert decode_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_bytes_that_are_not_utf8_cost_one_character() -> None:
    assert decode_json(b'["Jos\xe9"]') == ["Jos\N{REPLACEMENT CHARACTER}"]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"a": ', b"{'a': 1}", b"[" * 100_000, b"[" + b"9" * 5000 + b"x"]
)
def test_what_is_no_json_is_refused_without_quoting_it(body: bytes) -> None:
    with pytest.raises(UndecodableError) as caught:
        decode_json(body)
    assert str(caught.value) == "the body is not JSON"
    assert caught.value.__context__ is None
