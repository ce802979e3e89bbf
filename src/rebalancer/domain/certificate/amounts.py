"""Checks of numbers: totals, groups, prices, values, fees, costs, weights and the objective, each recomputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.certificate.facts import Action, Facts, obj, objects, same
from rebalancer.domain.content import Json
from rebalancer.domain.drift import Drift, measure_drift, target_weights
from rebalancer.domain.instruments import FeeOn
from rebalancer.domain.money import ONE, ZERO, plain, round_amount, total, weight_of
from rebalancer.domain.places import Executor
from rebalancer.domain.prices import CURRENCIES
from rebalancer.domain.targets import BandGoal, Mode, Within
from rebalancer.domain.taxonomy import CASH_GROUP

Failure = dict[str, str]
_THIRTY_MINUTES = timedelta(minutes=30)


def differ(where: str, found: Json, expected: Json) -> Iterator[Failure]:
    """A failure when two values are not the same."""
    if not same(found, expected):
        yield {"where": where, "found": str(found)[:120], "expected": str(expected)[:120]}


def check_inputs(facts: Facts) -> Iterator[Failure]:
    """The plan names the very inputs it is checked against."""
    yield from differ("inputs", facts.body["inputs"], dict(facts.inputs.hashes))


def check_dates(facts: Facts) -> Iterator[Failure]:
    """The plan holds for thirty minutes from its instant."""
    at = facts.inputs.as_of.astimezone(UTC)
    for key, instant in (("as_of", at), ("expires_at", at + _THIRTY_MINUTES)):
        yield from differ(key, facts.body[key], instant.isoformat().replace("+00:00", "Z"))


def check_totals(facts: Facts) -> Iterator[Failure]:
    """Total and planning value are those of the holdings."""
    valuation = facts.valuation
    yield from differ("currency", facts.body["currency"], facts.inputs.targets.base_currency)
    yield from differ("total_value", facts.body["total_value"], plain(round_amount(valuation.total_value)))
    yield from differ("planning_value", facts.body["planning_value"], plain(round_amount(valuation.planning_value)))
    located = all(row.location is not None for row in facts.inputs.holdings)
    located = located and all(action.location is not None for action in facts.actions)
    yield from differ("approvable", facts.body["approvable"], located)


def check_groups(facts: Facts) -> Iterator[Failure]:
    """Every group is listed with its value, weights, target and band.

    The weights after are those of the listed actions.
    """
    drifts = measure_drift(facts.valuation.group_weights(), facts.inputs.targets)
    values = facts.valuation.group_values()
    now, after = weights_after(facts, "now"), weights_after(facts, "after")
    expected: list[Json] = [
        {
            "group": drift.group,
            "value": plain(round_amount(values.get(drift.group, ZERO))),
            "weight_held": plain(drift.weight_held),
            "weight_now": plain(now.get(drift.group, ZERO)),
            "weight_after": plain(after.get(drift.group, ZERO)),
            "weight_target": plain(drift.weight_target),
            "band": plain(drift.half_width),
            "outside": drift.outside,
            "on_hold": drift.on_hold,
        }
        for drift in drifts
    ]
    found = objects(facts.body, "groups")
    yield from differ("groups", len(found), len(expected))
    for claimed, true in zip(found, expected, strict=False):
        yield from differ(f"groups.{claimed.get('group')}", claimed, true)


def check_actions(facts: Facts) -> Iterator[Failure]:
    """Every action states the identity, place, price, value and fee that the inputs give it."""
    rate = usd_rate(facts)
    for action in facts.actions:
        for key, expected in _expected(facts, action, rate).items():
            yield from differ(f"actions.{action.n}.{key}", action.raw.get(key), expected)


def usd_rate(facts: Facts) -> Decimal | None:
    """US dollars for one unit of base currency; None where nothing tells."""
    base = facts.valuation.currency
    rate = facts.inputs.quotes.conversion(base, "USD")
    dollar = facts.valuation.positions.get(CURRENCIES["USD"])
    return rate if rate is not None or dollar is None else ONE / dollar.quote.price


def _expected(facts: Facts, action: Action, rate: Decimal | None) -> dict[str, Json]:
    asset = facts.inputs.registry[action.asset]
    place = facts.place(action.location)
    quote = facts.quote(action.asset)
    executor = place.executor if place else Executor.HAND
    usd = plain(round_amount(action.notional * rate)) if rate is not None else None
    return {
        "executor": executor.value,
        "group": facts.inputs.taxonomy.group_of(action.asset),
        "alias": asset.base,
        "symbol": asset.symbol,
        "usd": usd,
        "value": plain(round_amount(action.notional)),
        "currency": facts.valuation.currency,
        "price_used": plain(quote.price) if quote else None,
        "price_source": quote.source if quote else None,
        "venue": place.venue if place else None,
        "exec_hint": _hint(action, executor),
        "fee": plain(round_amount(facts.exact_fee(action))),
        "fee_asset": _fee_asset(facts, action),
    }


def _hint(action: Action, executor: Executor) -> str:
    if action.stage == "after":
        return "after_arrival"
    if action.location is None:
        return "order_anywhere"
    return "order_at_venue" if executor is Executor.API else "order_by_hand"


def _fee_asset(facts: Facts, action: Action) -> str:
    if action.market is None:
        return CURRENCIES[facts.valuation.currency]
    on_received = action.market.fee_on is FeeOn.RECEIVED and action.side == "buy"
    return action.market.base if on_received else action.market.quote


def check_costs(facts: Facts) -> Iterator[Failure]:
    """The costs are the sum of the actions' costs and stay under the cap."""
    fees = total(facts.exact_fee(action) for action in facts.actions)
    spread = total(action.notional * facts.rates(action).half_spread for action in facts.actions)
    traded = total(action.notional for action in facts.actions)
    rules = facts.inputs.targets.rules
    expected: dict[str, Json] = {
        "fees": plain(round_amount(fees)),
        "half_spread": plain(round_amount(spread)),
        "orders": len(facts.actions),
        "order_price": plain(round_amount(rules.order_price * len(facts.actions))),
        "total": plain(round_amount(fees + spread)),
        "traded": plain(round_amount(traded)),
        "share_of_traded": plain(weight_of(fees + spread, traded)),
    }
    yield from differ("cost", obj(facts.body, "cost"), expected)
    if fees + spread > traded * rules.cost_cap:
        yield {"where": "cost_cap", "found": plain(weight_of(fees + spread, traded)), "expected": plain(rules.cost_cap)}


def check_objective(facts: Facts) -> Iterator[Failure]:
    """The objective is the one the rules define; an unproved bound is said to be unproved."""
    rules = facts.inputs.targets.rules
    costs = total(facts.exact_fee(a) + a.notional * facts.rates(a).half_spread for a in facts.actions)
    base = facts.valuation.planning_value + deposits(facts) - withdrawn(facts)
    value = base * rules.deviation_price * _deviation(facts) + costs + rules.order_price * len(facts.actions)
    yield from differ("objective", facts.body["objective"], plain(round_amount(value)))
    for key in ("bound", "gap"):
        yield from differ(key, facts.body[key], None)
        yield from differ(f"{key}_reason", facts.body[f"{key}_reason"], "solver_not_exact")


def check_nothing_to_do(facts: Facts) -> Iterator[Failure]:
    """A plan that says there is nothing to do has no step, and names the worst drift, inside its band."""
    claim = facts.body["nothing_to_do"]
    drifts = measure_drift(facts.valuation.group_weights(), facts.inputs.targets)
    rules = facts.inputs.targets.rules
    if rules.invest or rules.withdraw or any(drift.outside for drift in drifts):
        yield from differ("nothing_to_do", claim, None)
        return
    worst = max(drifts, key=lambda drift: (abs(drift.drift), [-ord(letter) for letter in drift.group]))
    yield from differ("nothing_to_do", claim, _claim(worst))
    if facts.actions or facts.moves:
        yield {"where": "nothing_to_do", "found": str(len(facts.actions)), "expected": "0"}


def _claim(worst: Drift) -> dict[str, Json]:
    return {
        "worst_group": worst.group,
        "worst_drift": plain(worst.drift),
        "band": plain(worst.half_width),
    }


def deposits(facts: Facts) -> Decimal:
    """Money that the moves bring in from outside, in base currency."""
    return total(move.quantity * facts.price(move.asset) for move in facts.moves if move.is_deposit)


def withdrawn(facts: Facts) -> Decimal:
    """Money that the rules take out, in base currency."""
    flow = facts.inputs.targets.rules.withdraw
    return flow.amount * facts.price(flow.currency) if flow else ZERO


def values_after(facts: Facts, until: str) -> dict[AssetId, Decimal]:
    """Planning value per asset once a stage is done; what cash gains or loses counts under a cash coin."""
    values: dict[AssetId, Decimal] = defaultdict(lambda: ZERO)
    for asset, position in facts.valuation.positions.items():
        values[asset] = position.planning_value
    cash = -withdrawn(facts) + (deposits(facts) if until == "after" else ZERO)
    for action in facts.actions:
        if until == "now" and action.stage == "after":
            continue
        if action.side == "sell":
            values[action.asset] -= action.notional
            cash += action.notional - facts.exact_fee(action) - action.notional * facts.rates(action).half_spread
            continue
        arrived = action.notional - (facts.exact_fee(action) if facts.rates(action).fee_on_received else ZERO)
        values[action.asset] += arrived
        cash -= arrived + facts.exact_fee(action) + action.notional * facts.rates(action).half_spread
    values[CURRENCIES["USD"]] += cash
    return values


def weights_after(facts: Facts, until: str) -> Mapping[str, Decimal]:
    """Weight per group once a stage is done."""
    groups: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for asset, value in values_after(facts, until).items():
        groups[_group(facts, asset)] += value
    base = total(groups.values())
    return {group: weight_of(value, base) for group, value in groups.items()}


def _group(facts: Facts, asset: AssetId) -> str:
    return CASH_GROUP if asset == CURRENCIES["USD"] else facts.inputs.taxonomy.group_of(asset)


def _deviation(facts: Facts) -> Decimal:
    targets = facts.inputs.targets
    weights = weights_after(facts, "after")
    missed = ZERO
    for group, aim in target_weights(weights, targets).items():
        if group in targets.hold:
            continue
        width = targets.rules.band_of(group).half_width(aim) if targets.rules.to is BandGoal.EDGE else ZERO
        weight = weights.get(group, ZERO)
        one_sided = group == CASH_GROUP and targets.rules.mode is Mode.SELL_ONLY
        missed += max(ZERO, (aim - weight if one_sided else abs(weight - aim)) - width)
        if targets.rules.within is Within.WEIGHTS and targets.primary.get(group) and group != CASH_GROUP:
            missed += _coin_deviation(facts, group, aim, width)
    return missed


def _coin_deviation(facts: Facts, group: str, aim: Decimal, width: Decimal) -> Decimal:
    values = values_after(facts, "after")
    base = total(values.values())
    primary = facts.inputs.targets.primary[group]
    coins = {asset for asset in values if _group(facts, asset) == group} | set(primary)
    return total(
        max(
            ZERO,
            abs(weight_of(values.get(coin, ZERO), base) - aim * primary.get(coin, ZERO))
            - width * primary.get(coin, ZERO),
        )
        for coin in sorted(coins)
    )
