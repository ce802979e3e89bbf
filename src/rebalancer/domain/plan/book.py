"""The book: what is held after the trades made so far, and what each bucket should hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.drift import target_weights
from rebalancer.domain.money import ONE, ZERO, ceil_to_step, total, weight_of
from rebalancer.domain.plan.aims import Bucket, Key
from rebalancer.domain.plan.desk import CASH_STEP, Desk
from rebalancer.domain.plan.offers import RowKey
from rebalancer.domain.plan.outcome import objective
from rebalancer.domain.plan.problem import Problem
from rebalancer.domain.plan.trades import Side
from rebalancer.domain.prices import CURRENCIES
from rebalancer.domain.targets import BandGoal, CashFlow, Within
from rebalancer.domain.taxonomy import CASH_GROUP


def flow_value(problem: Problem, flow: CashFlow | None) -> Decimal:
    """Worth of money that comes in or goes out, in base currency."""
    return flow.amount * problem.price(flow.currency) if flow else ZERO


def flow_row(problem: Problem, flow: CashFlow) -> RowKey:
    """Cash row that the money comes to or leaves from."""
    return flow.at, None if problem.inputs.markets is None else flow.currency


class Book:
    """Values and aims of one plan in the making.

    Attributes:
        problem: What is allowed.
        desk: The trades made so far.
        invest: Base currency to be invested.
        withdraw: Base currency to be taken out.
        deposit: The part of ``invest`` that is not at its place yet.
    """

    def __init__(self, problem: Problem, desk: Desk) -> None:
        self.problem = problem
        self.desk = desk
        self.targets = problem.inputs.targets
        self.rules = self.targets.rules
        self.invest = flow_value(problem, self.rules.invest)
        self.withdraw = flow_value(problem, self.rules.withdraw)
        self.deposit = self._deposit()

    def _deposit(self) -> Decimal:
        """The part of the money to be invested that is not at its place yet."""
        if self.rules.invest is None:
            return ZERO
        row = flow_row(self.problem, self.rules.invest)
        there = self.problem.cash.get(row, ZERO) * self.row_price(row)
        if self.rules.withdraw is not None and flow_row(self.problem, self.rules.withdraw) == row:
            there = max(ZERO, there - self.withdraw)  # What is taken out first cannot be invested as well.
        price = self.problem.price(self.rules.invest.currency)
        return ceil_to_step(max(ZERO, self.invest - there) / price, CASH_STEP) * price

    def row_price(self, row: RowKey) -> Decimal:
        """Base currency per unit of a cash row."""
        return self.problem.price(row[1]) if row[1] is not None else ONE

    def outside_band(self) -> bool:
        """Whether a group is outside its band, money to be invested or taken out left aside."""
        held = dict(self.problem.valuation.group_values())
        held[CASH_GROUP] = max(ZERO, held.get(CASH_GROUP, ZERO) + self.deposit - self.invest - self.withdraw)
        base = total(held.values())
        weights = {group: weight_of(value, base) for group, value in held.items()}
        return any(
            abs(weights.get(group, ZERO) - aim) > self.rules.band_of(group).half_width(aim)
            for group, aim in target_weights(weights, self.targets).items()
            if group not in self.targets.hold
        )

    def objective(self) -> Decimal:
        """What the trades made so far are worth; lower is better."""
        inputs = self.problem.inputs
        flow = self.deposit - self.withdraw
        return objective(self.problem.valuation, tuple(self.desk.trades), self.targets, inputs.taxonomy, flow)

    def buckets(self) -> dict[Key, Bucket]:
        """Current and wanted value of every bucket, with the trades made so far."""
        values = self._values()
        base = total(values.values())
        held = total(value for asset, value in values.items() if self.problem.group(asset) in self.targets.hold)
        buckets: dict[Key, Bucket] = {}
        for group, weight in self.targets.weights.items():
            target = weight * (base - held)
            band = self.rules.band_of(group).half_width(target / base if base else ZERO)
            tolerance = band * base if self.rules.to is BandGoal.EDGE else ZERO
            members = {asset: value for asset, value in values.items() if self.problem.group(asset) == group}
            for key, share, current in self._parts(group, members):
                buckets[key] = Bucket(key, current, target * share, tolerance * share)
        return buckets

    def _parts(self, group: str, members: Mapping[AssetId, Decimal]) -> list[tuple[Key, Decimal, Decimal]]:
        """A group is one bucket, or one per coin where its coins have weights of their own."""
        primary = self.targets.primary.get(group)
        if self.rules.within is not Within.WEIGHTS or not primary or group == CASH_GROUP:
            return [((group, None), ONE, total(members.values()))]
        coins = dict.fromkeys((*primary, *members))
        return [((group, coin), primary.get(coin, ZERO), members.get(coin, ZERO)) for coin in coins]

    def _values(self) -> dict[AssetId, Decimal]:
        """Planning value per asset after the trades made so far; all cash is counted under one coin of its group."""
        values = {asset: position.planning_value for asset, position in self.problem.valuation.positions.items()}
        cash = self.deposit - self.withdraw
        for trade in self.desk.trades:
            sign = 1 if trade.side is Side.BUY else -1
            values[trade.asset] = values.get(trade.asset, ZERO) + sign * trade.value
            cash -= sign * trade.value + trade.fee + trade.half_spread
        coin = next((a for a in values if self.problem.group(a) == CASH_GROUP), CURRENCIES["USD"])
        values[coin] = values.get(coin, ZERO) + cash
        return values

    def key(self, asset: AssetId) -> Key:
        """The bucket that an asset belongs to."""
        group = self.problem.group(asset)
        split = self.rules.within is Within.WEIGHTS and bool(self.targets.primary.get(group)) and group != CASH_GROUP
        return group, asset if split else None

    def primaries(self, key: Key) -> Mapping[AssetId, Decimal]:
        """What a bucket buys, with weights, the heaviest first: its coin, its primary coins, else what it holds."""
        group, coin = key
        if coin is None:
            return self.problem.primaries(group)
        return {coin: ONE} if self.problem.buyable(coin) else {}
