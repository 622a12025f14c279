"""The demo: a made-up company all the way from HTTP to tested tables, with no configuration."""

from __future__ import annotations

from workable_elt.demo.journey import DemoReport, run_demo
from workable_elt.demo.summary import Summary

__all__ = ["DemoReport", "Summary", "run_demo"]
