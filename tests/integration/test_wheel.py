"""The built wheel works outside the checkout, and writes nothing inside itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    built = subprocess.run([*command, ROOT], capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("workable_elt-*.whl"))


class Installed:
    """A fresh virtual environment with the wheel, and the dependencies of this one."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.home = folder / "home"
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir(parents=True)
        place = folder / "venv"
        venv.create(place, with_pip=False)
        self.bin = place / "bin"
        pip = [sys.executable, "-m", "pip", "--python", str(self.bin / "python"), "install"]
        pip += ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
        subprocess.run(pip, check=True, timeout=120)
        self.site = next(place.glob("lib/python*/site-packages"))
        # Only the folder is added: the .pth file of an editable install in it is not followed.
        (self.site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
        self.package = self.site / "workable_elt"

    def run(self, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SOURCES__", "DESTINATION__", "WORKABLE_ELT_", "PYTHON"))
        }
        environment |= {
            "HOME": str(self.home),
            "WORKABLE_ELT_HOME": str(self.home / "workable"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.run(
            [self.bin / "workable-elt", *arguments],
            cwd=self.elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def files(self) -> dict[Path, tuple[int, int]]:
        return {
            file: (file.stat().st_size, file.stat().st_mtime_ns)
            for file in self.package.rglob("*")
            if "__pycache__" not in file.parts
        }


@pytest.fixture(scope="module")
def installed(tmp_path_factory, wheel) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"), wheel)


def test_the_wheel_carries_the_dbt_project_and_no_leftovers(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "workable_elt/dbt_project/dbt_project.yml",
        "workable_elt/dbt_project/profiles.yml",
        "workable_elt/examples/01_time_to_fill.sql",
    } <= names
    assert not [
        name for name in names if "/target/" in name or "/logs/" in name or ".duckdb" in name
    ]


def test_help_works(installed):
    done = installed.run("--help")
    assert done.returncode == 0
    assert "workable-elt demo" in done.stdout


def test_the_code_that_runs_is_the_installed_one(installed):
    done = installed.run("dbt-path", "--json")
    assert json.loads(done.stdout)["path"] == str(installed.package / "dbt_project")


def test_the_whole_way_runs_and_writes_nothing_into_the_package(installed):
    before = installed.files()
    done = installed.run(
        *[
            "demo",
            "--json",
            "--candidates",
            "60",
            "--jobs",
            "5",
            "--employees",
            "20",
            "--years",
            "1",
        ]
    )
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["status"]) == (0, "ok"), done.stderr
    assert answer["tables"]["ats_candidates"] > 0
    assert installed.files() == before
    assert [file.name for file in installed.elsewhere.iterdir()] == ["workable_demo.duckdb"]
