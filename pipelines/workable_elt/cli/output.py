"""Where a command writes: its result to standard output, everything else to standard error.

Libraries print when nobody expects it, and one stray line breaks a program that reads our JSON.
So while a command works, file descriptor 1 itself points at standard error, and only the result
is written to the real standard output.
"""

from __future__ import annotations

import io
import os
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


class Output:
    """The real standard output of the process, kept apart from what libraries print."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._descriptor: int | None = None

    def take_over(self) -> None:
        """From now on whatever is printed to standard output goes to standard error."""
        if self._descriptor is not None:
            return
        sys.stdout.flush()
        self._descriptor = os.dup(1)
        os.dup2(2, 1)

    def give_back(self) -> None:
        """End of `take_over`."""
        if self._descriptor is None:
            return
        sys.stdout.flush()
        os.dup2(self._descriptor, 1)
        os.close(self._descriptor)
        self._descriptor = None

    def text(self, text: str) -> None:
        """Write text to the real standard output, at once.

        Raises:
            BrokenPipeError: when nobody reads it any more, as in ``workable-elt ... | head``.
        """
        data = text.encode("utf-8", errors="replace")
        descriptor = 1 if self._descriptor is None else self._descriptor
        sys.stdout.flush()
        while data:
            data = data[os.write(descriptor, data) :]

    def json(self, body: dict[str, Any]) -> None:
        """Write one JSON object and a newline; times are ISO 8601."""
        import json

        self.text(json.dumps(body, ensure_ascii=False, default=_plain) + "\n")

    def console(self) -> tuple[Console, io.StringIO]:
        """A rich console as wide and as colourful as the real standard output, and its text."""
        from rich.console import Console

        descriptor = 1 if self._descriptor is None else self._descriptor
        is_terminal = os.isatty(descriptor)
        buffer = io.StringIO()
        width = os.get_terminal_size(descriptor).columns if is_terminal else 100
        return (
            Console(
                file=buffer,
                force_terminal=is_terminal,
                width=max(width, 60),
                highlight=False,
                soft_wrap=False,
            ),
            buffer,
        )


def _plain(value: object) -> object:
    """What `json` cannot write itself."""
    isoformat = getattr(value, "isoformat", None)
    if callable(isoformat):
        return isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value)
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def error_line(message: str, hint: str | None) -> None:
    """Tell a person what went wrong and what to do, on standard error."""
    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    red, plain = ("\033[31m", "\033[0m") if colour else ("", "")
    sys.stderr.write(f"{red}Error:{plain} {message}\n")
    for line in (hint or "").splitlines():
        sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()
