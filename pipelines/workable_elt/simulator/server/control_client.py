"""What a test calls to steer a simulator: one method for each control endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any

import httpx

from .control import SECRET_HEADER


class ControlClient:
    """A client of the control surface; see `server.control` for what each call means.

    Args:
        root: Scheme, host and port of the simulator.
        secret: Its control secret.
    """

    def __init__(self, root: str, secret: str) -> None:
        self._http = httpx.Client(
            base_url=f"{root}/_control",
            headers={SECRET_HEADER: secret},
            timeout=120,
            # A fault may have closed the port for a moment.
            transport=httpx.HTTPTransport(retries=5),
        )

    def __enter__(self) -> ControlClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _call(self, method: str, path: str, **sent: Any) -> Any:
        answer = self._http.request(method, path, **sent)
        if answer.is_error:
            raise ValueError(f"control {method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    def show(self) -> dict[str, Any]:
        """Say what is served: accounts, tokens, quirks, clock."""
        shown: dict[str, Any] = self._call("GET", "/state")
        return shown

    def now(self) -> datetime:
        """Give the server's time, UTC."""
        return datetime.fromisoformat(self.show()["clock"])

    def set_clock(
        self,
        at: datetime | None = None,
        *,
        frozen: bool | None = None,
        skew: float | None = None,
    ) -> None:
        """Set the server's time (with a zone), stop it or let it run, skew what headers say of it.

        Args:
            at: The time that it shows from now on.
            frozen: Whether it stands still.
            skew: Seconds by which ``Date`` and the rate windows run ahead of the records' stamps.
        """
        sent: dict[str, Any] = {}
        if at is not None:
            sent["set"] = at.isoformat()
        if frozen is not None:
            sent["frozen"] = frozen
        if skew is not None:
            sent["skew"] = skew
        self._call("POST", "/clock", json=sent)

    def advance(self, seconds: float) -> None:
        """Move the server's time."""
        self._call("POST", "/clock", json={"advance": seconds})

    def apply_changes(
        self,
        n: int,
        seed: int,
        *,
        kinds: Iterable[str] | None = None,
        advance: float = 3600,
        account: str | None = None,
    ) -> list[dict[str, str]]:
        """Let random things happen; arguments and result as `control.apply_changes` says."""
        sent: dict[str, Any] = {"n": n, "seed": seed, "advance": advance}
        if kinds is not None:
            sent["kinds"] = list(kinds)
        if account is not None:
            sent["account"] = account
        made: list[dict[str, str]] = self._call("POST", "/changes", json=sent)
        return made

    def set_quirks(self, **values: str) -> dict[str, str]:
        """Change switches; give all of them."""
        quirks: dict[str, str] = self._call("POST", "/quirks", json=values)
        return quirks

    def add_token(self, **attributes: Any) -> str:
        """Make a token (attributes of `access.Token`); give its value."""
        return str(self._call("POST", "/tokens", json=_listed(attributes))["value"])

    def change_token(self, value: str, **changes: Any) -> None:
        """Change a token; arguments as `Access.change` takes."""
        self._call("PATCH", f"/tokens/{value}", json=_listed(changes))

    def inject(self, *rules: Mapping[str, Any], seed: int | None = None) -> None:
        """Add faults (attributes of `faults.FaultRule`)."""
        self._call("POST", "/faults", json={"rules": [*rules], "seed": seed})

    def faults(self) -> list[dict[str, Any]]:
        """Give the faults with how often each hit."""
        rules: list[dict[str, Any]] = self._call("GET", "/faults")
        return rules

    def clear_faults(self) -> None:
        """Drop all faults."""
        self._call("DELETE", "/faults")

    def set_rate_limit(self, *, enabled: bool) -> None:
        """Switch the rate limit; budgets start full."""
        self._call("POST", "/rate_limit", json={"enabled": enabled})

    def counters(self) -> dict[str, Any]:
        """Give the counts of requests."""
        counts: dict[str, Any] = self._call("GET", "/counters")
        return counts

    def reset_counters(self, *, recording: bool = False) -> None:
        """Count from zero; ``recording`` keeps every URL too."""
        self._call("POST", "/counters", json={"recording": recording})

    def truth(self, account: str | None = None) -> dict[str, Any]:
        """Give what every list and detail would show, as `simulator.truth` says."""
        shown: dict[str, Any] = self._call("GET", "/truth", params=_account(account))
        return shown

    def log(self, account: str | None = None) -> str:
        """Give the event log, one JSON object a line."""
        answer = self._http.get("/log", params=_account(account))
        answer.raise_for_status()
        return answer.text


def _account(account: str | None) -> dict[str, str]:
    return {} if account is None else {"account": account}


def _listed(values: dict[str, Any]) -> dict[str, Any]:
    """Turn sets into lists and times into text, for JSON."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat()
        is_bag = isinstance(value, Iterable) and not isinstance(value, (str, bytes, dict))
        return list(value) if is_bag else value

    return {name: plain(value) for name, value in values.items()}
