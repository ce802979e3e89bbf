"""The desk: what is left to sell and to spend while a plan is being put together, and the trades made so far.

Every trade passes through ``sell`` or ``buy`` here, so no plan can spend cash it does not have, sell units twice or
leave a remainder that a venue would refuse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.money import ZERO, ceil_to_step, floor_to_step, total
from rebalancer.domain.plan.lots import Lot
from rebalancer.domain.plan.offers import Offer, RowKey
from rebalancer.domain.plan.problem import Problem
from rebalancer.domain.plan.reasons import MoveReason, TradeReason
from rebalancer.domain.plan.trades import Move, Side, Stage, Trade

CASH_STEP: Final = Decimal("1e-12")  # Cash spent is rounded up to it, cash received down.
REMAINDER_FACTOR: Final = Decimal("1.2")  # What stays is nothing, or at least this many times the venue's minimum.


@dataclass(frozen=True, slots=True)
class Source:
    """Lots of one asset that are sold by one order at one place."""

    asset: AssetId
    location: str | None
    lots: tuple[Lot, ...]


@dataclass
class Desk:
    """State of a plan in the making.

    Attributes:
        problem: What is allowed.
        threshold: Least value of an order beyond the rules' own minimum; raised until ``max_orders`` is met.
        rows: Units of cash per row that can still be spent.
        later: Units per row that moves bring; they can be spent in the stage ``after`` only.
        sold: Units already taken from each lot.
        trades: Orders so far.
        moves: Moves so far.
        proceeds: Units that sales brought into each row.
    """

    problem: Problem
    threshold: Decimal
    rows: dict[RowKey, Decimal] = field(default_factory=dict)
    sold: dict[Lot, Decimal] = field(default_factory=dict)
    trades: list[Trade] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    proceeds: dict[RowKey, Decimal] = field(default_factory=dict)
    later: dict[RowKey, Decimal] = field(default_factory=dict)

    def fork(self) -> Desk:
        """A copy to try something on."""
        return Desk(
            self.problem,
            self.threshold,
            dict(self.rows),
            dict(self.sold),
            list(self.trades),
            list(self.moves),
            dict(self.proceeds),
            dict(self.later),
        )

    def restore(self, fork: Desk) -> None:
        """Go back to a copy."""
        for name, value in vars(fork.fork()).items():
            setattr(self, name, value)

    def keep_for_later(self, before: Mapping[RowKey, Decimal]) -> None:
        """Set aside what the rows hold, which is there only once the moves have arrived, and go back to ``before``."""
        for row, units in self.rows.items():
            self.later[row] = self.later.get(row, ZERO) + units
        self.rows = dict(before)

    def receive(self) -> None:
        """The moves have arrived: what was set aside can be spent."""
        for row, units in self.later.items():
            self.rows[row] = self.rows.get(row, ZERO) + units
        self.later = {}

    def left(self, source: Source) -> Decimal:
        """Units of a source that can still be sold."""
        return total(lot.quantity - self.sold.get(lot, ZERO) for lot in source.lots)

    def order_value_min(self, offer: Offer, asset: AssetId, *, asked: bool = False) -> Decimal | None:
        """Least value of an order that is worth making, in base currency; None when no size is.

        An order must meet the rules' minimum and the venue's, stay below the cost cap, and unless the person asked for
        it (money in or out) lower the deviation by more than it costs: ``value x (deviation_price - cost) >=
        order_price``.
        """
        rules = self.problem.inputs.targets.rules
        price = self.problem.price(asset)
        least = max(rules.min_trade, self.threshold, offer.quantity_min(price) * price)
        if offer.cost.all > rules.cost_cap:
            return None
        if asked:
            return least
        gain = rules.deviation_price - offer.cost.all
        return max(least, rules.order_price / gain) if gain > ZERO else None

    def sources(self, lots: Iterable[Lot]) -> tuple[Source, ...]:
        """Lots gathered by the order that would sell them; within an order the largest lot goes first."""
        gathered: dict[tuple[AssetId, str | None], list[Lot]] = defaultdict(list)
        for lot in lots:
            gathered[lot.asset, lot.destination].append(lot)
        return tuple(
            Source(asset, location, tuple(sorted(found, key=lambda lot: (-lot.quantity, lot.origin or ""))))
            for (asset, location), found in sorted(gathered.items(), key=lambda item: (item[0][0], item[0][1] or ""))
        )

    def sell(self, source: Source, offer: Offer, quantity: Decimal, stage: Stage, reason: TradeReason) -> Decimal:
        """Sell up to ``quantity`` units; returns the value of what was sold, 0 when no valid order is possible."""
        quantity = self._sellable(source, offer, quantity)
        if quantity <= ZERO:
            return ZERO
        price = self.problem.price(source.asset)
        self._take(source, quantity)
        received = floor_to_step(quantity * price * offer.sell_factor() / offer.quote_price, CASH_STEP)
        self.rows[offer.row] = self.rows.get(offer.row, ZERO) + received
        self.proceeds[offer.row] = self.proceeds.get(offer.row, ZERO) + received
        self._record(stage, Side.SELL, source.asset, offer, quantity, reason)
        return quantity * price

    def _sellable(self, source: Source, offer: Offer, wanted: Decimal) -> Decimal:
        """The quantity on the market's step that leaves nothing unsellable behind and is not below the minimum."""
        left = self.left(source)
        price = self.problem.price(source.asset)
        least = offer.quantity_min(price)
        whole = left if offer.market is None else offer.step_down(left)
        quantity = whole if wanted >= left else min(whole, offer.step_down(wanted))
        wanted_least = max(least, self.problem.inputs.targets.rules.min_trade / price)
        if quantity < wanted_least:
            quantity = min(whole, offer.step_up(wanted_least))
        if quantity < whole and left - quantity < least * REMAINDER_FACTOR:
            quantity = whole if wanted * 2 >= left else offer.step_down(left - least * REMAINDER_FACTOR)
        return quantity if quantity >= wanted_least else ZERO

    def _take(self, source: Source, quantity: Decimal) -> None:
        for lot in source.lots:
            part = min(quantity, lot.quantity - self.sold.get(lot, ZERO))
            if part <= ZERO:
                continue
            self.sold[lot] = self.sold.get(lot, ZERO) + part
            quantity -= part
            if lot.move is not None:
                self.move(lot, part, lot.move)

    def move(self, lot: Lot, quantity: Decimal, why: MoveReason) -> None:
        """Record that units must be moved, joined with what already moves the same way."""
        price = self.problem.price(lot.asset)
        way = (lot.asset, lot.origin, lot.destination, why)
        for index, known in enumerate(self.moves):
            if (known.asset, known.origin, known.destination, known.why) == way:
                joined = known.quantity + quantity
                self.moves[index] = replace(known, quantity=joined, value=joined * price)
                return
        self.moves.append(Move(lot.asset, quantity, lot.origin, lot.destination, why, quantity * price))

    def leave(self, lot: Lot, quantity: Decimal) -> None:
        """Take units back out of a move that needs fewer; a move of nothing is no move."""
        assert lot.move is not None, lot
        self.sold[lot] -= quantity
        self.move(lot, -quantity, lot.move)
        self.moves = [move for move in self.moves if move.quantity > ZERO]

    def buy(
        self, asset: AssetId, offer: Offer, value: Decimal, stage: Stage, reason: TradeReason, *, asked: bool
    ) -> Decimal:
        """Buy for up to ``value``.

        Returns the cash value spent, 0 when the order would be too small to be worth making.
        """
        price = self.problem.price(asset)
        budget = self.rows.get(offer.row, ZERO)
        affordable = max(ZERO, budget - CASH_STEP) * offer.quote_price / offer.buy_factor()
        quantity = offer.step_down(min(value, affordable) / price)
        spent = ceil_to_step(quantity * price * offer.buy_factor() / offer.quote_price, CASH_STEP)
        least = self.order_value_min(offer, asset, asked=asked)
        if least is None or quantity <= ZERO or quantity * price < least or spent > budget:
            return ZERO
        self.rows[offer.row] = budget - spent
        self._record(stage, Side.BUY, asset, offer, quantity, reason)
        return spent * offer.quote_price

    def _record(
        self, stage: Stage, side: Side, asset: AssetId, offer: Offer, quantity: Decimal, reason: TradeReason
    ) -> None:
        """Add an order, joined with one of the same kind: two passes never make two orders of one."""
        price = self.problem.price(asset)
        for index, known in enumerate(self.trades):
            same = (known.stage, known.side, known.asset, known.location, known.market)
            if same == (stage, side, asset, offer.location, offer.market):
                quantity += known.quantity
                self.trades[index] = self._trade(stage, side, asset, offer, quantity, price, known.reason)
                return
        self.trades.append(self._trade(stage, side, asset, offer, quantity, price, reason))

    @staticmethod
    def _trade(
        stage: Stage, side: Side, asset: AssetId, offer: Offer, quantity: Decimal, price: Decimal, reason: TradeReason
    ) -> Trade:
        notional = quantity * price
        spread = notional * offer.cost.half_spread
        return Trade(
            stage, side, asset, offer.location, offer.market, quantity, price, offer.fee(side, notional), spread, reason
        )
