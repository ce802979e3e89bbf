"""Versions of the targets."""

from __future__ import annotations

from typing import Protocol

from rebalancer.ports.records import TargetVersion


class TargetVersions(Protocol):
    """Targets of one portfolio. Versions are only ever added; the highest counts."""

    async def current(self) -> TargetVersion | None:
        """The version that counts, or None when nothing was saved yet."""
        ...

    async def find(self, version: int) -> TargetVersion | None:
        """One version, or None."""
        ...

    async def all(self, *, limit: int, before: int | None = None) -> tuple[TargetVersion, ...]:
        """Versions below ``before``, newest first, ``limit`` at most."""
        ...

    async def add(self, version: TargetVersion) -> None:
        """Store the next version; its number is one above the current one's."""
        ...
