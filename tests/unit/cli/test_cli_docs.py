"""docs/cli.md names every command, option, exit code and error code, and no command that is gone."""

import re
from pathlib import Path

import pytest

from workable_elt import exits
from workable_elt.cli.app import app
from workable_elt.cli.failures import EXIT_INTERRUPTED, EXIT_TERMINATED
from workable_elt.transform import NOT_BUILT
from workable_elt.warehouse import (
    AccountReport,
    CheckReport,
    LoadReport,
    PlanReport,
    ResourceReport,
    StatusReport,
)
from workable_elt.warehouse.check import AccountCheck, ScopeCheck
from workable_elt.warehouse.plan import AccountPlan, Interval, PlannedResource
from workable_elt.warehouse.status import AccountState, ResourceState

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/cli.md").read_text()
CODE = ROOT / "pipelines/workable_elt"

COMMANDS = {info.name or info.callback.__name__: info.callback for info in app.registered_commands}


def options(command) -> set[str]:
    """The long names of a command's options, as the parser knows them."""
    import typer.main

    parser = typer.main.get_command(app).commands[command]
    return {name for option in parser.params for name in [*option.opts, *option.secondary_opts]}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_has_a_section_of_its_own(command):
    assert re.search(rf"^## {command}$", PAGE, re.MULTILINE)


def test_every_section_of_a_command_is_a_command():
    sections = set(re.findall(r"^## ([a-z-]+)$", PAGE, re.MULTILINE))
    assert sections == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_on_the_page(command):
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", PAGE))
    assert options(command) <= named


@pytest.mark.parametrize(
    "code",
    [
        exits.EXIT_OK,
        exits.EXIT_FAILED,
        exits.EXIT_USAGE,
        exits.EXIT_PARTIAL,
        exits.EXIT_BUSY,
        EXIT_INTERRUPTED,
        EXIT_TERMINATED,
    ],
)
def test_every_exit_code_is_on_the_page(code):
    assert f"\n| {code} |" in PAGE


def test_every_code_of_an_error_is_on_the_page():
    raised = set()
    for file in CODE.rglob("*.py"):
        raised |= set(re.findall(r'UserError\(\s*"(\w+)"', file.read_text()))
    raised |= {"usage", "configuration", "busy", "warehouse", "dbt_failed"}
    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert raised <= documented


def test_every_key_of_a_run_is_on_the_page():
    report = LoadReport("run", accounts=[AccountReport("acme", [ResourceReport("jobs")])])
    keys = {*report.to_json(), *NOT_BUILT.to_json()}
    keys |= {*report.accounts[0].to_json(), *report.accounts[0].resources[0].to_json()}
    assert {key for key in keys if f"{key}`" not in PAGE and f'"{key}"' not in PAGE} == set()


def test_every_key_of_check_plan_and_status_is_on_the_page():
    objects = [
        AccountCheck("acme", scopes=[ScopeCheck("r_jobs", "granted", [])]),
        CheckReport([], "w.duckdb"),
        PlanReport([AccountPlan("acme")], exact=False, database="w.duckdb"),
        AccountPlan("acme"),
        PlannedResource("jobs", "full", None, None, Interval(1, None)),
        StatusReport(),
        AccountState("acme", None, []),
        ResourceState("jobs", None, None, None, None, 0, None, 0, 0, 0),
    ]
    keys = {key for one in objects for key in one.to_json()}
    assert {key for key in keys if f'"{key}"' not in PAGE} == set()
