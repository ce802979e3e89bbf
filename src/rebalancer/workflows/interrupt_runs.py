"""Interrupt runs: what a crash left at work is told to have failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from rebalancer.ports.application import Application
from rebalancer.ports.journal import View
from rebalancer.ports.records import Change, Run, RunState

INTERRUPTED: Final = "interrupted"
RUN_LIFE_MAX: Final = timedelta(minutes=10)  # No plan takes as long: an older run has no process behind it.


async def interrupt_runs(app: Application, *, older_than: timedelta = RUN_LIFE_MAX) -> tuple[Run, ...]:
    """Let every run that is still at work, in any portfolio, fail with ``interrupted``.

    A run that ends after all, because it was another process's and alive, is stored as it ended.

    Args:
        app: The ports.
        older_than: Only runs that began at least this long ago; zero where nobody else can be at work.
    """
    begun_before = app.clock.now() - older_than

    async def left(view: View) -> list[Run]:
        return [run for run in await view.runs.running() if run.started_at <= begun_before]

    ended: list[Run] = []
    for portfolio in await app.journal.portfolios():
        async with app.journal.view(portfolio.id) as view:
            if not await left(view):
                continue
        async with app.journal.unit(portfolio.id) as unit:
            failed = [_failed(app, run) for run in await left(unit)]
            for run in failed:
                await unit.runs.finish(run)
            if failed:
                await unit.commit(*map(_change, failed))
        ended.extend(failed)
    return tuple(ended)


def _failed(app: Application, run: Run) -> Run:
    return replace(run, state=RunState.FAILED, finished_at=app.clock.now(), error=INTERRUPTED)


def _change(run: Run) -> Change:
    return Change("run_failed", run.id, {"kind": run.kind, "error": INTERRUPTED})
