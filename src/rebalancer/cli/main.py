"""The entry of the command line: runs a command, turns errors into documents and exit codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from rebalancer.cli import output
from rebalancer.cli.commands import root
from rebalancer.cli.exits import ExitCode
from rebalancer.cli.language import take_language
from rebalancer.domain.money import install_decimal_context
from rebalancer.errors import InputError, RebalancerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_INTERRUPTED = 130  # What shells expect after Ctrl+C.


def main() -> NoReturn:
    """Run the command that the arguments of this process name, and leave with its exit code."""
    install_decimal_context()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and tell its exit code; no exception leaves.

    Args:
        arguments: Everything after the program's name.
    """
    try:
        return _run(arguments)
    except (BrokenPipeError, output.ReaderGoneError):
        return _reader_gone()


def _run(arguments: Sequence[str]) -> int:
    as_json = "--json" in arguments
    try:
        chosen, rest = take_language(arguments)
        output.use_language(chosen)
        result = root()(args=rest, prog_name="rebalancer", standalone_mode=False)
        sys.stdout.flush()
    except RebalancerError as error:
        return output.refuse(error, as_json=as_json)
    except typer.TyperException as error:
        return _usage(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except (BrokenPipeError, output.ReaderGoneError):
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: a person gets words and an id, never a traceback
        return _unexpected(error, as_json=as_json)
    return result if isinstance(result, int) else ExitCode.DONE


def _usage(error: typer.TyperException, *, as_json: bool) -> int:
    """A command line that does not parse; a bare noun shows its help instead."""
    words = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        output.line(words)
        return ExitCode.DONE if not as_json else ExitCode.USAGE
    output.refuse(InputError("usage", {"message": words}), as_json=as_json)
    return ExitCode.USAGE


def _reader_gone() -> int:
    """Whoever read our output (``head``, say) has left; that is no error of ours, and nothing more is written."""
    sys.stdout = None  # the interpreter would flush into the closed pipe at exit
    return ExitCode.DONE


def _unexpected(error: Exception, *, as_json: bool) -> int:
    from rebalancer.cli.failures import report_failure

    return report_failure(error, as_json=as_json)


if __name__ == "__main__":
    main()
