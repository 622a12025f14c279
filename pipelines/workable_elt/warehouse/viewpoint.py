"""Whose eyes an account is read with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workable_elt.api import (
    AccountNotFound,
    AuthenticationFailed,
    Cancelled,
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
class Sight:
    """Hashes that change when an account may be seen differently; they tell nothing else.

    A scope needs no place in them: without it a list is not read at all.

    Attributes:
        ats: Of the token: recruiting is read without a member.
        hris: Of the token and the member, and of the member's rights where they are known.
    """

    ats: str
    hris: str

    def of(self, resource: str, *, narrowed: bool = False) -> str:
        """Give the hash for a resource, where the API may have shown less than was asked for."""
        seen = self.hris if RESOURCES[resource].family == "hris" else self.ats
        return f"{seen}-narrowed" if narrowed else seen


@dataclass(frozen=True)
class Viewpoint:
    """Token and member that an account is read with.

    Attributes:
        client: Acts as that member.
        sight: Changes when token or member do.
        blind: Resources that must not be read now: HR data read through fewer eyes than last
            time would look like a company that has shrunk.
        problem: Why, as an error of the machine interface.
    """

    client: WorkableClient
    sight: Sight
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
            return cls(client, _sight(account, client.member_id))
        try:
            member = client.acting_member()
        except NotFound:
            # An account without the list, or no account at all: then the probe raises.
            client.probe()
            member = None
        except (ScopeMissing, RequestRejected):
            # A user token needs no member, and an account token without r_jobs can name none.
            member = None
        except (AuthenticationFailed, AccountNotFound, Cancelled, Unreachable):
            raise
        except WorkableError as error:
            return cls(client, _sight(account, None), people, api_failure(error).to_json())
        member_id = str(member["id"]) if member else None
        return cls(client.acting_as(member_id), _sight(account, member_id, member))


def _sight(
    account: AccountConfig, member_id: str | None, member: Mapping[str, Any] | None = None
) -> Sight:
    token = account.access_token.reveal()
    # What a member may see follows from these; older accounts send the single ones only.
    rights = (
        str(member.get("roles") or (member.get("role"), member.get("hris_role"))) if member else ""
    )
    return Sight(_digest(token), _digest(token, member_id or "", rights))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
