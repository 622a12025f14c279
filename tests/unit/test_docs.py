"""The documentation names what the code has: tables, configuration keys, dropped columns."""

import re
from pathlib import Path

import pytest
import yaml
from examples import render
from tests import describe_sources
from tests.lint_sql import machine_time

from workable_elt import config
from workable_elt.settings import DEFAULT_DROP, RESOURCES
from workable_elt.warehouse.tables import SERVICE_TABLES

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "dbt_project"
README = (ROOT / "README.md").read_text()
METRICS = {page.name: page.read_text() for page in sorted((ROOT / "docs").glob("metrics*.md"))}


def unified_models() -> set[str]:
    return {path.stem for path in (PROJECT / "models/unified").rglob("*.sql")}


def marts() -> set[str]:
    return {path.stem for path in (PROJECT / "models/marts").rglob("*.sql")}


def named(text: str) -> set[str]:
    """The words that stand alone between backticks, as names do."""
    return set(re.findall(r"`(\w+)`", text))


def dimensions() -> set[str]:
    """What MetricFlow groups by: the entity of a semantic model and its dimension."""
    file = PROJECT / "models/semantic/semantic_models.yml"
    found = {"metric_time"}
    for model in yaml.safe_load(file.read_text())["semantic_models"]:
        entity = next(one["name"] for one in model["entities"] if one["type"] == "primary")
        found.update(f"{entity}__{dimension['name']}" for dimension in model["dimensions"])
    return found


def anchors(page: str) -> set[str]:
    """What a link may name after the #, as GitHub makes it from the page's headings."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_lists_every_unified_table_and_no_other() -> None:
    listed = set(re.findall(r"^\| `((?:ats|hris)_\w+)` \|", README, re.MULTILINE))
    assert listed == unified_models()


def test_the_readme_lists_every_mart_and_no_other() -> None:
    part = README.split("| mart | one row is |")[1].split("\n\n")[0]
    listed = set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE))
    assert listed == marts()


def test_the_metrics_pages_name_every_mart() -> None:
    assert marts() <= named("".join(METRICS.values()))


def test_the_metrics_pages_name_nothing_that_the_project_lacks() -> None:
    """A renamed column or seed would leave its old name behind."""
    files = [path for end in ("yml", "sql", "csv") for path in PROJECT.rglob(f"*.{end}")]
    known = {path.stem for path in files} | dimensions() | {"workable_marts"}
    known.update(*(re.findall(r"\w+", path.read_text()) for path in files))
    assert named("".join(METRICS.values())) <= known


def test_the_metrics_page_names_every_metric_of_the_semantic_layer() -> None:
    file = PROJECT / "models/semantic/metrics.yml"
    metrics = {metric["name"] for metric in yaml.safe_load(file.read_text())["metrics"]}
    assert metrics <= named(METRICS["metrics.md"])


@pytest.mark.parametrize("page", [name for name in METRICS if name != "metrics.md"])
def test_every_metric_has_a_query(page: str) -> None:
    metrics = METRICS[page].split("\n### ")[1:]
    assert [text.split("\n")[0] for text in metrics if "\n```sql\n" not in text] == []


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


def test_links_to_a_heading_find_it() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text()):
            linked = page.parent / target if target else page
            assert anchor in anchors(linked.read_text()), f"{page.name} links to {target}#{anchor}"


@pytest.mark.parametrize("query", render.queries(), ids=lambda path: path.stem)
def test_the_examples_page_says_what_the_query_says(query: Path) -> None:
    assert render.section(query) in (ROOT / "examples/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("query", render.queries(), ids=lambda path: path.stem)
def test_an_example_counts_from_the_data_and_not_from_the_machines_clock(query: Path) -> None:
    assert machine_time(query.read_text(encoding="utf-8")) == []


def exposures() -> dict[str, dict]:
    pages = yaml.safe_load((PROJECT / "models/_exposures.yml").read_text())
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


def test_dbt_describes_the_columns_of_every_raw_table() -> None:
    text = describe_sources.FILE.read_text(encoding="utf-8")
    assert describe_sources.described(text) == text, "run tests/describe_sources.py"
    (source,) = yaml.safe_load(text)["sources"]
    columns = {
        table["name"]: {column["name"]: column["description"] for column in table["columns"]}
        for table in source["tables"]
        if "columns" in table
    }
    without_models = {"_leases"}
    assert columns == {
        name: words
        for name, words in describe_sources.declared().items()
        if name not in without_models
    }
