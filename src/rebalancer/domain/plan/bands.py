"""Back into the bands: sell what is too much, as much as can be bought, and buy what lacks most."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rebalancer.domain.money import ZERO, total
from rebalancer.domain.plan.aims import CASH_KEY, Amounts, excess_and_deficit, level
from rebalancer.domain.plan.book import Book
from rebalancer.domain.plan.orders import Orders
from rebalancer.domain.plan.reasons import TradeReason
from rebalancer.domain.plan.trades import Stage
from rebalancer.domain.targets import Mode

_REPAIRS: Final = 4  # How often a stage is tried again with less sold, when not all proceeds could be spent.


class Bands:
    """Brings the buckets back, stage by stage."""

    def __init__(self, book: Book, orders: Orders) -> None:
        self.book = book
        self.orders = orders
        self.desk = book.desk
        self.rules = book.rules

    def rebalance(self, stage: Stage) -> None:
        """Sell excess and buy deficits; what turns out not to be buyable is not sold either."""
        before = self.desk.fork()
        surplus = ZERO
        for _ in range(_REPAIRS):
            self.desk.restore(before)
            unspent = self._trade(stage, surplus)
            if unspent <= self.rules.min_trade or self.rules.mode is Mode.SELL_ONLY:
                return
            surplus += unspent

    def rebalance_after_moves(self) -> None:
        """The stage after the moves; without a move there is no such stage, and without an order no need to move."""
        before = self.desk.fork()
        self.desk.receive()
        self.rebalance(Stage.AFTER)
        if not self.desk.moves or len(self.desk.trades) == len(before.trades):
            self.desk.restore(before)

    def _trade(self, stage: Stage, surplus: Decimal) -> Decimal:
        """One try with ``surplus`` less sold; returns money that was meant to be spent and could not."""
        excess, deficit = self._aims(stage)
        wanted = level(excess, min(total(excess.values()), total(deficit.values())) - surplus)
        cash = min(wanted.pop(CASH_KEY, ZERO), self.orders.cash_value(stage))
        parts = level(deficit, cash + self._sell(wanted, stage))
        parts.pop(CASH_KEY, ZERO)
        meant = total(parts.values())
        if stage is Stage.AFTER:
            self.orders.move_cash(meant - self.orders.cash_value(Stage.NOW), None)
        unspent = meant - self.orders.buy(parts, stage, TradeReason.UNDERWEIGHT)
        if stage is Stage.AFTER and self.rules.withdraw is None:
            self.orders.leave_unspent(unspent)
        return unspent

    def _aims(self, stage: Stage) -> tuple[Amounts, Amounts]:
        """Excess that can be sold in the stage, and deficits that something can be bought for."""
        excess, deficit = excess_and_deficit(self.book.buckets(), self.rules.mode)
        caps = self.orders.caps(stage)
        return (
            {key: min(amount, caps.get(key, ZERO)) for key, amount in excess.items()},
            {key: amount for key, amount in deficit.items() if key == CASH_KEY or self.book.primaries(key)},
        )

    def _sell(self, wanted: Amounts, stage: Stage) -> Decimal:
        """Sell from each bucket; returns the cash that it brought."""
        before = self.orders.cash_value(Stage.NOW)
        for key, amount in wanted.items():
            self.orders.sell(key, amount, stage, TradeReason.OVERWEIGHT)
        return self.orders.cash_value(Stage.NOW) - before
