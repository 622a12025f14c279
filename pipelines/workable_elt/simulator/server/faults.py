"""Faults on demand: rules that make answers fail in ways that real servers do.

A rule says which requests it hits, how often, and what happens to the answer. Draws depend on the
seed, the rule, the URL and how often that URL was asked for, so a run with concurrent requests
fails in the same places each time.
"""

from __future__ import annotations

import fnmatch
import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = frozenset(
    {
        "status",
        "not_found",
        "html",
        "empty",
        "truncated",
        "reset",
        "refuse",
        "slow",
        "delay",
        "malformed",
        "unknown_fields",
    }
)


@dataclass
class FaultRule:
    """One rule.

    Attributes:
        kind: What happens. ``status``: an error answer with ``status``. ``not_found``: a 404 for
            something that exists. ``html``: a proxy's page with status 200. ``empty``: 200 and no
            body. ``truncated``: JSON cut off, the length header agreeing. ``reset``: the connection
            is reset half-way through the body. ``refuse``: it is reset before any answer.
            ``slow``: the body drips over ``seconds``. ``delay``: the answer starts ``seconds``
            late. ``malformed``: a record with an impossible value. ``unknown_fields``: records
            with fields that nobody has documented.
        path: A shell-style pattern for the path, ``*`` crossing slashes; the part after
            ``/spi/v3`` is enough (``/candidates/*``).
        method: Only this HTTP method; None for any.
        times: How many requests it hits before it is used up; None for no end.
        skip: How many matching requests pass first.
        probability: The share of matching requests that it hits.
        status: For ``status``, the status.
        seconds: For ``slow`` and ``delay``.
        field: For ``malformed``, which key gets ``value``; None for a drawn one.
        value: For ``malformed`` with ``field``.
        retry_after: For ``status``, a ``Retry-After`` header in seconds.
        hits: How many requests it has hit.
        seen: How many requests it has matched.
    """

    kind: str
    path: str = "*"
    method: str | None = None
    times: int | None = None
    skip: int = 0
    probability: float = 1.0
    status: int = 503
    seconds: float = 1.0
    field: str | None = None
    value: Any = None
    retry_after: int | None = None
    hits: int = 0
    seen: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; expected one of {sorted(KINDS)}")

    def matches(self, method: str, path: str) -> bool:
        """Say whether a request is one that the rule may hit."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method is not None and self.method.upper() != method:
            return False
        short = path.removeprefix("/spi/v3")
        return fnmatch.fnmatchcase(short, self.path) or fnmatch.fnmatchcase(path, self.path)


def draw(seed: int, *parts: object) -> float:
    """Draw a number from 0 up to 1 that depends on nothing but the arguments."""
    text = "\x1f".join(str(part) for part in (seed, *parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big") / 2**56


@dataclass
class Faults:
    """The rules of one server, asked for each request in order; the first hit wins.

    Attributes:
        seed: Of all draws.
        rules: The rules.
    """

    seed: int = 0
    rules: list[FaultRule] = field(default_factory=list)
    _asked: Counter[str] = field(default_factory=Counter)

    def inject(self, rules: list[dict[str, Any]], seed: int | None = None) -> None:
        """Add rules.

        Args:
            rules: Attributes of `FaultRule`, one dict each.
            seed: A new seed, where given.

        Raises:
            TypeError: An attribute is unknown.
            ValueError: A kind is unknown.
        """
        made = [FaultRule(**rule) for rule in rules]
        if seed is not None:
            self.seed = seed
        self.rules.extend(made)

    def clear(self) -> None:
        """Drop all rules and forget what was asked."""
        self.rules.clear()
        self._asked.clear()

    def pick(self, method: str, path: str, query: str) -> tuple[FaultRule, int] | None:
        """Choose the rule that hits a request, and count the hit.

        Args:
            method: The HTTP method.
            path: The path.
            query: The raw query.

        Returns:
            The rule and a seed for its own draws, or None.
        """
        if not self.rules:
            return None
        url = f"{method} {path}?{query}"
        self._asked[url] += 1
        for number, rule in enumerate(self.rules):
            if not rule.matches(method, path):
                continue
            rule.seen += 1
            chance = draw(self.seed, number, url, self._asked[url])
            if rule.seen > rule.skip and chance < rule.probability:
                rule.hits += 1
                return rule, int(draw(self.seed, "inner", number, url, self._asked[url]) * 2**53)
        return None

    def as_dicts(self) -> list[dict[str, Any]]:
        """Give the rules with their counts, for the control surface."""
        return [asdict(rule) for rule in self.rules]
