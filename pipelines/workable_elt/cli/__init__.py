"""The command line. Thin: it reads options, calls the layers, shows what they report."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys

from workable_elt.cli.answer import TOLD, Answer
from workable_elt.cli.output import Output, error_line
from workable_elt.cli.signals import Interrupted, Watch, interrupted
from workable_elt.exits import EXIT_FAILED, EXIT_USAGE
from workable_elt.garbage import look_less_often
from workable_elt.leftovers import remove_leftovers

__all__ = ["main"]


def main() -> None:
    """Entry point of ``workable-elt``: run the command in ``sys.argv`` and end the process.

    Raises:
        SystemExit: with the exit code, when no signal came.
    """
    look_less_often()
    _open_standard_streams()
    watch = Watch()
    watch.listen()
    code = EXIT_FAILED
    # What is registered first is called last: by then libraries have given back what they share
    # with other processes. All is told and closed, and the rest of the interpreter's end would
    # only let libraries complain about the command's thread, or about a closed standard output.
    atexit.register(lambda: os._exit(code))
    code = run(sys.argv[1:], watch)
    remove_leftovers()
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    if watch.first is not None:
        # The command may have been left behind; nobody waits for it.
        os._exit(code)
    sys.exit(code)


def _open_standard_streams() -> None:
    """Stand in for those that the caller has closed, as ``>&-`` does.

    The next file that is opened would take the place of one, and a database get what is printed.
    """
    for descriptor in range(3):
        if not _is_open(descriptor):
            os.open(os.devnull, os.O_RDWR)  # the lowest one that is free, which is this one
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


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
        try:
            _tell(answer, output)
        except BrokenPipeError:
            # Whoever read our output has seen enough, as `head` does, or has got the same signal.
            return answer.exit_code
        except OSError as error:
            error_line(f"The result cannot be written: {error.strerror}.", None)
            return answer.exit_code or EXIT_FAILED
        return answer.exit_code
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


def _tell(answer: Answer, output: Output) -> None:
    if answer is TOLD:
        return
    error = answer.body.get("error")
    if error:
        error_line(error["message"], error["hint"])
    if output.as_json:
        output.json(answer.body)
    elif answer.show is not None:
        console, buffer = output.console()
        answer.show(console)
        output.text(buffer.getvalue())
