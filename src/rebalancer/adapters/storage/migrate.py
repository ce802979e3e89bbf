"""Migrations: bring a database to the schema of this code, wholly or not at all, and refuse one that is ahead of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from rebalancer.adapters.storage.journal import transaction
from rebalancer.errors import StorageError

HEAD: Final = "0001"
SCRIPTS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_236_003  # One process at a time migrates; any number serves that nothing else uses.


async def migrate_to_head(engine: AsyncEngine) -> None:
    """Upgrade the schema when it is behind; costs one query when it is not.

    Raises:
        StorageError: ``database_newer``: a newer program has changed it; ``database_busy`` and its kin.
    """
    async with transaction(engine, write=False) as connection:
        current = await connection.run_sync(current_revision)
    if current == HEAD:
        return
    async with transaction(engine, write=True) as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(_upgrade)
        await connection.commit()


def current_revision(connection: Connection) -> str | None:
    """Revision of the schema; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    # Alembic loads only when there is something to do: it would cost every command 0.1 s.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    current = current_revision(connection)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StorageError("database_newer", {"database": current, "program": HEAD})
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
