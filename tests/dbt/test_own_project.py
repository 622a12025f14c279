"""A company's own dbt project that takes ours as a package, as docs/own-dbt-project.md says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.dbt.kit import Warehouse

from workable_elt.transform import project_dir

_PROJECT = """
name: acme_analytics
profile: workable_elt
{dispatch}
seeds:
  workable_elt:
    source_categories:
      +enabled: false
vars:
  reporting_time_zone: Australia/Sydney
  as_of: '2026-05-01 09:30:00'
"""
_DISPATCH = """
dispatch:
  - macro_namespace: dbt
    search_order: [acme_analytics, workable_elt, dbt]
"""
_CATEGORIES = "source_category_raw,source_category\nJob boards,paid advertising\n"
_APPLICATIONS = """
select
    application_key,
    source_category,
    {{ workable_elt.local_date('created_at') }} as created_date,
    sources.category_of_ours
from {{ ref('workable_elt', 'ats_applications') }}
left join (select source_category as category_of_ours from {{ ref('source_categories') }}) as sources
    on sources.category_of_ours = source_category
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """The company's project, next to the warehouse."""
    folder = tmp_path / "acme_analytics"
    (folder / "seeds").mkdir(parents=True)
    (folder / "models").mkdir()
    (folder / "packages.yml").write_text(f"packages:\n  - local: {project_dir()}\n")
    (folder / "seeds" / "source_categories.csv").write_text(_CATEGORIES)
    (folder / "models" / "applications.sql").write_text(_APPLICATIONS)
    return folder


def test_own_seeds_and_variables_win_and_snapshots_insist_on_their_clock(
    tmp_path: Path, company: Path
) -> None:
    warehouse = Warehouse(tmp_path).create(
        {
            "candidates": [
                {
                    "id": "c1",
                    "job": {"shortcode": "J1"},
                    "common_source_category": "job boards",
                    "created_at": "2026-01-01 20:00:00",
                    "_read_seq": 1,
                }
            ]
        }
    )
    own = {"DBT_PROJECT_DIR": str(company)}
    chosen = ("--select", "+applications", "+link_person", "--exclude-resource-type")
    build = ("build", *chosen, "unit_test", "test")

    (company / "dbt_project.yml").write_text(_PROJECT.format(dispatch=""))
    warehouse.dbt("deps", **own)
    with pytest.raises(
        AssertionError, match=r"search_order: \[acme_analytics, workable_elt, dbt\]"
    ):
        warehouse.dbt(*build, **own)

    (company / "dbt_project.yml").write_text(_PROJECT.format(dispatch=_DISPATCH))
    warehouse.dbt(*build, **own)
    (row,) = warehouse.rows("select * from workable.applications")
    assert row["source_category"] == row["category_of_ours"] == "paid advertising"
    # 20:00 UTC is the morning of the second in Sydney.
    assert str(row["created_date"]) == "2026-01-02"
    links = warehouse.rows(
        "select candidate_key, dbt_valid_from from workable_snapshots.link_person"
    )
    assert links == [{"candidate_key": "acme:c1", "dbt_valid_from": datetime(2026, 5, 1, 9, 30)}]
