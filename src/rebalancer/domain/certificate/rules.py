"""Checks of the person's rules.

Order, minimums, modes, what must not be touched, and a reason for everything that stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rebalancer.domain.assets import AssetKind
from rebalancer.domain.certificate.amounts import Failure, differ
from rebalancer.domain.certificate.facts import STAGES, Action, Facts
from rebalancer.domain.money import ZERO, floor_to_step, plain, round_amount
from rebalancer.domain.plan.reasons import TradeReason
from rebalancer.domain.targets import Mode

_STEP_WITHOUT_MARKET: Final = Decimal("1e-8")
_LEFT_MIN_FACTOR: Final = Decimal("1.2")
_NEVER_BOUGHT: Final = {AssetKind.LP, AssetKind.NFT, AssetKind.DEAD}


def check_sequence(facts: Facts) -> Iterator[Failure]:
    """Actions and moves are numbered from 1; within a stage sales go first, the stage ``now`` before ``after``."""
    for name, numbers in (("actions", [a.n for a in facts.actions]), ("moves", [m.n for m in facts.moves])):
        yield from differ(f"{name}.n", list(numbers), list(range(1, len(numbers) + 1)))
    ranks = [(STAGES.index(action.stage), action.side == "buy") for action in facts.actions]
    if ranks != sorted(ranks):
        yield {"where": "actions", "found": "order", "expected": "sales first, stage by stage"}
    orders = Counter((a.stage, a.side, a.asset, a.location, a.raw.get("market")) for a in facts.actions)
    for (_, side, asset, *_), count in orders.items():
        if count > 1:
            yield {"where": f"actions.{asset}.{side}", "found": str(count), "expected": "1"}
    if len(facts.actions) > facts.inputs.targets.rules.max_orders:
        limit = str(facts.inputs.targets.rules.max_orders)
        yield {"where": "max_orders", "found": str(len(facts.actions)), "expected": limit}


def check_sizes(facts: Facts) -> Iterator[Failure]:
    """Every order is positive, on its step, and at or above the venue's minimum and the person's own."""
    for action in facts.actions:
        if action.quantity <= ZERO or action.notional < facts.inputs.targets.rules.min_trade:
            least = plain(facts.inputs.targets.rules.min_trade)
            yield {"where": f"actions.{action.n}", "found": plain(round_amount(action.notional)), "expected": least}
        if not _on_step(action):
            yield {"where": f"actions.{action.n}.est_quantity", "found": plain(action.quantity), "expected": "step"}
        if action.market is None:
            continue
        price = action.price / facts.price(action.market.quote)
        small = action.quantity < action.market.min_quantity or action.quantity * price < action.market.min_notional
        if small:
            least = f"{plain(action.market.min_quantity)} / {plain(action.market.min_notional)}"
            yield {"where": f"actions.{action.n}.est_quantity", "found": plain(action.quantity), "expected": least}


def _on_step(action: Action) -> bool:
    """On the market's lot step; without markets on 1e-8, or exactly all that is there."""
    step = action.market.lot_step if action.market else _STEP_WITHOUT_MARKET
    if floor_to_step(action.quantity, step) == action.quantity:
        return True
    return action.market is None and action.side == "sell"


def check_markets(facts: Facts) -> Iterator[Failure]:
    """Every order goes to a place that trades, to a market that is open to its side, at a cost under the cap."""
    for action in facts.actions:
        where = f"actions.{action.n}"
        if not facts.trades_at(action.location):
            yield {"where": f"{where}.location", "found": str(action.location), "expected": "a place that trades"}
        market = action.market
        if market is not None and not (market.can_buy if action.side == "buy" else market.can_sell):
            yield {"where": f"{where}.market", "found": market.status.value, "expected": "open"}
        rates = facts.rates(action)
        if rates.fee + rates.half_spread > facts.inputs.targets.rules.cost_cap:
            yield {"where": f"{where}.fee", "found": plain(rates.fee + rates.half_spread), "expected": "cost_cap"}


def check_permissions(facts: Facts) -> Iterator[Failure]:
    """Nothing frozen, on hold, never to be bought, or against the mode is traded or moved."""
    for action in facts.actions:
        for rule in _broken(facts, action):
            yield {"where": f"actions.{action.n}", "found": str(action.asset), "expected": rule}
    for move in facts.moves:
        if facts.inputs.targets.rules.frozen_on(move.asset, facts.inputs.as_of.date()):
            yield {"where": f"moves.{move.n}", "found": str(move.asset), "expected": "freeze"}
        if facts.inputs.taxonomy.group_of(move.asset) in facts.inputs.targets.hold:
            yield {"where": f"moves.{move.n}", "found": str(move.asset), "expected": "hold"}


def _broken(facts: Facts, action: Action) -> Iterator[str]:
    rules, group = facts.inputs.targets.rules, facts.inputs.taxonomy.group_of(action.asset)
    settles = action.raw.get("reason") == TradeReason.SETTLE.value
    if rules.frozen_on(action.asset, facts.inputs.as_of.date()):
        yield "freeze"
    if group in facts.inputs.targets.hold or group not in facts.inputs.targets.groups:
        yield "hold"
    if action.side == "buy":
        if action.asset in rules.never_buy or facts.inputs.registry[action.asset].kind in _NEVER_BOUGHT:
            yield "never_buy"
        if rules.mode is Mode.SELL_ONLY and not settles:
            yield "sell-only"
        primary = facts.inputs.targets.primary.get(group)
        if primary and action.asset not in primary and not settles:
            yield "primary"
    elif rules.mode is Mode.BUY_ONLY:
        yield "buy-only"


def check_remainders(facts: Facts) -> Iterator[Failure]:
    """What a sale leaves in a market is nothing that counts, or enough to be sold later."""
    sold: dict[tuple[str, str | None], Decimal] = defaultdict(lambda: ZERO)
    for action in facts.actions:
        if action.side == "sell" and action.stage == "now" and action.market is not None:
            sold[action.asset, action.location] += action.quantity
    for action in facts.actions:
        if (action.asset, action.location) not in sold or action.market is None or action.side == "buy":
            continue
        if facts.inputs.registry[action.asset].kind.is_cash:
            continue
        left = _free(facts, action) - sold[action.asset, action.location]
        price = action.price / facts.price(action.market.quote)
        least = max(action.market.min_quantity, action.market.min_notional / price)
        if action.market.lot_step <= left < least * _LEFT_MIN_FACTOR:
            yield {"where": f"actions.{action.n}", "found": plain(left), "expected": plain(least * _LEFT_MIN_FACTOR)}


def _free(facts: Facts, action: Action) -> Decimal:
    """Units that the rules let go from a place: free there, less what must be kept where nothing else is left."""
    rows = [row for row in facts.inputs.holdings if row.asset == action.asset]
    here = sum((row.quantity for row in rows if row.location == action.location and row.availability == "free"), ZERO)
    keep = facts.inputs.targets.rules.keep.get(action.asset, ZERO)
    net = facts.valuation.positions[action.asset].quantity if action.asset in facts.valuation.positions else ZERO
    return min(here, max(ZERO, net - keep))
