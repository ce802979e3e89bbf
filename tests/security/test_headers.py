"""Every route answers with the security headers, and what is private is never kept by a cache."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

from rebalancer.api.app import PREFIX, ROUTERS
from rebalancer.api.headers import import_map_hash
from rebalancer.api.pages import INDEX
from tests.support.api import Caller

ROUTES = [
    (method, PREFIX + route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]
PAGES = ["/", "/app.js", "/tokens.css", "/docs", "/docs/docs.js", "/nothing", "/livez", "/readyz"]


def filled(path: str, portfolio: str) -> str:
    """The path with the portfolio and some word in its places."""
    return re.sub(r"\{[^}]*\}", "word", path.replace("{portfolio_id}", portfolio))


def check_headers(answer: httpx.Response) -> None:
    for name, value in {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }.items():
        assert answer.headers[name] == value, name
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy.replace("https", "http"), "no third-party host"
    assert "server" not in answer.headers
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_route_answers_with_security_headers_and_no_store(caller: Caller, method: str, path: str) -> None:
    answer = await caller.client.request(method, filled(path, caller.portfolio), headers=caller.key())
    check_headers(answer)
    # What the program is, is not private; a browser may keep it and must ask whether it still holds.
    assert answer.headers["cache-control"] == ("private, no-cache" if path == f"{PREFIX}/about" else "no-store")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_and_file_answers_with_security_headers(caller: Caller, path: str) -> None:
    answer = await caller.client.get(path)
    check_headers(answer)
    assert answer.headers["cache-control"] in {"no-cache", "no-store"}


@pytest.mark.parametrize("path", ["/", "/app.js", "/nothing"])
async def test_the_page_runs_its_own_modules_and_its_import_map_alone(caller: Caller, path: str) -> None:
    policy = (await caller.client.get(path)).headers["content-security-policy"]
    found = re.search(rb'<script type="importmap">(.*?)</script>', INDEX.read_bytes(), re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1]).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe-inline" not in policy


async def test_the_docs_load_nothing_from_elsewhere(caller: Caller) -> None:
    page = await caller.client.get("/docs")
    assert "http://" not in page.text
    assert "https://" not in page.text
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(sources) == 4
    for source in sources:
        assert (await caller.client.get(source)).status_code == 200, source
    assert "script-src 'self';" in page.headers["content-security-policy"]


def test_a_page_without_an_import_map_has_no_hash(tmp_path: Path) -> None:
    assert import_map_hash(tmp_path / "none.html") is None


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/%2e%2e/errors.py", "/..%2f..%2f__init__.py", "/.git/config", "/pages/../../errors.py"],
)
async def test_no_file_outside_the_page_can_be_reached(caller: Caller, path: str) -> None:
    answer = await caller.client.get(path)
    assert answer.status_code == 404
    assert "RebalancerError" not in answer.text
