"""Venue markets: what may be traded where, in which steps, from which size and at which fee."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rebalancer.domain.money import ZERO, ceil_to_step

if TYPE_CHECKING:
    from decimal import Decimal

    from rebalancer.domain.assets import AssetId


class MarketStatus(StrEnum):
    """What this account may do in a market."""

    TRADING = "trading"
    SELL_ONLY = "sell_only"
    CLOSED = "closed"


class FeeOn(StrEnum):
    """Which side of the trade the fee is taken from."""

    QUOTE = "quote"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Market:
    """One market of one venue, for this account.

    Attributes:
        venue: Canonical venue id.
        symbol: The venue's own name of the market.
        base: Asset that is bought or sold.
        quote: Asset it is paid with.
        lot_step: Quantities are multiples of it, > 0.
        tick: Prices are multiples of it, > 0.
        min_quantity: Least quantity of an order, in base.
        min_notional: Least quantity times price, in quote.
        taker_fee: Fraction of the notional.
        maker_fee: Fraction of the notional.
        half_spread: Half the distance between bid and ask, as a fraction of the mid price.
        fee_on: Which side pays the fee.
        status: What this account may do here.
    """

    venue: str
    symbol: str
    base: AssetId
    quote: AssetId
    lot_step: Decimal
    tick: Decimal
    min_quantity: Decimal = ZERO
    min_notional: Decimal = ZERO
    taker_fee: Decimal = ZERO
    maker_fee: Decimal = ZERO
    half_spread: Decimal = ZERO
    fee_on: FeeOn = FeeOn.QUOTE
    status: MarketStatus = MarketStatus.TRADING

    @property
    def can_buy(self) -> bool:
        """Whether this account may buy the base here."""
        return self.status is MarketStatus.TRADING

    @property
    def can_sell(self) -> bool:
        """Whether this account may sell the base here."""
        return self.status is not MarketStatus.CLOSED

    def quantity_min(self, price: Decimal) -> Decimal:
        """Least quantity of an order at ``price`` (quote per base, > 0) that meets both minimums."""
        assert price > ZERO, price
        return ceil_to_step(max(self.min_quantity, self.min_notional / price, self.lot_step), self.lot_step)
