"""Require a sound database: nothing is served from a damaged one."""

from __future__ import annotations

from rebalancer.errors import StorageError
from rebalancer.ports.application import Application


async def require_sound_database(app: Application) -> None:
    """Have every page of the database looked at once.

    Raises:
        StorageError: ``database_damaged``, with the first defect.
    """
    inspection = await app.database.inspect(thorough=False)
    if inspection.defects:
        raise StorageError("database_damaged", {"defect": inspection.defects[0][:200]})
