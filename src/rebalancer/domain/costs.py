"""Costs: what a trade costs beyond its price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rebalancer.domain.money import ONE

if TYPE_CHECKING:
    from rebalancer.domain.instruments import Market


@dataclass(frozen=True, slots=True)
class CostRate:
    """Cost of a trade as fractions of its notional.

    Attributes:
        fee: What the venue takes.
        half_spread: What is lost against the mid price.
    """

    fee: Decimal
    half_spread: Decimal

    @property
    def all(self) -> Decimal:
        """Most that a trade can cost: ``half_spread + fee x (1 + half_spread)``, what a buy pays."""
        return self.half_spread + self.fee * (ONE + self.half_spread)


def taker_cost(market: Market) -> CostRate:
    """Cost of a marketable order in a market."""
    return CostRate(market.taker_fee, market.half_spread)
