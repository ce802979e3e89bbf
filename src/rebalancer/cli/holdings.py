"""``rebalancer holdings import`` and ``list``: the stored holdings."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.holdings import HoldingsList, HoldingsParameters
from rebalancer.api.models.imports import ImportBody
from rebalancer.cli import figures, output
from rebalancer.cli.holdings_file import KeepReadable, draw_document
from rebalancer.cli.options import AsJson, FileArgument, PortfolioOption
from rebalancer.cli.parameters import checked
from rebalancer.cli.session import upload_from, with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import import_holdings
from rebalancer.workflows import list_holdings as listing


def import_file(
    file: FileArgument,
    account: Annotated[str, typer.Option(metavar="NAME", help="The account whose balances these are.")],
    keep_readable: KeepReadable = False,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Make a balance file the holdings of one account; it replaces the account's former file."""
    upload = upload_from(file)

    async def work(app: Application, found: str) -> ImportBody:
        done = await import_holdings.import_holdings(app, found, account, upload, keep_readable=keep_readable)
        return ImportBody.of(done, output.language())

    body = with_portfolio(portfolio, work)

    def human() -> None:
        key = "cli.import.unchanged" if body.unchanged else "cli.import.done"
        output.line(output.say(key, {"account": body.snapshot.account, "rows": str(body.snapshot.rows)}))
        draw_document(body.document.model_dump(mode="json"))

    output.answer(output.document_of(body), as_json=as_json, human=human)


def list_holdings(
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    cursor: Annotated[str | None, typer.Option(help="next_cursor of the page before.")] = None,
    sort: Annotated[str, typer.Option(help="value, symbol, location or group.")] = "value",
    order: Annotated[str | None, typer.Option(help="asc or desc.")] = None,
    group: Annotated[str | None, typer.Option()] = None,
    location: Annotated[str | None, typer.Option()] = None,
    status: Annotated[str | None, typer.Option()] = None,
    account: Annotated[str | None, typer.Option()] = None,
    search: Annotated[str | None, typer.Option()] = None,
    min_value: Annotated[str | None, typer.Option()] = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """List what is held, a page at a time."""
    given = {
        "limit": limit,
        "cursor": cursor,
        "sort": sort,
        "order": order,
        "group": group,
        "location": location,
        "status": status,
        "account": account,
        "search": search,
        "min_value": min_value,
    }
    parameters = checked(HoldingsParameters, given)

    async def work(app: Application, found: str) -> HoldingsList:
        return HoldingsList.of(await listing.list_holdings(app, found, parameters.query()), app.clock.now())

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw(body))


def _draw(body: HoldingsList) -> None:
    rows = [
        (
            item.symbol,
            item.name or figures.NONE,
            figures.quantity(item.quantity),
            figures.money(item.value),
            item.location or figures.NONE,
            item.group,
        )
        for item in body.items
    ]
    numbers = {
        "rows": str(body.totals.rows),
        "value": figures.money(body.totals.matched_value),
        "currency": body.totals.currency,
    }
    columns = output.headings("symbol", "name", "quantity", "value", "location", "group")
    output.table(output.say("cli.holdings.title", numbers), columns, rows, right=(2, 3))
    if body.next_cursor is not None:
        output.line(output.say("cli.holdings.next", {"cursor": body.next_cursor}))
