"""Exit codes: what a command tells the shell it was run from."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rebalancer.errors import PlanRefusedError

if TYPE_CHECKING:
    from rebalancer.errors import RebalancerError


class ExitCode(IntEnum):
    """The seven answers."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    NOTHING_TO_DO = 3
    NEEDS_APPROVAL = 4
    REFUSED = 5
    SOURCE_FAILED = 6


# A refusal by a rule of the person's own targets file is a mistake in that file, not a check that denies.
_MISTAKES: Final = frozenset({"group_not_in_targets"})
_USAGE: Final = frozenset({"usage", "host_not_local"})


def exit_code_of(error: RebalancerError) -> ExitCode:
    """The exit code of an error that a command ends with."""
    if error.code in _USAGE:
        return ExitCode.USAGE
    if isinstance(error, PlanRefusedError) and error.code not in _MISTAKES:
        return ExitCode.REFUSED
    return ExitCode.ERROR
