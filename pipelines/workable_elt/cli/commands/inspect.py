"""`check`, `plan` and `status`: what is there, and what would happen."""

from __future__ import annotations

from collections.abc import Sequence

from workable_elt.cli.answer import Answer
from workable_elt.cli.outcome import with_error
from workable_elt.cli.requests import LoadRequest
from workable_elt.cli.show_state import show_check, show_plan, show_status
from workable_elt.config import read_config
from workable_elt.exits import EXIT_OK, exit_code_of
from workable_elt.warehouse import check, plan, status


def check_command(accounts: Sequence[str], destination: str | None) -> Answer:
    """Try what a load needs.

    Raises:
        UserError: the configuration cannot be used.
    """
    report = check(read_config(destination=destination), accounts=tuple(accounts))
    problems = [account.error for account in report.accounts if account.error]
    body = with_error(report.to_json(), report.warehouse_error or next(iter(problems), None))
    code = report.warehouse_exit_code or exit_code_of(report.status)
    return Answer(body, code, lambda console: show_check(console, body))


def plan_command(request: LoadRequest, *, exact: bool) -> Answer:
    """Say what a load would do.

    Raises:
        UserError: wrong names, a wrong configuration, or a warehouse that fails.
    """
    report = plan(
        read_config(destination=request.destination),
        accounts=request.accounts,
        resources=request.resources,
        full=request.full,
        depth=request.depth,
        exact=exact,
    )
    problems = [account.error for account in report.accounts if account.error]
    body = with_error(report.to_json(), next(iter(problems), None))
    return Answer(body, exit_code_of(report.status), lambda console: show_plan(console, body))


def status_command(accounts: Sequence[str], destination: str | None) -> Answer:
    """Describe what was loaded.

    An account without a complete load is in the answer, and no failure of the command itself.

    Raises:
        UserError: nothing was loaded, the configuration cannot be used, or the warehouse fails.
    """
    report = status(read_config(destination=destination), accounts=tuple(accounts))
    body = report.to_json()
    return Answer(body, EXIT_OK, lambda console: show_status(console, body))
