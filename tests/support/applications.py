"""The application on a database of a test's own: real adapters throughout, but for a clock that the test moves."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread

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


def migrate_database(url: str) -> None:
    """Bring a database to the schema of the code, on a thread of its own: the test's event loop is not disturbed."""

    async def migrate() -> None:
        async with opened(url, MovableClock()):
            pass

    thread = Thread(target=lambda: asyncio.run(migrate()))
    thread.start()
    thread.join()


@cache
def migrated_sqlite() -> bytes:
    """The bytes of an empty, migrated database."""
    with tempfile.TemporaryDirectory() as folder:
        migrate_database(sqlite_url(Path(folder)))
        return (Path(folder) / "home" / "rebalancer.sqlite3").read_bytes()


def fresh_sqlite(folder: Path) -> str:
    """Address of an empty, migrated database in a folder, copied instead of migrated anew."""
    home = folder / "home"
    home.mkdir(mode=0o700, parents=True)
    (home / "rebalancer.sqlite3").write_bytes(migrated_sqlite())
    return sqlite_url(folder)
