"""`simulate`: the local Workable alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from workable_elt.cli.answer import TOLD, Answer
from workable_elt.cli.company import CompanySize
from workable_elt.cli.output import Output
from workable_elt.cli.show import grid
from workable_elt.cli.signals import stoppable
from workable_elt.exits import UsageError, UserError
from workable_elt.simulator.company import CompanyPlan
from workable_elt.simulator.quirks import QUIRKS, UnknownQuirkError, parse_quirks
from workable_elt.simulator.server.runner import Simulator


@dataclass(frozen=True)
class Simulation:
    """What to simulate; see the options of the command."""

    host: str
    port: int
    company: CompanySize
    quirks: tuple[str, ...]
    rate_limit: bool
    token: str | None
    accounts: tuple[str, ...]

    def plans(self) -> CompanyPlan | dict[str, CompanyPlan]:
        """Give the company, or one for each account, all of this size with another seed.

        Raises:
            UsageError: no such company can be made up.
        """
        size = self.company
        if not self.accounts:
            return size.plan()
        return {
            account: replace(size, seed=size.seed + number).plan()
            for number, account in enumerate(self.accounts)
        }


def simulate_command(wanted: Simulation, output: Output) -> Answer:
    """Serve until interrupted; what a client needs is told as soon as the port is open.

    Raises:
        UserError: a quirk does not exist, or the address cannot be listened on.
    """
    try:
        quirks = parse_quirks(wanted.quirks)
        simulator = Simulator(
            wanted.plans(),
            quirks=quirks,
            rate_limit=wanted.rate_limit,
            token=wanted.token,
            host=wanted.host,
            port=wanted.port,
        )
    except UnknownQuirkError as error:
        raise UsageError(str(error), "See `workable-elt simulate --list-quirks`.") from None
    except OSError as error:
        raise UserError(
            "cannot_listen",
            f"Cannot listen on {wanted.host}, port {wanted.port}: {error.strerror or error}.",
            "Give another --port; 0 takes a free one.",
        ) from None
    # Whoever has read what is told may end it at once.
    with stoppable() as stop:
        _tell(simulator, output)
        simulator.settle()
        try:
            simulator.start()
            stop.event.wait()
        finally:
            simulator.stop()
    return TOLD


def _tell(simulator: Simulator, output: Output) -> None:
    environment = {
        "SOURCES__WORKABLE__SUBDOMAIN": simulator.subdomain,
        "SOURCES__WORKABLE__ACCESS_TOKEN": simulator.token,
        "SOURCES__WORKABLE__BASE_URL": simulator.base_url,
    }
    if output.as_json:
        tokens = simulator.world.access.tokens.values()
        output.json(
            {
                "status": "ok",
                "base_url": simulator.base_url,
                "token": simulator.token,
                "accounts": [{"subdomain": t.account, "token": t.value} for t in tokens],
                "environment": environment,
            }
        )
        return
    lines = [
        f"A local Workable is serving at {simulator.base_url}",
        f"Its token: {simulator.token}",
        "",
        "In another terminal:",
        *(f"  export {name}={value}" for name, value in environment.items()),
        "  workable-elt run",
        "",
    ]
    others = list(simulator.world.access.tokens.values())[1:]
    lines += [f"Further account {token.account}, its token: {token.value}" for token in others]
    output.text("\n".join([*lines, "Ctrl-C ends it.", ""]))


def quirks_command() -> Answer:
    """List the switches."""
    quirks = [
        {
            "name": quirk.name,
            "values": list(quirk.values),
            "default": quirk.default,
            "about": quirk.about,
            "note": quirk.note,
        }
        for quirk in QUIRKS.values()
    ]

    def show(console: Any) -> None:
        table = grid("quirk", "values, default first", "about")
        for quirk in QUIRKS.values():
            table.add_row(quirk.name, " | ".join(quirk.values), quirk.about)
        console.print(table)

    return Answer({"status": "ok", "quirks": quirks}, show=show)
