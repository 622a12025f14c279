"""Runs the real command line in a process of its own, as a user or a scheduler does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import forked, parsed_project

TOKEN = "tok-0123456789abcdef"
LEAN_BUILD = {"TRANSFORM__VARS": '{"include_marts": false}', "TRANSFORM__DATA_TESTS": "false"}
"""Settings of a build without the marts and dbt's tests, most of its time."""
_OWN = ("SOURCES__", "DESTINATION__", "WORKABLE_ELT_", "TRANSFORM__", "DBT_", "DLT_")


@dataclass
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str
    asked: int | None = None
    """Requests that the server counted meanwhile, where a test has asked it."""

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        lines = self.out.splitlines()
        assert len(lines) == 1, f"expected one object, got {self.out!r}\n{self.err}"
        answer: dict[str, Any] = json.loads(lines[0])
        return answer

    @property
    def error(self) -> dict[str, str]:
        error: dict[str, str] = self.answer["error"]
        return error

    def resources(self, account: int = 0) -> dict[str, dict[str, Any]]:
        return {row["name"]: row for row in self.answer["accounts"][account]["resources"]}


class Cli:
    """``workable-elt`` in a folder and a home of its own, pointed at a simulated account."""

    def __init__(self, folder: Path, base_url: str, token: str = TOKEN, subdomain: str = "acme"):
        self.folder = folder
        self.home = folder / "home"
        self.database = folder / "data" / "w.duckdb"
        self.database.parent.mkdir(parents=True, exist_ok=True)
        self.token = token
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
        self.environment = {
            **kept,
            "HOME": str(folder),
            "WORKABLE_ELT_HOME": str(self.home),
            "SOURCES__WORKABLE__SUBDOMAIN": subdomain,
            "SOURCES__WORKABLE__ACCESS_TOKEN": token,
            "SOURCES__WORKABLE__BASE_URL": base_url,
            "DESTINATION__DUCKDB__CREDENTIALS": str(self.database),
            **LEAN_BUILD,
        }

    def build_all(self) -> None:
        """From now on build what a user's builds do: the marts, and dbt's tests."""
        for setting in LEAN_BUILD:
            self.environment.pop(setting, None)

    @property
    def _reading(self) -> tuple[Any, ...]:
        """Where dbt keeps its reading of the project, and on what that depends."""
        settings = parsed_project.settings_of(self.environment)
        return self.home / "dbt" / "target", self.database, *settings

    def _builds_in_duckdb(self, arguments: tuple[str, ...]) -> bool:
        elsewhere = "DESTINATION__POSTGRES__CREDENTIALS" in self.environment
        return not elsewhere and arguments[:1] in (("run",), ("build",), ("purge",))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", "from workable_elt.cli import main; main()", *arguments]

    def start(
        self,
        *arguments: str,
        without: tuple[str, ...] = (),
        before: Callable[[], None] | None = None,
        **settings: str,
    ) -> subprocess.Popen[str]:
        """Start a command; `settings` are environment variables of SOURCES__WORKABLE__."""
        environment = self._ready(arguments, settings, without)
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=before,
        )

    def run(
        self, *arguments: str, timeout: float = 300, without: tuple[str, ...] = (), **settings: str
    ) -> Done:
        """Run a command to its end; more as of `start`."""
        environment = self._ready(arguments, settings, without)
        done = forked.workable_elt(arguments, self.folder, environment, timeout=timeout)
        return self._checked(arguments, Done(done.returncode, done.stdout, done.stderr))

    def finish(self, process: subprocess.Popen[str], timeout: float = 300) -> Done:
        """Wait for a command that was started."""
        try:
            out, err = process.communicate(timeout=timeout)
        finally:
            process.kill()
        return self._checked((), Done(process.returncode, out, err))

    def _ready(
        self, arguments: tuple[str, ...], settings: Mapping[str, str], without: tuple[str, ...]
    ) -> dict[str, str]:
        """Borrow dbt's reading where the command builds; give the command's environment."""
        if self._builds_in_duckdb(arguments):
            parsed_project.borrow(*self._reading)
        environment = {**self.environment}
        environment |= {f"SOURCES__WORKABLE__{key.upper()}": v for key, v in settings.items()}
        for name in without:
            environment.pop(f"SOURCES__WORKABLE__{name.upper()}")
        return environment

    def _checked(self, arguments: tuple[str, ...], done: Done) -> Done:
        """Make sure of what holds for every end."""
        assert "Traceback" not in done.out + done.err, done.err
        assert self.token not in done.out + done.err
        if done.code == 0 and self._builds_in_duckdb(arguments):
            parsed_project.keep(*self._reading)
        return done
