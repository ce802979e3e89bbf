"""``/portfolios``: the portfolios of this installation."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from rebalancer.api.context import App, Context, PortfolioId
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.portfolios import NewPortfolio, PortfolioBody, PortfolioList
from rebalancer.api.problems import CREATED, READING, WRITING
from rebalancer.workflows.create_portfolio import create_portfolio, find_portfolio, list_portfolios

router = APIRouter(prefix="/portfolios", tags=["portfolios"])


@router.get("", operation_id="list_portfolios", responses=READING)
async def list_all(context: Context) -> PortfolioList:
    """Every portfolio, oldest first."""
    found = await list_portfolios(context.application)
    return PortfolioList(items=[PortfolioBody.of(portfolio, demo=context.demo) for portfolio in found])


@router.post(
    "",
    operation_id="create_portfolio",
    status_code=CREATED,
    responses=WRITING,
    dependencies=[Depends(require_key)],
)
async def create(body: NewPortfolio, context: Context, response: Response) -> PortfolioBody:
    """Make a new, empty portfolio."""
    portfolio = await create_portfolio(context.application, body.name)
    response.headers["location"] = f"/api/v1/portfolios/{portfolio.id}"
    return PortfolioBody.of(portfolio, demo=context.demo)


@router.get("/{portfolio_id}", operation_id="show_portfolio", responses=READING)
async def show(portfolio_id: PortfolioId, app: App, context: Context) -> PortfolioBody:
    """One portfolio."""
    return PortfolioBody.of(await find_portfolio(app, portfolio_id), demo=context.demo)
