"""From a record to the JSON that Workable sends for it.

Contract: ``AtsRenderer(company, quirks)`` and ``HrisRenderer(company, quirks)`` hold no state but
those two; each method takes a record and returns a fresh dict of JSON values (texts, numbers, bools,
None, lists, dicts), ready for a JSON encoder. Which records are shown at all is decided by
``simulator.visible``; envelopes, paging and filters are the server's. For what a rendered record
depends on, and so how long it may be cached, see ``simulator.records``.
"""

from workable_elt.simulator.render.ats import AtsRenderer
from workable_elt.simulator.render.hris import HrisRenderer

__all__ = ["AtsRenderer", "HrisRenderer"]
