"""Random coherent things that happen after the log's present: what tests do between two runs.

Kinds of change are named; what signals one to a client decides its group:

- ``SIGNALLED``: a list row, an ``updated_at`` or a list that is read whole shows it.
- ``QUIET``: under the default quirks nothing on the candidate tells of it (messages, calendar events,
  edited ratings: ats.md, Corrections 1 and 2).
- ``RIPPLES``: a name or title changes that *other* records' JSON repeats without being touched.
- ``DESTRUCTIVE``: a record, or a part of one that is read as a record, vanishes or is blanked.
- ``RESTORING``: what was deleted comes back under its old id; fits only after a delete.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from workable_elt.simulator.changes.candidates import CandidateChanges
from workable_elt.simulator.changes.deletions import (
    AccountDeletions,
    JobDeletions,
    PeopleDeletions,
)
from workable_elt.simulator.changes.jobs import JobChanges
from workable_elt.simulator.changes.offers import OfferChanges
from workable_elt.simulator.changes.people import PeopleChanges
from workable_elt.simulator.changes.recorder import Change, Recorder
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.records import Candidate
from workable_elt.simulator.state import Company

SIGNALLED = (
    "applied",
    "sourced",
    "copied",
    "moved",
    "hired",
    "commented",
    "rated",
    "disqualified",
    "reverted",
    "tagged",
    "profile_updated",
    "offer_made",
    "offer_changed",
    "job_created",
    "job_changed",
    "job_state_changed",
    "requisition_created",
    "requisition_changed",
    "member_added",
    "member_deactivated",
    "department_created",
    "employee_created",
    "employee_published",
    "employee_moved",
    "employee_phone_changed",
    "employee_paid_more",
    "employee_left",
    "timeoff_requested",
    "timeoff_decided",
    "timeoff_cancelled",
    "document_added",
    "time_entry_added",
)
QUIET = ("messaged", "rating_edited", "event_scheduled", "event_cancelled", "assessed")
RIPPLES = (
    "candidate_renamed",
    "job_retitled",
    "member_renamed",
    "department_renamed",
    "employee_renamed",
)
DESTRUCTIVE = (
    "deleted",
    "relocated",
    "anonymized",
    "job_deleted",
    "event_deleted",
    "requisition_deleted",
    "stage_removed",
    "question_removed",
    "form_emptied",
    "team_member_removed",
    "team_emptied",
    "department_deleted",
    "reason_deleted",
    "custom_attribute_deleted",
    "tag_deleted",
    "employee_deleted",
    "balance_withdrawn",
    "balances_emptied",
    "timeoff_request_deleted",
)
RESTORING = ("candidate_restored", "job_restored", "employee_restored")
WITHOUT_DELETES = (*SIGNALLED, *QUIET, *RIPPLES)
ALL_KINDS = (*WITHOUT_DELETES, *DESTRUCTIVE, *RESTORING)

_ATTEMPTS = 40


def apply_random_changes(
    company: Company,
    log: EventLog,
    n: int,
    seed: int,
    *,
    kinds: Iterable[str] = WITHOUT_DELETES,
    now: int | None = None,
    eligible: Callable[[Candidate], bool] | None = None,
) -> list[Change]:
    """Let things happen: events are appended to the log and folded into the company.

    Args:
        company: The state, which stands at the log's end.
        log: The log.
        n: How many changes; each is one event or a few that belong together.
        seed: The same seed on the same company makes the same changes.
        kinds: Names of kinds, from ``ALL_KINDS``.
        now: The instant (epoch milliseconds) of the last change; default an hour after the log's
            present. Changes lie seconds apart, none before the log's present.
        eligible: Says which candidates may change; default all.

    Returns:
        What happened: kind and record id of each change, in order.

    Raises:
        ValueError: A kind does not exist, or no kind of those fits the company any more.
    """
    chosen = sorted(set(kinds))
    recorder = Recorder(company, log, random.Random(seed))
    if eligible is not None:
        recorder.eligible = eligible
    makers = {
        **CandidateChanges(recorder).makers(),
        **OfferChanges(recorder).makers(),
        **JobChanges(recorder).makers(),
        **PeopleChanges(recorder).makers(),
        **JobDeletions(recorder).makers(),
        **AccountDeletions(recorder).makers(),
        **PeopleDeletions(recorder).makers(),
    }
    if unknown := set(chosen) - makers.keys():
        raise ValueError(f"unknown kinds of change {sorted(unknown)}; there are {sorted(makers)}")
    began = log.now
    ends = now if now is not None else began + 3_600_000
    for index in range(n):
        recorder.at = max(began + index + 1, ends - (n - 1 - index) * 1_000)
        for _ in range(_ATTEMPTS):
            kind = recorder.rng.choice(chosen)
            record_id = makers[kind]()
            if record_id is not None:
                recorder.changes.append({"kind": kind, "id": record_id})
                break
        else:
            raise ValueError(f"none of the kinds {chosen} fits this company any more")
    log.now = max(log.now, ends)
    company.now = max(company.now, log.now)
    return recorder.changes
