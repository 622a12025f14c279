"""What a raw table is, in words: grain, key, cursor, disposition and the reasons.

Made of the table of resources, so that it cannot go stale; it is the docstring of each dlt
resource and the table's comment in the warehouse.
"""

from __future__ import annotations

from workable_elt.settings import Resource

_CURSORS = {
    "job_activities": "since_id (inclusive) where a run says from where on; ids only grow, edits "
    "of old rows are seen in candidate_activities",
    "events": "none; a run may give the first day of a window, since no filter tells of changes",
    "timeoff_requests": "none; a run may give the first day of a window, since no filter tells "
    "of changes",
    "time_entries": "none; a run may give the first day of a window, since no filter tells of "
    "changes",
}


def describe(resource: Resource) -> str:
    """Return the description of a resource's table."""
    return "\n".join(
        [
            resource.description,
            "",
            f"Read from GET {resource.endpoint} (scope {resource.scope}).",
            f"Key: {', '.join(resource.primary_key)}.",
            f"Cursor: {_cursor(resource)}.",
            f"Disposition: {_disposition(resource)}.",
        ]
    )


def _cursor(resource: Resource) -> str:
    if resource.name in _CURSORS:
        return _CURSORS[resource.name]
    if resource.has_updated_after:
        return (
            "updated_after, from the server's clock when the last complete listing began; the "
            "newest updated_at seen would skip what changed behind the page being read"
        )
    if resource.reading == "list":
        return "none, the API gives the list whole; unchanged rows are told by their hash"
    return f"none; whoever runs it says which rows of {resource.parent} are read again"


def _disposition(resource: Resource) -> str:
    if resource.replaced_whole:
        return (
            f"merge, one reading replaces all rows of its {resource.parent_key}: the API says "
            "nothing of items that are gone; a marker row makes that work for an empty reading"
        )
    return "merge on the key, the newest reading wins: a row may come again at any time"
