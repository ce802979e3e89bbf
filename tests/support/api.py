"""The HTTP API in this process: the whole server, guards included, over a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from rebalancer.api.app import create_app
from rebalancer.ports.application import Application
from tests.support.files import HOLDINGS, TARGETS, table

BASE_URL = "http://localhost:8000"
PREFIX = "/api/v1"


@dataclass
class Caller:
    """A program that calls the API of one portfolio, with a new idempotency key for every POST."""

    client: httpx.AsyncClient
    portfolio: str
    keys: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{PREFIX}/portfolios/{self.portfolio}{path}"

    def key(self) -> dict[str, str]:
        self.keys.append(f"key-{len(self.keys):08d}")
        return {"idempotency-key": self.keys[-1]}

    async def get(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        return await self.client.get(self.at(path), **options)

    async def post(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        options["headers"] = {**self.key(), **options.get("headers", {})}
        return await self.client.post(self.at(path), **options)

    async def put(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        return await self.client.put(self.at(path), **options)

    async def delete(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        return await self.client.delete(self.at(path), **options)

    async def upload(self, path: str, data: bytes, name: str = "holdings.csv", **fields: str) -> httpx.Response:
        return await self.post(path, files={"file": (name, data)}, data=fields)

    async def hold(self, *rows: str, account: str = "Main") -> httpx.Response:
        """Import a small holdings file."""
        return await self.upload("/holdings/imports", table(*rows or HOLDINGS).data, account=account)

    async def aim(self, toml: str = TARGETS) -> httpx.Response:
        """Save targets."""
        return await self.post("/targets", json={"toml": toml})


@asynccontextmanager
async def client_of(application: Application, *, raises: bool = True) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server; ``raises`` lets what nobody caught reach the test."""
    transport = httpx.ASGITransport(create_app(application), raise_app_exceptions=raises)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, timeout=60) as client:
        yield client


def check_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer, checked for everything that every problem has."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    problem: dict[str, Any] = answer.json()
    assert (problem["code"], problem["status"]) == (code, status), answer.text
    assert problem["type"] == f"urn:rebalancer:problem:{code}"
    for part in ("title", "detail", "remedy"):
        assert problem[part], part
        assert f"error.{code}" not in problem[part], "the text is missing from the catalogue"
    assert problem["trace_id"] == answer.headers["x-request-id"]
    return problem
