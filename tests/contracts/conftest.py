"""Every contract of a storage port is kept by SQLite and by PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.support.applications import MovableClock, opened, sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return sqlite_url(tmp_path) if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def app(database_url: str, clock: MovableClock) -> AsyncIterator[Application]:
    async with opened(database_url, clock) as application:
        yield application


@pytest.fixture
async def portfolio(app: Application) -> Portfolio:
    return await create_portfolio(app, "Main")
