"""``rebalancer accounts``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.accounts import AccountBody, AccountList
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, PortfolioOption
from rebalancer.cli.session import with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import clear_account


def list_accounts(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """List the accounts that hold something."""
    _answer(with_portfolio(portfolio, _listed), as_json=as_json)


def remove(
    account: Annotated[str, typer.Argument(metavar="NAME")],
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Take an account's holdings out of the portfolio; what is left is listed."""

    async def work(app: Application, found: str) -> AccountList:
        await clear_account.clear_account(app, found, account)
        return await _listed(app, found)

    _answer(with_portfolio(portfolio, work), as_json=as_json)


async def _listed(app: Application, portfolio: str) -> AccountList:
    return AccountList(items=[AccountBody.of(found) for found in await clear_account.list_accounts(app, portfolio)])


def _answer(body: AccountList, *, as_json: bool) -> None:
    def human() -> None:
        rows = [
            (item.name, figures.source_name(item.snapshot.source), str(item.snapshot.rows), item.snapshot.file)
            for item in body.items
            if item.snapshot is not None
        ]
        columns = output.headings("account", "source", "rows", "file")
        output.table(output.say("cli.accounts.title"), columns, rows, right=(2,))

    output.answer(output.document_of(body), as_json=as_json, human=human)
