"""How each type of event changes the state: one handler a type.

A handler never changes the event, nor keeps a mutable part of it: folding a log twice gives the same
company twice.
"""

from __future__ import annotations

from typing import Any

from workable_elt.simulator.fold.account import ACCOUNT_HANDLERS
from workable_elt.simulator.fold.candidates import CANDIDATE_HANDLERS
from workable_elt.simulator.fold.deletions import DELETION_HANDLERS
from workable_elt.simulator.fold.people import PEOPLE_HANDLERS

HANDLERS: dict[type, Any] = {
    **ACCOUNT_HANDLERS,
    **CANDIDATE_HANDLERS,
    **PEOPLE_HANDLERS,
    **DELETION_HANDLERS,
}
