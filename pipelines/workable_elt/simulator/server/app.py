"""The simulator as one ASGI application: the API below ``/spi/v3``, the controls beside it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp

from . import (
    ats_account,
    ats_candidates,
    ats_jobs,
    control,
    hris_orgchart,
    hris_people,
    hris_time,
    writes_ats,
    writes_hris,
)
from .gate import Gate
from .routing import Routes
from .world import World

_MODULES = (
    ats_account,
    ats_candidates,
    ats_jobs,
    hris_orgchart,
    hris_people,
    hris_time,
    writes_ats,
    writes_hris,
)


def api_routes() -> Routes:
    """Give all endpoints below ``/spi/v3``."""
    routes = Routes()
    for module in _MODULES:
        module.add_routes(routes)
    return routes


def build_app(world: World) -> ASGIApp:
    """Give the application.

    Args:
        world: Accounts, tokens, clock and switches; tests may keep it and change it.

    Returns:
        An ASGI application; every request runs on one thread from start to end, so what the
        endpoints and controls change needs no locks.
    """
    return Gate(world, api_routes(), Starlette(routes=control.routes(world)))
