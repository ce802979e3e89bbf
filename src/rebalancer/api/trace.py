"""The id of the request at work, which its log line, its problem document and its answer share."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

_TRACE_ID: Final[ContextVar[str]] = ContextVar("trace_id", default="-")


def begin_trace(request_id: str) -> None:
    """Everything in this task, and in the threads it starts, belongs to this request from here on."""
    _TRACE_ID.set(request_id)


def trace_id() -> str:
    """Id of the request at work; ``-`` outside of one."""
    return _TRACE_ID.get()
