"""From a problem to trades: correct, feasible and sparing.

Two stages. ``now`` sells what is free where it is and buys with the cash that is there; ``after`` does the same with what the moves bring.
In each stage excess value is sold, at most as much as can be bought, and the proceeds go to the buckets that lack most. Money to be taken out
and money to be invested are served first. Orders that are too small merge; while there are more than ``max_orders`` the least size of
an order rises. The plan of least objective is another solver's business; this one proves nothing about the best, only keeps every rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.drift import target_weights
from rebalancer.domain.money import ZERO, total, weight_of
from rebalancer.domain.plan.aims import CASH_KEY, Amounts, Bucket, Key, excess_and_deficit, level
from rebalancer.domain.plan.desk import Desk, Source
from rebalancer.domain.plan.problem import Lot, Offer, Problem, RowKey
from rebalancer.domain.plan.reasons import MoveReason, TradeReason
from rebalancer.domain.plan.spread import in_proportion, merge_small, over_few
from rebalancer.domain.plan.trades import Move, Side, Stage
from rebalancer.domain.targets import BandGoal, CashFlow, Mode, Within
from rebalancer.domain.taxonomy import CASH_GROUP

_TRIES: Final = 60  # Each try raises the least order size, so the number of orders falls.
_REPAIRS: Final = 4


@dataclass(frozen=True, slots=True)
class Solution:
    """What the solver decided.

    Attributes:
        desk: Trades and moves, and what is left.
        wanted: Whether a plan was wanted at all.
        withdraw_short: Base currency that could not be freed of what is to be taken out.
        deposit: Base currency to be invested that must be paid in first.
        invest_left: Base currency to be invested that no valid order could spend.
    """

    desk: Desk
    wanted: bool
    withdraw_short: Decimal
    deposit: Decimal
    invest_left: Decimal


def solve(problem: Problem) -> Solution:
    """Find trades that keep every rule and bring the groups towards their targets in at most ``max_orders`` orders."""
    rules = problem.inputs.targets.rules
    threshold = ZERO
    solution = _Attempt(problem, threshold).run()
    for _ in range(_TRIES):
        if len(solution.desk.trades) <= rules.max_orders:
            break
        values = sorted((trade.value for trade in solution.desk.trades), reverse=True)
        threshold = max(threshold * Decimal("1.25"), values[rules.max_orders - 1])
        solution = _Attempt(problem, threshold).run()
    return solution


def flow_value(problem: Problem, flow: CashFlow | None) -> Decimal:
    """Worth of money that comes in or goes out, in base currency."""
    return flow.amount * problem.price(flow.currency) if flow else ZERO


def flow_row(problem: Problem, flow: CashFlow) -> RowKey:
    """Cash row that the money comes to or leaves from."""
    return flow.at, None if problem.inputs.markets is None else flow.currency


class _Attempt:
    """One pass over the problem with one least order size."""

    def __init__(self, problem: Problem, threshold: Decimal) -> None:
        self.problem = problem
        self.targets = problem.inputs.targets
        self.rules = self.targets.rules
        self.desk = Desk(problem, threshold, dict(problem.cash))
        self.withdraw = flow_value(problem, self.rules.withdraw)
        self.invest = flow_value(problem, self.rules.invest)
        self.deposit = self._deposit()
        self.withdraw_short = ZERO
        self.invest_left = self.invest

    def run(self) -> Solution:
        """Money out, money in, then the bands."""
        triggered = self._outside_band()
        if self.rules.withdraw is not None:
            self._serve_withdrawal(self.rules.withdraw)
        if self.rules.invest is not None:
            self._serve_investment(self.rules.invest)
        if triggered:
            self._rebalance(Stage.NOW)
            self._rebalance_after_moves()
            self._settle()
        wanted = triggered or bool(self.rules.withdraw or self.rules.invest)
        return Solution(self.desk, wanted, self.withdraw_short, self.deposit, self.invest_left)

    # What is held, and what should be.

    def _deposit(self) -> Decimal:
        """The part of the money to be invested that is not at its place yet."""
        if self.rules.invest is None:
            return ZERO
        row = flow_row(self.problem, self.rules.invest)
        there = self.problem.cash.get(row, ZERO) * self._row_price(row)
        return max(ZERO, self.invest - there)

    def _row_price(self, row: RowKey) -> Decimal:
        return self.problem.price(row[1]) if row[1] is not None else Decimal(1)

    def _outside_band(self) -> bool:
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

    def _buckets(self) -> dict[Key, Bucket]:
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
            return [((group, None), Decimal(1), total(members.values()))]
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
        coin = next((a for a in values if self.problem.group(a) == CASH_GROUP), AssetId("usd"))
        values[coin] = values.get(coin, ZERO) + cash
        return values

    def _key(self, asset: AssetId) -> Key:
        group = self.problem.group(asset)
        split = self.rules.within is Within.WEIGHTS and bool(self.targets.primary.get(group)) and group != CASH_GROUP
        return group, asset if split else None

    # Money out.

    def _serve_withdrawal(self, flow: CashFlow) -> None:
        """Leave the amount free at its place, selling there first what is most above target, then after moves."""
        row = flow_row(self.problem, flow)
        price = self._row_price(row)
        for stage in Stage:
            short = self.withdraw / price - self.desk.rows.get(row, ZERO)
            if short > ZERO and stage is Stage.AFTER:
                self._move_cash(short * price, flow.at)
                short = self.withdraw / price - self.desk.rows.get(row, ZERO)
            if short > ZERO and self.rules.mode is not Mode.BUY_ONLY:
                self._raise(row, short * price, stage)
        there = self.desk.rows.get(row, ZERO)
        self.withdraw_short = max(ZERO, self.withdraw - there * price)
        self.desk.rows[row] = max(ZERO, there - self.withdraw / price)

    def _raise(self, row: RowKey, amount: Decimal, stage: Stage) -> None:
        buckets = self._buckets()
        over = {key: max(ZERO, bucket.current - bucket.target) for key, bucket in buckets.items() if not bucket.is_cash}
        rest = {key: bucket.current for key, bucket in buckets.items() if not bucket.is_cash}
        for wanted in (over, rest):
            for key, part in level(wanted, amount).items():
                got = self._sell_bucket(key, part, stage, TradeReason.WITHDRAW, row=row)
                amount -= got
            if amount <= ZERO:
                return

    # Money in.

    def _serve_investment(self, flow: CashFlow) -> None:
        """Spend the amount where it is, towards the targets, bands ignored; what has not been paid in yet is spent after."""
        row = flow_row(self.problem, flow)
        price = self._row_price(row)
        for stage, amount in ((Stage.NOW, self.invest - self.deposit), (Stage.AFTER, self.deposit)):
            if amount <= ZERO:
                continue
            if stage is Stage.AFTER:
                self._record_deposit(flow, amount)
            kept = {key: units for key, units in self.desk.rows.items() if key != row}
            purse = amount / price
            others = self.desk.rows.get(row, ZERO) - (purse if stage is Stage.NOW else ZERO)
            self.desk.rows = {row: purse}
            self.invest_left -= self._buy(self._invest_parts(amount), stage, TradeReason.INVEST)
            self.desk.rows = {**kept, row: self.desk.rows[row] + max(ZERO, others)}

    def _record_deposit(self, flow: CashFlow, amount: Decimal) -> None:
        quantity = amount / self.problem.price(flow.currency)
        self.desk.moves.append(Move(flow.currency, quantity, None, flow.at, MoveReason.DEPOSIT, amount))

    def _invest_parts(self, amount: Decimal) -> Amounts:
        """Deficits first, the largest soonest; what is left in proportion to the targets."""
        buckets = {
            key: bucket for key, bucket in self._buckets().items() if not bucket.is_cash and self._primaries(key)
        }
        parts = level({key: bucket.target - bucket.current for key, bucket in buckets.items()}, amount)
        left = amount - total(parts.values())
        for key, part in in_proportion(left, {k: b.target * amount for k, b in buckets.items()}).items():
            parts[key] = parts.get(key, ZERO) + part
        return parts

    # The bands.

    def _rebalance(self, stage: Stage) -> None:
        """Sell excess and buy deficits; what turns out not to be buyable is not sold either."""
        before = self.desk.fork()
        surplus = ZERO
        for _ in range(_REPAIRS):
            self.desk = before.fork()
            unspent = self._trade_once(stage, surplus)
            if unspent <= self.rules.min_trade or self.rules.mode is Mode.SELL_ONLY:
                return
            surplus += unspent

    def _rebalance_after_moves(self) -> None:
        """The stage after the moves; without a move there is no such stage."""
        before = self.desk.fork()
        self._rebalance(Stage.AFTER)
        if not self.desk.moves:
            self.desk = before

    def _trade_once(self, stage: Stage, surplus: Decimal) -> Decimal:
        """One try with ``surplus`` less sold; returns money that was meant to be spent and could not."""
        excess, deficit = excess_and_deficit(self._buckets(), self.rules.mode)
        caps = self._stage_caps(stage)
        excess = {key: min(amount, caps.get(key, ZERO)) for key, amount in excess.items()}
        deficit = {key: amount for key, amount in deficit.items() if key == CASH_KEY or self._primaries(key)}
        flow = min(total(excess.values()), total(deficit.values())) - surplus
        wanted = level(excess, flow)
        money = min(wanted.pop(CASH_KEY, ZERO), self._cash_value(stage))
        for key, amount in wanted.items():
            rows_before = self._cash_value(Stage.NOW)
            self._sell_bucket(key, amount, stage, TradeReason.OVERWEIGHT)
            money += self._cash_value(Stage.NOW) - rows_before
        parts = level(deficit, money)
        parts.pop(CASH_KEY, ZERO)
        meant = total(parts.values())
        if stage is Stage.AFTER:
            self._move_cash(meant - self._cash_value(Stage.NOW), None)
        return meant - self._buy(parts, stage, TradeReason.UNDERWEIGHT)

    def _stage_caps(self, stage: Stage) -> Amounts:
        caps: Amounts = {CASH_KEY: self._cash_value(stage)}
        for lot in self._lots(stage):
            key = self._key(lot.asset)
            left = lot.quantity - self.desk.sold.get(lot, ZERO)
            caps[key] = caps.get(key, ZERO) + left * self.problem.price(lot.asset)
        return caps

    def _cash_value(self, stage: Stage) -> Decimal:
        here = total(units * self._row_price(row) for row, units in self.desk.rows.items())
        return here + total(self._movable(lot) for lot in self.problem.movable_cash) if stage is Stage.AFTER else here

    def _movable(self, lot: Lot) -> Decimal:
        return (lot.quantity - self.desk.sold.get(lot, ZERO)) * self.problem.price(lot.asset)

    def _move_cash(self, amount: Decimal, to: str | None) -> None:
        """Bring cash that cannot be spent where it lies to where it can, the largest pile first."""
        for lot in sorted(
            self.problem.movable_cash, key=lambda lot: (-self._movable(lot), lot.asset, lot.origin or "")
        ):
            part = min(amount, self._movable(lot))
            if part < self.rules.min_trade:
                continue
            going = replace(lot, destination=to) if to is not None else lot
            quantity = min(lot.quantity - self.desk.sold.get(lot, ZERO), part / self.problem.price(lot.asset))
            self.desk.sold[lot] = self.desk.sold.get(lot, ZERO) + quantity
            self.desk.move(going, quantity, lot.move or MoveReason.TRANSFER)
            row: RowKey = (going.destination, None if self.problem.inputs.markets is None else lot.asset)
            self.desk.rows[row] = self.desk.rows.get(row, ZERO) + part / self._row_price(row)
            amount -= part

    # Orders.

    def _lots(self, stage: Stage) -> Iterable[Lot]:
        return (lot for lot in self.problem.lots if (lot.move is None) is (stage is Stage.NOW))

    def _sell_bucket(
        self, key: Key, amount: Decimal, stage: Stage, reason: TradeReason, *, row: RowKey | None = None
    ) -> Decimal:
        """Sell about ``amount`` of one bucket; returns the value sold."""
        offers = self._sell_offers(key, stage, row)
        price = {source: self.problem.price(source.asset) for source in offers}
        caps = {source: self.desk.left(source) * price[source] for source in offers}
        asked = reason is TradeReason.WITHDRAW
        least = {
            source: value
            for source, offer in offers.items()
            if (value := self.desk.order_value_min(offer, source.asset, asked=asked)) is not None
        }
        spread = in_proportion if self.rules.within is Within.PROPORTIONAL else over_few
        parts = merge_small(spread(amount, caps), caps, least)
        sold = ZERO
        for source, value in parts.items():
            if row is not None:
                value /= offers[source].sell_factor()
                value = min(caps[source], value + price[source] * offers[source].step_up(Decimal("1e-12")))
            sold += self.desk.sell(source, offers[source], value / price[source], stage, reason)
        return sold

    def _sell_offers(self, key: Key, stage: Stage, row: RowKey | None) -> dict[Source, Offer]:
        offers: dict[Source, Offer] = {}
        for source in self.desk.sources(lot for lot in self._lots(stage) if self._key(lot.asset) == key):
            if row is not None and source.location != row[0]:
                continue
            found = self.problem.offers(source.asset, source.location, Side.SELL)
            offer = next((offer for offer in found if row in {None, offer.row}), None)
            if offer is not None and self.desk.left(source) > ZERO:
                offers[source] = offer
        return offers

    def _primaries(self, key: Key) -> dict[AssetId, Decimal]:
        """What a bucket buys, with weights, the heaviest first: its primary coins, else what it holds."""
        group, coin = key
        if coin is not None:
            return {coin: Decimal(1)} if self.problem.buyable(coin) else {}
        chosen = self.targets.primary.get(group) or {
            position.asset: position.planning_value
            for position in self.problem.valuation.positions.values()
            if position.group == group and position.planning_value > ZERO
        }
        weights = {asset: weight for asset, weight in chosen.items() if weight > ZERO and self.problem.buyable(asset)}
        return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))

    def _buy(self, parts: Mapping[Key, Decimal], stage: Stage, reason: TradeReason) -> Decimal:
        """Buy for each bucket, the largest first; returns the cash spent."""
        if self.rules.mode is Mode.SELL_ONLY:
            return ZERO
        spent = ZERO
        left = total(parts.values())
        ordered = sorted(parts.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
        for index, (key, amount) in enumerate(ordered):
            # The last takes what rounding left of the others, so the money is spent down to one lot.
            money = left - spent if index == len(ordered) - 1 and reason is TradeReason.INVEST else amount
            spent += self._buy_bucket(key, money, stage, reason)
        return spent

    def _buy_bucket(self, key: Key, money: Decimal, stage: Stage, reason: TradeReason) -> Decimal:
        """Spend ``money`` on one bucket at the places where its coins are traded, the best fitting purse first."""
        spent = ZERO
        for location in self._purses(money):
            left = money - spent
            if left <= ZERO:
                break
            spent += self._buy_at(key, location, left, stage, reason)
        return spent

    def _purses(self, money: Decimal) -> list[str | None]:
        """Places with cash: the smallest purse that covers the amount, then the largest ones."""
        purses: dict[str | None, Decimal] = {}
        for row, units in self.desk.rows.items():
            purses[row[0]] = purses.get(row[0], ZERO) + units * self._row_price(row)
        filled = [
            (value < money, value if value >= money else -value, name or "", name)
            for name, value in purses.items()
            if value
        ]
        return [name for *_, name in sorted(filled, key=lambda item: item[:3])]

    def _buy_at(self, key: Key, location: str | None, money: Decimal, stage: Stage, reason: TradeReason) -> Decimal:
        asked = reason is TradeReason.INVEST
        offers = self._buy_offers(self._primaries(key), location)
        caps = {asset: self._purse(offers[asset]) for asset in offers}
        budget = min(money, max(caps.values(), default=ZERO))
        weights = {asset: self._primaries(key)[asset] for asset in offers}
        parts = in_proportion(budget, {a: weight * budget for a, weight in _shares(weights).items()})
        least = {
            asset: value * offers[asset].buy_factor()
            for asset in offers
            if (value := self.desk.order_value_min(offers[asset], asset, asked=asked)) is not None
        }
        spent = ZERO
        for asset, part in merge_small(parts, dict.fromkeys(parts, budget), least).items():
            spent += self.desk.buy(asset, offers[asset], part / offers[asset].buy_factor(), stage, reason, asked=asked)
        return spent

    def _buy_offers(self, assets: Iterable[AssetId], location: str | None) -> dict[AssetId, Offer]:
        """For each asset that is traded at a place, the market whose cash row holds most."""
        offers: dict[AssetId, Offer] = {}
        for asset in assets:
            found = [o for o in self.problem.offers(asset, location, Side.BUY) if self._purse(o) > ZERO]
            if found:
                offers[asset] = max(found, key=self._purse)
        return offers

    def _purse(self, offer: Offer) -> Decimal:
        return self.desk.rows.get(offer.row, ZERO) * offer.quote_price

    # Proceeds that must end in other coins.

    def _settle(self) -> None:
        """Turn what is left of proceeds into a settle coin, as an order of its own."""
        settle = self.rules.settle
        if not settle or self.problem.inputs.markets is None:
            return
        for row, received in sorted(self.desk.proceeds.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")):
            units = min(received, self.desk.rows.get(row, ZERO))
            if row[1] is not None and row[1] not in settle and units > ZERO:
                self._convert(row, row[1], units)

    def _convert(self, row: RowKey, coin: AssetId, units: Decimal) -> None:
        location = row[0]
        stage = Stage.AFTER if self.desk.moves else Stage.NOW
        for offer in self.problem.offers(coin, location, Side.SELL):
            if offer.row[1] in self.rules.settle:
                source = Source(coin, location, (Lot(coin, location, units, units, location),))
                least = self.desk.order_value_min(offer, coin, asked=True)
                if least is not None and units * self.problem.price(coin) >= least:
                    before = self.desk.left(source)
                    self.desk.sell(source, offer, units, stage, TradeReason.SETTLE)
                    self.desk.rows[row] -= before - self.desk.left(source)
                return
        for target in self.rules.settle:
            for offer in self.problem.offers(target, location, Side.BUY):
                if offer.row == row:
                    value = units * offer.quote_price / offer.buy_factor()
                    self.desk.buy(target, offer, value, stage, TradeReason.SETTLE, asked=True)
                    return


def _shares(weights: Mapping[AssetId, Decimal]) -> dict[AssetId, Decimal]:
    whole = total(weights.values())
    return {asset: weight / whole for asset, weight in weights.items()} if whole else {}
