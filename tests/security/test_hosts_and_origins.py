"""Nobody but this machine's own page and programs is served."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from rebalancer.api.app import create_app
from rebalancer.ports.application import Application
from tests.support.api import PREFIX, Caller, check_problem

URL = f"{PREFIX}/portfolios"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
async def test_this_machine_is_served_by_each_of_its_names(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get(URL, headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost",
        "localhost:80",
        "localhost:8001",
        "localhost.evil.example:8000",
        "127.0.0.1.nip.io:8000",
        "127.0.0.2:8000",
        "0.0.0.0:8000",
        "localhost:8000@evil.example",
        "",
    ],
)
@pytest.mark.parametrize("path", [URL, "/", "/livez", "/docs"])
async def test_any_other_host_is_refused_everywhere(client: httpx.AsyncClient, host: str, path: str) -> None:
    check_problem(await client.get(path, headers={"host": host}), 421, "host_not_allowed")


async def test_a_forwarded_host_changes_nothing(client: httpx.AsyncClient) -> None:
    headers = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    answer = await client.get(URL, headers=headers)
    assert answer.status_code == 200
    assert "strict-transport-security" not in answer.headers


async def test_over_tls_the_browser_is_told_to_stay_there(app: Application) -> None:
    transport = httpx.ASGITransport(create_app(app))
    async with httpx.AsyncClient(transport=transport, base_url="https://localhost:8443") as client:
        assert "max-age" in (await client.get(URL)).headers["strict-transport-security"]


OWN = [
    {},
    {"origin": "http://localhost:8000"},
    {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
]
FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "http://localhost:9000"},
    {"origin": "https://localhost:8000"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://localhost:8000", "sec-fetch-site": "cross-site"},
]


@pytest.mark.parametrize("headers", OWN)
async def test_our_page_and_programs_may_change_things(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post(URL, json={"name": "Own"}, headers={"idempotency-key": "own", **headers})
    assert answer.status_code == 201


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_page_of_another_origin_changes_nothing(caller: Caller, headers: dict[str, str]) -> None:
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", URL, {"json": {"name": "Foreign"}}),
        ("POST", caller.at("/holdings/imports"), {"files": {"file": ("h.csv", b"x")}, "data": {"account": "a"}}),
        ("PUT", caller.at("/places/Kraken"), {"json": {"kind": "cold"}}),
        ("DELETE", caller.at("/prices"), {}),
    ]
    for method, url, body in requests:
        sent = {**caller.key(), **headers}
        answer = await caller.client.request(method, url, headers=sent, **body)
        check_problem(answer, 403, "origin_not_allowed")
    listed = (await caller.client.get(URL)).json()["items"]
    assert [item["name"] for item in listed] == ["Main"]


async def test_a_form_that_claims_to_be_text_is_no_json(caller: Caller) -> None:
    body = b'{"name": "Foreign"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        headers = {"content-type": kind, **caller.key()}
        assert (await caller.client.post(URL, content=body, headers=headers)).status_code == 422


async def test_no_other_origin_is_ever_allowed_to_read(client: httpx.AsyncClient) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for answer in (await client.options(URL, headers=asked), await client.get(URL, headers=asked)):
        assert not [name for name in answer.headers if name.startswith("access-control-")]
