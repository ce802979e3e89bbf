"""List runs, and find one."""

from __future__ import annotations

from rebalancer.errors import NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Run


async def list_runs(
    app: Application, portfolio_id: str, *, limit: int = 50, after: str | None = None
) -> tuple[Run, ...]:
    """Runs that began before the run ``after``, newest first.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``run_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return await view.runs.all(limit=limit, after=after)


async def find_run(app: Application, portfolio_id: str, run_id: str) -> Run:
    """One run.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``run_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        run = await view.runs.find(run_id)
    if run is None:
        raise NotFoundError("run_not_found", {"run": run_id[:80]})
    return run
