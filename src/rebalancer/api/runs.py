"""``/runs``: what was done, when, and with what result."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from rebalancer.api.context import App, PortfolioId
from rebalancer.api.models.runs import RunBody, RunList
from rebalancer.api.paging import CursorParameter, LimitParameter
from rebalancer.api.problems import READING
from rebalancer.workflows.list_runs import find_run, list_runs

router = APIRouter(prefix="/portfolios/{portfolio_id}/runs", tags=["runs"])


@router.get("", operation_id="list_runs", responses=READING)
async def list_all(
    portfolio_id: PortfolioId, app: App, limit: LimitParameter = 50, cursor: CursorParameter = None
) -> RunList:
    """Runs, newest first."""
    found = await list_runs(app, portfolio_id, limit=limit + 1, after=cursor)
    shown = found[:limit]
    more = shown[-1].id if len(found) > limit else None
    return RunList(items=[RunBody.of(run) for run in shown], next_cursor=more)


@router.get("/{run_id}", operation_id="show_run", responses=READING)
async def show(portfolio_id: PortfolioId, run_id: Annotated[str, Path(max_length=64)], app: App) -> RunBody:
    """One run."""
    return RunBody.of(await find_run(app, portfolio_id, run_id))
