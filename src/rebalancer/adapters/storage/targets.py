"""Versions of the targets."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import RowMapping

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import TARGET_VERSIONS
from rebalancer.ports.records import TargetVersion


@dataclass(frozen=True, slots=True)
class StoredTargets:
    """Implements the port ``TargetVersions``."""

    scope: Scope

    async def current(self) -> TargetVersion | None:
        """The highest version."""
        return next(iter(await self.all(limit=1)), None)

    async def find(self, version: int) -> TargetVersion | None:
        """One version."""
        row = await self.scope.one(TARGET_VERSIONS, version=version)
        return _version(row) if row is not None else None

    async def all(self, *, limit: int, before: int | None = None) -> tuple[TargetVersion, ...]:
        """A page, newest first."""
        query = self.scope.select(TARGET_VERSIONS).order_by(TARGET_VERSIONS.c.version.desc()).limit(limit)
        if before is not None:
            query = query.where(TARGET_VERSIONS.c.version < before)
        return tuple(_version(row) for row in await self.scope.all(query))

    async def add(self, version: TargetVersion) -> None:
        """Store the next version."""
        current = await self.current()
        assert version.version == (current.version if current is not None else 0) + 1, version.version
        await self.scope.add(TARGET_VERSIONS, **asdict(version))


def _version(row: RowMapping) -> TargetVersion:
    return TargetVersion(row["version"], row["toml"], row["note"], row["author"], row["saved_at"])
