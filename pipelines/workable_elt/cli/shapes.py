"""The keys that a command's JSON object always has, however early it failed."""

from __future__ import annotations

from typing import Any

NO_DBT: dict[str, Any] = {
    "models": 0,
    "tests": 0,
    "passed": 0,
    "failed": 0,
    "warned": 0,
    "skipped": True,
}
_LOADED: dict[str, Any] = {"accounts": [], "requests": 0, "rate_limited": 0, "seconds": 0.0}

EMPTY_BODIES: dict[str, dict[str, Any]] = {
    "run": {**_LOADED, "dbt": NO_DBT, "published": []},
    "load": _LOADED,
    "reconcile": _LOADED,
    "build": {"dbt": NO_DBT},
    "plan": {"accounts": []},
    "status": {"accounts": []},
    "quarantine": {"accounts": []},
    "check": {"accounts": []},
    "purge": {"accounts": [], "dbt": NO_DBT, "published": [], "not_promised": []},
}
