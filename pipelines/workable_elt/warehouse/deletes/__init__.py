"""Decides which records are gone, and what becomes of their rows.

Workable sends no signal of a delete: a record is missing from a list that was read whole. Three
brakes stand before a tombstone: whose eyes read the list, a second question for each record, and a
limit on how many may go at once.
"""

from workable_elt.warehouse.deletes.counts import Deletes
from workable_elt.warehouse.deletes.scene import Scene
from workable_elt.warehouse.deletes.settling import Settling

__all__ = ["Deletes", "Scene", "Settling"]
