"""Costs: what a trade costs beyond its price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rebalancer.domain.money import ONE, round_to_step

if TYPE_CHECKING:
    from rebalancer.domain.instruments import Market

RATE_STEP: Final = Decimal("1e-8")


def quantize_rate(rate: float) -> Decimal:
    """A rate that was computed in floating point, as a fraction to eight decimals: the door back to money."""
    return round_to_step(Decimal(repr(rate)), RATE_STEP)


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
