"""What holds for every command before it does anything: help, usage errors, one JSON object."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ["demo", "check", "plan", "load", "build", "run", "status", "simulate", "dbt-path"]
START = "from workable_elt.cli import main; main()"


def workable_elt(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", START, *arguments], capture_output=True, text=True, timeout=60
    )


def only_object(done: subprocess.CompletedProcess[str]) -> dict:
    (line,) = done.stdout.splitlines()
    return json.loads(line)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example_and_names_the_exit_codes(command):
    done = workable_elt(command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout
    assert "Exit codes:" in done.stdout
    assert "--account" in done.stdout
    assert "--json" in done.stdout


def test_help_lists_every_command():
    text = workable_elt("--help").stdout
    assert [command for command in COMMANDS if f" {command} " in text] == COMMANDS


def test_help_is_quick_because_nothing_heavy_is_imported():
    # Counted, not timed: `make bench` measures the seconds.
    code = (
        "import sys\n"
        "from workable_elt.cli import run\n"
        "heavy = {'dlt', 'dbt', 'duckdb', 'pyarrow', 'httpx', 'orjson', 'sqlglot', 'uvicorn',\n"
        "         'starlette', 'rich', 'markdown_it', 'pygments'}\n"
        "print(run(['--help']), sorted((heavy | {'pydantic'}) & set(sys.modules)))\n"
        "print(run(['load', '--help']), sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    told = [line for line in done.stdout.splitlines() if line.startswith("0 [")]
    assert told == ["0 []", "0 []"], (told, done.stderr)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_option_is_one_object_and_exit_code_2(command):
    done = workable_elt(command, "--json", "--no-such-option")
    answer = only_object(done)
    assert (done.returncode, answer["status"]) == (2, "failed")
    assert answer["error"]["code"] == "usage"
    assert "--no-such-option" in answer["error"]["message"]
    assert "--help" in answer["error"]["hint"]


def test_a_wrong_command_names_the_right_one():
    done = workable_elt("runn", "--json")
    assert done.returncode == 2
    assert "run" in only_object(done)["error"]["message"].replace("'runn'", "")


def test_a_failed_run_has_all_its_keys_from_the_start():
    answer = only_object(workable_elt("run", "--json", "--depth", "deep"))
    assert (answer["accounts"], answer["requests"], answer["rate_limited"]) == ([], 0, 0)
    assert answer["dbt"] == {
        "models": 0,
        "tests": 0,
        "passed": 0,
        "failed": 0,
        "warned": 0,
        "skipped": True,
    }


def test_an_error_for_a_person_is_on_stderr_with_its_next_step():
    done = workable_elt("load", "--depth", "deep")
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("Error: ")
    assert second.strip() == "Try `workable-elt load --help`."


def test_help_and_version_keep_standard_output_to_the_object():
    assert only_object(workable_elt("run", "--help", "--json")) == {"status": "ok"}


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert workable_elt("--version").stdout == f"workable-elt {version('workable-elt')}\n"


def test_dbt_path_is_a_folder_that_dbt_can_use():
    from pathlib import Path

    path = Path(only_object(workable_elt("dbt-path", "--json"))["path"])
    assert (path / "dbt_project.yml").is_file()
    assert workable_elt("dbt-path").stdout == f"{path}\n"


def test_a_reader_that_stops_reading_is_no_failure():
    process = subprocess.Popen(
        [sys.executable, "-c", START, "dbt-path"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(timeout=60) == 0
    assert err == ""


@pytest.mark.parametrize("json_asked", [["--json"], []])
@pytest.mark.parametrize(("arguments", "code"), [(["dbt-path"], 0), (["status", "--bogus"], 2)])
def test_exit_code_is_the_same_when_nobody_reads_the_output(arguments, code, json_asked):
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-c", START, *arguments, *json_asked],
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    finally:
        os.close(write)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_exit_code_is_the_same_when_the_streams_are_closed():
    program = "import sys, os; os.closerange(0, 3); os.execv(sys.executable, sys.argv[1:])"
    script = (
        "from workable_elt.cli import main\n"
        "import sys\n"
        "sys.argv[1:] = ['dbt-path', '--json']\n"
        "main()"
    )
    command = [sys.executable, "-c", program, sys.executable, "-c", script]
    assert subprocess.run(command, timeout=60).returncode == 0


def test_an_error_of_our_own_is_no_success():
    script = f"import workable_elt.cli as cli; cli.run = None; {START}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert done.returncode == 1


def test_a_result_that_cannot_be_written_is_no_success():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", START, "dbt-path", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert "The result cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
