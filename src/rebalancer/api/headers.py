"""Security headers of every answer, whoever made it."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

DOCS_PATH: Final = "/docs"
API_PREFIX: Final = "/api/"
_PROBES: Final = frozenset({"/livez", "/readyz"})
_IMPORT_MAP: Final = re.compile(r'<script type="importmap">(?P<map>.*?)</script>', re.DOTALL)

_EVERYWHERE: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_SHARED_POLICY: Final = (
    "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data: blob:; manifest-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_YEAR_S: Final = 31_536_000


def import_map_hash(index: Path) -> str | None:
    """CSP source of the page's import map: ``'sha256-...'`` of the exact bytes between its tags; None without a map."""
    found = _IMPORT_MAP.search(index.read_bytes().decode("utf-8")) if index.is_file() else None
    if found is None:
        return None
    digest = hashlib.sha256(found["map"].encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def page_policy(map_hash: str | None) -> str:
    """Policy of the page: own modules and the import map alone, no inline style, no string ever becomes markup."""
    scripts = " ".join(["'self'", *([map_hash] if map_hash else [])])
    return (
        f"{_SHARED_POLICY}; script-src {scripts}; style-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def docs_policy() -> str:
    """Policy of ``/docs``: swagger-ui builds markup from strings and styles its elements inline."""
    return f"{_SHARED_POLICY}; script-src 'self'; style-src 'self' 'unsafe-inline'"


class SecurityHeaders:
    """Adds the headers to every answer; what lies under ``/api`` is never kept by a cache."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        self._app = app
        self._page_policy = page_policy(import_map_hash(index))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, complete)

    def _complete(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in _EVERYWHERE.items():
            headers[name] = value
        headers["content-security-policy"] = self._policy_of(scope["path"])
        headers.setdefault("cache-control", "no-store" if _is_data(scope["path"]) else "no-cache")
        if scope.get("scheme") == "https":
            headers["strict-transport-security"] = f"max-age={_YEAR_S}"

    def _policy_of(self, path: str) -> str:
        if _is_data(path):
            return _DATA_POLICY
        return docs_policy() if path == DOCS_PATH else self._page_policy


def _is_data(path: str) -> bool:
    return path.startswith(API_PREFIX) or path in _PROBES
