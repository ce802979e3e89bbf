"""Inspection: SQLite's own checks of its file. PostgreSQL looks after its files itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rebalancer.adapters.storage.failures import DAMAGED, failure_code
from rebalancer.adapters.storage.journal import transaction
from rebalancer.adapters.storage.migrate import HEAD, current_revision
from rebalancer.ports.database import Inspection

_DEFECTS_MAX: Final = 10
_SOUND: Final = "ok"


@dataclass(frozen=True, slots=True)
class SqlDatabase:
    """Implements the port ``Database``."""

    engine: AsyncEngine

    async def inspect(self, *, thorough: bool) -> Inspection:
        """Look for damage."""
        async with transaction(self.engine, write=False) as connection:
            name = connection.dialect.name
            revision = await connection.run_sync(current_revision)
            defects = await _sqlite_defects(connection, thorough=thorough) if name == "sqlite" else ()
        return Inspection(name, revision or "", HEAD, defects)


async def _sqlite_defects(connection: AsyncConnection, *, thorough: bool) -> tuple[str, ...]:
    """What SQLite's checks say; a file too damaged for them to end is the worst they can say."""
    try:
        return await _checked(connection, thorough=thorough)
    except DBAPIError as error:
        if failure_code(error) != DAMAGED:
            raise
        return (str(error.orig),)


async def _checked(connection: AsyncConnection, *, thorough: bool) -> tuple[str, ...]:
    check = "integrity_check" if thorough else "quick_check"
    rows = await connection.exec_driver_sql(f"PRAGMA {check}({_DEFECTS_MAX})")
    found = [str(row[0]) for row in rows if row[0] != _SOUND]
    if thorough:
        orphans = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).mappings().fetchmany(_DEFECTS_MAX)
        found += ["{table}: row {rowid} refers to nothing in {parent}".format_map(orphan) for orphan in orphans]
    return tuple(found[:_DEFECTS_MAX])
