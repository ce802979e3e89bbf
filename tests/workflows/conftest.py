"""Workflows run on the real adapters, with a database of their own and a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.support.applications import MovableClock, fresh_sqlite, opened


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def app(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Application]:
    async with opened(fresh_sqlite(tmp_path), clock) as application:
        yield application


@pytest.fixture
async def portfolio(app: Application) -> Portfolio:
    return await create_portfolio(app, "Main")
