"""Back into the bands: sell what is too much, as much as can be bought, and buy what lacks most."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rebalancer.domain.money import ZERO, total
from rebalancer.domain.plan.aims import CASH_KEY, Amounts, excess_and_deficit, level
from rebalancer.domain.plan.book import Book
from rebalancer.domain.plan.desk import Desk
from rebalancer.domain.plan.orders import Orders
from rebalancer.domain.plan.reasons import TradeReason
from rebalancer.domain.plan.trades import Stage
from rebalancer.domain.targets import Mode

_REPAIRS: Final = 4  # How often a stage is tried again with less sold, when not all proceeds could be spent.

_ROUNDING_SHARE: Final = Decimal("0.01")


class Bands:
    """Brings the buckets back, stage by stage."""

    def __init__(self, book: Book, orders: Orders) -> None:
        self.book = book
        self.orders = orders
        self.desk = book.desk
        self.rules = book.rules

    def rebalance(self, stage: Stage) -> None:
        """Sell excess and buy deficits; what turns out not to be buyable is not sold either.

        Of the tries the one of least objective stays.
        """
        before, limits = self.desk.fork(), Amounts()
        tries: list[tuple[Decimal, Desk]] = []
        for _ in range(_REPAIRS):
            self.desk.restore(before)
            meant, spent = self._trade(stage, limits)
            # What one bucket could not spend must not starve another: only its own purchase is limited.
            short = {key: spent[key] for key, part in meant.items() if part - spent[key] > self._rounding(part)}
            tries.append((self.book.objective(), self.desk.fork()))
            if not short or self.rules.mode is Mode.SELL_ONLY:
                break
            limits |= short
        self.desk.restore(min(tries, key=lambda found: found[0])[1])

    def rebalance_after_moves(self) -> None:
        """The stage after the moves; without a move there is no such stage, and without an order no need to move."""
        before = self.desk.fork()
        self.desk.receive()
        self.rebalance(Stage.AFTER)
        if not self.desk.moves or len(self.desk.trades) == len(before.trades):
            self.desk.restore(before)

    def _rounding(self, part: Decimal) -> Decimal:
        """What may stay unspent of a part without being worth another try."""
        return max(self.rules.min_trade, part * _ROUNDING_SHARE)

    def _trade(self, stage: Stage, limits: Amounts) -> tuple[Amounts, Amounts]:
        """One try with buckets that buy no more than their limits; returns what was meant to be spent, and was."""
        excess, deficit = self._aims(stage)
        deficit = {key: min(amount, limits.get(key, amount)) for key, amount in deficit.items()}
        wanted = level(excess, min(total(excess.values()), total(deficit.values())))
        cash = min(wanted.pop(CASH_KEY, ZERO), self.orders.cash_value(stage))
        parts = level(deficit, cash + self._sell(wanted, stage))
        parts.pop(CASH_KEY, ZERO)
        meant = total(parts.values())
        if stage is Stage.AFTER:
            self.orders.move_cash(meant - self.orders.cash_value(Stage.NOW), None)
        spent = self.orders.buy(parts, stage, TradeReason.UNDERWEIGHT)
        if stage is Stage.AFTER and self.rules.withdraw is None:
            self.orders.leave_unspent(meant - total(spent.values()))
        return parts, spent

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
