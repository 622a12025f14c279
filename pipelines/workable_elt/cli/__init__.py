"""The command line. Thin: it reads options, calls the layers, shows what they report."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys

from workable_elt.cli.answer import TOLD, Answer
from workable_elt.cli.output import Output, error_line
from workable_elt.cli.signals import Interrupted, Watch, interrupted
from workable_elt.exits import EXIT_OK, EXIT_USAGE
from workable_elt.leftovers import remove_leftovers

__all__ = ["main"]


def main() -> None:
    """Entry point of ``workable-elt``: run the command in ``sys.argv`` and end the process."""
    watch = Watch()
    watch.listen()
    code = run(sys.argv[1:], watch)
    remove_leftovers()
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    if watch.first is None:
        # Shared semaphores are given back there.
        atexit._run_exitfuncs()
    # All is told and closed. A command that was left behind is waited for by nobody, and the
    # interpreter's own end would let libraries complain about threads.
    os._exit(code)


def run(arguments: list[str], watch: Watch | None = None) -> int:
    """Run one command line.

    Args:
        arguments: without the program's name.
        watch: has the signals of this process, where it is ours.

    Returns:
        The exit code. With ``--json`` among the arguments exactly one JSON object is on standard
        output by then, whatever happened.
    """
    # Looked for before the arguments are parsed: a usage error has to be an object, too.
    output = Output(as_json="--json" in arguments)
    watch = watch or Watch()
    if output.as_json:
        output.take_over()
    try:
        answer = _answer(arguments, output, watch)
        return _tell(answer, output)
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does, or has got the same signal.
        return EXIT_OK if watch.first is None else 128 + watch.first
    finally:
        output.give_back()


def _answer(arguments: list[str], output: Output, watch: Watch) -> Answer:
    from workable_elt.cli.app import app, failure_body
    from workable_elt.cli.failures import as_user_error, print_details, silence_libraries

    def work() -> object:
        return app(arguments, prog_name="workable-elt", standalone_mode=False, obj=output)

    silence_libraries()
    try:
        result = watch.run(work)
        return result if isinstance(result, Answer) else Answer({"status": "ok"})
    except (Exception, KeyboardInterrupt, Interrupted) as failure:  # noqa: BLE001 - the edge of the program
        print_details(failure)
        # Once a signal has come, whatever the work ended with is its consequence.
        error = interrupted(watch.first) if watch.first else as_user_error(failure)
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
