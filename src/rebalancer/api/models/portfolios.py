"""Bodies of ``/portfolios``."""

from __future__ import annotations

from rebalancer.api.models.base import Body, Instant, Name, example
from rebalancer.ports.records import Portfolio


class PortfolioBody(Body):
    """One portfolio; ``demo`` tells that its holdings are made up."""

    model_config = example(
        id="01k9zq3x7v5c8m2n4p6r8t0w1y", name="Portfolio", created_at="2026-11-22T08:00:00Z", demo=False
    )

    id: str
    name: str
    created_at: Instant
    demo: bool

    @classmethod
    def of(cls, portfolio: Portfolio, *, demo: bool) -> PortfolioBody:
        """A stored portfolio as a body."""
        return cls(id=portfolio.id, name=portfolio.name, created_at=portfolio.created_at, demo=demo)


class PortfolioList(Body):
    """Every portfolio, oldest first."""

    model_config = example(
        items=[
            {
                "id": "01k9zq3x7v5c8m2n4p6r8t0w1y",
                "name": "Portfolio",
                "created_at": "2026-11-22T08:00:00Z",
                "demo": False,
            }
        ]
    )

    items: list[PortfolioBody]


class NewPortfolio(Body):
    """A portfolio to be made."""

    model_config = example(name="Family")

    name: Name
