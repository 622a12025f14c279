from __future__ import annotations

import math

import pytest

from workable_elt.api.decode import UndecodableError, decode_json


@pytest.mark.parametrize(
    "number", [2**63 - 1, 2**63, 2**64, 10**30, -(2**63) - 1, 123456789012345678]
)
def test_integers_of_any_size_stay_exact(number: int) -> None:
    assert decode_json(b'{"n": [%d]}' % number) == {"n": [number]}


def test_lone_surrogates_nan_and_byte_order_marks_are_read() -> None:
    assert decode_json(rb'["\ud83d"]') == ["\ud83d"]
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
