"""A plan carried out on paper by arithmetic of the tests' own, from the document and the holdings alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rebalancer.domain.plan.inputs import PlanInputs
from tests.support.portfolios import PRICES, REGISTRY

ROUNDING = Decimal("1e-9")  # The planner rounds cash at 1e-12 per order and writes moves at 1e-12.


@dataclass
class Ledger:
    """Units per asset and place, and what cash each place has, while the actions are carried out.

    Attributes:
        coins: Units by asset and place.
        cash: US dollars by place and, where markets are known, by coin.
        lowest: The least that any purse ever held; a debt that was there before does not count.
    """

    inputs: PlanInputs
    coins: dict[tuple[str, str | None], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    cash: dict[tuple[str | None, str | None], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    lowest: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for row in self.inputs.holdings:
            if row.asset is None:
                continue
            self.coins[row.asset, row.location] += row.quantity
            place = self.inputs.places.of(row.location) if row.location is not None else None
            spendable = row.availability == "free" and (place is None or place.trades_here)
            if REGISTRY[row.asset].kind.is_cash and spendable:
                self.cash[self.purse(row.location, row.asset)] += row.quantity * PRICES[row.asset]

    def purse(self, place: str | None, coin: str | None) -> tuple[str | None, str | None]:
        return place, None if self.inputs.markets is None else coin

    def carry_out(self, document: Mapping[str, Any]) -> None:
        moved = False
        debts = {purse: min(Decimal(0), amount) for purse, amount in self.cash.items()}
        for action in document["actions"]:
            if action["stage"] == "after" and not moved:
                moved = True
                self._move(document)
            self._act(action)
            held = (amount - debts.get(purse, Decimal(0)) for purse, amount in self.cash.items())
            self.lowest = min(self.lowest, *held)
        if not moved:
            self._move(document)

    def _move(self, document: Mapping[str, Any]) -> None:
        for move in document["moves"]:
            quantity, asset = Decimal(move["quantity"]), move["asset"]
            if move["from"] is not None:
                self.coins[asset, move["from"]] -= quantity
            self.coins[asset, move["to"]] += quantity
            if REGISTRY[asset].kind.is_cash:
                self.cash[self.purse(move["to"], asset)] += quantity * PRICES[asset]

    def _act(self, action: Mapping[str, Any]) -> None:
        asset, place = action["asset"], action["location"]
        value = Decimal(action["est_quantity"]) * PRICES[asset]
        fee, spread, coin, on_received = self._cost(action)
        sign = 1 if action["action"] == "buy" else -1
        paid = value * (1 + sign * spread)
        charge = paid * fee
        arrived = Decimal(action["est_quantity"]) * sign
        if on_received and sign > 0:
            arrived -= charge / PRICES[asset]
            charge = Decimal(0)
        self.coins[asset, place] += arrived
        if REGISTRY[asset].kind.is_cash:
            self.cash[self.purse(place, asset)] += sign * value
        self.cash[self.purse(place, coin)] -= sign * paid + charge
        assert abs(Decimal(action["value"]) - value) <= Decimal("1e-10")

    def _cost(self, action: Mapping[str, Any]) -> tuple[Decimal, Decimal, str | None, bool]:
        if self.inputs.markets is None:
            return self.inputs.targets.rules.fee, Decimal(0), None, False
        (market,) = [
            market
            for market in self.inputs.markets
            if (market.venue, market.symbol) == (action["venue"], action["market"])
        ]
        return market.taker_fee, market.half_spread, market.quote, market.fee_on == "received"
