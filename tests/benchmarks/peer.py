"""The peer: dlt's generic REST source, configured by hand as a data engineer would do it today."""

from __future__ import annotations

from typing import Any


def load_generic(root: str, token: str, database: str, folder: str) -> dict[str, Any]:
    """Load candidates, their details, jobs and employees.

    Incremental where the API can say what has changed, merged on the id, parquet (which is much
    quicker than dlt's default of INSERT statements), details of several candidates at once.
    """
    import dlt
    from dlt.sources.rest_api import rest_api_source

    source = rest_api_source(_configuration(root, token), max_table_nesting=0)
    pipeline = dlt.pipeline(
        "generic",
        destination=dlt.destinations.duckdb(database),
        dataset_name="generic",
        pipelines_dir=folder,
    )
    pipeline.run(source, loader_file_format="parquet")
    counts = pipeline.last_trace.last_normalize_info.row_counts if pipeline.last_trace else {}
    tables = ("candidates", "candidate_details", "jobs", "employees")
    return {"rows": sum(counts.get(name, 0) for name in tables)}


def _configuration(root: str, token: str) -> Any:
    changed = {
        "start_param": "updated_after",
        "cursor_path": "updated_at",
        "initial_value": "1970-01-01T00:00:00Z",
    }
    links = {"type": "json_link", "next_url_path": "paging.next"}
    pages = {
        "type": "offset",
        "limit": 100,
        "total_path": "total_count",
    }
    return {
        "client": {
            "base_url": f"{root}/spi/v3/",
            "auth": {"type": "bearer", "token": token},
        },
        "resource_defaults": {"primary_key": "id", "write_disposition": "merge"},
        "resources": [
            _list("candidates", links, {"limit": 100}, changed),
            _list("jobs", links, {"limit": 100}, changed),
            _list("employees", pages, {}, None),
            {
                "name": "candidate_details",
                "parallelized": True,
                "endpoint": {
                    "path": "candidates/{resources.candidates.id}",
                    "data_selector": "candidate",
                    "paginator": "single_page",
                },
            },
        ],
    }


def _list(
    name: str, paginator: dict[str, Any], params: dict[str, Any], changed: dict[str, Any] | None
) -> dict[str, Any]:
    endpoint: dict[str, Any] = {
        "path": name,
        "data_selector": name,
        "paginator": paginator,
        "params": params,
    }
    if changed is not None:
        endpoint["incremental"] = changed
    return {"name": name, "endpoint": endpoint}
