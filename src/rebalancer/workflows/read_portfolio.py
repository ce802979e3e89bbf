"""Read a portfolio: everything stored about it, joined to one state to value, list, measure and plan."""

from __future__ import annotations

import asyncio

from rebalancer.ports.application import Application
from rebalancer.ports.journal import View
from rebalancer.workflows.join_portfolio import PortfolioState, join_portfolio
from rebalancer.workflows.load_portfolio import load_documents, load_facts
from rebalancer.workflows.remember_states import remember_state


async def read_portfolio(app: Application, portfolio_id: str) -> PortfolioState:
    """Read and join everything about a portfolio.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        TargetsError: The stored targets no longer fit the registry.
        CurrencyMismatchError: Accounts in several currencies, and no price leads from one to the other.
    """
    async with app.journal.view(portfolio_id) as view:
        return await read_view(app, view)


async def read_view(app: Application, view: View) -> PortfolioState:
    """The state inside a view: the one in memory when it was made from the same things, else made anew.

    What it is made from is read each time; the large documents among it are named by their hashes.

    Raises:
        TargetsError: The stored targets no longer fit the registry.
        CurrencyMismatchError: Accounts in several currencies, and no price leads from one to the other.
    """
    facts = await load_facts(view)

    async def join() -> PortfolioState:
        stored = await load_documents(view, facts)
        return await asyncio.to_thread(join_portfolio, stored, app.reference, app.files)

    return await remember_state(app.memory, facts, join)
