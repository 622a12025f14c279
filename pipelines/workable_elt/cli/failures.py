"""Turns whatever was raised into the one error that a person is told of.

The layers raise `UserError` for what they foresee. What reaches this edge otherwise is either a
known kind of trouble in disguise (dlt and dbt wrap what happened in exceptions of their own, so
the whole chain is searched) or a defect of ours.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import PurePath

from workable_elt.cli.signals import Interrupted, interrupted
from workable_elt.exits import (
    EXIT_FAILED,
    BusyError,
    ConfigurationError,
    UsageError,
    UserError,
    WarehouseError,
)

EXIT_INTERRUPTED = 128 + signal.SIGINT
"""What shells give a process that ended by Ctrl-C."""

EXIT_TERMINATED = 128 + signal.SIGTERM
"""The same for SIGTERM, which is how schedulers and containers end a process."""

DEBUG_VARIABLE = "WORKABLE_ELT_DEBUG"

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_SPACE_WORDS = ("no space left on device", "file too large", "disk quota exceeded")
_SECRET_NAME = re.compile(r"(TOKEN|SECRET|PASSWORD|CREDENTIALS|_KEY)$", re.IGNORECASE)
_PASSWORD_IN_URL = re.compile(r"(://[^:/@\s]+:)[^@\s]+(@)")


def as_user_error(failure: BaseException) -> UserError:
    """Give what a person is told about an exception.

    Args:
        failure: what was raised; its causes and contexts are searched too.

    Returns:
        The first known kind of trouble in the chain, else an ``unexpected`` one, which names the
        type and the place only: the text of a foreign exception may hold a row or a password.
    """
    chain = list(_chain(failure))
    for translate in _TRANSLATIONS:
        for link in chain:
            found = translate(link)
            if found is not None:
                return found
    return _unexpected(failure)


def is_debugging() -> bool:
    """Whether WORKABLE_ELT_DEBUG asks for details."""
    return os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")


def silence_libraries() -> None:
    """Keep dlt from logging tracebacks of its own, whose messages can quote rows."""
    if not is_debugging():
        os.environ.setdefault("RUNTIME__LOG_LEVEL", "CRITICAL")


def print_details(failure: BaseException) -> None:
    """Print the traceback to standard error when WORKABLE_ELT_DEBUG asks for it.

    Secrets that stand in the environment, and passwords in URLs, are blanked.
    """
    if not is_debugging():
        return
    sys.stderr.write(redacted("".join(traceback.format_exception(failure))))


def redacted(text: str) -> str:
    """Blank the passwords of URLs and the values of secret environment variables in a text."""
    secrets = [
        value for name, value in os.environ.items() if _SECRET_NAME.search(name) and len(value) > 5
    ]
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return _PASSWORD_IN_URL.sub(r"\1***\2", text)


def _chain(failure: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [failure]
    while waiting:
        link = waiting.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [link.__cause__, link.__context__]
        # dlt keeps what stopped a step in an attribute of its own.
        inner = getattr(link, "exception", None)
        if isinstance(inner, BaseException):
            waiting.append(inner)


def _known(link: BaseException) -> UserError | None:
    return link if isinstance(link, UserError) else None


def _interrupted(link: BaseException) -> UserError | None:
    if isinstance(link, Interrupted):
        return interrupted(link.sent)
    # dlt's own exception, where it runs in the main thread, is one with a number.
    if isinstance(link, KeyboardInterrupt):
        return interrupted(signal.Signals(getattr(link, "signal_code", signal.SIGINT)))
    return None


def _command_line(link: BaseException) -> UserError | None:
    """What typer says about arguments; its classes moved between releases, their method did not."""
    words = getattr(link, "format_message", None)
    if not callable(words):
        return None
    context = getattr(link, "ctx", None)
    command = getattr(context, "command_path", "workable-elt")
    return UsageError(str(words()).replace("Value error, ", "").strip(), f"Try `{command} --help`.")


def _no_space(link: BaseException) -> UserError | None:
    text = str(link).lower()
    full = isinstance(link, OSError) and link.errno in _NO_SPACE
    if not full and not any(words in text for words in _NO_SPACE_WORDS):
        return None
    return UserError(
        "disk_full",
        "The disk is full (or a quota or file size limit is reached): the data does not fit.",
        "Free some space and run the same command again; what was committed is safe.",
        exit_code=EXIT_FAILED,
    )


def _workable(link: BaseException) -> UserError | None:
    """An error of the client, when the client has been imported at all."""
    errors = sys.modules.get("workable_elt.api.errors")
    if errors is None or not isinstance(link, errors.WorkableError):
        return None
    hint = str(getattr(link, "hint", None) or "")
    message = str(link).removesuffix(hint).strip()
    if isinstance(link, errors.ConfigurationError):
        return ConfigurationError(message, hint)
    code = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(link).__name__).lower()
    return UserError(code, message, hint)


def _duckdb(link: BaseException) -> UserError | None:
    if not type(link).__module__.startswith(("duckdb", "_duckdb")):
        return None
    text = str(link)
    if "Could not set lock on file" in text:
        owner = re.search(r"PID (\d+)", text)
        who = f"process {owner[1]}" if owner else "another process"
        return BusyError(
            f"The database file is open in {who}.",
            "Close that program, or wait until it has ended, and run the same command again.",
        )
    if "not a valid DuckDB database file" in text:
        return WarehouseError(
            "The configured file exists and is no DuckDB database.",
            "Set DESTINATION__DUCKDB__CREDENTIALS to another file; this one was not touched.",
        )
    return None


def _config_file(link: BaseException) -> UserError | None:
    if not type(link).__module__.startswith("tomlkit") or not hasattr(link, "line"):
        return None
    return ConfigurationError(
        f"A configuration file in .dlt is not valid TOML (line {link.line}).",
        "Correct that line of .dlt/config.toml or .dlt/secrets.toml.",
    )


def _permission(link: BaseException) -> UserError | None:
    if not isinstance(link, PermissionError):
        return None
    return UserError(
        "permission",
        f"No permission to write {link.filename or 'a file'}.",
        "Set WORKABLE_ELT_HOME and DESTINATION__DUCKDB__CREDENTIALS to a folder of yours.",
    )


def _unexpected(failure: BaseException) -> UserError:
    place = ""
    for frame in reversed(traceback.extract_tb(failure.__traceback__)):
        parts = PurePath(frame.filename).parts
        if "workable_elt" in parts:
            start = len(parts) - 1 - parts[::-1].index("workable_elt")
            place = f" at {'/'.join(parts[start:])}:{frame.lineno}"
            break
    return UserError(
        "unexpected",
        f"Unexpected {type(failure).__name__}{place}. This is a defect of workable-elt.",
        f"Set {DEBUG_VARIABLE}=1 and run it again to see the details; they are worth reporting.",
    )


_TRANSLATIONS: tuple[Callable[[BaseException], UserError | None], ...] = (
    _interrupted,
    _known,
    _command_line,
    _no_space,
    _workable,
    _duckdb,
    _config_file,
    _permission,
)
