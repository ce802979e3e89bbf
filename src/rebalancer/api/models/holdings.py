"""Bodies of ``/holdings``: the list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from rebalancer.api.models.base import Amount, Body, Instant, Printable, amount, example
from rebalancer.domain.assets import AssetKind
from rebalancer.domain.money import ZERO, parse_decimal, plain
from rebalancer.domain.places import Availability
from rebalancer.domain.valuation import ValueStatus
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.list_holdings import HoldingsItem, HoldingsPage, HoldingsQuery, HoldingsSort

_ITEM = {
    "asset": "bitcoin",
    "symbol": "BTC",
    "alias": None,
    "name": "Bitcoin",
    "quantity": "0.6",
    "location": "Kraken",
    "availability": "free",
    "value": "38400",
    "price": "64000",
    "price_source": "export",
    "price_as_of": None,
    "price_age_s": None,
    "group": "BTC",
    "status": "priced",
    "account": "CoinTracking",
    "kind": "coin",
}


class HoldingsParameters(Body):
    """Which rows, in which order, and how many at a time."""

    limit: Annotated[int, Field(ge=1, le=1000, description="Rows per page.")] = 100
    cursor: Annotated[Printable | None, Field(max_length=1000, description="``next_cursor`` of the page before.")] = (
        None
    )
    sort: HoldingsSort = HoldingsSort.VALUE
    order: Annotated[Literal["asc", "desc"] | None, Field(description="Values largest first, names A to Z.")] = None
    group: Annotated[Printable | None, Field(max_length=120)] = None
    location: Annotated[Printable | None, Field(max_length=255, description="Empty: rows without a location.")] = None
    status: ValueStatus | None = None
    account: Annotated[Printable | None, Field(max_length=120)] = None
    search: Annotated[Printable | None, Field(max_length=120, description="Part of symbol, name or asset id.")] = None
    min_value: Annotated[Amount | None, Field(max_length=82, description="In the portfolio's currency.")] = None

    def query(self) -> HoldingsQuery:
        """The same for the workflow."""
        by_value = self.sort is HoldingsSort.VALUE
        return HoldingsQuery(
            limit=self.limit,
            cursor=self.cursor,
            sort=self.sort,
            descending=self.order == "desc" if self.order is not None else by_value,
            group=self.group,
            location=self.location,
            status=self.status,
            account=self.account,
            search=self.search,
            min_value=parse_decimal(self.min_value) if self.min_value is not None else ZERO,
        )


class HoldingBody(Body):
    """One row: units of one asset at one place in one availability, with its value."""

    model_config = example(**_ITEM)

    asset: str | None
    symbol: str
    alias: str | None
    name: str | None
    quantity: Amount
    location: str | None
    availability: Availability
    value: Amount | None
    price: Amount | None
    price_source: str | None
    price_as_of: Instant | None
    price_age_s: int | None
    group: str
    status: ValueStatus
    account: str
    kind: AssetKind | None

    @classmethod
    def of(cls, item: HoldingsItem) -> HoldingBody:
        """A valued row as a body."""
        holding, quote = item.row.holding, item.valued.quote
        return cls(
            asset=holding.asset,
            symbol=holding.symbol,
            alias=item.alias,
            name=holding.name,
            quantity=plain(holding.quantity),
            location=holding.location,
            availability=holding.availability,
            value=amount(item.valued.value),
            price=amount(quote.price) if quote is not None else None,
            price_source=quote.source if quote is not None else None,
            price_as_of=quote.as_of if quote is not None else None,
            price_age_s=item.price_age_s,
            group=item.valued.group,
            status=item.valued.status,
            account=item.row.account,
            kind=item.kind,
        )


class HoldingsTotals(Body):
    """Sums: of what matches, and of everything."""

    rows: int
    matched_value: Amount
    total_value: Amount
    planning_value: Amount
    currency: str
    partial: bool


class SourceBody(Body):
    """One account's snapshot that the numbers rest on, with its age."""

    account: str
    source: str
    file: str
    as_of: Instant | None
    imported_at: Instant
    age_s: int
    rows: int

    @classmethod
    def all_of(cls, state: PortfolioState, now: datetime) -> list[SourceBody]:
        """Every source of a portfolio; the age is counted from the instant the file states, else from its import."""
        snapshots = [account.snapshot for account in state.accounts if account.snapshot is not None]
        return [
            cls(
                account=snapshot.account,
                source=snapshot.source,
                file=snapshot.file,
                as_of=snapshot.as_of,
                imported_at=snapshot.imported_at,
                age_s=max(0, int((now - (snapshot.as_of or snapshot.imported_at)).total_seconds())),
                rows=snapshot.rows,
            )
            for snapshot in snapshots
        ]


class HoldingsList(Body):
    """A page of rows, with sums over all pages."""

    model_config = example(
        items=[_ITEM],
        next_cursor=None,
        totals={
            "rows": 1,
            "matched_value": "38400",
            "total_value": "38400",
            "planning_value": "38400",
            "currency": "USD",
            "partial": False,
        },
        as_of=None,
        sources=[],
    )

    items: list[HoldingBody]
    next_cursor: str | None
    totals: HoldingsTotals
    as_of: Instant | None
    sources: list[SourceBody]

    @classmethod
    def of(cls, page: HoldingsPage, now: datetime) -> HoldingsList:
        """A page as a body."""
        valuation = page.valuation
        return cls(
            items=[HoldingBody.of(item) for item in page.items],
            next_cursor=page.next_cursor,
            totals=HoldingsTotals(
                rows=page.rows,
                matched_value=plain(page.matched_value),
                total_value=plain(valuation.total_value),
                planning_value=plain(valuation.planning_value),
                currency=valuation.currency,
                partial=valuation.partial,
            ),
            as_of=page.state.as_of,
            sources=SourceBody.all_of(page.state, now),
        )
