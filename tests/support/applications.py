"""The application on a database of a test's own: real adapters throughout, but for a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from rebalancer.bootstrap import open_application
from rebalancer.ports.application import Application
from rebalancer.settings import Settings

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


@dataclass
class MovableClock:
    """Implements the port ``Clock``; stands still until it is moved."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def settings_for(url: str, home: Path) -> Settings:
    return Settings(home=home, database_url=SecretStr(url), language="en")


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'home' / 'rebalancer.sqlite3'}"


@asynccontextmanager
async def opened(url: str, clock: MovableClock) -> AsyncIterator[Application]:
    async with open_application(settings_for(url, Path("/nonexistent")), clock) as app:
        yield app
