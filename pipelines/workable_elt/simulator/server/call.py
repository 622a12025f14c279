"""One request that has passed the gate, as the endpoints see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from workable_elt.simulator.quirks import Quirks
from workable_elt.simulator.records import Candidate, Job
from workable_elt.simulator.render import AtsRenderer, HrisRenderer
from workable_elt.simulator.state import Company

from .access import Token
from .errors import ApiError, forbidden, not_found
from .params import Params
from .world import Tenant, World

T = TypeVar("T")


def millis(moment: datetime) -> int:
    """Give an instant as the records hold it: epoch milliseconds."""
    return round(moment.timestamp() * 1000)


@dataclass
class Call:
    """One request.

    Attributes:
        world: What is served.
        tenant: The account that the token opens.
        token: Who asks.
        parts: The variable parts of the path, in order.
        params: The query.
        origin: Scheme and host as the client wrote them.
        body: The JSON body, empty where there is none.
    """

    world: World
    tenant: Tenant
    token: Token
    parts: list[str]
    params: Params
    origin: str
    body: dict[str, Any]

    @property
    def company(self) -> Company:
        """The account's present state."""
        return self.tenant.company

    @property
    def quirks(self) -> Quirks:
        """The switches."""
        return self.world.quirks

    @property
    def ats(self) -> AtsRenderer:
        """Turns recruiting records into JSON values."""
        return self.world.renderers(self.company)[0]

    @property
    def hris(self) -> HrisRenderer:
        """Turns HR records into JSON values."""
        return self.world.renderers(self.company)[1]

    @property
    def now(self) -> int:
        """The server's time in epoch milliseconds."""
        return millis(self.world.clock.now())

    def job(self, shortcode: str) -> Job:
        """Find a job that the token sees.

        Raises:
            ApiError: 404, there is none; 404 or 403, it is out of sight.
        """
        job = self.company.jobs.get(shortcode)
        if job is None:
            raise not_found()
        if not self.token.sees_job(shortcode):
            raise self.hidden()
        return job

    def hidden(self) -> ApiError:
        """Give the answer for a record that exists, but not for these eyes: a quirk."""
        return forbidden() if self.quirks.hidden_by_id == "403" else not_found()

    def sees_candidate(self, candidate: Candidate) -> bool:
        """Say whether a candidate's job is in the token's sight."""
        return self.token.sees_job(candidate.job_shortcode)

    def view(self, name: str, build: Callable[[], T]) -> T:
        """Give a view of the account, built anew only after the account has changed.

        Args:
            name: Of the view; it must say everything that the view depends on.
            build: Makes it.
        """
        kept: T | None = self.world.cached_view(self.company, name)
        if kept is None:
            kept = build()
            self.world.keep_view(self.company, name, kept)
        return kept
