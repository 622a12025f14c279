"""What becomes of people whose records are gone, blank, or back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from workable_elt.settings import RESOURCES
from workable_elt.warehouse.deletes.scene import Scene, Tables
from workable_elt.warehouse.erasure import blanked
from workable_elt.warehouse.erasure.subjects import chunks, places
from workable_elt.warehouse.slices import ServiceRow

KINDS = ("candidates", "employees")
"""Lists of people."""


def newly_anonymized(scene: Scene, known: Iterable[str]) -> set[str]:
    """Give the candidates whom the list shows without personal data for the first time.

    Args:
        scene: The account; what the list showed is in the warehouse.
        known: Ids of those who were seen so before.
    """
    rows = scene.reader.rows(
        "select id from candidates where account = %s and anonymized", scene.label
    )
    return {str(row[0]) for row in rows} - set(known)


def gone_rows(scene: Scene, people: Mapping[str, Iterable[str]]) -> Tables:
    """Give what is stored about people who are gone, without the personal parts.

    Args:
        scene: The account.
        people: Ids by list.
    """
    return blanked(scene.reader, scene.label, {kind: sorted(of) for kind, of in people.items()})


def blank_rows(
    scene: Scene, candidates: set[str], earlier: set[str], of_lists: Sequence[str]
) -> Tables:
    """Give what is stored about people who are still listed, but without personal data.

    What a list has shown in this run stays as it was shown, and so do their own rows.

    Args:
        scene: The account.
        candidates: Their ids.
        earlier: Ids of the records that were relocated into theirs.
        of_lists: The packages of this run's lists, whose rows need not be looked through: in a
            first load they are all that there is.
    """
    lists = [name for name in scene.names if RESOURCES[name].reading == "list"]
    people = {"candidates": sorted(candidates | earlier)}
    tables = blanked(scene.reader, scene.label, people, dict.fromkeys(lists, of_lists))
    for name in tables.keys() & set(lists):
        shown = [scene.seen(name), candidates if name == "candidates" else set()]
        rest = [_without(RESOURCES[name].key[0], part, shown) for part in tables[name]]
        tables[name] = [part for part in rest if part.num_rows]
    return {name: parts for name, parts in tables.items() if parts}


def _without(key: str, part: pa.Table, shown: Iterable[set[str]]) -> pa.Table:
    is_left = [not any(one in ids for ids in shown) for one in part[key].to_pylist()]
    return part.filter(pa.array(is_left, pa.bool_()))


def due_again(scene: Scene, resource: str, ids: Iterable[str]) -> list[ServiceRow]:
    """Make the rows by which everything is read again that is read record by record.

    A stream of a job is read from its beginning then.

    Args:
        scene: The account.
        resource: A list, such as ``jobs``.
        ids: Its records.
    """
    wanted = sorted(ids)
    children = [name for name, child in RESOURCES.items() if child.parent == resource]
    rows = [_never_visited(scene, child, parent) for child in children for parent in wanted]
    if resource == "candidates":
        rows += [_never_visited(scene, "job_activities", job) for job in _jobs_of(scene, wanted)]
    return rows


def streams_again(scene: Scene, candidates: Iterable[str]) -> list[ServiceRow]:
    """Make the rows by which the streams of some candidates' jobs are read from the beginning.

    The activities that a relocated candidate brings along lie behind the place where the stream
    of the new job would go on.
    """
    jobs = _jobs_of(scene, sorted(candidates))
    return [_never_visited(scene, "job_activities", job) for job in jobs]


def _jobs_of(scene: Scene, candidates: list[str]) -> list[str]:
    found: set[str] = set()
    for chunk in chunks(candidates):
        rows = scene.reader.rows(
            "select distinct (job ->> 'shortcode') from candidates where account = %s "
            f"and (job ->> 'shortcode') is not null and id in ({places(chunk)})",
            scene.label,
            *chunk,
        )
        found.update(str(row[0]) for row in rows)
    return sorted(found)


def _never_visited(scene: Scene, resource: str, parent: str) -> ServiceRow:
    return {
        "account": scene.label,
        "resource": resource,
        "parent_id": parent,
        "read_at": None,
        "listed_updated_at": None,
        "found": None,
    }
