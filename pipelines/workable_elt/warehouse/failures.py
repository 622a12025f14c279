"""Turns what drivers, dlt and the HTTP layer raise into what a person must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from workable_elt.api.errors import AuthenticationFailed, WorkableError
from workable_elt.api.errors import ConfigurationError as ApiConfigurationError
from workable_elt.exits import EXIT_FAILED, ConfigurationError, UserError, WarehouseError

_CREDENTIALS = re.compile(r"://[^@/\s]*@")
_HELP: tuple[tuple[str, str, str], ...] = (
    # First: a server's socket that is gone is no folder of ours.
    (
        "Is the server running",
        "The warehouse cannot be reached.",
        "Check that it runs, and DESTINATION__POSTGRES__CREDENTIALS.",
    ),
    (
        "not a valid DuckDB database file",
        "{file} is not a DuckDB database.",
        "Give another file in DESTINATION__DUCKDB__CREDENTIALS.",
    ),
    (
        "No space left on device",
        "The disk is full; nothing of the unfinished part was kept.",
        "Make room and run the same command again.",
    ),
    (
        "File too large",
        "The file has reached the size that the system allows; the unfinished part is not kept.",
        "Raise the limit and run the same command again.",
    ),
    ("Permission denied", "{file} may not be written.", "Check the rights of file and folder."),
    ("Read-only file system", "{file} is on a read-only disk.", "Give another file."),
    ("No such file or directory", "The folder of {file} does not exist.", "Make it first."),
    ("Is a directory", "{file} is a folder.", "Give the path of a file."),
    (
        "password authentication failed",
        "The warehouse refused the user or the password.",
        "Check DESTINATION__POSTGRES__CREDENTIALS.",
    ),
    (
        "permission denied",
        "The warehouse's user may not do that.",
        "Grant it the right to create schemas and tables, and to write them.",
    ),
    (
        "does not exist",
        "The warehouse has no such database or user.",
        "Check DESTINATION__POSTGRES__CREDENTIALS.",
    ),
    (
        "could not translate host name",
        "The warehouse's host name is unknown.",
        "Check DESTINATION__POSTGRES__CREDENTIALS and the network.",
    ),
    (
        "onnection refused",
        "The warehouse cannot be reached.",
        "Check that it runs, and DESTINATION__POSTGRES__CREDENTIALS.",
    ),
    (
        "onnection to server",
        "The connection to the warehouse failed.",
        "What was committed is kept; run the same command again when it is back.",
    ),
    (
        "server closed the connection",
        "The warehouse closed the connection.",
        "What was committed is kept; run the same command again when it is back.",
    ),
)


# What a value is refused for: data exceptions and violated constraints of SQL, and DuckDB's own.
_ABOUT_DATA = ("22", "23")
_DUCKDB_ABOUT_DATA = {
    "ConversionException",
    "OutOfRangeException",
    "TypeMismatchException",
    "ConstraintException",
}
_INNER = ("dbapi_exception", "client_exception")
_COLUMN = re.compile(r"column \W?(\w+)", re.IGNORECASE)


class RefusedValueError(WarehouseError):
    """The warehouse works, and refuses a value.

    Args:
        reason: SQLSTATE or kind of error, without values.
        columns: Names that may be the column's; they stand in the driver's message.
    """

    def __init__(self, reason: str, columns: tuple[str, ...] = ()) -> None:
        super().__init__(
            f"The warehouse refuses a value ({reason}).",
            "This is a fault of the connector: please report it with this message.",
        )
        self.reason = reason
        self.columns = columns


def warehouse_failure(error: BaseException, *, file: Path | None = None) -> UserError:
    """Describe an error of the warehouse; the message shows no password and no row.

    Args:
        error: What a driver or dlt raised; its causes are looked at too.
        file: The database file, where there is one.
    """
    if isinstance(error, UserError):
        return error
    # First, since dlt's own exceptions of this kind cannot always be turned into text.
    if missing := _missing_settings(error):
        return missing
    # Also before any text is looked at: these show values.
    if refused := _refused_value(error):
        return refused
    texts = [str(item) for item in causes(error)]
    for sign, message, hint in _HELP:
        if any(sign in text for text in texts):
            name = file.name if file else "The database"
            return WarehouseError(message.format(file=name), hint)
    # Values of rows stand in the details of a driver's message, so only its first line is shown.
    last = next(iter(reversed(texts)), "").splitlines()
    reason = _CREDENTIALS.sub("://***@", last[0])[:200] if last else type(error).__name__
    return WarehouseError(f"The warehouse failed: {reason}", "Run the same command again.")


def _refused_value(error: BaseException) -> RefusedValueError | None:
    for item in causes(error):
        if reason := _reason(item):
            return RefusedValueError(reason, tuple(_COLUMN.findall(str(item))))
    return None


def _reason(error: BaseException) -> str | None:
    kind = type(error).__name__
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    if isinstance(state, str) and state.startswith(_ABOUT_DATA):
        return f"SQLSTATE {state}"
    if type(error).__module__ == "_duckdb":
        encoding = kind == "InvalidInputException" and "string encoding" in str(error)
        return kind if encoding or kind in _DUCKDB_ABOUT_DATA else None
    return kind if kind == "ArrowInvalid" else None


def _missing_settings(error: BaseException) -> UserError | None:
    from dlt.common.configuration.exceptions import ConfigurationException

    if any(isinstance(item, ConfigurationException) for item in causes(error)):
        return ConfigurationError(
            "The destination is not configured.",
            "For Postgres set DESTINATION__POSTGRES__CREDENTIALS to "
            "postgresql://USER:PASSWORD@HOST:5432/DATABASE.",
        )
    return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it, newest first, each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting.append(current.__cause__ or current.__context__)
        # dlt keeps what its job or its driver raised in attributes of its own.
        waiting += [getattr(current, name, None) for name in _INNER]


def api_failure(error: WorkableError) -> UserError:
    """Describe an error of the HTTP layer."""
    if isinstance(error, ApiConfigurationError):
        return ConfigurationError(error.reason, error.hint or "")
    code = "unauthorized" if isinstance(error, AuthenticationFailed) else "workable"
    where = f"GET {error.endpoint}: " if error.endpoint else ""
    named = f"Account {error.account!r}: " if error.account else ""
    return UserError(code, f"{named}{where}{error.reason}", error.hint or "", exit_code=EXIT_FAILED)
