"""``rebalancer runs``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.runs import RunBody, RunList
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, PortfolioOption
from rebalancer.cli.session import with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import list_runs as workflow


def list_runs(
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """List what was done, newest first."""

    async def work(app: Application, found: str) -> RunList:
        listed = await workflow.list_runs(app, found, limit=limit + 1)
        items = [RunBody.of(run) for run in listed[:limit]]
        return RunList(items=items, next_cursor=items[-1].id if len(listed) > limit else None)

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw(body.items))


def show(
    run: Annotated[str, typer.Argument(metavar="RUN")],
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Show one run."""

    async def work(app: Application, found: str) -> RunBody:
        return RunBody.of(await workflow.find_run(app, found, run))

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw([body]))


def _draw(items: list[RunBody]) -> None:
    rows = [
        (
            item.id,
            output.say(f"cli.run.{item.kind}"),
            output.say(f"cli.run.{item.state.value}"),
            figures.minute(item.started_at),
            output.say(f"error.{item.error}.title", item.numbers) if item.error is not None else "",
        )
        for item in items
    ]
    columns = output.headings("id", "kind", "state", "started_at", "error")
    output.table(output.say("cli.runs.title"), columns, rows)
