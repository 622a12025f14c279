"""The documentation names what the code has: tables, configuration keys, dropped columns."""

import re
from pathlib import Path

import pytest
import yaml
from examples import render
from tests.lint_sql import machine_time

from workable_elt import config
from workable_elt.settings import DEFAULT_DROP, RESOURCES
from workable_elt.warehouse.tables import SERVICE_TABLES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def unified_models() -> set[str]:
    return {path.stem for path in (ROOT / "dbt_project/models/unified").rglob("*.sql")}


def test_the_readme_lists_every_unified_table_and_no_other() -> None:
    listed = set(re.findall(r"^\| `((?:ats|hris)_\w+)` \|", README, re.MULTILINE))
    assert listed == unified_models()


def test_the_readme_lists_every_mart_and_no_other() -> None:
    part = README.split("| mart | one row is |")[1].split("\n\n")[0]
    listed = set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE))
    assert listed == {path.stem for path in (ROOT / "dbt_project/models/marts").rglob("*.sql")}


def test_the_readme_explains_every_configuration_key() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert set(config.CONFIGURATION_KEYS) <= explained


@pytest.mark.parametrize("name", [*RESOURCES, *SERVICE_TABLES])
def test_the_raw_table_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs/raw-tables.md").read_text()


@pytest.mark.parametrize("name", list(RESOURCES))
def test_the_raw_tables_scope_and_key_are_documented(name: str) -> None:
    resource = RESOURCES[name]
    row = next(
        line
        for line in (ROOT / "docs/raw-tables.md").read_text().splitlines()
        if line.startswith(f"| `{name}` |")
    )
    cells = [cell.strip() for cell in row.split("|")]
    assert cells[2:5] == [f"`{resource.endpoint}`", f"`{resource.scope}`", ", ".join(resource.key)]


@pytest.mark.parametrize("table", list(DEFAULT_DROP))
def test_the_privacy_page_names_each_table_with_dropped_columns(table: str) -> None:
    assert table in (ROOT / "docs/privacy.md").read_text()


def test_links_between_documents_lead_somewhere() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "examples/README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("query", render.queries(), ids=lambda path: path.stem)
def test_the_examples_page_says_what_the_query_says(query: Path) -> None:
    assert render.section(query) in (ROOT / "examples/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("query", render.queries(), ids=lambda path: path.stem)
def test_an_example_counts_from_the_data_and_not_from_the_machines_clock(query: Path) -> None:
    assert machine_time(query.read_text(encoding="utf-8")) == []


def exposures() -> dict[str, dict]:
    pages = yaml.safe_load((ROOT / "dbt_project/models/_exposures.yml").read_text())
    return {exposure["name"]: exposure for exposure in pages["exposures"]}


def test_every_example_is_an_exposure_and_no_other_is() -> None:
    assert set(exposures()) == {path.stem[3:] for path in render.queries()}


@pytest.mark.parametrize("query", render.queries(), ids=lambda path: path.stem)
def test_an_exposure_rests_on_what_its_query_reads(query: Path) -> None:
    exposure = exposures()[query.stem[3:]]
    sql = query.read_text(encoding="utf-8")
    read = set(re.findall(r"\bworkable(?:_marts)?\.([a-z_]+)", sql))
    assert set(exposure["depends_on"]) == {f"ref('{table}')" for table in read}
    assert exposure["url"].endswith(f"/examples/{query.name}")
    assert sql.startswith(f"-- {exposure['label']}\n")
