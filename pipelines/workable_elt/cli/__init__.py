"""The command line. Thin: it reads options, calls the layers, shows what they report."""

from __future__ import annotations

import sys

from workable_elt.cli.answer import TOLD, Answer
from workable_elt.cli.output import Output, error_line
from workable_elt.exits import EXIT_OK, EXIT_USAGE

__all__ = ["main"]


def main() -> None:
    """Entry point of ``workable-elt``: run the command in ``sys.argv`` and end the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code. With ``--json`` among the arguments exactly one JSON object is on standard
        output by then, whatever happened.
    """
    # Looked for before the arguments are parsed: a usage error has to be an object, too.
    output = Output(as_json="--json" in arguments)
    if output.as_json:
        output.take_over()
    try:
        answer = _answer(arguments, output)
        return _tell(answer, output)
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does; that is no failure.
        return EXIT_OK
    finally:
        output.give_back()


def _answer(arguments: list[str], output: Output) -> Answer:
    from workable_elt.cli.app import app, failure_body
    from workable_elt.cli.failures import (
        EXIT_INTERRUPTED,
        Terminated,
        as_user_error,
        obey_termination,
        print_details,
        silence_libraries,
    )

    silence_libraries()
    obey_termination()
    try:
        result = app(arguments, prog_name="workable-elt", standalone_mode=False, obj=output)
        if isinstance(result, Answer):
            return result
        if result == EXIT_INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - typer has turned it into a number
        return Answer({"status": "ok"})
    except (Exception, KeyboardInterrupt, Terminated) as failure:  # noqa: BLE001 - the edge of the program
        print_details(failure)
        error = as_user_error(failure)
        if not error.message:  # no command was given, and the help has been printed
            return Answer({"status": "failed"}, EXIT_USAGE)
        body = {**failure_body(arguments), "error": error.to_json()}
        return Answer(body, error.exit_code)


def _tell(answer: Answer, output: Output) -> int:
    if answer is TOLD:
        return answer.exit_code
    error = answer.body.get("error")
    if error:
        error_line(error["message"], error["hint"])
    if output.as_json:
        output.json(answer.body)
    else:
        console, buffer = output.console()
        answer.show(console)
        output.text(buffer.getvalue())
    return answer.exit_code
