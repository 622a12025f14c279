"""How large the benchmarks are."""

from __future__ import annotations

from dataclasses import dataclass

_SMALLEST = 100


@dataclass(frozen=True)
class Scale:
    """A share of the full sizes.

    Attributes:
        share: 1 for the sizes that the targets are about.
        limit_seconds: How long each rate limit is worked at.
    """

    share: float
    limit_seconds: int = 120

    def of(self, full: int) -> int:
        """Give a size at this scale."""
        return max(_SMALLEST, round(full * self.share))
