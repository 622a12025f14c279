"""What plain dlt use asks of its configuration."""

from datetime import date, datetime
from typing import Any

import pytest

from workable_elt.api import ConfigurationError
from workable_elt.sources.options import Options


def options(**given: Any) -> Options:
    names = (
        "subdomain", "access_token", "account", "member_id", "base_url", "client_id",
        "start_date", "columns", "hash_key",
    )  # fmt: skip
    return Options(**{**dict.fromkeys(names), "depth": "full", **given})


@pytest.mark.parametrize("missing", ["subdomain", "access_token"])
def test_what_is_missing_is_named_with_its_variable(missing: str) -> None:
    given = {"subdomain": "acme", "access_token": "t", missing: ""}
    with pytest.raises(ConfigurationError) as caught:
        options(**given).open()
    assert f"{missing} is missing" in str(caught.value)
    assert f"SOURCES__WORKABLE__{missing.upper()}" in str(caught.value)


def test_by_default_everything_is_read() -> None:
    work = options().work()
    assert (work.depth, work.updated_after, work.from_date, work.parents) == ("full", {}, {}, {})


@pytest.mark.parametrize("given", ["2024-05-01", date(2024, 5, 1), datetime(2024, 5, 1, 7)])
def test_a_start_date_bounds_every_list_that_can_be_bounded(given: Any) -> None:
    work = options(start_date=given).work()
    midnight, day = datetime(2024, 5, 1), date(2024, 5, 1)
    assert work.updated_after == {
        "candidates": midnight, "jobs": midnight, "requisitions": midnight
    }  # fmt: skip
    assert work.from_date == {"events": day, "timeoff_requests": day, "time_entries": day}


@pytest.mark.parametrize("wrong", [{"start_date": "May"}, {"depth": "deep"}])
def test_a_value_that_cannot_be_right_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        options(**wrong).work()


def test_secrets_do_not_show_in_a_traceback() -> None:
    shown = repr(options(access_token="the-token", hash_key="the-key"))
    assert "the-token" not in shown
    assert "the-key" not in shown
