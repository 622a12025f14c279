"""The commands, their options and their help. What they do is in `workable_elt.cli.commands`,
imported only when a command runs, so that ``--help`` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from workable_elt.cli import options as opt
from workable_elt.cli.answer import Answer
from workable_elt.cli.output import Output
from workable_elt.cli.shapes import EMPTY_BODIES

_EXIT_CODES = (
    "Exit codes: 0 all good · 1 failed · 2 wrong usage or configuration · "
    "3 partly loaded, the rest is committed · 4 busy, nothing was touched"
)

app = typer.Typer(
    name="workable-elt",
    help=(
        "Brings Workable's recruiting (ATS) and HR (HRIS) data into your own warehouse.\n\n"
        "No account at hand? `workable-elt demo` shows everything on a made-up company.\n\n"
        "With an account: set SOURCES__WORKABLE__SUBDOMAIN and SOURCES__WORKABLE__ACCESS_TOKEN, "
        "look with `workable-elt check`, then run `workable-elt run` as often as you like: "
        "it reads what changed."
    ),
    epilog=_EXIT_CODES,
    # Rich's help, with its markdown, takes more time to import than all the rest of a --help.
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def failure_body(arguments: list[str]) -> dict[str, Any]:
    """Give the object that a command prints when it could not even begin.

    Args:
        arguments: the command line; the command in it decides which keys are there.
    """
    command = next((word for word in arguments if not word.startswith("-")), "")
    return {"status": "failed", **EMPTY_BODIES.get(command, {})}


def _examples(*lines: str) -> str:
    """An epilog with examples and the exit codes."""
    return "\n\n".join(["Examples:", *lines, _EXIT_CODES])


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"workable-elt {version('workable-elt')}")
        raise typer.Exit


def _work(context: typer.Context, as_json: bool) -> Output:
    """The moment when a command starts to work: what libraries print goes to stderr from here."""
    output: Output = context.obj
    output.as_json = output.as_json or as_json
    output.take_over()
    return output


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Options before the command."""


@app.command(
    epilog=_examples(
        "workable-elt demo",
        "workable-elt demo --candidates 20000 --jobs 300 --employees 1500",
    )
)
def demo(
    context: typer.Context,
    account: opt.Accounts = None,
    candidates: Annotated[int, typer.Option(min=1, help="Candidates of the company.")] = 2000,
    jobs: Annotated[int, typer.Option(min=1, help="Jobs of the company.")] = 60,
    employees: Annotated[int, typer.Option(min=1, help="Employees of the company.")] = 300,
    years: Annotated[int, typer.Option(min=1, help="How long the company has existed.")] = 4,
    seed: Annotated[int, typer.Option(help="Another number is another company.")] = 1,
    database: opt.Database = Path("workable_demo.duckdb"),
    quiet: opt.Quiet = False,
    json: opt.Json = False,
) -> Answer:
    """Load a made-up company from a local Workable, build every table, show what is in them.

    Needs no account and no configuration, and nothing leaves this machine.
    """
    _work(context, json)
    from workable_elt.cli.commands.demo import demo_command
    from workable_elt.cli.company import CompanySize

    size = CompanySize(candidates, jobs, employees, years, seed)
    return demo_command(size, database, account or [], quiet=quiet)


@app.command(epilog=_examples("workable-elt check", "workable-elt check --account acme --json"))
def check(
    context: typer.Context,
    account: opt.Accounts = None,
    destination: opt.Destination = None,
    json: opt.Json = False,
) -> Answer:
    """Is the token valid, what does it let us see, and can the warehouse be written?

    Says for each account which scopes the token has, which tables each missing scope switches
    off, and through whose eyes HR data is read. Changes nothing.
    """
    _work(context, json)
    from workable_elt.cli.commands.inspect import check_command

    return check_command(account or [], destination)


@app.command(
    epilog=_examples("workable-elt plan", "workable-elt plan --exact --resource candidates")
)
def plan(
    context: typer.Context,
    account: opt.Accounts = None,
    resource: opt.Resources = None,
    full: opt.Full = False,
    depth: opt.DepthOption = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Ask Workable for the totals; costs list requests.")
    ] = False,
    destination: opt.Destination = None,
    json: opt.Json = False,
) -> Answer:
    """What would the next sync do: tables, requests, and time at the account's rate limit."""
    _work(context, json)
    from workable_elt.cli.commands.inspect import plan_command
    from workable_elt.cli.requests import LoadRequest

    request = LoadRequest.of(account, resource, full, depth, destination)
    return plan_command(request, exact=exact)


@app.command(
    epilog=_examples(
        "workable-elt load",
        "workable-elt load --resource candidates --resource jobs",
        "workable-elt load --depth list",
    )
)
def load(
    context: typer.Context,
    account: opt.Accounts = None,
    resource: opt.Resources = None,
    full: opt.Full = False,
    depth: opt.DepthOption = None,
    since: opt.Since = None,
    max_requests: opt.MaxRequests = None,
    max_minutes: opt.MaxMinutes = None,
    accept_deletes: opt.AcceptDeletes = None,
    destination: opt.Destination = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
) -> Answer:
    """Read from Workable what changed, and write the raw tables.

    Can be stopped at any time: what was committed stays, and the next load goes on from there.
    """
    _work(context, json)
    from workable_elt.cli.commands.load import load_command
    from workable_elt.cli.requests import LoadRequest

    request = LoadRequest.of(
        account,
        resource,
        full,
        depth,
        destination,
        since=since,
        accept_deletes=accept_deletes,
        max_requests=max_requests,
        max_minutes=max_minutes,
    )
    return load_command(request, quiet=quiet)


@app.command(
    epilog=_examples("workable-elt build", "workable-elt build --select +ats_applications")
)
def build(
    context: typer.Context,
    account: opt.Accounts = None,
    select: opt.Select = None,
    full_refresh: opt.FullRefresh = False,
    destination: opt.Destination = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
) -> Answer:
    """Build and test the unified tables from the raw ones, with dbt. Needs no token.

    The tables hold all accounts: --account is checked here, and narrows nothing.
    """
    _work(context, json)
    from workable_elt.cli.commands.build import build_command

    return build_command(
        destination, account or [], select or [], full_refresh=full_refresh, quiet=quiet
    )


@app.command(
    epilog=_examples(
        "workable-elt run",
        "workable-elt run --json > result.json",
        "workable-elt run --account acme --full",
    )
)
def run(
    context: typer.Context,
    account: opt.Accounts = None,
    resource: opt.Resources = None,
    full: opt.Full = False,
    depth: opt.DepthOption = None,
    since: opt.Since = None,
    max_requests: opt.MaxRequests = None,
    max_minutes: opt.MaxMinutes = None,
    accept_deletes: opt.AcceptDeletes = None,
    destination: opt.Destination = None,
    quiet: opt.Quiet = False,
    publish: opt.Publish = None,
    json: opt.Json = False,
) -> Answer:
    """Load, then build: what a scheduler calls.

    dbt is left out when no table changed since the last good build, the day (in the reporting
    time zone) is the same, and so is the version of the models.
    """
    _work(context, json)
    from workable_elt.cli.commands.run import run_command
    from workable_elt.cli.requests import LoadRequest

    request = LoadRequest.of(
        account,
        resource,
        full,
        depth,
        destination,
        since=since,
        accept_deletes=accept_deletes,
        max_requests=max_requests,
        max_minutes=max_minutes,
    )
    return run_command(request, publish=publish, quiet=quiet)


@app.command(epilog=_examples("workable-elt status", "workable-elt status --json"))
def status(
    context: typer.Context,
    account: opt.Accounts = None,
    destination: opt.Destination = None,
    json: opt.Json = False,
) -> Answer:
    """How fresh is each table: last complete sync, rows, backlog, unreadable records, deletes."""
    _work(context, json)
    from workable_elt.cli.commands.inspect import status_command

    return status_command(account or [], destination)


@app.command(
    epilog=_examples("workable-elt reconcile", "workable-elt reconcile --accept-deletes candidates")
)
def reconcile(
    context: typer.Context,
    account: opt.Accounts = None,
    resource: opt.Resources = None,
    max_requests: opt.MaxRequests = None,
    max_minutes: opt.MaxMinutes = None,
    accept_deletes: opt.AcceptDeletes = None,
    destination: opt.Destination = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
) -> Answer:
    """Read every list whole, find what was deleted in Workable, and say so in the tables.

    `run` and `load` do it by themselves every seven days (`reconcile_every`). Deletes of more
    than 20 records and 5 % of a table are held back until they are accepted.
    """
    _work(context, json)
    from workable_elt.cli.commands.reconcile import reconcile_command
    from workable_elt.cli.requests import LoadRequest

    request = LoadRequest.of(
        account,
        resource,
        False,
        None,
        destination,
        reconcile=True,
        accept_deletes=accept_deletes,
        max_requests=max_requests,
        max_minutes=max_minutes,
    )
    return reconcile_command(request, quiet=quiet)


@app.command(
    epilog=_examples("workable-elt quarantine", "workable-elt quarantine --resource offers --json")
)
def quarantine(
    context: typer.Context,
    account: opt.Accounts = None,
    resource: opt.Resources = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were read well since.")
    ] = False,
    destination: opt.Destination = None,
    json: opt.Json = False,
) -> Answer:
    """Which records could not be read, and why. Asks Workable nothing; shows no payload."""
    _work(context, json)
    from workable_elt.cli.commands.quarantine import quarantine_command

    return quarantine_command(
        account or [], resource or [], destination, include_resolved=everything
    )


@app.command(
    epilog=_examples(
        "workable-elt purge --candidate 4f2a9c",
        "workable-elt purge --employee 81 --whole-person",
    )
)
def purge(
    context: typer.Context,
    account: opt.Accounts = None,
    candidate: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--candidate", metavar="ID", help="Id of a candidate; repeat for several."),
    ] = None,
    employee: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--employee", metavar="ID", help="Id of an employee; repeat for several."),
    ] = None,
    whole_person: Annotated[
        bool,
        typer.Option(
            "--whole-person",
            help="Also the other records of the same person: same e-mail, relocated, hired.",
        ),
    ] = False,
    publish: opt.Publish = None,
    destination: opt.Destination = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
) -> Answer:
    """Remove one person everywhere, at once: for an erasure request. Prints a receipt.

    Delete the person in Workable first: what Workable still shows, the next load brings back.
    """
    _work(context, json)
    from workable_elt.cli.commands.purge import PurgeRequest, purge_command

    request = PurgeRequest(
        accounts=tuple(account or ()),
        candidates=tuple(candidate or ()),
        employees=tuple(employee or ()),
        whole_person=whole_person,
        publish=publish,
        destination=destination,
    )
    return purge_command(request, quiet=quiet)


@app.command(
    epilog=_examples(
        "workable-elt simulate",
        "workable-elt simulate --candidates 50000 --no-rate-limit",
        "workable-elt simulate --quirk total_key=totalCount",
        "workable-elt simulate --list-quirks",
    )
)
def simulate(
    context: typer.Context,
    account: opt.Accounts = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8787,
    candidates: Annotated[int, typer.Option(min=0, help="Candidates of the company.")] = 2000,
    jobs: Annotated[int, typer.Option(min=1, help="Jobs of the company.")] = 60,
    employees: Annotated[int, typer.Option(min=1, help="Employees of the company.")] = 300,
    years: Annotated[int, typer.Option(min=1, help="How long the company has existed.")] = 4,
    seed: Annotated[int, typer.Option(help="Another number is another company.")] = 1,
    quirk: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer on Python 3.10 reads the annotation
        typer.Option(
            "--quirk",
            metavar="NAME=VALUE",
            help="Behave in this way where Workable's behaviour is uncertain; repeatable.",
            show_default=False,
        ),
    ] = None,
    list_quirks: Annotated[
        bool, typer.Option("--list-quirks", help="Print all quirks with their values and exit.")
    ] = False,
    rate_limit: Annotated[
        bool, typer.Option(help="Allow 10 requests in 10 seconds, as Workable does, or any number.")
    ] = True,
    token: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The token to accept. Default: a generated one.", show_default=False),
    ] = None,
    json: opt.Json = False,
) -> Answer:
    """Run a local Workable with a made-up company, to develop and test any client against.

    Prints the address, the token and what to export, and serves until it is interrupted.
    """
    output = _work(context, json)
    from workable_elt.cli.commands import simulate as command
    from workable_elt.cli.company import CompanySize

    if list_quirks:
        return command.quirks_command()
    wanted = command.Simulation(
        host=host,
        port=port,
        company=CompanySize(candidates, jobs, employees, years, seed),
        quirks=tuple(quirk or ()),
        rate_limit=rate_limit,
        token=token,
        accounts=tuple(account or ()),
    )
    return command.simulate_command(wanted, output)


@app.command("dbt-path", epilog=_examples("dbt build --project-dir $(workable-elt dbt-path)"))
def dbt_path(
    context: typer.Context,
    account: opt.Accounts = None,  # noqa: ARG001 - every command takes it
    json: opt.Json = False,
) -> Answer:
    """Print the folder of the dbt project, for plain dbt. The same for every account."""
    _work(context, json)
    from workable_elt.transform.project import project_dir

    path = str(project_dir())
    return Answer(
        {"status": "ok", "path": path}, show=lambda console: console.print(path, soft_wrap=True)
    )
