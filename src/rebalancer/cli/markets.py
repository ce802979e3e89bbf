"""``rebalancer markets``: the markets file of a portfolio."""

from __future__ import annotations

from rebalancer.api.models.input_files import MarketsBody
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, FileArgument, PortfolioOption
from rebalancer.cli.session import upload_from, with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import import_markets as workflow


def import_file(file: FileArgument, portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Let a markets file replace the former one."""
    upload = upload_from(file)

    async def work(app: Application, found: str) -> MarketsBody:
        return MarketsBody.of(await workflow.import_markets(app, found, upload))

    _answer(with_portfolio(portfolio, work), as_json=as_json)


def list_markets(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """List the markets file that counts."""
    _answer(with_portfolio(portfolio, _listed), as_json=as_json)


def clear(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Leave the portfolio without a markets file."""

    async def work(app: Application, found: str) -> MarketsBody:
        await workflow.clear_markets(app, found)
        return await _listed(app, found)

    _answer(with_portfolio(portfolio, work), as_json=as_json)


async def _listed(app: Application, portfolio: str) -> MarketsBody:
    return MarketsBody.of(await workflow.show_markets(app, portfolio))


def _answer(body: MarketsBody, *, as_json: bool) -> None:
    def human() -> None:
        rows = [
            (
                item.venue,
                item.symbol,
                figures.quantity(item.min_notional),
                output.say("cli.fee", {"fee": item.taker_fee}),
            )
            for item in body.items
        ]
        output.table(
            output.say("cli.markets.title"),
            output.headings("venue", "market", "min_notional", "taker_fee"),
            rows,
            right=(2, 3),
        )

    output.answer(output.document_of(body), as_json=as_json, human=human)
