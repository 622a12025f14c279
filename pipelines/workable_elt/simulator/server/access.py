"""Who asks: tokens, what they may do and what they see (ats.md, 3; hris.md, 0.4)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from .errors import unauthorized

READ_SCOPES = frozenset(
    {
        "r_jobs",
        "r_candidates",
        "r_offers",
        "r_requisitions",
        "r_account",
        "r_employees",
        "r_timeoff",
        "r_time_tracking",
    }
)
WRITE_SCOPES = frozenset(
    {
        "w_candidates",
        "w_comments",
        "w_offers",
        "w_requisitions",
        "w_members",
        "w_departments",
        "w_employees",
        "w_timeoff",
        "w_time_tracking",
    }
)
ALL_SCOPES = READ_SCOPES | WRITE_SCOPES


class TokenKind(str, Enum):
    """The three ways in; the value is the word used on the control surface."""

    ACCOUNT = "account"
    USER = "user"
    PARTNER = "partner"


@dataclass(frozen=True)
class Token:
    """One token.

    Attributes:
        value: The secret itself.
        account: The subdomain of the account that it opens; ``/spi/v3`` serves that account.
        kind: How it was made.
        scopes: What it may do.
        member_id: For a user token, the member it acts as.
        client_id: For a partner token, what ``X-WORKABLE-CLIENT-ID`` must say.
        shortcodes: The only jobs that it sees (and their candidates); None for all.
        published_only: Whether it sees published employees and public fields only, whoever it acts
            for.
        expires_at: When it stops working, in UTC; None for never.
        revoked: Whether it was taken back.
    """

    value: str
    account: str
    kind: TokenKind = TokenKind.ACCOUNT
    scopes: frozenset[str] = ALL_SCOPES
    member_id: str | None = None
    client_id: str | None = None
    shortcodes: frozenset[str] | None = None
    published_only: bool = False
    expires_at: datetime | None = None
    revoked: bool = False

    @property
    def requests_per_window(self) -> int:
        """Requests in ten seconds: 10 for an account's token, else 50 (ats.md, 1)."""
        return 10 if self.kind is TokenKind.ACCOUNT else 50

    def sees_job(self, shortcode: str | None) -> bool:
        """Say whether a job, or what hangs on it, is in this token's sight."""
        return self.shortcodes is None or (shortcode is not None and shortcode in self.shortcodes)


def new_secret() -> str:
    """Make a random token value."""
    return secrets.token_hex(24)


@dataclass
class Access:
    """All tokens of one server.

    Attributes:
        tokens: The tokens by their value.
    """

    tokens: dict[str, Token] = field(default_factory=dict)

    def add(self, token: Token) -> Token:
        """Accept a token from now on; one with the same value is replaced."""
        self.tokens[token.value] = token
        return token

    def change(
        self,
        value: str,
        *,
        scopes: Iterable[str] | None = None,
        shortcodes: Iterable[str] | None = None,
        published_only: bool | None = None,
        see_all: bool = False,
        revoked: bool | None = None,
        expires_at: datetime | None = None,
    ) -> Token:
        """Change what a token may do or see.

        Args:
            value: The token.
            scopes: Its new scopes, where given.
            shortcodes: The only jobs it sees from now on, where given.
            published_only: Whether it sees no employees but published ones, where given.
            see_all: Whether to lift a narrowed sight.
            revoked: Whether it is taken back, where given.
            expires_at: When it stops working (UTC), where given.

        Returns:
            The token as it is now.

        Raises:
            KeyError: There is no such token.
        """
        token = self.tokens[value]
        if scopes is not None:
            token = replace(token, scopes=frozenset(scopes))
        if shortcodes is not None:
            token = replace(token, shortcodes=frozenset(shortcodes))
        if published_only is not None:
            token = replace(token, published_only=published_only)
        if see_all:
            token = replace(token, shortcodes=None, published_only=False)
        if revoked is not None:
            token = replace(token, revoked=revoked)
        if expires_at is not None:
            token = replace(token, expires_at=expires_at)
        return self.add(token)

    def authenticate(self, headers: Mapping[str, str], now: datetime) -> Token:
        """Find the token that a request carries.

        Args:
            headers: The request's headers, names in lower case.
            now: The server's time, UTC.

        Returns:
            The token.

        Raises:
            ApiError: 401, no usable token. A partner token without its client id counts as none.
        """
        scheme, _, value = headers.get("authorization", "").partition(" ")
        token = self.tokens.get(value.strip()) if scheme.lower() == "bearer" else None
        if token is None or token.revoked:
            raise unauthorized()
        if token.expires_at is not None and token.expires_at <= now:
            raise unauthorized()
        is_partner = token.kind is TokenKind.PARTNER
        if is_partner and headers.get("x-workable-client-id") != token.client_id:
            raise unauthorized()
        return token
