"""Settling: proceeds that must end in other coins, by orders of their own."""

from __future__ import annotations

from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.money import ZERO
from rebalancer.domain.plan.desk import Desk, Source
from rebalancer.domain.plan.lots import Lot
from rebalancer.domain.plan.offers import Offer, RowKey
from rebalancer.domain.plan.problem import Problem
from rebalancer.domain.plan.reasons import TradeReason
from rebalancer.domain.plan.trades import Side, Stage
from rebalancer.domain.taxonomy import CASH_GROUP


def settle(problem: Problem, desk: Desk) -> None:
    """Turn what is left of the proceeds into a settle coin, where a market for it exists."""
    coins = problem.inputs.targets.rules.settle
    if not coins or problem.inputs.markets is None:
        return
    if CASH_GROUP not in problem.inputs.targets.groups:
        return  # Nobody asked for cash: what is left over is change, not proceeds to be kept.
    stage = Stage.AFTER if desk.moves else Stage.NOW
    for row, received in sorted(desk.proceeds.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")):
        units = min(received, desk.rows.get(row, ZERO))
        if row[1] is not None and row[1] not in coins and units > ZERO:
            _convert(problem, desk, row, row[1], units, stage)


def _convert(problem: Problem, desk: Desk, row: RowKey, coin: AssetId, units: Decimal, stage: Stage) -> None:
    """Sell the coin for a settle coin, or buy the settle coin with it."""
    coins = problem.inputs.targets.rules.settle
    for offer in problem.offers(coin, row[0], Side.SELL):
        if offer.row[1] in coins:
            _sell_cash(problem, desk, row, coin, units, offer, stage)
            return
    for target in coins:
        for offer in problem.offers(target, row[0], Side.BUY):
            if offer.row == row:
                value = units * offer.quote_price / offer.buy_factor()
                desk.buy(target, offer, value, stage, TradeReason.SETTLE, asked=True)
                return


def _sell_cash(
    problem: Problem, desk: Desk, row: RowKey, coin: AssetId, units: Decimal, offer: Offer, stage: Stage
) -> None:
    least = desk.order_value_min(offer, coin, asked=True)
    if least is None or units * problem.price(coin) < least:
        return
    source = Source(coin, row[0], (Lot(coin, row[0], units, units, row[0]),))
    desk.sell(source, offer, units, stage, TradeReason.SETTLE)
    desk.rows[row] -= units - desk.left(source)
