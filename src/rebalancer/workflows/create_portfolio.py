"""Create a portfolio, list them, find one."""

from __future__ import annotations

from typing import Final

from rebalancer.errors import ConflictError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Change, Portfolio
from rebalancer.workflows.name_things import checked_name

FIRST_NAME: Final = "Portfolio"


async def create_portfolio(app: Application, name: str) -> Portfolio:
    """Store a new, empty portfolio.

    Raises:
        InputError: The name is empty, too long or not printable.
        ConflictError: ``portfolio_name_taken``.
    """
    portfolio = Portfolio(app.ids.new(), checked_name(name, "portfolio"), app.clock.now())
    await app.journal.add_portfolio(portfolio, Change("portfolio_created", portfolio.id, {"name": portfolio.name}))
    return portfolio


async def list_portfolios(app: Application) -> tuple[Portfolio, ...]:
    """Every portfolio, oldest first."""
    return await app.journal.portfolios()


async def find_portfolio(app: Application, portfolio_id: str) -> Portfolio:
    """One portfolio.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return view.portfolio


async def ensure_portfolio(app: Application, name: str = FIRST_NAME) -> Portfolio:
    """The oldest portfolio; made when there is none, so that a fresh install has one."""
    found = await app.journal.portfolios()
    if found:
        return found[0]
    try:
        return await create_portfolio(app, name)
    except ConflictError:
        # Another process was faster; its portfolio is the first one.
        return (await app.journal.portfolios())[0]
