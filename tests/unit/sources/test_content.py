"""Canonical JSON and fingerprints."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workable_elt.sources.content import fingerprint, to_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner
    ),
    max_leaves=8,
)  # fmt: skip


@given(JSON)
def test_json_text_says_what_the_value_was(value: Any) -> None:
    assert json.loads(to_json(value)) == value


def test_the_order_of_keys_does_not_matter() -> None:
    assert to_json({"b": {"y": 1, "x": 2}, "a": 0}) == to_json({"a": 0, "b": {"x": 2, "y": 1}})


def test_integers_past_64_bits_stay_exact() -> None:
    assert to_json({"n": 2**70}) == '{"n":1180591620717411303424}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_json_cannot_say_becomes_null(number: float) -> None:
    assert to_json([number, 2**70]) == "[null,1180591620717411303424]"


def test_equal_amounts_have_one_fingerprint() -> None:
    assert fingerprint([Decimal("8.00")])[0] == fingerprint([Decimal(8)])[0]
    assert fingerprint([Decimal("8.00")])[0] != fingerprint([Decimal("8.01")])[0]


def test_a_value_in_another_column_is_another_fingerprint() -> None:
    at = datetime(2026, 1, 1)
    assert fingerprint(["a", None, at])[0] != fingerprint([None, "a", at])[0]
