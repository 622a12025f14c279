"""What long work tells while it runs: the protocol, and a reporter that says nothing.

The layers below the command line report here and never print. How it looks is up to whoever
listens; the command line's own listeners are in ``workable_elt.cli.live``.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Listens to a run. Calls may come from several threads, one for each account.

    A reporter must be quick and must not raise: it is called between pages.
    """

    def resource_started(self, account: str, resource: str, requests: int | None) -> None:
        """Reading of a resource begins.

        Args:
            account: label of the account.
            resource: the raw table.
            requests: how many requests it will take, or None where that is not known.
        """

    def advanced(self, account: str, resource: str, rows: int, requests: int) -> None:
        """Rows were read: `rows` and `requests` since the last call, not in total."""

    def limit(self, account: str, used: int, limit: int) -> None:
        """How much of the account's rate window is used: `used` of `limit` requests."""

    def resource_finished(self, account: str, resource: str, status: str, rows: int) -> None:
        """Reading of a resource ended with `status` and `rows` rows in this run."""

    def built(self, done: int, total: int, node: str) -> None:
        """dbt finished `done` of `total` models and tests; `node` is the newest."""

    def message(self, text: str) -> None:
        """Something worth a line of its own."""


class NullProgress:
    """Says nothing."""

    def resource_started(self, account: str, resource: str, requests: int | None) -> None:
        """Ignore it."""

    def advanced(self, account: str, resource: str, rows: int, requests: int) -> None:
        """Ignore it."""

    def limit(self, account: str, used: int, limit: int) -> None:
        """Ignore it."""

    def resource_finished(self, account: str, resource: str, status: str, rows: int) -> None:
        """Ignore it."""

    def built(self, done: int, total: int, node: str) -> None:
        """Ignore it."""

    def message(self, text: str) -> None:
        """Ignore it."""
