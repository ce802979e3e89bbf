"""``rebalancer portfolios``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.portfolios import PortfolioBody, PortfolioList
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson
from rebalancer.cli.session import with_application
from rebalancer.ports.application import Application
from rebalancer.workflows import create_portfolio as workflow


def list_portfolios(as_json: AsJson = False) -> None:
    """List the portfolios of this installation, oldest first."""
    found = with_application(workflow.list_portfolios)
    body = PortfolioList(items=[PortfolioBody.of(portfolio, demo=False) for portfolio in found])
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw(body.items))


def create(name: Annotated[str, typer.Argument(metavar="NAME")], as_json: AsJson = False) -> None:
    """Make a new, empty portfolio."""

    async def work(app: Application) -> PortfolioBody:
        return PortfolioBody.of(await workflow.create_portfolio(app, name), demo=False)

    body = with_application(work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw([body]))


def _draw(items: list[PortfolioBody]) -> None:
    rows = [(item.id, item.name, figures.minute(item.created_at)) for item in items]
    output.table(output.say("cli.portfolios.title"), output.headings("id", "name", "created_at"), rows)
