"""Engines: how connections to SQLite and PostgreSQL are made and what every transaction on them guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from rebalancer.adapters.storage.private_files import make_private_database
from rebalancer.errors import InputError

BUSY_TIMEOUT_S: Final = 5.0
WRITE: Final = "rebalancer_write"  # Execution option of a connection that will write.

_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is; ``file`` is None unless it is SQLite."""

    url: URL
    file: Path | None


def parse_address(text: str) -> Address:
    """Read a database address.

    Raises:
        InputError: ``database_url_invalid``: not an address, another engine, or a SQLite database without a file.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise InputError("database_url_invalid") from error
    driver = _DRIVERS.get(url.drivername)
    if driver is None or (driver.startswith("sqlite") and url.database in {None, "", ":memory:"}):
        raise InputError("database_url_invalid", {"engine": url.drivername})
    url = url.set(drivername=driver)
    return Address(url, Path(url.database or "").absolute() if driver.startswith("sqlite") else None)


def create_engine(address: Address, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> AsyncEngine:
    """Make an engine; on SQLite, make the file first, readable by its owner alone.

    Raises:
        InputError: ``database_not_private``, ``home_not_private`` and their kin.
    """
    if address.file is None:
        return _postgres(address.url, busy_timeout_s)
    make_private_database(address.file)
    return _sqlite(address.url, busy_timeout_s)


def _postgres(url: URL, busy_timeout_s: float) -> AsyncEngine:
    options = f"-c timezone=UTC -c lock_timeout={int(busy_timeout_s * 1000)}"
    engine = create_async_engine(
        url, pool_pre_ping=True, pool_timeout=busy_timeout_s, connect_args={"options": options, "connect_timeout": 10}
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(WRITE):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine


def _sqlite(url: URL, busy_timeout_s: float) -> AsyncEngine:
    engine = create_async_engine(url, pool_timeout=busy_timeout_s, connect_args={"timeout": busy_timeout_s})

    @event.listens_for(engine.sync_engine, "connect")
    def connect(dbapi: DBAPIConnection, _record: object) -> None:
        dbapi.isolation_level = None  # The driver must not begin transactions of its own kind.
        cursor = dbapi.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once: a unit never finds out at its end that another was faster.
        write = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
