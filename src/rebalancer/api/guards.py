"""Guards before any route: is the request meant for us, and did our own page or a program send it?

Without log-in, these two keep every web site that the person visits from talking to the server on their machine: a
name that was re-bound to 127.0.0.1 fails the first (Host), a form or script of another origin fails the second (Origin,
Sec-Fetch-Site).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from rebalancer.api.problems import problem_response
from rebalancer.errors import InputError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_FETCH: Final = frozenset({"same-origin", "none"})
_DEFAULT_PORT: Final = 80


class HostGuard:
    """Refuses a request whose Host is not one of ours with the port that it arrived on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        hosts = Headers(scope=scope).getlist("host") if scope["type"] == "http" else None
        if hosts is not None and not (len(hosts) == 1 and hosts[0].casefold() in allowed_hosts(scope)):
            error = InputError("host_not_allowed", {"host": ", ".join(hosts)[:80]})
            await problem_response(error, scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class OriginGuard:
    """Refuses a state-changing request that a page of another origin sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not _is_own(scope):
            origin = Headers(scope=scope).get("origin", "")
            error = InputError("origin_not_allowed", {"origin": origin[:80]})
            await problem_response(error, scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def allowed_hosts(scope: Scope) -> frozenset[str]:
    """The names of this machine with the port that the request arrived on; without it where it is the default one."""
    server = scope.get("server") or ("localhost", _DEFAULT_PORT)
    port = server[1] or _DEFAULT_PORT
    with_port = {f"{name}:{port}" for name in LOCAL_NAMES}
    return frozenset(with_port | set(LOCAL_NAMES) if port == _DEFAULT_PORT else with_port)


def _is_own(scope: Scope) -> bool:
    """A program sends neither header; a browser sends both, and our page is of the same origin."""
    headers = Headers(scope=scope)
    fetched = headers.get("sec-fetch-site")
    if fetched is not None and fetched not in _OWN_FETCH:
        return False
    origins = headers.getlist("origin")
    own = f"{scope.get('scheme', 'http')}://{headers.get('host', '')}".casefold()
    return all(origin.casefold() == own for origin in origins)
