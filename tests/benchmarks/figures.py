"""One table of figures, for people and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Bound = Literal["at least", "at most"]
COLUMNS = ("figure", "measured", "floor or peer", "ratio", "target", "verdict")


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        name: What was measured.
        measured: The value, with its unit.
        against: The floor or the peer of the same run, with its unit; None where there is none.
        ratio: What the target is about: a share, a quotient, or the value itself.
        bound: Whether the target is a lower or an upper bound; None for figures without a target.
        target: The bound.
        details: Whatever else was measured.
    """

    name: str
    measured: str
    against: str | None = None
    ratio: float | None = None
    bound: Bound | None = None
    target: float | None = None
    details: dict[str, Any] | None = None

    @property
    def verdict(self) -> str:
        """``pass``, ``fall-short``, or nothing where no target is set."""
        if self.bound is None or self.target is None or self.ratio is None:
            return ""
        good = self.ratio >= self.target if self.bound == "at least" else self.ratio <= self.target
        return "pass" if good else "fall-short"

    def to_json(self) -> dict[str, Any]:
        """Give the object of the report."""
        return {**asdict(self), "verdict": self.verdict}

    def cells(self) -> tuple[str, ...]:
        """Give the line's texts, in the order of `COLUMNS`."""
        target = "" if self.target is None else f"{self.bound} {self.target:g}"
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        return (self.name, self.measured, self.against or "", ratio, target, self.verdict)


def table(figures: list[Figure]) -> str:
    """Give the figures as a Markdown table, aligned for a terminal."""
    lines = [COLUMNS, *(figure.cells() for figure in figures)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(COLUMNS))]
    rows = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([rows[0], rule, *rows[1:]])
