"""The simulator's HTTP face: a local Workable that answers over real HTTP on a loopback port.

- ``runner`` starts it: `Simulator` in a thread or until interrupted, `SimulatorProcess` beside a
  measured client. ``control`` and ``control_client`` steer it from a test.
- ``gate`` lets requests in (``access``, ``ratelimit``, ``faults``, ``spoil`` and ``steering``), ``routing`` finds
  the endpoint, ``ats_*`` and ``hris_*`` answer reads, ``writes_*`` the common writes. ``paging``,
  ``params``, ``encode`` and ``errors`` are what endpoints share; ``world`` is all that is served.
- ``chaos`` draws a set of faults from a seed: ``control.inject(*chaos(seed).rules, seed=seed)``.
- Every request runs from start to end on one thread, so nothing here takes a lock.

Several accounts live behind one address: the token says which one ``/spi/v3`` means. A user token
sees every job unless its sight is narrowed (`access.Token.shortcodes`); it is not derived from
hiring teams. Not served: talent pool and file writes, custom attribute and requisition writes,
members' and time entries' writes, document uploads, webhooks (``/subscriptions`` answers as an
account without any does).
"""

from .chaos import CHAOS_KINDS, CONTENT, MEANWHILE, TRANSPORT, Chaos, chaos

__all__ = ["CHAOS_KINDS", "CONTENT", "MEANWHILE", "TRANSPORT", "Chaos", "chaos"]
