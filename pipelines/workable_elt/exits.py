"""What a run ends with: exit codes, statuses, and the error that a person is told of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_PARTIAL = 3
EXIT_BUSY = 4

ResourceStatus = Literal["ok", "partial", "skipped", "failed", "off"]
Status = Literal["ok", "partial", "failed"]

_GOOD = frozenset({"ok", "skipped", "off"})


class UserError(Exception):
    """Something that a person must be told: one message, one next step, never a traceback.

    Args:
        code: Short name for programs, for example ``busy`` or ``configuration``.
        message: What is wrong; never a token, a password or personal data.
        hint: What to do about it.
        exit_code: What the process ends with.
    """

    def __init__(
        self, code: str, message: str, hint: str = "", *, exit_code: int = EXIT_FAILED
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def to_json(self) -> dict[str, str]:
        """Give the ``error`` object of the machine interface."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class ConfigurationError(UserError):
    """The configuration cannot be used; exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__("configuration", message, hint, exit_code=EXIT_USAGE)


class UsageError(UserError):
    """The command was called with something that does not exist; exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__("usage", message, hint, exit_code=EXIT_USAGE)


class BusyError(UserError):
    """Somebody else is at work; exit code 4.

    Attributes:
        touched: Whether this run may have written before it met the other one.
    """

    def __init__(self, message: str, hint: str = "", *, touched: bool = False) -> None:
        super().__init__("busy", message, hint, exit_code=EXIT_BUSY)
        self.touched = touched


class WarehouseError(UserError):
    """The warehouse cannot be reached, read or written; exit code 1."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__("warehouse", message, hint, exit_code=EXIT_FAILED)


def overall_status(statuses: Iterable[str]) -> Status:
    """Sum up the statuses of resources, or of accounts.

    Args:
        statuses: ``ok``, ``partial``, ``skipped``, ``failed`` or ``off``.

    Returns:
        ``ok`` when all are good, ``failed`` when none is and something failed, else ``partial``.
        What was skipped for a scope that was never granted is good, but it is no success that
        would make a failure a partial one.
    """
    seen = set(statuses)
    if seen <= _GOOD:
        return "ok"
    return "partial" if seen & {"ok", "partial"} else "failed"


def exit_code_of(status: Status) -> int:
    """Give the exit code of a run's status."""
    return {"ok": EXIT_OK, "partial": EXIT_PARTIAL, "failed": EXIT_FAILED}[status]
