"""``rebalancer overview`` and ``drift``."""

from __future__ import annotations

from rebalancer.api.models.drift import DriftBody, DriftList, OverviewBody
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, PortfolioOption
from rebalancer.cli.session import with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import measure_drift, show_overview


def overview(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """What the portfolio is worth, how it is spread and how far it is from its targets."""

    async def work(app: Application, found: str) -> OverviewBody:
        return OverviewBody.of(await show_overview.show_overview(app, found), app.clock.now())

    body = with_portfolio(portfolio, work)

    def human() -> None:
        numbers = {"value": figures.money(body.total_value), "currency": body.currency, "rows": str(body.counts.rows)}
        output.line(output.say("cli.overview.title", numbers))
        rows = [(share.group, figures.money(share.value), figures.percent(share.weight)) for share in body.by_group]
        title = output.say("cli.holdings.by_group")
        output.table(title, output.headings("group", "value", "held"), rows, right=(1, 2))
        if body.drift:
            _draw(body.drift)

    output.answer(output.document_of(body), as_json=as_json, human=human)


def drift(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Held weight minus target weight, per group."""

    async def work(app: Application, found: str) -> DriftList:
        return DriftList.of(await measure_drift.measure_drift(app, found))

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw(body.items))


def _draw(items: list[DriftBody]) -> None:
    rows = [
        (
            item.group,
            figures.percent(item.weight_held),
            figures.percent(item.weight_target),
            figures.points(item.drift, "+"),
            figures.points(item.band),
            output.say("cli.outside") if item.outside else "",
        )
        for item in items
    ]
    columns = output.headings("group", "held", "target", "drift", "band", "state")
    output.table(output.say("cli.drift.title"), columns, rows, right=(1, 2, 3, 4))
