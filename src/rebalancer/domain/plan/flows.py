"""Money out and money in: served before the bands, whatever the drift."""

from __future__ import annotations

from decimal import Decimal

from rebalancer.domain.money import ZERO, round_to_step, total
from rebalancer.domain.plan.aims import Amounts, level
from rebalancer.domain.plan.book import Book, flow_row
from rebalancer.domain.plan.desk import CASH_STEP
from rebalancer.domain.plan.offers import RowKey
from rebalancer.domain.plan.orders import Orders
from rebalancer.domain.plan.reasons import MoveReason, TradeReason
from rebalancer.domain.plan.spread import in_proportion
from rebalancer.domain.plan.trades import Move, Stage
from rebalancer.domain.targets import CashFlow, Mode


class Flows:
    """Serves the person's own money in and out.

    Attributes:
        withdraw_short: Base currency that could not be freed of what is to be taken out.
        invest_left: Base currency to be invested that no valid order could spend.
    """

    def __init__(self, book: Book, orders: Orders) -> None:
        self.book = book
        self.orders = orders
        self.problem = book.problem
        self.desk = book.desk
        self.rules = book.rules
        self.withdraw_short = ZERO
        self.invest_left = book.invest

    def serve_withdrawal(self, flow: CashFlow) -> None:
        """Leave the amount free at its place, selling there first what is most above target, then after moves."""
        row = flow_row(self.problem, flow)
        price = self.book.row_price(row)
        wanted = self.book.withdraw / price
        sells = self.rules.mode is not Mode.BUY_ONLY
        if sells:
            self._raise(row, (wanted - self.desk.rows.get(row, ZERO)) * price, Stage.NOW)
        wanted -= self._set_aside(row, wanted)
        before, self.desk.rows = self.desk.rows, {}
        self.orders.move_cash(wanted * price, flow.at)
        if sells:
            self._raise(row, (wanted - self.desk.rows.get(row, ZERO)) * price, Stage.AFTER)
        wanted -= self._set_aside(row, wanted)
        self.desk.keep_for_later(before)
        self.withdraw_short = wanted * price

    def _set_aside(self, row: RowKey, wanted: Decimal) -> Decimal:
        """Take up to ``wanted`` units out of a row, for the person; returns the units taken."""
        units = min(wanted, self.desk.rows.get(row, ZERO))
        self.desk.rows[row] = self.desk.rows.get(row, ZERO) - units
        return units

    def _raise(self, row: RowKey, amount: Decimal, stage: Stage) -> None:
        """Sell at one place for about ``amount`` of cash in one row."""
        if amount <= ZERO:
            return
        buckets = self.book.buckets()
        over = {key: max(ZERO, bucket.current - bucket.target) for key, bucket in buckets.items() if not bucket.is_cash}
        rest = {key: bucket.current for key, bucket in buckets.items() if not bucket.is_cash}
        for wanted in (over, rest):
            for key, part in level(wanted, amount).items():
                got = self.orders.sell(key, part, stage, TradeReason.WITHDRAW, row=row)
                amount -= got
            if amount <= ZERO:
                return

    def serve_investment(self, flow: CashFlow) -> None:
        """Spend the amount where it is, towards the targets, bands ignored.

        What has not been paid in yet is spent after.
        """
        row = flow_row(self.problem, flow)
        here = self.book.invest - self.book.deposit
        before = {**self.desk.rows, row: max(ZERO, self.desk.rows.get(row, ZERO) - here / self.book.row_price(row))}
        self._spend_investment(row, here, Stage.NOW)
        left = self.desk.rows[row]
        if self.book.deposit > ZERO:
            self._invest_deposit(flow, row)
        self.desk.rows = {**before, row: before[row] + left}

    def _spend_investment(self, row: RowKey, amount: Decimal, stage: Stage) -> None:
        """Buy with ``amount`` of base currency in one row, and nothing else."""
        self.desk.rows = {row: amount / self.book.row_price(row)}
        spent = self.orders.buy(self._invest_parts(amount), stage, TradeReason.INVEST)
        self.invest_left -= total(spent.values())

    def _invest_deposit(self, flow: CashFlow, row: RowKey) -> None:
        """Spend what is still to be paid in; where no order could, nothing needs to be paid in."""
        orders = len(self.desk.trades)
        self._spend_investment(row, self.book.deposit, Stage.AFTER)
        if len(self.desk.trades) == orders:
            self.book.deposit = ZERO
            self.desk.rows = {}
        else:
            self._record_deposit(flow, self.book.deposit)
        self.desk.keep_for_later({})

    def _record_deposit(self, flow: CashFlow, amount: Decimal) -> None:
        quantity = round_to_step(amount / self.problem.price(flow.currency), CASH_STEP)
        self.desk.moves.append(Move(flow.currency, quantity, None, flow.at, MoveReason.DEPOSIT, amount))

    def _invest_parts(self, amount: Decimal) -> Amounts:
        """Deficits first, the largest soonest; the rest by target over the groups that lacked."""
        buckets = {
            key: bucket
            for key, bucket in self.book.buckets().items()
            if not bucket.is_cash and self.book.primaries(key)
        }
        lacking = {key: bucket.target - bucket.current for key, bucket in buckets.items()}
        parts = level(lacking, amount)
        takers = {key: bucket.target for key, bucket in buckets.items() if lacking[key] > ZERO}
        takers = takers or {key: bucket.target for key, bucket in buckets.items()}
        shares = {key: target * amount for key, target in takers.items()}
        for key, part in in_proportion(amount - total(parts.values()), shares).items():
            parts[key] = parts.get(key, ZERO) + part
        return parts
