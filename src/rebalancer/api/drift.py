"""``/overview`` and ``/drift``: where the portfolio stands."""

from __future__ import annotations

from fastapi import APIRouter

from rebalancer.api.context import App, Context, PortfolioId
from rebalancer.api.models.drift import DriftList, OverviewBody
from rebalancer.api.problems import READING, documented
from rebalancer.workflows.measure_drift import measure_drift
from rebalancer.workflows.show_overview import show_overview

router = APIRouter(prefix="/portfolios/{portfolio_id}", tags=["drift"])


@router.get("/overview", operation_id="show_overview", responses=READING)
async def overview(portfolio_id: PortfolioId, context: Context) -> OverviewBody:
    """What the portfolio is worth, how it is spread, how far it is from its targets, and how old all that is."""
    return OverviewBody.of(await show_overview(context.application, portfolio_id), context.now())


@router.get("/drift", operation_id="measure_drift", responses={**READING, **documented(409)})
async def drift(portfolio_id: PortfolioId, app: App) -> DriftList:
    """Held weight minus target weight, per group that the targets name."""
    return DriftList.of(await measure_drift(app, portfolio_id))
