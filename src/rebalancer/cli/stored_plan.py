"""A plan from the stored portfolio, for ``rebalancer plan`` without files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rebalancer.cli.session import with_portfolio

if TYPE_CHECKING:
    from rebalancer.domain.content import JsonObject
    from rebalancer.ports.application import Application


def propose(portfolio: str | None) -> JsonObject:
    """Make a plan of what is stored now, keep it, and give its document.

    Raises:
        RebalancerError: As the workflow ``propose_plan``.
    """
    from rebalancer.workflows.propose_plan import propose_plan

    async def work(app: Application, found: str) -> JsonObject:
        return (await propose_plan(app, found)).document

    return with_portfolio(portfolio, work)
