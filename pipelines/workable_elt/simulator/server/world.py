"""What one server process serves: accounts, their tokens, and the switches around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workable_elt.simulator.events import LogEvent
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.render import AtsRenderer, HrisRenderer
from workable_elt.simulator.state import Company

from .access import Access
from .clock import Clock
from .counters import Counters
from .faults import Faults
from .ratelimit import RateLimiter

_MOST_VIEWS = 200
RowCache = dict[str, tuple[int, int, bytes]]
"""Rendered rows of one kind by id, each with the two versions that it was rendered under."""


@dataclass(frozen=True)
class Tenant:
    """One account: the event log, and the state that it folds into.

    Attributes:
        log: All that happened, the ground truth.
        company: What is so now.
    """

    log: EventLog
    company: Company

    @classmethod
    def from_log(cls, log: EventLog) -> Tenant:
        """Fold a log into an account that can be served."""
        return cls(log, Company.from_log(log))

    @property
    def subdomain(self) -> str:
        """The account's subdomain, under which tokens name it."""
        return self.log.account.subdomain

    def record(self, event: LogEvent) -> None:
        """Let something happen: it goes into the log, and from there into the state."""
        self.log.append(event)
        self.company.apply(event)


@dataclass
class World:
    """All that a request can meet.

    Attributes:
        tenants: The accounts by subdomain; the token says which one a request means.
        quirks: The switches; replace them with `set_quirks` only, caches hang on them.
        access: The tokens.
        clock: The server's time.
        limiter: The budgets.
        faults: The faults on demand.
        counters: The counts of requests.
        close_port: Closes the port for so many seconds and breaks every connection; set by what
            runs the server.
        balances_asked: How often each person's balances were asked for, for a quirk's draws.
        control_secret: What ``X-Simulator-Secret`` must say on the control surface.
    """

    tenants: dict[str, Tenant]
    quirks: Quirks
    access: Access
    clock: Clock
    limiter: RateLimiter
    control_secret: str
    faults: Faults = field(default_factory=Faults)
    counters: Counters = field(default_factory=Counters)
    close_port: Callable[[float], None] | None = None
    balances_asked: Counter[str] = field(default_factory=Counter)
    _renderers: dict[str, tuple[AtsRenderer, HrisRenderer]] = field(default_factory=dict)
    _rows: dict[tuple[str, str], RowCache] = field(default_factory=dict)
    _views: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)

    def set_quirks(self, quirks: Quirks) -> None:
        """Behave in another way from now on."""
        self.quirks = quirks
        self._renderers.clear()
        self._rows.clear()
        self._views.clear()

    def renderers(self, company: Company) -> tuple[AtsRenderer, HrisRenderer]:
        """Give the renderers of an account under the present quirks."""
        subdomain = company.account.subdomain
        if subdomain not in self._renderers:
            self._renderers[subdomain] = (
                AtsRenderer(company, self.quirks),
                HrisRenderer(company, self.quirks),
            )
        return self._renderers[subdomain]

    def rows(self, company: Company, kind: str) -> RowCache:
        """Give the cache of rendered rows of one kind."""
        return self._rows.setdefault((company.account.subdomain, kind), {})

    def cached_view(self, company: Company, name: str) -> Any:
        """Give a view kept by `keep_view`, or None where the account has changed since."""
        version, view = self._views.get((company.account.subdomain, name), (-1, None))
        return view if version == company.version else None

    def keep_view(self, company: Company, name: str, view: Any) -> None:
        """Keep a sorted or filtered view of an account until it changes."""
        if len(self._views) >= _MOST_VIEWS:
            self._views.clear()
        self._views[(company.account.subdomain, name)] = (company.version, view)
