"""``rebalancer prices``: the prices file of a portfolio."""

from __future__ import annotations

from rebalancer.api.models.input_files import PricesBody
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, FileArgument, PortfolioOption
from rebalancer.cli.session import upload_from, with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import import_prices as workflow


def import_file(file: FileArgument, portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Let a prices file replace the former one."""
    upload = upload_from(file)

    async def work(app: Application, found: str) -> PricesBody:
        return PricesBody.of(await workflow.import_prices(app, found, upload))

    _answer(with_portfolio(portfolio, work), as_json=as_json)


def list_prices(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """List the prices file that counts."""
    _answer(with_portfolio(portfolio, _listed), as_json=as_json)


def clear(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Leave the portfolio without a prices file."""

    async def work(app: Application, found: str) -> PricesBody:
        await workflow.clear_prices(app, found)
        return await _listed(app, found)

    _answer(with_portfolio(portfolio, work), as_json=as_json)


async def _listed(app: Application, portfolio: str) -> PricesBody:
    return PricesBody.of(await workflow.show_prices(app, portfolio))


def _answer(body: PricesBody, *, as_json: bool) -> None:
    def human() -> None:
        rows = [
            (item.asset, figures.quantity(item.price), item.currency, figures.source_name(item.source))
            for item in body.items
        ]
        output.table(
            output.say("cli.prices.title"), output.headings("asset", "price", "currency", "source"), rows, right=(1,)
        )

    output.answer(output.document_of(body), as_json=as_json, human=human)
