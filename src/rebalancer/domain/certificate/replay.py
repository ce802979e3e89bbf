"""Checks by replay: the plan is carried out on paper, step by step, and at no step may cash or coins be missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.certificate.amounts import Failure, deposits, differ, withdrawn
from rebalancer.domain.certificate.facts import Action, Facts, Moved, number, obj, objects
from rebalancer.domain.content import Json
from rebalancer.domain.money import ONE, ZERO, ceil_to_step, floor_to_step, plain, round_amount, total
from rebalancer.domain.places import Availability, Executor
from rebalancer.domain.plan.reasons import MoveReason, UntouchedReason
from rebalancer.domain.valuation import ValueStatus

_CASH_STEP: Final = Decimal("1e-12")
_SHORT_ROUNDING: Final = Decimal("1e-8")  # What is short is stated to ten decimals of base currency.
Row = tuple[str | None, AssetId | None]


def _units(facts: Facts, asset: AssetId, location: str | None, *states: Availability) -> Decimal:
    """Units of an asset at a place in some states, never more than the place's own balance of it."""
    here = [
        row.holding
        for row in facts.valuation.rows_of(ValueStatus.PRICED)
        if (row.holding.asset, row.holding.location) == (asset, location)
    ]
    found = total(row.quantity for row in here if row.availability in states)
    return max(ZERO, min(found, total(row.quantity for row in here)))


def check_free(facts: Facts) -> Iterator[Failure]:
    """At each place no more is sold than is free there, in the stage ``after`` with what the moves bring."""
    sold: dict[tuple[AssetId, str | None], Decimal] = defaultdict(lambda: ZERO)
    for action in facts.actions:
        if action.side != "sell" or _is_cash(facts, action.asset):
            continue
        key = (action.asset, action.location)
        sold[key] += action.quantity
        there = _units(facts, *key, Availability.FREE) if facts.trades_at(action.location) else ZERO
        if action.stage == "after":
            there += total(move.quantity for move in facts.moves if (move.asset, move.destination) == key)
        if sold[key] > there:
            yield {"where": f"actions.{action.n}", "found": plain(sold[key]), "expected": plain(there)}


def check_net(facts: Facts) -> Iterator[Failure]:
    """Over all places no asset is sold beyond its net quantity, nor below what must be kept."""
    sold: dict[AssetId, Decimal] = defaultdict(lambda: ZERO)
    for action in facts.actions:
        if action.side == "sell" and not _is_cash(facts, action.asset):
            sold[action.asset] += action.quantity
    for asset, quantity in sorted(sold.items()):
        position = facts.valuation.positions.get(asset)
        keep = facts.inputs.targets.rules.keep.get(asset, ZERO)
        left = max(ZERO, (position.quantity if position else ZERO) - keep)
        if quantity > left:
            yield {"where": f"actions.{asset}", "found": plain(quantity), "expected": plain(left)}


def check_moves(facts: Facts) -> Iterator[Failure]:
    """Only what can move is moved, to a place that trades, and everything moved is needed there."""
    moved: dict[tuple[AssetId, str | None, Json], Decimal] = defaultdict(lambda: ZERO)
    for move in facts.moves:
        where = f"moves.{move.n}"
        yield from differ(f"{where}.value", move.raw.get("value"), _value(facts, move))
        yield from differ(f"{where}.symbol", move.raw.get("symbol"), facts.inputs.registry[move.asset].symbol)
        yield from differ(f"{where}.fee", [move.raw["fee"], move.raw["fee_reason"]], [None, "move_fee_unknown"])
        if move.quantity <= ZERO or not facts.trades_at(move.destination):
            yield {"where": f"{where}.to", "found": str(move.destination), "expected": "a place that trades"}
        if move.is_deposit:
            yield from _check_deposit(facts, move)
            continue
        key = (move.asset, move.origin, move.raw["why"])
        moved[key] += move.quantity
        most = _movable(facts, move)
        if moved[key] > most:
            yield {"where": where, "found": plain(move.quantity), "expected": plain(most)}
    yield from _check_needed(facts)


def _value(facts: Facts, move: Moved) -> str:
    return plain(round_amount(move.quantity * facts.price(move.asset)))


def _movable(facts: Facts, move: Moved) -> Decimal:
    place = facts.place(move.origin)
    if place is not None and place.executor is Executor.NONE:
        return ZERO
    if move.raw["why"] == MoveReason.REDEEM.value:
        return _units(facts, move.asset, move.origin, Availability.REDEEMABLE)
    states = [Availability.COLD] if facts.trades_at(move.origin) else [Availability.COLD, Availability.FREE]
    return _units(facts, move.asset, move.origin, *states)


def _check_deposit(facts: Facts, move: Moved) -> Iterator[Failure]:
    flow = facts.inputs.targets.rules.invest
    way = (move.asset, move.origin, move.destination)
    if flow is None or way != (flow.currency, None, flow.at) or move.quantity > flow.amount:
        yield {"where": f"moves.{move.n}", "found": plain(move.quantity), "expected": "invest"}


def _check_needed(facts: Facts) -> Iterator[Failure]:
    """Coins that are not cash are moved only to be sold."""
    arrived: dict[tuple[AssetId, str | None], Decimal] = defaultdict(lambda: ZERO)
    for move in facts.moves:
        if not _is_cash(facts, move.asset):
            arrived[move.asset, move.destination] += move.quantity
    for (asset, location), quantity in sorted(arrived.items(), key=str):
        sold = total(
            action.quantity
            for action in facts.actions
            if action.stage == "after"
            and action.side == "sell"
            and (action.asset, action.location) == (asset, location)
        )
        if quantity > sold:
            yield {"where": f"moves.{asset}", "found": plain(quantity), "expected": plain(sold)}


def check_cash(facts: Facts) -> Iterator[Failure]:
    """At every step, in every purse, there is the cash that the step spends; what is to be taken out stays."""
    rows = _opening(facts)
    reserve = _reserve(facts)
    arrived = False
    for action in facts.actions:
        if action.stage == "after" and not arrived:
            arrived = True
            _arrive(facts, rows)
        row: Row = (action.location, action.market.quote if action.market else None)
        rows[row] += _change(facts, action, row)
        if _is_cash(facts, action.asset):
            other: Row = (action.location, action.asset)
            rows[other] += action.quantity if action.side == "buy" else -action.quantity
        for name, units in rows.items():
            if units < ZERO:
                yield {"where": f"actions.{action.n}", "found": plain(round_amount(units)), "expected": f"cash {name}"}
    if not arrived:
        _arrive(facts, rows)
    for row, amount in reserve.items():
        freed = rows[row] + _short(facts) / _price_of(facts, row)
        if freed < amount - _SHORT_ROUNDING:
            yield {"where": "withdraw", "found": plain(round_amount(rows[row])), "expected": plain(amount)}
    yield from _check_spent_in_all(facts)


def _opening(facts: Facts) -> dict[Row, Decimal]:
    """Cash that can be spent where it lies.

    Per place and coin, or per place in base currency where markets are unknown.
    """
    rows: dict[Row, Decimal] = defaultdict(lambda: ZERO)
    places = dict.fromkeys(row.holding.location for row in facts.valuation.rows)
    day = facts.inputs.as_of.date()
    for asset in facts.valuation.positions:
        if not _is_cash(facts, asset) or facts.inputs.targets.rules.frozen_on(asset, day):
            continue
        for location in places:
            if facts.trades_at(location):
                units = _units(facts, asset, location, Availability.FREE)
                known = facts.inputs.markets is not None
                rows[location, asset if known else None] += units if known else units * facts.price(asset)
    return rows


def _arrive(facts: Facts, rows: dict[Row, Decimal]) -> None:
    for move in facts.moves:
        if _is_cash(facts, move.asset):
            known = facts.inputs.markets is not None
            units = move.quantity if known else move.quantity * facts.price(move.asset)
            rows[move.destination, move.asset if known else None] += units


def _price_of(facts: Facts, row: Row) -> Decimal:
    """Base currency per unit of a purse."""
    return facts.price(row[1]) if row[1] is not None else ONE


def _change(facts: Facts, action: Action, row: Row) -> Decimal:
    """Units that enter or leave a purse: received rounded down, spent rounded up."""
    change = facts.cash_change(action) / _price_of(facts, row)
    return floor_to_step(change, _CASH_STEP) if change > ZERO else -ceil_to_step(-change, _CASH_STEP)


def _reserve(facts: Facts) -> dict[Row, Decimal]:
    flow = facts.inputs.targets.rules.withdraw
    if flow is None:
        return {}
    if facts.inputs.markets is None:
        return {(flow.at, None): withdrawn(facts)}
    return {(flow.at, flow.currency): flow.amount}


def _short(facts: Facts) -> Decimal:
    """What the plan itself says could not be freed, in base currency."""
    reason = UntouchedReason.WITHDRAW_SHORT.value
    stated = [obj(entry, "numbers") for entry in objects(facts.body, "untouched") if entry.get("reason") == reason]
    return total(number(numbers, "short") for numbers in stated)


def _check_spent_in_all(facts: Facts) -> Iterator[Failure]:
    """Over all places no more cash is spent than is held net of debts and of what must be kept."""
    keep = facts.inputs.targets.rules.keep
    held = total(
        max(ZERO, position.quantity - keep.get(asset, ZERO)) * position.quote.price
        for asset, position in facts.valuation.positions.items()
        if _is_cash(facts, asset)
    )
    brought = deposits(facts)
    traded = [action for action in facts.actions if not _is_cash(facts, action.asset)]
    change = total(facts.cash_change(action) for action in traded)
    if held + brought + change < -_CASH_STEP * (len(traded) + 1):
        yield {"where": "cash", "found": plain(round_amount(-change)), "expected": plain(round_amount(held))}


def _is_cash(facts: Facts, asset: AssetId) -> bool:
    return facts.inputs.registry[asset].kind.is_cash
