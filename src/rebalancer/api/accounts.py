"""``/accounts``: what holdings were imported for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from rebalancer.api.context import App, PortfolioId
from rebalancer.api.models.accounts import AccountBody, AccountList
from rebalancer.api.problems import READING, WRITING
from rebalancer.workflows.clear_account import clear_account, list_accounts

router = APIRouter(prefix="/portfolios/{portfolio_id}/accounts", tags=["holdings"])


@router.get("", operation_id="list_accounts", responses=READING)
async def list_all(portfolio_id: PortfolioId, app: App) -> AccountList:
    """Every account that holds something, in alphabetical order."""
    return await account_list(app, portfolio_id)


@router.delete("/{account}", operation_id="clear_account", responses=WRITING)
async def clear(portfolio_id: PortfolioId, account: Annotated[str, Path(max_length=120)], app: App) -> AccountList:
    """Take an account's holdings out of the portfolio; the answer lists what is left."""
    await clear_account(app, portfolio_id, account)
    return await account_list(app, portfolio_id)


async def account_list(app: App, portfolio_id: str) -> AccountList:
    """Every account as a body."""
    return AccountList(items=[AccountBody.of(account) for account in await list_accounts(app, portfolio_id)])
