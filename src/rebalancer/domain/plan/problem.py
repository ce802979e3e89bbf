"""The problem behind a plan: what may be sold where, with which cash, in which markets, towards which values.

Everything the rules forbid is taken out here, so that the solver can only make plans that the rules allow. Reasons for what was taken out
are kept, row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rebalancer.domain.assets import AssetId, AssetKind
from rebalancer.domain.costs import CostRate, taker_cost
from rebalancer.domain.drift import check_groups_named
from rebalancer.domain.holdings import WHOLE_ACCOUNT
from rebalancer.domain.instruments import FeeOn, Market
from rebalancer.domain.money import ONE, ZERO, ceil_to_step, floor_to_step, plain, total, weight_of
from rebalancer.domain.places import Availability, Executor, Place
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.reasons import MoveReason, UntouchedReason
from rebalancer.domain.plan.trades import Side
from rebalancer.domain.prices import Quote
from rebalancer.domain.valuation import Valuation, ValuedHolding, ValueStatus, value_holdings
from rebalancer.errors import PlanRefusedError

UNCLASSIFIED_SHARE_MAX: Final = Decimal("0.005")
NEGATIVE_SHARE_MAX: Final = Decimal("0.01")
DEFAULT_STEP: Final = Decimal("1e-8")  # Where no market says its lot step; the plan lists it among its assumptions.
_NEVER_BOUGHT_KINDS: Final = frozenset({AssetKind.LP, AssetKind.NFT, AssetKind.DEAD})

RowKey = tuple[str | None, AssetId | None]  # Cash row: location, and quote coin where markets are known.


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of one asset at one place that the rules allow to sell.

    Attributes:
        asset: What it is.
        origin: Where it lies.
        quantity: Most units that may be sold from here.
        held: Units that lie here, sellable or not.
        destination: Where it is sold: the same place, or where it is moved to.
        move: How it gets there; None when it is sold where it lies.
    """

    asset: AssetId
    origin: str | None
    quantity: Decimal
    held: Decimal
    destination: str | None
    move: MoveReason | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to trade an asset at a place.

    Attributes:
        location: The place.
        market: The market, or None where nothing is known of markets.
        row: Cash row that pays or is paid.
        quote_price: Base currency per unit of the row's coin.
        cost: Fee and half spread.
    """

    location: str | None
    market: Market | None
    row: RowKey
    quote_price: Decimal
    cost: CostRate

    def step_down(self, quantity: Decimal) -> Decimal:
        """Largest tradable quantity not above ``quantity``."""
        return floor_to_step(quantity, self.market.lot_step if self.market else DEFAULT_STEP)

    def step_up(self, quantity: Decimal) -> Decimal:
        """Smallest tradable quantity not below ``quantity``."""
        return ceil_to_step(quantity, self.market.lot_step if self.market else DEFAULT_STEP)

    def quantity_min(self, price: Decimal) -> Decimal:
        """Least quantity of an order at a price in base currency."""
        return self.market.quantity_min(price / self.quote_price) if self.market else ZERO

    def allows(self, side: Side) -> bool:
        """Whether the market is open to this side."""
        if self.market is None:
            return True
        return self.market.can_buy if side is Side.BUY else self.market.can_sell

    def buy_factor(self) -> Decimal:
        """Cash spent per unit of notional at mid price."""
        fee = ZERO if self._fee_from_received() else self.cost.fee
        return (ONE + self.cost.half_spread) * (ONE + fee)

    def sell_factor(self) -> Decimal:
        """Cash received per unit of notional at mid price."""
        return (ONE - self.cost.half_spread) * (ONE - self.cost.fee)

    def received_factor(self) -> Decimal:
        """Units that arrive per unit bought."""
        return ONE - self.cost.fee if self._fee_from_received() else ONE

    def _fee_from_received(self) -> bool:
        return self.market is not None and self.market.fee_on is FeeOn.RECEIVED

    def fee(self, side: Side, notional: Decimal) -> Decimal:
        """Fee of an order in base currency, from its notional at mid price."""
        spread = self.cost.half_spread if side is Side.BUY else -self.cost.half_spread
        return notional * (ONE + spread) * self.cost.fee


@dataclass(frozen=True)
class Problem:
    """Everything the solver looks at."""

    inputs: PlanInputs
    valuation: Valuation
    lots: tuple[Lot, ...]
    cash: Mapping[RowKey, Decimal]
    movable_cash: tuple[Lot, ...]
    blocked: Mapping[tuple[AssetId, str | None], UntouchedReason]
    main_place: str | None

    def quote(self, asset: AssetId) -> Quote | None:
        """Price of an asset in base currency: the one its holding is valued at, else a quote from outside."""
        position = self.valuation.positions.get(asset)
        return position.quote if position else self.inputs.quotes.price_in(asset, self.valuation.currency)

    def price(self, asset: AssetId) -> Decimal:
        """Price of an asset that is known to have one."""
        quote = self.quote(asset)
        assert quote is not None, asset
        return quote.price

    def group(self, asset: AssetId) -> str:
        """Group of an asset."""
        return self.inputs.taxonomy.group_of(asset)

    def offers(self, asset: AssetId, location: str | None, side: Side) -> tuple[Offer, ...]:
        """Ways to trade an asset at a place, best first: a settle coin, then the least cost, then the market's name."""
        if self.inputs.markets is None:
            fee = CostRate(self.inputs.targets.rules.fee, ZERO)
            return (Offer(location, None, (location, None), ONE, fee),)
        venue = place_of(self.inputs, location).venue
        found = [
            Offer(location, market, (location, market.quote), self.price(market.quote), taker_cost(market))
            for market in self.inputs.markets
            if market.venue == venue and market.base == asset and self._is_cash_quote(market)
        ]
        settle = self.inputs.targets.rules.settle
        return tuple(
            sorted(
                (offer for offer in found if offer.allows(side)),
                key=lambda offer: (
                    bool(settle) and side is Side.SELL and offer.row[1] not in settle,
                    offer.cost.all,
                    offer.market.symbol if offer.market else "",
                ),
            )
        )

    def _is_cash_quote(self, market: Market) -> bool:
        quote = self.inputs.registry.assets.get(market.quote)
        return quote is not None and quote.kind.is_cash and self.quote(market.quote) is not None

    def buyable(self, asset: AssetId) -> bool:
        """Whether the rules let a plan buy the asset at all, wherever it is traded."""
        rules = self.inputs.targets.rules
        return (
            asset not in rules.never_buy
            and not rules.frozen_on(asset, self.inputs.as_of.date())
            and self.inputs.registry[asset].kind not in _NEVER_BOUGHT_KINDS
            and self.quote(asset) is not None
        )


def place_of(inputs: PlanInputs, location: str | None) -> Place:
    """The place of a location; a source without places is one place without a name."""
    return inputs.places.of(location) if location is not None else WHOLE_ACCOUNT


def trades_at(inputs: PlanInputs, location: str | None) -> bool:
    """Whether a plan may trade at a location."""
    return location is None or inputs.places.of(location).trades_here


def value_inputs(inputs: PlanInputs) -> Valuation:
    """Value the holdings in the targets' base currency."""
    return value_holdings(
        inputs.holdings,
        inputs.quotes,
        inputs.taxonomy,
        source_currency=inputs.source_currency,
        currency=inputs.targets.base_currency,
        as_of=inputs.holdings_as_of,
    )


def state_problem(inputs: PlanInputs) -> Problem:
    """Value the holdings, refuse what cannot be planned, and gather what may be traded.

    Raises:
        PlanRefusedError: ``total_not_positive``, ``unclassified_over_limit``, ``unpriced_holdings``, ``negative_over_limit``,
            ``group_not_in_targets``.
        CurrencyMismatchError: No price leads to the base currency.
    """
    valuation = value_inputs(inputs)
    _refuse_the_unplannable(inputs, valuation)
    main = _main_place(inputs, valuation)
    lots, blocked = _lots(inputs, valuation, main)
    cash_lots = tuple(lot for lot in lots if inputs.registry[lot.asset].kind.is_cash)
    return Problem(
        inputs,
        valuation,
        tuple(lot for lot in lots if not inputs.registry[lot.asset].kind.is_cash),
        _cash_rows(inputs, valuation, cash_lots),
        tuple(lot for lot in cash_lots if lot.move is not None),
        blocked,
        main,
    )


def _refuse_the_unplannable(inputs: PlanInputs, valuation: Valuation) -> None:
    rules = inputs.targets.rules
    whole = valuation.total_value
    if whole <= ZERO or valuation.planning_value <= ZERO:
        raise PlanRefusedError(
            "total_not_positive", {"total": plain(whole), "planning": plain(valuation.planning_value)}
        )
    unclassified = valuation.rows_of(ValueStatus.UNCLASSIFIED)
    if not rules.allow_unclassified:
        _refuse_unclassified(unclassified, whole)
    unpriced = valuation.rows_of(ValueStatus.UNPRICED)
    if unpriced and not rules.allow_unpriced:
        raise PlanRefusedError("unpriced_holdings", {"count": str(len(unpriced)), "symbols": _symbols(unpriced)})
    share = weight_of(valuation.negative_value, whole)
    if share > NEGATIVE_SHARE_MAX and not rules.allow_negative:
        raise PlanRefusedError("negative_over_limit", {"share": plain(share), "limit": plain(NEGATIVE_SHARE_MAX)})
    check_groups_named(valuation.group_weights(), inputs.targets)


def _refuse_unclassified(rows: tuple[ValuedHolding, ...], whole: Decimal) -> None:
    unvalued = [row for row in rows if row.value is None]
    share = weight_of(total(abs(row.value) for row in rows if row.value is not None), whole)
    if share > UNCLASSIFIED_SHARE_MAX or unvalued:
        numbers = {"share": plain(share), "limit": plain(UNCLASSIFIED_SHARE_MAX), "symbols": _symbols(rows)}
        raise PlanRefusedError("unclassified_over_limit", numbers)


def _symbols(rows: Iterable[ValuedHolding], most: int = 10) -> str:
    """Symbols of the rows, the largest values first."""
    by_value = sorted(rows, key=lambda row: (-abs(row.value or ZERO), row.holding.symbol))
    names = list(dict.fromkeys(row.holding.symbol for row in by_value))
    return ", ".join(names[:most]) + (f", +{len(names) - most}" if len(names) > most else "")


def _main_place(inputs: PlanInputs, valuation: Valuation) -> str | None:
    """Where moved coins go: the trading place that holds most value; among empty ones the first by name."""
    values: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for location in inputs.places.said:
        values[location] += ZERO
    for row in valuation.rows:
        if row.holding.location is not None:
            values[row.holding.location] += row.value or ZERO
    flows = [flow.at for flow in (inputs.targets.rules.invest, inputs.targets.rules.withdraw) if flow]
    trading = [name for name in {*values, *flows} if inputs.places.of(name).trades_here]
    return min(trading, key=lambda name: (-values.get(name, ZERO), name), default=None)


def _lots(
    inputs: PlanInputs, valuation: Valuation, main: str | None
) -> tuple[tuple[Lot, ...], dict[tuple[AssetId, str | None], UntouchedReason]]:
    """All that may be sold or spent, per asset never more than its net quantity less what is kept."""
    blocked: dict[tuple[AssetId, str | None], UntouchedReason] = {}
    by_asset: dict[AssetId, list[Lot]] = defaultdict(list)
    for (asset, location), units in _units(valuation).items():
        found = _lots_at(inputs, asset, location, units, main)
        if isinstance(found, UntouchedReason):
            blocked[asset, location] = found
        else:
            by_asset[asset].extend(found)
    lots: list[Lot] = []
    for asset, candidates in sorted(by_asset.items()):
        lots.extend(_capped(inputs, valuation, asset, candidates, blocked))
    return tuple(lots), blocked


def _units(valuation: Valuation) -> dict[tuple[AssetId, str | None], dict[Availability, Decimal]]:
    units: dict[tuple[AssetId, str | None], dict[Availability, Decimal]] = defaultdict(
        lambda: defaultdict(lambda: ZERO)
    )
    for row in valuation.rows_of(ValueStatus.PRICED):
        assert row.holding.asset is not None
        units[row.holding.asset, row.holding.location][row.holding.availability] += row.holding.quantity
    return dict(sorted(units.items(), key=lambda item: (item[0][0], item[0][1] or "")))


def _lots_at(
    inputs: PlanInputs, asset: AssetId, location: str | None, units: Mapping[Availability, Decimal], main: str | None
) -> list[Lot] | UntouchedReason:
    """What may leave one place: units that trade where they are, and units that must be redeemed or transferred first."""
    forbidden = _forbidden(inputs, asset, location, units)
    if forbidden is not None:
        return forbidden
    held = total(units.values())
    free = units.get(Availability.FREE, ZERO)
    portable = units.get(Availability.COLD, ZERO)
    redeemable = units.get(Availability.REDEEMABLE, ZERO)
    lots = []
    if trades_at(inputs, location):
        lots.append(Lot(asset, location, min(held, free), held, location))
    else:
        portable += free
    for quantity, why in ((redeemable, MoveReason.REDEEM), (portable, MoveReason.TRANSFER)):
        lots.append(Lot(asset, location, min(held, quantity), held, _destination(inputs, location, why, main), why))
    lots = [lot for lot in lots if lot.quantity > ZERO]
    return lots or _immovable(units)


def _forbidden(
    inputs: PlanInputs, asset: AssetId, location: str | None, units: Mapping[Availability, Decimal]
) -> UntouchedReason | None:
    if total(units.values()) <= ZERO:
        return UntouchedReason.NEGATIVE_BALANCE
    if inputs.targets.rules.frozen_on(asset, inputs.as_of.date()):
        return UntouchedReason.FROZEN
    if inputs.taxonomy.group_of(asset) in inputs.targets.hold:
        return UntouchedReason.GROUP_ON_HOLD
    if place_of(inputs, location).executor is Executor.NONE:
        return UntouchedReason.PLACE_CLOSED
    return None


def _immovable(units: Mapping[Availability, Decimal]) -> UntouchedReason:
    if units.get(Availability.DISPUTED, ZERO) > ZERO:
        return UntouchedReason.DISPUTED
    return UntouchedReason.ON_ORDER if units.get(Availability.ON_ORDER, ZERO) > ZERO else UntouchedReason.LOCKED


def _destination(inputs: PlanInputs, location: str | None, why: MoveReason, main: str | None) -> str | None:
    """A redemption stays with its venue where that has a trading place; everything else goes to the main place."""
    venue = place_of(inputs, location).venue
    if why is MoveReason.REDEEM:
        if location is None or trades_at(inputs, location):
            return location
        names = {row.location for row in inputs.holdings if row.location is not None} | set(inputs.places.said)
        same = sorted(
            name for name in names if inputs.places.of(name).trades_here and inputs.places.of(name).venue == venue
        )
        if same and venue is not None:
            return same[0]
    return main


def _capped(
    inputs: PlanInputs,
    valuation: Valuation,
    asset: AssetId,
    lots: list[Lot],
    blocked: dict[tuple[AssetId, str | None], UntouchedReason],
) -> list[Lot]:
    """Lots of one asset cut so that together they never exceed its net quantity less what is kept; what trades where it is goes first."""
    keep = inputs.targets.rules.keep.get(asset, ZERO)
    net = valuation.positions[asset].quantity
    left = max(ZERO, net - keep)
    kept: list[Lot] = []
    for lot in sorted(lots, key=lambda lot: (lot.move is not None, -lot.quantity, lot.origin or "")):
        quantity = min(lot.quantity, left)
        left -= quantity
        if quantity > ZERO:
            kept.append(Lot(asset, lot.origin, quantity, lot.held, lot.destination, lot.move))
        else:
            blocked[asset, lot.origin] = (
                UntouchedReason.KEPT if net > ZERO and keep > ZERO else UntouchedReason.NET_NOT_POSITIVE
            )
    return kept


def _cash_rows(inputs: PlanInputs, valuation: Valuation, lots: Iterable[Lot]) -> dict[RowKey, Decimal]:
    """Cash that can be spent where it is: units per place and coin; without markets base currency per place, debts there taken off."""
    rows: dict[RowKey, Decimal] = defaultdict(lambda: ZERO)
    for lot in lots:
        if lot.move is None and inputs.markets is None:
            rows[lot.origin, None] += lot.quantity * valuation.positions[lot.asset].quote.price
        elif lot.move is None:
            rows[lot.origin, lot.asset] += lot.quantity
    if inputs.markets is None:
        for row in valuation.rows_of(ValueStatus.PRICED):
            if (row.holding.location, None) in rows and _is_cash_debt(inputs, row):
                rows[row.holding.location, None] += row.value or ZERO
    return {key: max(ZERO, amount) for key, amount in rows.items()}


def _is_cash_debt(inputs: PlanInputs, row: ValuedHolding) -> bool:
    asset = row.holding.asset
    return asset is not None and row.holding.quantity < ZERO and inputs.registry[asset].kind.is_cash
