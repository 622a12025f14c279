"""What the column policy accepts, and what it does to values."""

import hashlib
import hmac

import pytest

from workable_elt.api import ConfigurationError
from workable_elt.settings import DEFAULT_DROP, RESOURCES
from workable_elt.sources.policy import ColumnPolicy

KEY = "a key of ours"


def hmac_of(text: str) -> str:
    return hmac.new(KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def treated(policy: ColumnPolicy, table: str, column: str, value: object) -> object:
    treatment = policy.treatment(policy.policy(table, column), column)
    return treatment(value) if treatment else value


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, columns in DEFAULT_DROP.items() for column in columns],
)
def test_a_default_names_a_column_that_exists_and_drops_it(table: str, column: str) -> None:
    assert column in {one.name for one in RESOURCES[table].columns}
    assert treated(ColumnPolicy(), table, column, {"a": 1}) is None


def test_the_configuration_wins_over_the_defaults() -> None:
    policy = ColumnPolicy({"employee_details.salary_group": "keep", "candidates.phone": "drop"})
    assert treated(policy, "employee_details", "salary_group", [1]) == [1]
    assert treated(policy, "candidates", "phone", "+1") is None


def test_tables_may_be_nested_as_toml_writes_them() -> None:
    policy = ColumnPolicy({"candidates": {"phone": "drop"}})
    assert policy.policy("candidates", "phone") == "drop"


def test_equal_emails_have_equal_hashes_whatever_their_spelling() -> None:
    policy = ColumnPolicy({"candidates.email": "hash"}, KEY)
    assert treated(policy, "candidates", "email", "  Ana@Example.ORG ") == hmac_of(
        "ana@example.org"
    )


def test_phones_are_hashed_by_their_digits() -> None:
    policy = ColumnPolicy({"candidates.phone": "hash"}, KEY)
    assert treated(policy, "candidates", "phone", "+32 (2) 555-0101") == hmac_of("3225550101")


def test_a_hashed_profile_row_keeps_its_shape() -> None:
    policy = ColumnPolicy({"employee_details.personal_email": "hash"}, KEY)
    row = {"row_id": "51aa1", "history_of": "51aa1", "is_primary": True, "value": "I@A.org"}
    assert treated(policy, "employee_details", "personal_email", [row]) == [
        {**row, "value": hmac_of("i@a.org")}
    ]


def test_numbers_inside_a_hashed_value_are_hashed_too() -> None:
    policy = ColumnPolicy({"employee_details.salary_group": "hash"}, KEY)
    value = [{"row_id": "1", "value": {"salary_pay_rate": {"amount": 31000}}}]
    assert treated(policy, "employee_details", "salary_group", value) == [
        {"row_id": "1", "value": {"salary_pay_rate": {"amount": hmac_of("31000")}}}
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"candidate.email": "drop"},
        {"candidates": "drop"},
        {"candidates.email": "encrypt"},
        {"candidates.email": True},
        {"candidates.id": "drop"},
        {"candidates.account": "hash"},
        {"candidates._read_at": "drop"},
        {"stages.no_such": "keep"},
        {"candidates.sourced": "hash"},
    ],
)
def test_a_choice_that_cannot_be_right_is_refused(columns: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="columns"):
        ColumnPolicy(columns, KEY)


def test_a_hash_without_a_key_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no key") as caught:
        ColumnPolicy({"candidates.email": "hash"}, "  ")
    assert "SOURCES__WORKABLE__HASH_KEY" in str(caught.value)


def test_a_custom_field_of_people_may_be_named() -> None:
    assert ColumnPolicy({"employee_details.11a07": "keep"}).choice("employee_details", "11a07")
