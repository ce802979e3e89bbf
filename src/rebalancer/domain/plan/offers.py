"""Offers: one way to trade one asset at one place, with its steps, minimums and costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.costs import CostRate
from rebalancer.domain.instruments import FeeOn, Market
from rebalancer.domain.money import ONE, ZERO, ceil_to_step, floor_to_step
from rebalancer.domain.plan.trades import Side

DEFAULT_STEP: Final = Decimal("1e-8")  # Where no market says its lot step; the plan lists it among its assumptions.

RowKey = tuple[str | None, AssetId | None]  # Cash row: location, and quote coin where markets are known.


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to trade an asset at a place.

    Attributes:
        location: The place.
        market: The market, or None where nothing is known of markets.
        row: Cash row that pays or is paid.
        quote_price: Base currency per unit of the row's coin.
        cost: Fee and half spread.
    """

    location: str | None
    market: Market | None
    row: RowKey
    quote_price: Decimal
    cost: CostRate

    def step_down(self, quantity: Decimal) -> Decimal:
        """Largest tradable quantity not above ``quantity``."""
        return floor_to_step(quantity, self.market.lot_step if self.market else DEFAULT_STEP)

    def step_up(self, quantity: Decimal) -> Decimal:
        """Smallest tradable quantity not below ``quantity``."""
        return ceil_to_step(quantity, self.market.lot_step if self.market else DEFAULT_STEP)

    def quantity_min(self, price: Decimal) -> Decimal:
        """Least quantity of an order at a price in base currency."""
        return self.market.quantity_min(price / self.quote_price) if self.market else ZERO

    def allows(self, side: Side) -> bool:
        """Whether the market is open to this side."""
        return self.market is None or (self.market.can_buy if side is Side.BUY else self.market.can_sell)

    def buy_factor(self) -> Decimal:
        """Cash spent per unit of notional at mid price."""
        fee = ZERO if self._fee_from_received() else self.cost.fee
        return (ONE + self.cost.half_spread) * (ONE + fee)

    def sell_factor(self) -> Decimal:
        """Cash received per unit of notional at mid price."""
        return (ONE - self.cost.half_spread) * (ONE - self.cost.fee)

    def _fee_from_received(self) -> bool:
        return self.market is not None and self.market.fee_on is FeeOn.RECEIVED

    def fee(self, side: Side, notional: Decimal) -> Decimal:
        """Fee of an order in base currency, from its notional at mid price."""
        spread = self.cost.half_spread if side is Side.BUY else -self.cost.half_spread
        return notional * (ONE + spread) * self.cost.fee
