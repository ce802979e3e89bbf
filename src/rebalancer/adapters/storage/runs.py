"""Runs."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import RowMapping

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import RUNS
from rebalancer.errors import NotFoundError
from rebalancer.ports.records import Run, RunState


@dataclass(frozen=True, slots=True)
class StoredRuns:
    """Implements the port ``Runs``."""

    scope: Scope

    async def start(self, run: Run) -> None:
        """Store a run that begins."""
        number = await self.scope.next_number(RUNS)
        await self.scope.add(RUNS, id=run.id, number=number, kind=run.kind, started_at=run.started_at, **_outcome(run))

    async def finish(self, run: Run) -> None:
        """Store how it ended."""
        if await self.find(run.id) is None:
            raise _missing(run.id)
        await self.scope.put(RUNS, {"id": run.id}, **_outcome(run))

    async def running(self) -> tuple[Run, ...]:
        """Runs that have not ended."""
        query = self.scope.select(RUNS, state=RunState.RUNNING.value).order_by(RUNS.c.number)
        return tuple(_run(row) for row in await self.scope.all(query))

    async def find(self, run_id: str) -> Run | None:
        """One run."""
        row = await self.scope.one(RUNS, id=run_id)
        return _run(row) if row is not None else None

    async def all(self, *, limit: int, after: str | None = None) -> tuple[Run, ...]:
        """A page, newest first."""
        query = self.scope.select(RUNS).order_by(RUNS.c.number.desc()).limit(limit)
        if after is not None:
            row = await self.scope.one(RUNS, id=after)
            if row is None:
                raise _missing(after)
            query = query.where(RUNS.c.number < row["number"])
        return tuple(_run(row) for row in await self.scope.all(query))


def _outcome(run: Run) -> dict[str, object]:
    return {
        "state": run.state.value,
        "finished_at": run.finished_at,
        "result": run.result,
        "error": run.error,
        "numbers": json.dumps(dict(run.numbers), sort_keys=True),
    }


def _run(row: RowMapping) -> Run:
    return Run(
        row["id"],
        row["kind"],
        RunState(row["state"]),
        row["started_at"],
        row["finished_at"],
        row["result"],
        row["error"],
        json.loads(row["numbers"]),
    )


def _missing(run_id: str) -> NotFoundError:
    return NotFoundError("run_not_found", {"run": run_id[:80]})
