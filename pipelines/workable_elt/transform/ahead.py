"""dbt reads its project in a process of its own, while the warehouse is being loaded."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from workable_elt.transform.arguments import DBT, shared_arguments, target_folder
from workable_elt.transform.build import forget_other_release
from workable_elt.transform.project import project_dir
from workable_elt.transform.target import Target


@contextmanager
def project_read_ahead(target: Target) -> Iterator[None]:
    """Have the project read meanwhile; leaving waits for the end of it.

    A build finds what was read in dbt's target folder, where dbt itself keeps it, and reads the
    project itself where that failed. No connection to the warehouse is made.

    Args:
        target: where the build will be; with other variables dbt would read anew.
    """
    forget_other_release(target_folder(target), project_dir())
    reading = subprocess.Popen(
        [*DBT, "parse", *shared_arguments(target, project_dir())],
        env={**os.environ, **target.environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
        reading.wait()
    finally:
        reading.kill()
        reading.wait()
