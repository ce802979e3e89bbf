"""List accounts, and clear one of its holdings."""

from __future__ import annotations

from rebalancer.ports.application import Application
from rebalancer.ports.records import Account, Change


async def list_accounts(app: Application, portfolio_id: str) -> tuple[Account, ...]:
    """Every account that holds something, in alphabetical order.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return tuple(account for account in await view.accounts.all() if account.snapshot is not None)


async def clear_account(app: Application, portfolio_id: str, account: str) -> None:
    """Take an account's holdings out of the portfolio. Its snapshots stay stored, since plans rest on them.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``account_not_found``.
    """
    async with app.journal.unit(portfolio_id) as unit:
        await unit.accounts.clear(account)
        await unit.commit(Change("account_cleared", account))
