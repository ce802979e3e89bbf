"""The outermost layer: gives each request its id, writes one log line about it, and answers for whatever nobody caught.

The line names the route's template, never the path: account names and ids in it are the person's business. Bodies,
queries and headers are not logged at all.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

import structlog
from starlette.datastructures import MutableHeaders

from rebalancer.api.problems import SERVER_ERROR, problem_response
from rebalancer.api.trace import begin_trace
from rebalancer.errors import RebalancerError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from structlog.typing import EventDict, WrappedLogger

    from rebalancer.ports.clock import Clock
    from rebalancer.ports.ids import Ids

REQUEST_ID: Final = "x-request-id"
_FOR_PROGRAMS: Final = (
    structlog.processors.dict_tracebacks,
    structlog.processors.JSONRenderer(ensure_ascii=True),
)
_FOR_PEOPLE: Final = (
    structlog.processors.format_exc_info,
    structlog.dev.ConsoleRenderer(colors=False),
)


class AccessLog:
    """One request, one id, one line."""

    def __init__(self, app: ASGIApp, ids: Ids, clock: Clock, *, as_json: bool) -> None:
        self._app = app
        self._ids = ids
        self._log = _logger(clock, as_json=as_json)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._ids.new()
        begin_trace(request_id)
        status: int | None = None

        async def observe(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, observe)
        except RebalancerError as error:
            await self._answer(error, scope, receive, observe, started=status is not None)
        except Exception as error:  # noqa: BLE001 - the last resort: the caller gets an id, the log gets the reason
            self._log.error("request_failed", trace_id=request_id, exc_info=error)
            unexpected = RebalancerError("unexpected", {"trace_id": request_id})
            await self._answer(unexpected, scope, receive, observe, started=status is not None)
        finally:
            self._write(scope, request_id, status, began)

    async def _answer(
        self, error: RebalancerError, scope: Scope, receive: Receive, send: Send, *, started: bool
    ) -> None:
        """Tell the caller, unless half an answer has left already: then only closing the connection is honest."""
        if started:
            raise error
        await problem_response(error, scope)(scope, receive, send)

    def _write(self, scope: Scope, request_id: str, status: int | None, began: float) -> None:
        route = scope.get("route")
        self._log.info(
            "request",
            trace_id=request_id,
            method=scope["method"],
            route=getattr(route, "path", "-"),
            status=status or SERVER_ERROR,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )


def _logger(clock: Clock, *, as_json: bool) -> structlog.typing.FilteringBoundLogger:
    def add_time(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        del logger, method
        event["at"] = clock.now().isoformat()
        return event

    log: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            add_time,
            *(_FOR_PROGRAMS if as_json else _FOR_PEOPLE),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
    )
    return log
