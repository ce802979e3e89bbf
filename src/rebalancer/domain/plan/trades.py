"""What a plan consists of: trades, moves, and what is left untouched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rebalancer.domain.assets import AssetId
from rebalancer.domain.instruments import Market
from rebalancer.domain.plan.reasons import AssumptionCode, MoveReason, TradeReason, UntouchedReason
from rebalancer.domain.valuation import Valuation

Numbers = Mapping[str, str]


class Stage(StrEnum):
    """When a trade can be made."""

    NOW = "now"
    AFTER = "after"


class Side(StrEnum):
    """Direction of a trade, seen from the base asset."""

    SELL = "sell"
    BUY = "buy"


@dataclass(frozen=True, slots=True)
class Trade:
    """One order to be made.

    Attributes:
        stage: ``now``, or ``after`` the moves have arrived.
        side: Sell or buy.
        asset: What is sold or bought.
        location: Where; None when no place is known.
        market: The market, when the inputs know markets.
        quantity: Units of ``asset``, > 0, on the market's step.
        price: Base currency per unit.
        fee: In base currency.
        half_spread: What the spread costs, in base currency.
        reason: Why.
        numbers: The facts behind the reason.
    """

    stage: Stage
    side: Side
    asset: AssetId
    location: str | None
    market: Market | None
    quantity: Decimal
    price: Decimal
    fee: Decimal
    half_spread: Decimal
    reason: TradeReason
    numbers: Numbers = field(default_factory=dict)

    @property
    def value(self) -> Decimal:
        """Quantity times price, in base currency."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Move:
    """Something to be redeemed, transferred or paid in by hand before the stage ``after``.

    ``origin`` is None for a deposit from outside, ``destination`` is None when no exchange is known.
    """

    asset: AssetId
    quantity: Decimal
    origin: str | None
    destination: str | None
    why: MoveReason
    value: Decimal


@dataclass(frozen=True, slots=True)
class Untouched:
    """A holding, or the target of a group (``asset`` None and ``symbol`` the group), that the plan leaves as it is."""

    asset: AssetId | None
    symbol: str
    group: str
    location: str | None
    reason: UntouchedReason
    numbers: Numbers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the plan takes for granted."""

    code: AssumptionCode
    numbers: Numbers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer: what to trade, what to move first, and why everything else stays.

    Attributes:
        valuation: What is held, in base currency.
        trades: In the order they are carried out: stage by stage, sales first.
        moves: In the order of their origins.
        untouched: One entry for each holding that stays, and for each group that stays off its target.
        assumptions: What no input says.
        wanted: Whether a group left its band, or money comes in or goes out.
        deposit: Base currency that must be paid in first.
        withdrawn: Base currency that leaves the portfolio.
    """

    valuation: Valuation
    trades: tuple[Trade, ...]
    moves: tuple[Move, ...]
    untouched: tuple[Untouched, ...]
    assumptions: tuple[Assumption, ...]
    wanted: bool
    deposit: Decimal
    withdrawn: Decimal
