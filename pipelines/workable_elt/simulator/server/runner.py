"""Running the simulator: in a thread of a test, in a process of its own, or until interrupted."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import socket
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timezone
from multiprocessing.connection import Connection
from types import TracebackType

import uvicorn

from workable_elt.simulator.company import CompanyPlan, generate
from workable_elt.simulator.quirks import Quirks, parse_quirks

from .access import Access, Token, new_secret
from .app import build_app
from .clock import Clock
from .control_client import ControlClient
from .encode import warm_up
from .ratelimit import RateLimiter
from .world import Tenant, World

LOOPBACK = "127.0.0.1"


class Simulator:
    """A running Workable on a loopback port.

    Use it as a context manager. It serves one account, or several; the token says which one a
    request means.

    Args:
        plan: What company to make up; several as a map from subdomain to plan.
        quirks: The switches, all of them or some by name; defaults for the others.
        rate_limit: Whether budgets are enforced.
        token: The value of the first account's token; drawn where left out. It may do everything.
        subdomain: Of the account; the made-up one where left out.
        clock: The server's time; where left out it starts at the company's present and runs.
        host: The address to bind.
        port: The port; 0 takes a free one.
        tenants: Accounts made before, in place of a plan.

    Attributes:
        world: What is served; on another thread, so change it through `control` while requests
            are under way.
        base_url: For a client, ``http://127.0.0.1:PORT/spi/v3``.
        token: An account token of the first account.
        control: The control surface.
    """

    def __init__(
        self,
        plan: CompanyPlan | Mapping[str, CompanyPlan] | None = None,
        *,
        quirks: Quirks | Mapping[str, str] | None = None,
        rate_limit: bool = False,
        token: str | None = None,
        subdomain: str | None = None,
        clock: Clock | None = None,
        host: str = LOOPBACK,
        port: int = 0,
        tenants: Sequence[Tenant] | None = None,
    ) -> None:
        if tenants is None:
            if isinstance(plan, Mapping):
                tenants = [make_tenant(each, name) for name, each in plan.items()]
            else:
                tenants = [make_tenant(plan or CompanyPlan(), subdomain)]
        self.token = token or new_secret()
        self.world = _world(tenants, self.token, quirks, clock, rate_limit=rate_limit)
        self._socket = _listen(host, port)
        address = self._socket.getsockname()
        self._address: tuple[str, int] = (address[0], address[1])
        self.root = f"http://{f'[{address[0]}]' if ':' in address[0] else address[0]}:{address[1]}"
        self.base_url = f"{self.root}/spi/v3"
        self.control = ControlClient(self.root, self.world.control_secret)
        self._server = uvicorn.Server(
            uvicorn.Config(
                build_app(self.world),
                lifespan="off",
                log_config=None,
                access_log=False,
                date_header=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=1,
                # A client that waits for its next window of requests must find its connection.
                timeout_keep_alive=75,
            )
        )
        self._thread: threading.Thread | None = None
        self._reopening: set[asyncio.Task[None]] = set()
        self.world.close_port = self._close_port
        _let_go_in_children(self)

    @property
    def tenant(self) -> Tenant:
        """The first account."""
        return next(iter(self.world.tenants.values()))

    @property
    def subdomain(self) -> str:
        """The first account's subdomain."""
        return self.tenant.subdomain

    def start(self) -> Simulator:
        """Serve from a thread of its own until `stop`."""
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)
        self._thread.start()
        return self

    def serve(self) -> None:
        """Serve from this thread until interrupted; for a process that does nothing else.

        Raises:
            KeyboardInterrupt: Somebody interrupted it; the server has shut down in order.
        """
        self.settle()
        self._run()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def _close_port(self, seconds: float) -> None:
        """Refuse connections for a while, and break those that stand; called in the server's loop."""
        for listening in self._server.servers:
            listening.close()
        self._socket.close()
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        task = asyncio.get_running_loop().create_task(self._reopen(seconds))
        self._reopening.add(task)
        task.add_done_callback(self._reopening.discard)

    async def _reopen(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._socket = _listen(*self._address)
        await self._server.startup(sockets=[self._socket])

    def settle(self) -> None:
        """Make the first reading of every page as fast as the next ones.

        Rows are rendered beforehand, and what exists leaves the garbage collector's sight: a
        company is millions of objects, and each full collection would walk them all. The latter
        is for the whole process.
        """
        warm_up(self.world)
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Stop serving and free the port."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=10)
        self.control.close()
        self._socket.close()

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def make_tenant(plan: CompanyPlan, subdomain: str | None = None) -> Tenant:
    """Make up a company that can be served.

    Args:
        plan: Of what size and kind.
        subdomain: Of its account; the made-up one where left out.
    """
    log = generate(plan)
    if subdomain is not None:
        log.account = replace(log.account, subdomain=subdomain)
    return Tenant.from_log(log)


def _listen(host: str, port: int) -> socket.socket:
    """Bind and listen, so that clients may connect before the server's loop runs."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    bound.listen(256)
    return bound


def _let_go_in_children(simulator: Simulator) -> None:
    """Have forked processes close the port: nobody answers there, and it could not be closed here."""
    known = weakref.ref(simulator)

    def let_go() -> None:
        if (one := known()) is not None and (descriptor := one._socket.detach()) >= 0:
            # The loop counts as a user of the socket, which for that would stay open after close().
            os.close(descriptor)

    os.register_at_fork(after_in_child=let_go)


def _world(
    tenants: Sequence[Tenant],
    token: str,
    quirks: Quirks | Mapping[str, str] | None,
    clock: Clock | None,
    *,
    rate_limit: bool,
) -> World:
    if quirks is None or not isinstance(quirks, Quirks):
        quirks = parse_quirks([f"{name}={value}" for name, value in (quirks or {}).items()])
    access = Access()
    access.add(Token(token, tenants[0].subdomain))
    for other in tenants[1:]:
        access.add(Token(new_secret(), other.subdomain))
    if clock is None:
        present = max(tenant.company.now for tenant in tenants)
        clock = Clock(datetime.fromtimestamp(present / 1000, timezone.utc))
    return World(
        tenants={tenant.subdomain: tenant for tenant in tenants},
        quirks=quirks,
        access=access,
        clock=clock,
        limiter=RateLimiter(enabled=rate_limit),
        control_secret=new_secret(),
    )


class SimulatorProcess:
    """A simulator in a process of its own, so that it takes no time from a measured client.

    The process ends with `stop`, or when this process dies.

    Args:
        plan: What company to make up.
        quirks: As for `Simulator`.
        rate_limit: As for `Simulator`.

    Attributes:
        base_url: For a client.
        token: An account token.
        control: The control surface.
    """

    def __init__(
        self,
        plan: CompanyPlan | None = None,
        *,
        quirks: Quirks | Mapping[str, str] | None = None,
        rate_limit: bool = False,
    ) -> None:
        named = asdict(quirks) if isinstance(quirks, Quirks) else dict(quirks or {})
        context = multiprocessing.get_context("spawn")
        self._pipe, child = context.Pipe()
        self._process = context.Process(
            target=_serve_in_child,
            args=(child, plan or CompanyPlan(), named, rate_limit),
            daemon=True,
        )
        self._process.start()
        child.close()
        try:
            self.root, self.token, self.subdomain, secret = self._pipe.recv()
        except EOFError:
            raise RuntimeError("the simulator's process ended before it was ready") from None
        self.base_url = f"{self.root}/spi/v3"
        self.control = ControlClient(self.root, secret)

    def stop(self) -> None:
        """End the process."""
        self.control.close()
        self._pipe.close()
        self._process.join(timeout=10)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(timeout=10)

    def __enter__(self) -> SimulatorProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _serve_in_child(
    pipe: Connection, plan: CompanyPlan, quirks: Mapping[str, str], rate_limit: bool
) -> None:
    # An interrupt at the terminal reaches this process too; its parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Simulator(plan, quirks=quirks, rate_limit=rate_limit) as simulator:
        simulator.settle()
        secret = simulator.world.control_secret
        pipe.send((simulator.root, simulator.token, simulator.subdomain, secret))
        try:
            pipe.recv()
        except EOFError:
            return
