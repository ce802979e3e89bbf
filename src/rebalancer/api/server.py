"""Running the server: sockets on this machine only, and a clean end when it is asked to stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final

import uvicorn

from rebalancer.errors import ConflictError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.types import ASGIApp

_ADDRESSES: Final = {
    "localhost": ("127.0.0.1", "::1"),
    "127.0.0.1": ("127.0.0.1",),
    "::1": ("::1",),
}
_BACKLOG: Final = 128
_GRACE_S: Final = 10
_NO_ADDRESS: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


def bind_local(host: str, port: int) -> tuple[socket.socket, ...]:
    """Open listening sockets on this machine's own addresses; ``localhost`` takes IPv4 and, where there is one, IPv6.

    Args:
        host: ``localhost``, ``127.0.0.1`` or ``::1``.
        port: Port to listen on; 0 takes a free one.

    Raises:
        InputError: ``host_not_local``: any other host; without log-in nobody else may reach the server.
        ConflictError: ``port_in_use``.
    """
    addresses = _ADDRESSES.get(host)
    if addresses is None:
        raise InputError("host_not_local", {"value": host[:80]})
    sockets: list[socket.socket] = []
    for address in addresses:
        wanted = sockets[0].getsockname()[1] if sockets else port
        try:
            sockets.append(_listening(address, wanted))
        except OSError as error:
            if error.errno in _NO_ADDRESS and len(addresses) > 1:
                continue  # A machine without IPv6, or without IPv4.
            for opened in sockets:
                opened.close()
            raise ConflictError("port_in_use", {"port": str(wanted), "reason": error.strerror or ""}) from error
    return tuple(sockets)


def _listening(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # Named in full: asyncio sends small answers at once only on sockets that say that they are TCP.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((address, port))
        opened.listen(_BACKLOG)
    except OSError:
        opened.close()
        raise
    return opened


async def run_server(app: ASGIApp, sockets: Sequence[socket.socket], announce: Callable[[], None]) -> None:
    """Serve until the process is told to stop, then finish what is at work, for ten seconds at most.

    Args:
        app: What to serve.
        sockets: Where to listen.
        announce: Called once the server answers.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = _Server(config, announce)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.handle_exit, number, None)
    try:
        await server.serve(sockets=list(sockets))
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """Announces itself, and leaves signals to us: uvicorn would raise them again and cut our own clean-up off."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # uvicorn's is a generator
        """Nothing: the loop's own handlers are set."""
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce."""
        await super().startup(sockets)
        self._announce()
