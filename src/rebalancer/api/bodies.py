"""Limits on what a request may carry, applied before anything reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from rebalancer.api.problems import problem_response
from rebalancer.errors import InputError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB: Final = 1024 * 1024
BODY_BYTES_MAX: Final = MIB
UPLOAD_BYTES_MAX: Final = 50 * MIB + 256 * 1024  # A file of 50 MB, and the envelope of its form.
# A browser shows our answer only when we have read what it sends; beyond this the connection is cut instead.
_DRAIN_BYTES_MAX: Final = 256 * MIB
_UPLOADS: Final = ("/holdings/preview", "/holdings/imports", "/prices", "/markets")


class BodyTooLargeError(InputError):
    """More bytes arrived than the address takes."""


class BodyLimit:
    """Refuses a body above the limit of its address, by its declared length or by what really arrives."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = bytes_max(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared) > limit:
            await _drain(receive)
            await problem_response(_too_large(limit), scope)(scope, receive, send)
            return
        counted = _Counted(receive, limit)
        await self._app(scope, counted, _Refusing(counted, scope, receive, send))


def bytes_max(path: str) -> int:
    """Most bytes that a body at this address may have."""
    return UPLOAD_BYTES_MAX if path.endswith(_UPLOADS) else BODY_BYTES_MAX


class _Counted:
    """The same stream, which fails once more than ``limit`` bytes have come (a chunked body declares no length)."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._seen = 0
        self.limit = limit

    @property
    def exceeded(self) -> bool:
        """Whether more came than may."""
        return self._seen > self.limit

    async def __call__(self) -> Message:
        """The next part of the body."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self.exceeded:
            if message.get("more_body", False):
                await _drain(self._receive, self._seen)
            raise _too_large(self.limit)
        return message


class _Refusing:
    """Whatever a reader makes of a body that broke off, the caller is told that it was too large."""

    def __init__(self, counted: _Counted, scope: Scope, receive: Receive, send: Send) -> None:
        self._counted = counted
        self._request = (scope, receive, send)
        self._told = False

    async def __call__(self, message: Message) -> None:
        """Send one part of the answer, or the refusal once in place of all of it."""
        scope, receive, send = self._request
        if not self._counted.exceeded:
            await send(message)
        elif not self._told:
            self._told = True
            await problem_response(_too_large(self._counted.limit), scope)(scope, receive, send)


async def _drain(receive: Receive, seen: int = 0) -> None:
    """Read and forget the rest of a body, so that the sender gets to see the answer."""
    while seen <= _DRAIN_BYTES_MAX:
        message = await receive()
        seen += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


def _too_large(limit: int) -> BodyTooLargeError:
    return BodyTooLargeError("body_too_large", {"bytes_max": str(limit), "mib_max": str(limit // MIB)})
