"""Whose eyes an account is read with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from workable_elt.api import (
    AccountNotFound,
    AuthenticationFailed,
    NotFound,
    RequestRejected,
    ScopeMissing,
    Unreachable,
    WorkableClient,
    WorkableError,
)
from workable_elt.config import AccountConfig
from workable_elt.settings import RESOURCES
from workable_elt.warehouse.failures import api_failure


@dataclass(frozen=True)
class Viewpoint:
    """Token and member that an account is read with.

    Attributes:
        client: Acts as that member.
        digest: Changes when token or member do; says nothing of either.
        blind: Resources that must not be read now: HR data read through fewer eyes than last
            time would look like a company that has shrunk.
        problem: Why, as an error of the machine interface.
    """

    client: WorkableClient
    digest: str
    blind: frozenset[str] = frozenset()
    problem: dict[str, str] | None = None

    @classmethod
    def find(
        cls, client: WorkableClient, account: AccountConfig, names: Iterable[str]
    ) -> Viewpoint:
        """Find the member for HR reads where none is configured; one request then.

        Args:
            client: Of the account.
            account: Its configuration.
            names: Resources of this run.

        Raises:
            WorkableError: Token, subdomain or host is wrong: nothing can be read at all.
        """
        people = frozenset(name for name in names if RESOURCES[name].family == "hris")
        if client.member_id is not None or not people:
            return cls(client, _digest(account, client.member_id))
        try:
            member = client.acting_member()
        except NotFound:
            # An account without the list, or no account at all: then the probe raises.
            client.probe()
            member = None
        except (ScopeMissing, RequestRejected):
            # A user token needs no member, and an account token without r_jobs can name none.
            member = None
        except (AuthenticationFailed, AccountNotFound, Unreachable):
            raise
        except WorkableError as error:
            return cls(client, _digest(account, None), people, api_failure(error).to_json())
        member_id = str(member["id"]) if member else None
        return cls(client.acting_as(member_id), _digest(account, member_id))


def _digest(account: AccountConfig, member_id: str | None) -> str:
    seen = f"{account.access_token.reveal()}\0{member_id or ''}"
    return hashlib.sha256(seen.encode()).hexdigest()[:16]
