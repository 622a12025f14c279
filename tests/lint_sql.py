"""Lints the dbt project: `dbt parse` with warnings as errors, no machine time, sqlfluff.

Run it from anywhere, in a clean clone too: what dbt writes goes to a temporary folder, and no
warehouse is needed (nothing in the project asks one while it compiles).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "dbt_project"
# A model that asks the machine gives other rows tomorrow, or in another zone: `as_of()` and
# `today()` are the only clocks (docs/architecture.md).
MACHINE_TIME = re.compile(
    r"\b(current_(?:date|time|timestamp)|local(?:time|timestamp)|sysdate|getdate)\b"
    r"|\b(now|today|clock_timestamp|statement_timestamp|transaction_timestamp|get_current_time\w*)"
    r"\s*\("
    r"|\bmodules\.datetime\b|\brun_started_at\b",
    re.IGNORECASE,
)
# Python's own thresholds for garbage cost more than half of the linter's time, and those that are
# set reach no process that it starts by itself: two are started here, for half of the files each.
_CALL = "from workable_elt.garbage import look_less_often; look_less_often(); from {0} import cli; cli()"
_SQLFLUFF = ["-c", _CALL.format("sqlfluff.cli.commands"), "lint", "--disable-progress-bar"]
_DBT = ["-c", _CALL.format("dbt.cli.main"), "--warn-error", "--quiet"]
# What .sqlfluff gives to the models, or the linter would read the project anew.
_SAME_AS_SQLFLUFF = ["--target", "duckdb", "--vars", "{include_compensation: true}"]
_COMMENT = re.compile(r"{#.*?#}|--[^\n]*", re.DOTALL)
# The project's own macro; everything else in Jinja is looked at too.
_OWN_MACRO = re.compile(r"{%-?\s*macro today\(\)|{{-?\s*today\(\)\s*-?}}|\btoday\(\)(?=[^{}]*}})")


def machine_time(sql: str) -> list[tuple[int, str]]:
    """Give line number and text of every use of the machine's clock in a dbt file."""
    code = _COMMENT.sub(_blank, sql)
    code = _OWN_MACRO.sub(_blank, code)
    return [
        (code.count("\n", 0, match.start()) + 1, match.group(0).rstrip("( "))
        for match in MACHINE_TIME.finditer(code)
    ]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def _project_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((PROJECT / folder).rglob("*.sql"))


def check_machine_time() -> bool:
    """Print every use of the machine's clock; true when there is none."""
    findings = [
        f"{path.relative_to(ROOT)}:{line}: asks the machine for the time ({word}); "
        "use as_of() or today()"
        for path in _project_files("models", "macros", "tests", "snapshots", "analyses")
        for line, word in machine_time(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(findings) or "machine time: none")
    return not findings


def _run(arguments: Sequence[str], scratch: Path, name: str) -> bool:
    environment = {
        **os.environ,
        "DESTINATION__DUCKDB__CREDENTIALS": ":memory:",
        "WORKABLE_ELT_DESTINATION": "duckdb",
        "DBT_PROFILES_DIR": str(PROJECT),
        "DBT_TARGET_PATH": str(scratch / name),
        "DBT_LOG_PATH": str(scratch / "logs"),
        "DO_NOT_TRACK": "1",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{name}:", done.stdout.strip() or "fine", flush=True)
    return done.returncode == 0


def _lint(half: Sequence[Path], scratch: Path, name: str) -> bool:
    """Lint files of the project, with the reading that `dbt parse` has made of it."""
    if (scratch / "dbt parse").exists():
        shutil.copytree(scratch / "dbt parse", scratch / name)
    return _run([*_SQLFLUFF, *map(str, half)], scratch, name)


def main() -> int:
    """Run all lints, the later ones even if one fails."""
    parse = [*_DBT, "parse", "--project-dir", str(PROJECT), *_SAME_AS_SQLFLUFF]
    examples = [*_SQLFLUFF, "--templater", "raw", str(ROOT / "examples")]
    with (
        tempfile.TemporaryDirectory(prefix="workable-elt-lint-") as folder,
        ThreadPoolExecutor(max_workers=2) as both,
    ):
        scratch = Path(folder)
        others = both.submit(_run, examples, scratch, "sqlfluff examples")
        parsed = both.submit(_run, parse, scratch, "dbt parse")
        passed = [check_machine_time(), others.result(), parsed.result()]
        # Macros are linted where models call them.
        files = [*_project_files("models", "snapshots", "tests")]
        halves = (files[::2], files[1::2])
        passed += both.map(
            _lint, halves, [scratch] * 2, ["sqlfluff one half", "sqlfluff the other"]
        )
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
