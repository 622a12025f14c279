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
        "new_type",
        "hostile_text",
        "huge_number",
        "deep_nesting",
        "repeat_row",
        "drop_row",
        "too_many",
        "closed_port",
        "clock_skew",
        "mid_listing",
        "narrow_sight",
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
            with fields that nobody has documented. ``new_type``: one known field (the same one
            each time) has another JSON type in every record. ``hostile_text``: a lone surrogate
            and a NUL inside a text of a record. ``huge_number``: an integer of 65 bits in a
            record. ``deep_nesting``: a record with an unknown field of ``value`` nested lists.
            ``repeat_row``: a row of the list comes twice. ``drop_row``: a row is left out, while
            totals stay. ``too_many``: a 429 with the headers of a spent window. ``closed_port``:
            connections break, and are refused for ``seconds``. ``clock_skew``: the answer's
            ``Date`` is ``seconds`` ahead. ``mid_listing``: once the page is read, and before
            anything else is asked, changes happen as ``value`` says (``n``, ``kinds``, ``seed``),
            those of candidates before and behind the cursor in turn. ``narrow_sight``: once the
            page is read, the token sees less from then on: ``value`` holds arguments of
            `Access.change`, or ``keep_jobs``, how many jobs stay in sight.
        path: A shell-style pattern for the path, ``*`` crossing slashes; the part after
            ``/spi/v3`` is enough (``/candidates/*``).
        method: Only this HTTP method; None for any.
        times: How many requests it hits before it is used up; None for no end.
        lasts: Seconds on the server's clock from its first hit until it is used up; None for no
            end.
        skip: How many matching requests pass first.
        probability: The share of matching requests that it hits.
        status: For ``status``, the status.
        seconds: For ``slow``, ``delay``, ``closed_port`` and ``clock_skew``.
        field: For ``malformed``, ``new_type``, ``hostile_text`` and ``huge_number``, which key;
            None for a drawn one.
        value: For ``malformed`` with ``field``, what the key gets; see the kinds for others.
        retry_after: For ``status`` and ``too_many``, a ``Retry-After`` header in seconds.
        limit: For ``too_many``, what the limit is said to be; default the token's own.
        at_window_end: For ``too_many``: the server's clock first moves on to the end of its
            window, so that waiting for the next one takes no ten seconds.
        hits: How many requests it has hit.
        seen: How many requests it has matched.
        first_hit: When it hit first, Unix seconds of the server's clock.
        seed: For draws that must be the same for every request.
    """

    kind: str
    path: str = "*"
    method: str | None = None
    times: int | None = None
    lasts: float | None = None
    skip: int = 0
    probability: float = 1.0
    status: int = 503
    seconds: float = 1.0
    field: str | None = None
    value: Any = None
    retry_after: int | None = None
    limit: int | None = None
    at_window_end: bool = False
    hits: int = 0
    seen: int = 0
    first_hit: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; expected one of {sorted(KINDS)}")

    @property
    def ends_at(self) -> float | None:
        """When it is used up, Unix seconds of the server's clock; None while nothing says."""
        if self.lasts is None or self.first_hit is None:
            return None
        return self.first_hit + self.lasts

    def matches(self, method: str, path: str, now: float) -> bool:
        """Say whether a request is one that the rule may hit."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.ends_at is not None and now >= self.ends_at:
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
        for rule in made:
            rule.seed = int(draw(self.seed, "rule", len(self.rules)) * 2**53)
            self.rules.append(rule)

    def clear(self) -> None:
        """Drop all rules and forget what was asked."""
        self.rules.clear()
        self._asked.clear()

    def pick(
        self, method: str, path: str, query: str, now: float = 0.0
    ) -> tuple[FaultRule, int] | None:
        """Choose the rule that hits a request, and count the hit.

        Args:
            method: The HTTP method.
            path: The path.
            query: The raw query.
            now: The server's time, Unix seconds.

        Returns:
            The rule and a seed for its own draws, or None.
        """
        if not self.rules:
            return None
        url = f"{method} {path}?{query}"
        self._asked[url] += 1
        for number, rule in enumerate(self.rules):
            if not rule.matches(method, path, now):
                continue
            rule.seen += 1
            chance = draw(self.seed, number, url, self._asked[url])
            if rule.seen > rule.skip and chance < rule.probability:
                rule.hits += 1
                if rule.first_hit is None:
                    rule.first_hit = now
                return rule, int(draw(self.seed, "inner", number, url, self._asked[url]) * 2**53)
        return None

    def as_dicts(self) -> list[dict[str, Any]]:
        """Give the rules with their counts, for the control surface."""
        return [asdict(rule) for rule in self.rules]
