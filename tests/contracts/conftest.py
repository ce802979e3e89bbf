"""Every contract of a storage port is kept by SQLite and by PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.support.applications import MovableClock, fresh_sqlite, migrate_database, opened
from tests.support.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield fresh_sqlite(tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    database = server.create(server.template("journal", migrate_database))
    yield server.url(database)
    server.drop(database)


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
