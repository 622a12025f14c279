"""What a command gives back: an exit code, an object for programs and a text for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class Answer:
    """The end of a command.

    Attributes:
        body: the JSON object; `status` is its first key.
        exit_code: of the process.
        show: prints the same for a person; None where there is nothing to show.
    """

    body: dict[str, Any]
    exit_code: int = 0
    show: Callable[[Console], None] | None = None


TOLD = Answer({})
"""The command has told everything itself, while it ran."""
