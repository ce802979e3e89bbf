"""Checks of what a plan says beside its numbers: why each step is there, what is assumed, and what stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.certificate.amounts import Failure, differ, usd_rate, weights_after
from rebalancer.domain.certificate.facts import Action, Facts, objects
from rebalancer.domain.content import Json, JsonObject
from rebalancer.domain.drift import Drift, measure_drift
from rebalancer.domain.money import ZERO, plain, round_amount, total
from rebalancer.domain.plan.reasons import AssumptionCode, MoveReason, TradeReason, UntouchedReason
from rebalancer.domain.prices import EXPORT, USER_FILE
from rebalancer.domain.taxonomy import CASH_GROUP
from rebalancer.domain.valuation import ValuedHolding, ValueStatus

_STEP_WITHOUT_MARKET: Final = "0.00000001"
_SIDES: Final = {
    TradeReason.OVERWEIGHT.value: {"sell"},
    TradeReason.UNDERWEIGHT.value: {"buy"},
    TradeReason.INVEST.value: {"buy"},
    TradeReason.WITHDRAW.value: {"sell"},
    TradeReason.SETTLE.value: {"buy", "sell"},
}
_LEFT_OUT: Final = {
    ValueStatus.UNCLASSIFIED: UntouchedReason.UNCLASSIFIED,
    ValueStatus.IGNORED: UntouchedReason.IGNORED,
    ValueStatus.UNPRICED: UntouchedReason.UNPRICED,
    ValueStatus.WORTHLESS: UntouchedReason.WORTHLESS,
}
_OF_FLOWS: Final = {UntouchedReason.WITHDRAW_SHORT.value, UntouchedReason.INVEST_UNSPENT.value}


def check_codes(facts: Facts) -> Iterator[Failure]:
    """Every reason is one of the closed lists and fits its step; what is assumed is listed, and nothing else is."""
    for key, name, codes in (
        ("actions", "reason", TradeReason),
        ("moves", "why", MoveReason),
        ("untouched", "reason", UntouchedReason),
        ("assumptions", "code", AssumptionCode),
    ):
        known = {code.value for code in codes}
        for index, entry in enumerate(objects(facts.body, key)):
            if entry.get(name) not in known:
                yield {"where": f"{key}.{index + 1}.{name}", "found": str(entry.get(name)), "expected": "a known code"}
    yield from _check_reasons(facts)
    yield from _check_assumptions(facts)


def _check_reasons(facts: Facts) -> Iterator[Failure]:
    """Every action names the drift of its group, and a reason that its side and the rules allow."""
    drifts = {group: _numbers(drift) for group, drift in facts.drifts.items()}
    for action in facts.actions:
        expected = drifts.get(facts.inputs.taxonomy.group_of(action.asset))
        yield from differ(f"actions.{action.n}.numbers", action.raw["numbers"], expected)
        if not _possible(facts, action):
            found = str(action.raw["reason"])
            yield {"where": f"actions.{action.n}.reason", "found": found, "expected": "a reason of its side"}


def _numbers(drift: Drift) -> JsonObject:
    return {
        "group": drift.group,
        "weight_held": plain(drift.weight_held),
        "weight_target": plain(drift.weight_target),
        "drift": plain(drift.drift),
        "band": plain(drift.half_width),
    }


def _possible(facts: Facts, action: Action) -> bool:
    rules, reason = facts.inputs.targets.rules, action.raw["reason"]
    asked = {
        TradeReason.INVEST.value: rules.invest is not None,
        TradeReason.WITHDRAW.value: rules.withdraw is not None,
        TradeReason.SETTLE.value: bool(rules.settle) and facts.inputs.registry[action.asset].kind.is_cash,
    }
    return action.side in _SIDES.get(str(reason), set()) and asked.get(str(reason), True)


def _check_assumptions(facts: Facts) -> Iterator[Failure]:
    """What no input says is listed, with its numbers, and nothing else is."""
    expected: list[Json] = [{"code": code.value, "numbers": dict(numbers)} for code, numbers in _assumed(facts)]
    yield from differ("assumptions", facts.body["assumptions"], expected)


def _assumed(facts: Facts) -> Iterator[tuple[AssumptionCode, Mapping[str, str]]]:
    yield from _assumed_prices(facts)
    if facts.inputs.markets is None:
        yield AssumptionCode.FEE_ASSUMED, {"fee": plain(facts.inputs.targets.rules.fee)}
        yield AssumptionCode.LOTS_ASSUMED, {"step": _STEP_WITHOUT_MARKET}
    yield from _assumed_places(facts)
    for status, code in (
        (ValueStatus.UNCLASSIFIED, AssumptionCode.UNCLASSIFIED_LEFT_OUT),
        (ValueStatus.UNPRICED, AssumptionCode.UNPRICED_LEFT_OUT),
    ):
        rows = facts.valuation.rows_of(status)
        if rows:
            yield code, {"count": str(len(rows)), "value": plain(facts.valuation.value_of(status))}
    if usd_rate(facts) is None:
        yield AssumptionCode.USD_UNKNOWN, {}


def _assumed_prices(facts: Facts) -> Iterator[tuple[AssumptionCode, Mapping[str, str]]]:
    quotes = [position.quote for position in facts.valuation.positions.values()]
    counts = (
        (AssumptionCode.EXPORT_PRICES, sum(quote.source == EXPORT for quote in quotes)),
        (AssumptionCode.USER_FILE_PRICES, sum(quote.source == USER_FILE for quote in quotes)),
        (AssumptionCode.PRICES_UNDATED, sum(quote.as_of is None for quote in quotes)),
    )
    yield from ((code, {"count": str(count)}) for code, count in counts if count)
    rounded = total(abs(p.value - p.quantity * p.quote.price) for p in facts.valuation.positions.values())
    if rounded != ZERO:
        yield AssumptionCode.ROUNDING, {"value": plain(round_amount(rounded))}


def _assumed_places(facts: Facts) -> Iterator[tuple[AssumptionCode, Mapping[str, str]]]:
    if any(row.location is None for row in facts.inputs.holdings):
        yield AssumptionCode.LOCATIONS_UNKNOWN, {}
    used = {action.location for action in facts.actions}
    used |= {place for move in facts.moves for place in (move.origin, move.destination)}
    guessed = sorted(name for name in used if name is not None and facts.inputs.places.of(name).guessed)
    if guessed:
        yield AssumptionCode.PLACES_GUESSED, {"places": ", ".join(guessed)}
    if facts.moves:
        yield AssumptionCode.MOVE_FEES_UNKNOWN, {"count": str(len(facts.moves))}
    if any(move.destination is None for move in facts.moves):
        yield AssumptionCode.NO_EXCHANGE_KNOWN, {}


def check_untouched(facts: Facts) -> Iterator[Failure]:
    """What stays is told in order: money that found no use, groups off their bands, holdings; each with its facts."""
    entries = objects(facts.body, "untouched")
    count = sum(entry["reason"] in _OF_FLOWS for entry in entries)
    yield from _check_flows(facts, entries[:count])
    groups = _groups_left(facts)
    yield from differ("untouched.groups", [_named(e) for e in entries[count : count + len(groups)]], groups)
    rows = _rows_left(facts)
    for entry, row in zip(entries[count + len(groups) :], rows, strict=False):
        yield from _check_row(facts, entry, row)
    yield from differ("untouched", len(entries), count + len(groups) + len(rows))


def _check_flows(facts: Facts, entries: Sequence[JsonObject]) -> Iterator[Failure]:
    rules = facts.inputs.targets.rules
    asked = {
        UntouchedReason.WITHDRAW_SHORT.value: rules.withdraw is not None,
        UntouchedReason.INVEST_UNSPENT.value: rules.invest is not None,
    }
    reasons = [str(entry["reason"]) for entry in entries]
    allowed = [reason for reason, wanted in asked.items() if wanted and reason in reasons]
    yield from differ("untouched.flows", list(reasons), list(allowed))
    for entry in entries:
        stated = [entry["asset"], entry["symbol"], entry["group"], entry["location"]]
        yield from differ("untouched.flows", stated, [None, CASH_GROUP, CASH_GROUP, None])


def _named(entry: JsonObject) -> Json:
    return [entry["asset"], entry["symbol"], entry["group"], entry["location"], entry["numbers"]]


def _groups_left(facts: Facts) -> list[Json]:
    if facts.body["nothing_to_do"] is not None:
        return []
    targets = facts.inputs.targets
    weights = {group: weight for group, weight in weights_after(facts, "after").items() if group in targets.groups}
    return [
        [
            None,
            drift.group,
            drift.group,
            None,
            {"weight_after": plain(drift.weight_held), "weight_target": plain(drift.weight_target)},
        ]
        for drift in measure_drift(weights, targets)
        if drift.outside
    ]


def _rows_left(facts: Facts) -> list[ValuedHolding]:
    touched = {(action.asset, action.location) for action in facts.actions}
    touched |= {(move.asset, move.origin) for move in facts.moves}
    left: dict[tuple[AssetId | None, str, str | None], ValuedHolding] = {}
    for row in facts.valuation.rows:
        holding = row.holding
        if row.status is not ValueStatus.PRICED or (holding.asset, holding.location) not in touched:
            left.setdefault((holding.asset, holding.symbol, holding.location), row)
    return list(left.values())


def _check_row(facts: Facts, entry: JsonObject, row: ValuedHolding) -> Iterator[Failure]:
    where, holding = f"untouched.{row.holding.symbol}", row.holding
    stated = [entry["asset"], entry["symbol"], entry["group"], entry["location"]]
    yield from differ(where, stated, [holding.asset, holding.symbol, row.group, holding.location])
    reason = entry["reason"]
    forced = _LEFT_OUT.get(row.status)
    if forced is not None:
        yield from differ(f"{where}.reason", reason, forced.value)
        yield from differ(f"{where}.numbers", entry["numbers"], {"quantity": plain(holding.quantity)})
    elif (reason == UntouchedReason.CASH.value) or reason in {code.value for code in _LEFT_OUT.values()}:
        cash = holding.asset is not None and facts.inputs.registry[holding.asset].kind.is_cash
        yield from differ(f"{where}.reason", reason, UntouchedReason.CASH.value if cash else "a reason to stay")
        yield from differ(f"{where}.numbers", entry["numbers"], {"value": plain(round_amount(row.value or ZERO))})
    elif reason in {UntouchedReason.IN_BAND.value, UntouchedReason.GROUP_NOT_OVERWEIGHT.value}:
        yield from _check_drift(facts, entry, where, facts.drifts[row.group])


def _check_drift(facts: Facts, entry: JsonObject, where: str, drift: Drift) -> Iterator[Failure]:
    """Reasons that follow from the drift of the group, and state it."""
    idle = facts.body["nothing_to_do"] is not None
    reason = UntouchedReason.IN_BAND if idle else UntouchedReason.GROUP_NOT_OVERWEIGHT
    yield from differ(f"{where}.reason", entry["reason"], reason.value)
    yield from differ(
        f"{where}.drift", entry["numbers"], {"drift": plain(drift.drift), "band": plain(drift.half_width)}
    )
    if not idle and drift.drift > ZERO:
        yield {"where": f"{where}.drift", "found": plain(drift.drift), "expected": "0 or less"}
