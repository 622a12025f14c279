"""When dbt is run, when it can be left out, and what is remembered about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from workable_elt.progress import Progress
from workable_elt.transform import BuildReport, Target, build, project_dir, project_version, state


class Builds:
    """The builds of one warehouse, as this machine remembers them.

    What is remembered is dropped before anything can change the raw tables and put back only
    when nothing did, so that a killed run is followed by a build.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self._key = state.warehouse_key(target.destination, target.credentials)
        self._before: state.Build | None = None

    def begin(self) -> None:
        """Before a load or a build: from now on the tables count as outdated."""
        self._before = state.last_build(self.target.home, self._key)
        state.outdate(self.target.home, self._key)

    def nothing_changed(self) -> None:
        """After a load or a partial build that outdated nothing: what was built still holds."""
        if self._before is not None:
            state.remember(self.target.home, self._key, self._before)

    def is_current(self, as_of: datetime | None) -> bool:
        """Whether a build now would give the tables that are there already."""
        return state.last_build(self.target.home, self._key) == self._build_at(as_of)

    def build(
        self,
        *,
        as_of: datetime | None,
        progress: Progress,
        select: Sequence[str] = (),
        full_refresh: bool = False,
    ) -> BuildReport:
        """Run dbt, and remember a good build of everything.

        Raises:
            UserError: dbt could not start.
        """
        self.begin()
        report = build(
            self.target, as_of=as_of, select=select, full_refresh=full_refresh, progress=progress
        )
        if report.status == "ok" and select:
            self.nothing_changed()
        elif report.status == "ok" and report.models:
            self.built(as_of)
        return report

    def built(self, as_of: datetime | None) -> None:
        """After a good build of everything."""
        state.remember(self.target.home, self._key, self._build_at(as_of))

    def _build_at(self, as_of: datetime | None) -> state.Build:
        variables = json.dumps([self.target.time_zone, dict(self.target.variables)], default=str)
        version = f"{project_version(project_dir())} {variables}"
        return state.Build(
            version=hashlib.sha256(version.encode()).hexdigest(),
            day=state.day_of(as_of, self.target.time_zone),
        )
