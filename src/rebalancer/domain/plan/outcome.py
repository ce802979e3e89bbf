"""Outcome: the values and weights after a plan, and the objective that a plan is measured by.

``objective = base x deviation_price x sum of max(0, |weight_after - weight_target| - tolerance) + fees + half spread +
order_price x orders`` in base currency. The sum runs over the groups, and over coins as well under ``within =
"weights"``. The tolerance is the band's half-width for ``to = "edge"``, else zero. Groups on hold have no deviation,
and under ``mode = "sell-only"`` more cash than wanted is none either: that is where sales must end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.drift import target_weights
from rebalancer.domain.instruments import FeeOn
from rebalancer.domain.money import ZERO, total, weight_of
from rebalancer.domain.plan.trades import Side, Trade
from rebalancer.domain.targets import BandGoal, Mode, Targets, Within
from rebalancer.domain.taxonomy import CASH_GROUP, Taxonomy
from rebalancer.domain.valuation import Valuation


def received(trade: Trade) -> Decimal:
    """Value of the coins that a buy brings in.

    The notional, less the fee where the fee is taken from what is received.
    """
    on_received = trade.market is not None and trade.market.fee_on is FeeOn.RECEIVED
    return trade.value - trade.fee if on_received else trade.value


def values_after(
    valuation: Valuation, trades: Iterable[Trade], taxonomy: Taxonomy, *, cash_flow: Decimal = ZERO
) -> dict[tuple[str, AssetId | None], Decimal]:
    """Planning value per coin, and per group under the coin None, after trades at the plan's own prices.

    Args:
        valuation: What is held before.
        trades: What is done.
        taxonomy: Groups of the coins.
        cash_flow: Money that comes in (positive) or goes out.
    """
    values: dict[tuple[str, AssetId | None], Decimal] = {}

    def add(asset: AssetId | None, group: str, amount: Decimal) -> None:
        for key in dict.fromkeys(((group, asset), (group, None))):
            values[key] = values.get(key, ZERO) + amount

    for asset, position in valuation.positions.items():
        add(asset, position.group, position.planning_value)
    cash = cash_flow
    for trade in trades:
        group = taxonomy.group_of(trade.asset)
        if trade.side is Side.SELL:
            add(trade.asset, group, -trade.value)
            cash += trade.value - trade.fee - trade.half_spread
        else:
            add(trade.asset, group, received(trade))
            cash -= received(trade) + trade.fee + trade.half_spread
    add(None, CASH_GROUP, cash)
    return values


def group_weights(values: Mapping[tuple[str, AssetId | None], Decimal]) -> dict[str, Decimal]:
    """Weight per group of the whole that the values make up."""
    groups = {group: value for (group, coin), value in values.items() if coin is None}
    base = total(groups.values())
    return {group: weight_of(value, base) for group, value in groups.items()}


def deviation(values: Mapping[tuple[str, AssetId | None], Decimal], targets: Targets) -> Decimal:
    """Sum of what the weights deviate from their targets beyond the tolerance, as a fraction."""
    weights = group_weights(values)
    base = total(value for (_, coin), value in values.items() if coin is None)
    aims = target_weights(weights, targets)
    missed = ZERO
    for group, aim in aims.items():
        if group in targets.hold:
            continue
        width = targets.rules.band_of(group).half_width(aim) if targets.rules.to is BandGoal.EDGE else ZERO
        missed += _beyond(weights.get(group, ZERO), aim, width, sell_only=_excused(group, targets))
        primary = targets.primary.get(group)
        if targets.rules.within is Within.WEIGHTS and primary and group != CASH_GROUP:
            held = {coin for (of, coin) in values if of == group and coin is not None}
            for coin in sorted(held | set(primary)):
                share = primary.get(coin, ZERO)
                missed += _beyond(weight_of(values.get((group, coin), ZERO), base), aim * share, width * share)
    return missed


def _excused(group: str, targets: Targets) -> bool:
    return group == CASH_GROUP and targets.rules.mode is Mode.SELL_ONLY


def _beyond(weight: Decimal, aim: Decimal, width: Decimal, *, sell_only: bool = False) -> Decimal:
    gap = aim - weight if sell_only else abs(weight - aim)
    return max(ZERO, gap - width)


def objective(
    valuation: Valuation, trades: tuple[Trade, ...], targets: Targets, taxonomy: Taxonomy, cash_flow: Decimal
) -> Decimal:
    """What a plan is measured by, in base currency; lower is better."""
    values = values_after(valuation, trades, taxonomy, cash_flow=cash_flow)
    missed = deviation(values, targets) * (valuation.planning_value + cash_flow) * targets.rules.deviation_price
    costs = total(trade.fee + trade.half_spread for trade in trades)
    return missed + costs + targets.rules.order_price * len(trades)
