"""What a person sees when we are wrong: an id and generic words; the story goes to stderr only when it is asked for."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.ids import RandomIds
from rebalancer.cli import output
from rebalancer.cli.exits import ExitCode
from rebalancer.errors import RebalancerError

if TYPE_CHECKING:
    from types import TracebackType

_FRAMES_MAX: Final = 8


def report_failure(error: Exception, *, as_json: bool) -> ExitCode:
    """Tell that something unexpected happened.

    The problem document and the sentences name an id; one line on stderr ties that id to the kind of error and the
    lines of our code it came through. Neither holds a value: those may be the person's.
    """
    trace_id = RandomIds().new()
    output.note(f"{trace_id} {type(error).__name__} {_path_of(error.__traceback__)}")
    output.refuse(RebalancerError("unexpected", {"trace_id": trace_id}), as_json=as_json)
    return ExitCode.ERROR


def _path_of(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_FRAMES_MAX:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
