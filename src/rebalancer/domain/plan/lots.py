"""Lots: what the rules allow to sell, where it lies, and where it is sold.

Everything that may not or cannot be sold is kept with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.holdings import WHOLE_ACCOUNT
from rebalancer.domain.money import ZERO, total
from rebalancer.domain.places import Availability, Executor, Place
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.reasons import MoveReason, UntouchedReason
from rebalancer.domain.valuation import Valuation, ValueStatus


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


def place_of(inputs: PlanInputs, location: str | None) -> Place:
    """The place of a location; a source without places is one place without a name."""
    return inputs.places.of(location) if location is not None else WHOLE_ACCOUNT


def trades_at(inputs: PlanInputs, location: str | None) -> bool:
    """Whether a plan may trade at a location."""
    return location is None or inputs.places.of(location).trades_here


@dataclass(frozen=True, slots=True)
class Routes:
    """Where moved coins go.

    Attributes:
        main: The trading place that holds most value; among empty ones the first by name. None when there is none.
        by_venue: The first trading place of each venue, by name.
    """

    main: str | None
    by_venue: Mapping[str, str]


def routes_of(inputs: PlanInputs, valuation: Valuation) -> Routes:
    """Find the places that moves may lead to, among all that are held at, said, or named by the rules."""
    values: dict[str, Decimal] = dict.fromkeys(inputs.places.said, ZERO)
    for row in valuation.rows:
        if row.holding.location is not None:
            values[row.holding.location] = values.get(row.holding.location, ZERO) + (row.value or ZERO)
    for flow in (inputs.targets.rules.invest, inputs.targets.rules.withdraw):
        if flow is not None:
            values.setdefault(flow.at, ZERO)
    trading = sorted(name for name in values if inputs.places.of(name).trades_here)
    by_venue = {inputs.places.of(name).venue or "": name for name in reversed(trading)}
    return Routes(min(trading, key=lambda name: (-values[name], name), default=None), by_venue)


def gather_lots(
    inputs: PlanInputs, valuation: Valuation, routes: Routes
) -> tuple[tuple[Lot, ...], dict[tuple[AssetId, str | None], UntouchedReason]]:
    """All that may be sold or spent, per asset never more than its net quantity less what is kept."""
    blocked: dict[tuple[AssetId, str | None], UntouchedReason] = {}
    by_asset: dict[AssetId, list[Lot]] = defaultdict(list)
    for (asset, location), units in _units(valuation).items():
        found = _lots_at(inputs, asset, location, units, routes)
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
    inputs: PlanInputs, asset: AssetId, location: str | None, units: Mapping[Availability, Decimal], routes: Routes
) -> list[Lot] | UntouchedReason:
    """What may leave one place.

    Units that trade where they are, and units that must be redeemed or transferred first.
    """
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
    if location is None:
        portable = redeemable = ZERO  # Nobody knows where from.
    for quantity, why in ((redeemable, MoveReason.REDEEM), (portable, MoveReason.TRANSFER)):
        lots.append(Lot(asset, location, min(held, quantity), held, _destination(inputs, location, why, routes), why))
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


def _destination(inputs: PlanInputs, location: str | None, why: MoveReason, routes: Routes) -> str | None:
    """A redemption stays with its venue where that has a trading place; everything else goes to the main place."""
    if trades_at(inputs, location):
        return location
    venue = place_of(inputs, location).venue
    if why is MoveReason.REDEEM and venue is not None:
        return routes.by_venue.get(venue, routes.main)
    return routes.main


def _capped(
    inputs: PlanInputs,
    valuation: Valuation,
    asset: AssetId,
    lots: list[Lot],
    blocked: dict[tuple[AssetId, str | None], UntouchedReason],
) -> list[Lot]:
    """Lots of one asset cut so that together they never exceed its net quantity less what is kept.

    What trades where it is goes first.
    """
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
