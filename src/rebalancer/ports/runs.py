"""Runs: longer work and what came of it."""

from __future__ import annotations

from typing import Protocol

from rebalancer.ports.records import Run


class Runs(Protocol):
    """Runs of one portfolio."""

    async def start(self, run: Run) -> None:
        """Store a run that begins."""
        ...

    async def finish(self, run: Run) -> None:
        """Store how a run ended.

        Raises:
            NotFoundError: ``run_not_found``: it never began.
        """
        ...

    async def running(self) -> tuple[Run, ...]:
        """Runs that have not ended, oldest first."""
        ...

    async def find(self, run_id: str) -> Run | None:
        """One run, or None."""
        ...

    async def all(self, *, limit: int, after: str | None = None) -> tuple[Run, ...]:
        """Runs that began before the run ``after``, newest first, ``limit`` at most.

        Raises:
            NotFoundError: ``run_not_found``: there is no run ``after``.
        """
        ...
