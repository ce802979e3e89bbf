"""Bodies of ``/prices`` and ``/markets``."""

from __future__ import annotations

from rebalancer.api.models.base import Amount, Body, Instant, example
from rebalancer.domain.instruments import FeeOn, Market, MarketStatus
from rebalancer.domain.money import plain
from rebalancer.domain.prices import Quote
from rebalancer.ports.records import InputFile
from rebalancer.workflows.import_markets import StoredMarkets
from rebalancer.workflows.import_prices import StoredPrices

_FILE = {
    "file": "prices.csv",
    "sha256": "9f2c7c1e5b0a4d3f8e6b2a1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e",
    "entries": 1,
    "imported_at": "2026-11-22T08:00:00Z",
}


class InputFileBody(Body):
    """The file that counts."""

    file: str
    sha256: str
    entries: int
    imported_at: Instant

    @classmethod
    def of(cls, file: InputFile | None) -> InputFileBody | None:
        """A stored file as a body, where there is one."""
        if file is None:
            return None
        return cls(file=file.file, sha256=file.content, entries=file.entries, imported_at=file.imported_at)


class QuoteBody(Body):
    """One price: units of ``currency`` for one unit of the asset."""

    asset: str
    price: Amount
    currency: str
    source: str
    as_of: Instant | None

    @classmethod
    def of(cls, quote: Quote) -> QuoteBody:
        """A quote as a body."""
        return cls(
            asset=quote.asset,
            price=plain(quote.price),
            currency=quote.currency,
            source=quote.source,
            as_of=quote.as_of,
        )


class PricesBody(Body):
    """The prices file that counts and its quotes; ``file`` null when there is none."""

    model_config = example(
        file=_FILE,
        items=[
            {
                "asset": "bitcoin",
                "price": "64000.5",
                "currency": "USD",
                "source": "user_file",
                "as_of": "2026-11-22T08:00:00Z",
            }
        ],
    )

    file: InputFileBody | None
    items: list[QuoteBody]

    @classmethod
    def of(cls, stored: StoredPrices) -> PricesBody:
        """Stored prices as a body."""
        return cls(file=InputFileBody.of(stored.file), items=[QuoteBody.of(quote) for quote in stored.quotes])


class MarketBody(Body):
    """One market of one venue, for this account; fees and half spread are fractions, minimums in quote."""

    venue: str
    symbol: str
    base: str
    quote: str
    lot_step: Amount
    tick: Amount
    min_quantity: Amount
    min_notional: Amount
    taker_fee: Amount
    maker_fee: Amount
    half_spread: Amount
    fee_on: FeeOn
    status: MarketStatus

    @classmethod
    def of(cls, market: Market) -> MarketBody:
        """A market as a body."""
        return cls(
            venue=market.venue,
            symbol=market.symbol,
            base=market.base,
            quote=market.quote,
            lot_step=plain(market.lot_step),
            tick=plain(market.tick),
            min_quantity=plain(market.min_quantity),
            min_notional=plain(market.min_notional),
            taker_fee=plain(market.taker_fee),
            maker_fee=plain(market.maker_fee),
            half_spread=plain(market.half_spread),
            fee_on=market.fee_on,
            status=market.status,
        )


class MarketsBody(Body):
    """The markets file that counts and its markets; ``file`` null when there is none."""

    model_config = example(
        file={**_FILE, "file": "markets.json"},
        items=[
            {
                "venue": "kraken",
                "symbol": "BTC/USD",
                "base": "bitcoin",
                "quote": "usd",
                "lot_step": "0.00000001",
                "tick": "0.1",
                "min_quantity": "0.00005",
                "min_notional": "0.5",
                "taker_fee": "0.004",
                "maker_fee": "0.0025",
                "half_spread": "0.0002",
                "fee_on": "quote",
                "status": "trading",
            }
        ],
    )

    file: InputFileBody | None
    items: list[MarketBody]

    @classmethod
    def of(cls, stored: StoredMarkets) -> MarketsBody:
        """Stored markets as a body."""
        return cls(file=InputFileBody.of(stored.file), items=[MarketBody.of(market) for market in stored.markets])
