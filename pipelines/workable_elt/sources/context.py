"""What all readings of one account share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from workable_elt.api import NotFound, RequestRejected, ScopeMissing, WorkableClient
from workable_elt.settings import Resource
from workable_elt.sources.outcome import QuarantinedRecord
from workable_elt.sources.policy import ColumnPolicy
from workable_elt.sources.work import Work

OnProgress = Callable[[str, int, int], None]
"""Called with resource, rows and requests since the last call."""


@dataclass
class Context:
    """One account, one run.

    Attributes:
        client: reads the account.
        account: the label of every row.
        policy: what becomes of each column.
        work: what to read.
        on_progress: told after every page or parent.
        concurrency: requests side by side for details and children.
        find_member: whether to look for a member with HR rights where the client acts as none.
        quarantine: records that could not be read, until somebody takes them.
        public_fields: ids of employee fields that everybody may see, as far as they were read.
        attributed: requests that were counted for some resource.
        heard: whether the API has answered anything well yet.
        cancelled: whether a request may not be sent any more, so that readings have broken off.
    """

    client: WorkableClient
    account: str
    policy: ColumnPolicy
    work: Work
    on_progress: OnProgress | None = None
    concurrency: int = 8
    find_member: bool = False
    quarantine: list[QuarantinedRecord] = field(default_factory=list)
    public_fields: set[str] = field(default_factory=set)
    attributed: int = 0
    heard: bool = False
    cancelled: bool = False

    def client_for(self, resource: Resource) -> WorkableClient:
        """Return the client with which a resource is read.

        HR data depends on whose eyes read it: with an account token and no ``member_id`` only
        published people come (hris.md section 1).
        """
        if resource.family == "hris" and self.find_member and self.client.member_id is None:
            self.find_member = False
            member_id = _acting_member_id(self.client)
            if member_id is not None:
                self.client = self.client.acting_as(member_id)
        return self.client


def _acting_member_id(client: WorkableClient) -> str | None:
    try:
        member = client.acting_member()
    except (ScopeMissing, NotFound, RequestRejected):
        return None
    return str(member["id"]) if member else None
