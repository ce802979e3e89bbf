"""Orders: how an amount of one bucket is sold or bought, over which coins, places and markets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.money import ZERO, ceil_to_step, floor_to_step, total
from rebalancer.domain.plan.aims import CASH_KEY, Amounts, Key
from rebalancer.domain.plan.book import Book
from rebalancer.domain.plan.desk import CASH_STEP, Source
from rebalancer.domain.plan.lots import Lot
from rebalancer.domain.plan.offers import Offer, RowKey
from rebalancer.domain.plan.reasons import MoveReason, TradeReason
from rebalancer.domain.plan.spread import in_proportion, merge_small, over_few
from rebalancer.domain.plan.trades import Side, Stage
from rebalancer.domain.targets import Mode, Within


class Orders:
    """Makes orders at the desk, by the book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.problem = book.problem
        self.desk = book.desk
        self.rules = book.rules

    # Selling.

    def caps(self, stage: Stage) -> Amounts:
        """Most that each bucket can give in a stage."""
        caps: Amounts = {CASH_KEY: self.cash_value(stage)}
        for lot in self._lots(stage):
            key = self.book.key(lot.asset)
            left = lot.quantity - self.desk.sold.get(lot, ZERO)
            caps[key] = caps.get(key, ZERO) + left * self.problem.price(lot.asset)
        return caps

    def _lots(self, stage: Stage) -> Iterable[Lot]:
        return (lot for lot in self.problem.lots if (lot.move is None) is (stage is Stage.NOW))

    def sell(
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
            wanted = value / price[source]
            if row is not None:
                # Cash is asked for, not value: a little more is sold, so that what remains after costs is enough.
                wanted = offers[source].step_up(wanted / offers[source].sell_factor()) + offers[source].step_up(
                    CASH_STEP
                )
            sold += self.desk.sell(source, offers[source], wanted, stage, reason)
        return sold

    def _sell_offers(self, key: Key, stage: Stage, row: RowKey | None) -> dict[Source, Offer]:
        offers: dict[Source, Offer] = {}
        bought = self._assets(Side.BUY)
        for source in self.desk.sources(lot for lot in self._lots(stage) if self.book.key(lot.asset) == key):
            if source.asset in bought or (row is not None and source.location != row[0]):
                continue
            found = self.problem.offers(source.asset, source.location, Side.SELL)
            offer = next((offer for offer in found if row in {None, offer.row}), None)
            if offer is not None and self.desk.left(source) > ZERO:
                offers[source] = offer
        return offers

    def _assets(self, side: Side) -> set[AssetId]:
        """Assets on one side of the orders so far; none is ever on both, which would only pay fees."""
        return {trade.asset for trade in self.desk.trades if trade.side is side}

    # Buying.

    def buy(self, parts: Mapping[Key, Decimal], stage: Stage, reason: TradeReason) -> Amounts:
        """Buy for each bucket, the largest first; returns the cash spent on each."""
        spent: Amounts = dict.fromkeys(parts, ZERO)
        if self.rules.mode is Mode.SELL_ONLY:
            return spent
        left = total(parts.values())
        ordered = sorted(parts.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
        for index, (key, amount) in enumerate(ordered):
            # The last takes what rounding left of the others, so the money is spent down to one lot.
            last = index == len(ordered) - 1 and reason is TradeReason.INVEST
            money = left - total(spent.values()) if last else amount
            spent[key] = self._buy_bucket(key, money, stage, reason)
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
        """Places with cash: those that cover the amount first, proceeds of sales before other cash, small before large.

        Of the places that do not cover it the largest goes first.
        """
        purses: dict[str | None, Decimal] = {}
        for row, units in self.desk.rows.items():
            purses[row[0]] = purses.get(row[0], ZERO) + units * self.book.row_price(row)
        sold = {row[0] for row in self.desk.proceeds}

        def rank(location: str | None) -> tuple[bool, bool, Decimal, str]:
            value = purses[location]
            covers = value >= money
            return not covers, location not in sold, value if covers else -value, location or ""

        return sorted((location for location, value in purses.items() if value > ZERO), key=rank)

    def _buy_at(self, key: Key, location: str | None, money: Decimal, stage: Stage, reason: TradeReason) -> Decimal:
        asked = reason is TradeReason.INVEST
        primaries = self.book.primaries(key)
        offers = self._buy_offers(primaries, location)
        caps = {asset: self._purse(offers[asset]) for asset in offers}
        budget = min(money, max(caps.values(), default=ZERO))
        weights = {asset: primaries[asset] for asset in offers}
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
        sold = self._assets(Side.SELL)
        for asset in assets:
            if asset in sold:
                continue
            found = [o for o in self.problem.offers(asset, location, Side.BUY) if self._purse(o) > ZERO]
            if found:
                offers[asset] = max(found, key=self._purse)
        return offers

    def _purse(self, offer: Offer) -> Decimal:
        return self.desk.rows.get(offer.row, ZERO) * offer.quote_price

    # Cash that lies where it cannot be spent.

    def cash_value(self, stage: Stage) -> Decimal:
        """Cash that can be spent, and in the stage ``after`` what can be moved to where it can be."""
        here = total(units * self.book.row_price(row) for row, units in self.desk.rows.items())
        return here + total(self._movable(lot) for lot in self.problem.movable_cash) if stage is Stage.AFTER else here

    def _movable(self, lot: Lot) -> Decimal:
        return (lot.quantity - self.desk.sold.get(lot, ZERO)) * self.problem.price(lot.asset)

    def move_cash(self, amount: Decimal, to: str | None) -> None:
        """Bring cash that cannot be spent where it lies to where it can, the largest pile first."""
        for lot in sorted(
            self.problem.movable_cash, key=lambda lot: (-self._movable(lot), lot.asset, lot.origin or "")
        ):
            part = min(amount, self._movable(lot))
            if part <= ZERO or part < self.rules.min_trade:
                continue
            going = replace(lot, destination=to) if to is not None else lot
            left = lot.quantity - self.desk.sold.get(lot, ZERO)
            quantity = min(left, ceil_to_step(part / self.problem.price(lot.asset), CASH_STEP))
            self.desk.sold[lot] = self.desk.sold.get(lot, ZERO) + quantity
            self.desk.move(going, quantity, lot.move or MoveReason.TRANSFER)
            row: RowKey = (going.destination, None if self.problem.inputs.markets is None else lot.asset)
            worth = quantity * self.problem.price(lot.asset)
            self.desk.rows[row] = self.desk.rows.get(row, ZERO) + worth / self.book.row_price(row)
            amount -= worth

    def leave_unspent(self, unspent: Decimal) -> None:
        """Let cash that no order needs stay where it lies."""
        for lot in self.problem.movable_cash:
            row: RowKey = (lot.destination, None if self.problem.inputs.markets is None else lot.asset)
            price = self.problem.price(lot.asset)
            spare = min(
                unspent, self.desk.rows.get(row, ZERO) * self.book.row_price(row), self.desk.sold.get(lot, ZERO) * price
            )
            quantity = floor_to_step(spare / price, CASH_STEP)
            if quantity > ZERO:
                self.desk.rows[row] -= quantity * price / self.book.row_price(row)
                self.desk.leave(lot, quantity)
                unspent -= quantity * price


def _shares(weights: Mapping[AssetId, Decimal]) -> dict[AssetId, Decimal]:
    whole = total(weights.values())
    return {asset: weight / whole for asset, weight in weights.items()} if whole else {}
