"""Lints the dbt project: `dbt parse` with warnings as errors, no machine time, sqlfluff.

Run it from anywhere, in a clean clone too: what dbt writes goes to a temporary folder, and no
warehouse is needed (nothing in the project asks one while it compiles).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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


def _project_files() -> Iterator[Path]:
    for folder in ("models", "macros", "tests", "snapshots", "analyses"):
        yield from sorted((PROJECT / folder).rglob("*.sql"))


def check_machine_time() -> bool:
    """Print every use of the machine's clock; true when there is none."""
    findings = [
        f"{path.relative_to(ROOT)}:{line}: asks the machine for the time ({word}); "
        "use as_of() or today()"
        for path in _project_files()
        for line, word in machine_time(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(findings) or "machine time: none")
    return not findings


def _run(arguments: list[str], scratch: Path) -> bool:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "DESTINATION__DUCKDB__CREDENTIALS": str(scratch / "lint.duckdb"),
        "WORKABLE_ELT_DESTINATION": "duckdb",
        "DBT_PROFILES_DIR": str(PROJECT),
        "DBT_TARGET_PATH": str(scratch / "target"),
        "DBT_LOG_PATH": str(scratch / "logs"),
        "DO_NOT_TRACK": "1",
    }
    print("$", " ".join(arguments), flush=True)
    return subprocess.run(arguments, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> int:
    """Run all lints, the later ones even if one fails."""
    with tempfile.TemporaryDirectory(prefix="workable-elt-lint-") as folder:
        scratch = Path(folder)
        parse = ["dbt", "--warn-error", "--quiet", "parse", "--project-dir", str(PROJECT)]
        lint = ["sqlfluff", "lint", "--processes", "2", "--disable-progress-bar", "--nocolor"]
        # Macros are linted where models call them.
        lint += [str(PROJECT / folder) for folder in ("models", "snapshots", "tests")]
        examples = ["sqlfluff", "lint", "--nocolor", "--disable-progress-bar"]
        examples += ["--templater", "raw", str(ROOT / "examples")]
        passed = [
            check_machine_time(),
            _run(parse, scratch),
            _run(lint, scratch),
            _run(examples, scratch),
        ]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
