"""Drawing a set of faults from a seed, for tests that meet all kinds of trouble at once."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TRANSPORT = (
    *("status", "too_many", "html", "empty", "truncated", "reset", "refuse", "closed_port"),
    *("slow", "delay", "not_found"),
)
"""Kinds that go away when asked again."""
CONTENT = (
    *("malformed", "new_type", "hostile_text", "huge_number", "deep_nesting", "unknown_fields"),
    *("repeat_row", "drop_row"),
)
"""Kinds that come with status 200, so that only reading again later shows what was wrong."""
MEANWHILE = ("mid_listing", "clock_skew")
"""Kinds that are no faults of the server."""
CHAOS_KINDS = (*TRANSPORT, *CONTENT, *MEANWHILE)

_LISTS = ("/candidates", "/jobs", "/employees", "/members", "/events", "/timeoff/requests")
_BY_ID = ("/candidates/*", "/jobs/*", "/employees/*", "/timeoff/balances")
_SHORT = 0.1
_SKEW = 290.0
_MOST_RULES = 8


@dataclass(frozen=True)
class Chaos:
    """A set of faults; its text is one line from which it can be made again.

    Attributes:
        seed: What it was drawn from.
        intensity: How much of it, 0 to 1.
        rules: Attributes of `faults.FaultRule`, one dict each, for ``control.inject``.
    """

    seed: int
    intensity: float
    rules: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        shown = ", ".join(
            rule["kind"] + json.dumps({k: v for k, v in rule.items() if k != "kind"})
            for rule in self.rules
        )
        return f"chaos({self.seed}, {self.intensity}): {shown or 'nothing'}"


def chaos(seed: int, intensity: float = 0.5, kinds: Sequence[str] = CHAOS_KINDS) -> Chaos:
    """Draw a set of faults.

    Every rule ends after a few hits, fewer in a row than a client with six tries gives up at, and
    none takes longer than a tenth of a second, a refusal for too many requests one second. So a
    run among them ends soon, well or not.

    Args:
        seed: The same seed draws the same rules.
        intensity: 0 for no rule, 1 for many that hit often.
        kinds: The kinds to draw from, of `CHAOS_KINDS`.

    Returns:
        The rules: ``control.inject(*drawn.rules, seed=drawn.seed)`` sets them.

    Raises:
        ValueError: A kind is not one of `CHAOS_KINDS`.
    """
    if unknown := set(kinds) - set(CHAOS_KINDS):
        raise ValueError(f"chaos cannot draw {sorted(unknown)}; it can {list(CHAOS_KINDS)}")
    rng = random.Random(f"{seed} {intensity}")
    count = round(intensity * _MOST_RULES)
    rules = tuple(_rule(rng, rng.choice(kinds), intensity) for _ in range(count))
    return Chaos(seed, intensity, rules)


def _rule(rng: random.Random, kind: str, intensity: float) -> dict[str, Any]:
    most = 1 if kind in {"too_many", "closed_port", "mid_listing"} else 1 + round(3 * intensity)
    rule: dict[str, Any] = {
        "kind": kind,
        "path": _path(rng, kind),
        "skip": rng.choice((0, 0, 1, 3, 10)),
        "times": rng.randint(1, most),
        "probability": round(rng.uniform(0.3, 1), 2),
    }
    return {**rule, **_details(rng, kind)}


def _path(rng: random.Random, kind: str) -> str:
    if kind == "not_found":
        # A list that answers 404 is one that the account does not have, which is no trouble.
        return rng.choice(_BY_ID)
    if kind in {"repeat_row", "drop_row", "mid_listing"}:
        return rng.choice(_LISTS)
    return rng.choice(("*", *_LISTS, *_BY_ID))


def _details(rng: random.Random, kind: str) -> dict[str, Any]:
    """Give what only this kind needs."""
    if kind == "status":
        return {"status": rng.choice((500, 502, 503, 504))}
    if kind == "too_many":
        # A high limit, or the client would go on at the pace of a real account's token.
        return {"limit": 100_000, "at_window_end": True}
    if kind in {"slow", "delay", "closed_port"}:
        return {"seconds": _SHORT}
    if kind == "clock_skew":
        return {"seconds": rng.choice((-_SKEW, _SKEW))}
    if kind == "mid_listing":
        return {"value": {"n": rng.randint(1, 8), "seed": rng.randrange(2**31)}}
    return {}
