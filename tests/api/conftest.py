"""The API runs on the real adapters, with a database of its own and a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.support.api import Caller, client_of
from tests.support.applications import MovableClock, opened, sqlite_url


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def app(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Application]:
    async with opened(sqlite_url(tmp_path), clock) as application:
        yield application


@pytest.fixture
async def portfolio(app: Application) -> Portfolio:
    return await create_portfolio(app, "Main")


@pytest.fixture
async def client(app: Application) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as found:
        yield found


@pytest.fixture
async def caller(client: httpx.AsyncClient, portfolio: Portfolio) -> Caller:
    return Caller(client, portfolio.id)
