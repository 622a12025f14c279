"""The floors: what nobody can do without, done by the shortest program that does it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_pages(root: str, token: str, urls: str) -> dict[str, Any]:
    """Ask for addresses one after the other and throw the answers away.

    Args:
        root: Of the server.
        token: For its account.
        urls: File with the path and query of each request, a line each.
    """
    size = count = 0
    for body in _bodies(root, token, urls):
        size += len(body)
        count += 1
    return {"requests": count, "bytes": size}


def save_pages(root: str, token: str, urls: str, folder: str) -> dict[str, Any]:
    """Write the same answers to one file an endpoint, a line each; not measured."""
    files: dict[str, Any] = {}
    for url, body in zip(_lines(urls), _bodies(root, token, urls), strict=True):
        payload = json.loads(body)
        name = _name(url)
        if name not in files:
            files[name] = (Path(folder) / f"{name}.jsonl").open("wb")
        # DuckDB takes an array at the top of a line for its rows: those are wrapped.
        wrapped = payload if isinstance(payload, dict) else {"items": payload}
        files[name].write(json.dumps(wrapped).encode() + b"\n")
    for file in files.values():
        file.close()
    return {"files": len(files)}


def read_json(folder: str, database: str) -> dict[str, Any]:
    """Let DuckDB read the saved answers into tables, a row a record."""
    import duckdb

    rows = 0
    with duckdb.connect(database) as connection:
        for file in sorted(Path(folder).glob("*.jsonl")):
            source = (
                f"read_json('{file}', format = 'newline_delimited', "
                "maximum_object_size = 268435456, map_inference_threshold = -1)"
            )
            what = _records(file)
            connection.execute(f'create table "{file.stem}" as select {what} from {source}')
            (count,) = connection.execute(f'select count(*) from "{file.stem}"').fetchone() or (0,)
            rows += count
    return {"rows": rows}


def read_raw(database: str, schema: str) -> dict[str, Any]:
    """Let DuckDB read every value of every raw row once."""
    import duckdb

    rows = 0
    with duckdb.connect(database, read_only=True) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = ?", [schema]
        ).fetchall()
        for (name,) in tables:
            query = f'select count(*), bit_xor(hash(t)) from {schema}."{name}" as t'
            rows += (connection.execute(query).fetchone() or (0,))[0]
    return {"rows": rows}


def _bodies(root: str, token: str, urls: str) -> Iterator[bytes]:
    import httpx

    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=root, headers=headers, timeout=60, trust_env=False) as client:
        for url in _lines(urls):
            answer = client.get(url)
            answer.raise_for_status()
            yield answer.content


def _lines(file: str) -> list[str]:
    return Path(file).read_text().split()


def _name(url: str) -> str:
    """Name an address by what does not change: its collection and what is asked of a member."""
    parts = url.partition("?")[0].removeprefix("/spi/v3/").split("/")
    return "_".join([parts[0], *(["one"] if len(parts) == 2 else parts[2:])])


def _records(file: Path) -> str:
    """Say in SQL where the records are in the answers of a file."""
    with file.open() as lines:
        first = json.loads(next(lines))
    lists = [key for key, value in first.items() if isinstance(value, list)]
    inner = [key for key, value in first.items() if isinstance(value, dict)]
    if file.stem.endswith("_one") and len(first) == 1 and inner:
        return f'unnest("{inner[0]}")'
    if len(lists) == 1 and not file.stem.endswith("_one"):
        return f'unnest("{lists[0]}", max_depth := 2)'
    return "*"
