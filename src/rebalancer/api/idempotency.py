"""Idempotency keys: a POST that is sent again has one effect and gets the first answer.

``Idempotency-Key`` is required on every POST that changes something. The same key with the same body gets the stored
answer, marked ``Idempotency-Replayed: true``; with another body it is refused, and while the first is at work too.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

from fastapi import Header
from starlette.datastructures import Headers
from starlette.responses import Response

from rebalancer.api.problems import had_no_effect
from rebalancer.errors import InputError
from rebalancer.ports.records import Answer
from rebalancer.workflows.answer_once import answer_once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from rebalancer.ports.application import Application

HEADER: Final = "idempotency-key"
REPLAYED: Final = "idempotency-replayed"
_PORTFOLIO: Final = re.compile(r"/api/v1/portfolios/(?P<id>[^/]+)/")

KeyHeader: TypeAlias = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="Of the caller's choosing, new for each request that is meant: a UUID, say.",
        examples=["0d4ac4a5-9f7c-4d8e-9a5e-1c2f3b4a5d6e"],
    ),
]


def require_key(idempotency_key: KeyHeader) -> str:
    """Dependency of every POST that changes something: it documents the header and marks the route."""
    return idempotency_key


_KEPT_HEADERS: Final = frozenset({"content-type", "content-language", "location", "etag"})
_BOUNDARY: Final = re.compile(rb'boundary="?(?P<boundary>[^";]+)"?')


class Idempotency:
    """Takes the key before the route runs and stores its answer after."""

    def __init__(self, app: ASGIApp, application: Application, keyed: Sequence[re.Pattern[str]]) -> None:
        self._app = app
        self._application = application
        self._keyed = keyed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request once, or repeat its answer."""
        if not self._needs_key(scope):
            await self._app(scope, receive, send)
            return
        key = Headers(scope=scope).get(HEADER)
        if key is None:
            raise InputError("idempotency_key_missing", {"header": "Idempotency-Key"})
        body = await _read(receive)
        recorder = _Recorder()

        async def work() -> Answer:
            await self._app(scope, _again(body, receive), recorder)
            if had_no_effect(recorder.status):
                raise _NoEffectError
            return recorder.answer()

        try:
            given = await answer_once(self._application, _scope_of(scope["path"]), key, body_hash(scope, body), work)
        except _NoEffectError:
            await recorder.send_to(send)
            return
        if given.replayed:
            headers = {**given.answer.headers, REPLAYED: "true"}
            await Response(given.answer.body, given.answer.status, headers)(scope, receive, send)
        else:
            await recorder.send_to(send)

    def _needs_key(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "POST":
            return False
        return any(route.match(scope["path"]) for route in self._keyed)


class _NoEffectError(Exception):
    """The request was refused, so its key is free again."""


class _Recorder:
    """Keeps an answer back until it is stored: what the caller has seen is what a repetition will see."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        """Keep one part of the answer."""
        self._messages.append(message)

    @property
    def status(self) -> int:
        """Status of the answer."""
        return int(self._messages[0]["status"])

    def answer(self) -> Answer:
        """The answer as it is stored."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in self._messages[0]["headers"]}
        kept = {name: value for name, value in headers.items() if name.lower() in _KEPT_HEADERS}
        return Answer(self.status, kept, b"".join(part.get("body", b"") for part in self._messages[1:]))

    async def send_to(self, send: Send) -> None:
        """Send the answer."""
        for message in self._messages:
            await send(message)


def _scope_of(path: str) -> str:
    """The portfolio that the request is about, else none."""
    found = _PORTFOLIO.match(path)
    return found["id"] if found else ""


def body_hash(scope: Mapping[str, object], body: bytes) -> str:
    """Hash of what the request says: address and body, without the boundary that a browser invents for each form."""
    kind = Headers(scope=dict(scope)).get("content-type", "").encode("latin-1")
    found = _BOUNDARY.search(kind)
    if found is not None:
        body = body.replace(b"--" + found["boundary"], b"--")
        kind = kind[: found.start()]
    address = f"{scope['method']} {scope['path']}\n".encode()
    return hashlib.sha256(b"\n".join((address, kind, body))).hexdigest()


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A stream that gives the body once more, and then what the connection says."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
