"""Every exception becomes one message, one next step and the right exit code."""

import errno
import signal

import duckdb
import pytest
from dlt.common.exceptions import SignalReceivedException

from workable_elt.api.errors import AuthenticationFailed, ScopeMissing
from workable_elt.api.errors import ConfigurationError as ApiConfigurationError
from workable_elt.cli.failures import as_user_error, redacted
from workable_elt.cli.signals import Interrupted
from workable_elt.exits import BusyError, UsageError, WarehouseError


def wrapped(inner: BaseException, outer: Exception) -> Exception:
    """An exception as libraries raise it: ours is the cause."""
    outer.__cause__ = inner
    return outer


def test_what_was_foreseen_is_told_as_it_is():
    error = BusyError("Another run is at work.", "Wait.")
    assert as_user_error(error) is error


def test_a_foreseen_error_is_found_below_the_exceptions_of_libraries():
    inner = UsageError("There is no resource 'x'.")
    assert as_user_error(wrapped(inner, RuntimeError("pipeline step failed"))) is inner


def test_an_exception_kept_in_an_attribute_is_found():
    outer = RuntimeError("pipeline step failed")
    outer.exception = OSError(errno.ENOSPC, "No space left on device")
    assert as_user_error(outer).code == "disk_full"


@pytest.mark.parametrize(
    "trouble",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EFBIG, "File too large"),
        duckdb.IOException("IO Error: Could not write file: No space left on device"),
    ],
)
def test_a_full_disk_is_named_whoever_noticed_it(trouble):
    error = as_user_error(wrapped(trouble, RuntimeError("load failed")))
    assert (error.code, error.exit_code) == ("disk_full", 1)


def test_a_database_that_is_open_elsewhere_is_busy_and_names_the_process():
    error = as_user_error(
        duckdb.IOException(
            'IO Error: Could not set lock on file "x": Conflicting lock is held in '
            "/usr/bin/python (PID 4711)."
        )
    )
    assert error.exit_code == 4
    assert "4711" in error.message


def test_a_refused_token_fails_and_keeps_its_hint():
    error = as_user_error(
        AuthenticationFailed("the token is refused", account="acme", hint="Renew it.")
    )
    assert (error.code, error.exit_code, error.hint) == ("authentication_failed", 1, "Renew it.")
    assert error.message.count("Renew it.") == 0


def test_a_scope_is_named_by_its_own_code():
    assert as_user_error(ScopeMissing("no scope", scope="r_jobs")).code == "scope_missing"


def test_a_setting_that_cannot_be_right_is_a_matter_of_configuration():
    error = as_user_error(ApiConfigurationError("plain http", hint="Use https."))
    assert (error.code, error.exit_code) == ("configuration", 2)


@pytest.mark.parametrize(
    ("interrupt", "code"),
    [
        (KeyboardInterrupt(), 130),
        (Interrupted(signal.SIGTERM), 143),
        (SignalReceivedException(signal.SIGINT), 130),
        (SignalReceivedException(signal.SIGTERM), 143),
    ],
)
def test_an_interrupt_ends_as_shells_expect_whoever_took_the_signal(interrupt, code):
    assert as_user_error(interrupt).exit_code == code
    told_as_another = wrapped(interrupt, WarehouseError("The warehouse failed."))
    assert as_user_error(told_as_another).exit_code == code


def test_a_defect_is_told_by_type_and_never_by_text():
    error = as_user_error(ValueError("could not convert 'jane@example.com'"))
    assert (error.code, error.exit_code) == ("unexpected", 1)
    assert "ValueError" in error.message
    assert "jane" not in error.message
    assert "WORKABLE_ELT_DEBUG" in error.hint


def test_secrets_of_the_environment_are_blanked(monkeypatch):
    monkeypatch.setenv("SOURCES__WORKABLE__ACCESS_TOKEN", "tok-123456")
    assert redacted("header: Bearer tok-123456") == "header: Bearer ***"


def test_passwords_in_urls_are_blanked():
    assert redacted("postgresql://ann:s3cret@db/x") == "postgresql://ann:***@db/x"
