"""The plan as a document: one JSON object whose hash is its name, and the same actions as a CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from rebalancer.domain.content import Json, JsonObject, content_hash
from rebalancer.domain.drift import Drift, measure_drift, worst_drift
from rebalancer.domain.instruments import FeeOn
from rebalancer.domain.money import ZERO, plain, round_amount, total, weight_of
from rebalancer.domain.places import Executor
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.lots import place_of
from rebalancer.domain.plan.outcome import group_weights, objective, values_after
from rebalancer.domain.plan.proposal import executor_of
from rebalancer.domain.plan.reasons import ExecHint
from rebalancer.domain.plan.trades import Move, Plan, Side, Stage, Trade, Untouched
from rebalancer.domain.prices import CURRENCIES

LIFETIME: Final = timedelta(minutes=30)  # For approval; a plan by hand stays readable for longer.
SOLVER_NOT_EXACT: Final = "solver_not_exact"

ACTION_COLUMNS: Final = (
    "stage",
    "executor",
    "group",
    "alias",
    "symbol",
    "action",
    "usd",
    "value",
    "currency",
    "est_quantity",
    "price_used",
    "price_source",
    "location",
    "exec_hint",
    "venue",
    "market",
    "fee",
    "fee_asset",
    "reason",
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def plan_document(plan: Plan, inputs: PlanInputs, certificate: JsonObject) -> JsonObject:
    """Write a plan down.

    Args:
        plan: What was proposed.
        inputs: What it was made from.
        certificate: What the independent checker says of ``plan_body``.

    Returns:
        The body, the certificate, and ``plan_id``: SHA-256 of the RFC 8785 form of all the rest.
    """
    document = {**plan_body(plan, inputs), "certificate": certificate}
    return {"plan_id": content_hash(document), **document}


def plan_body(plan: Plan, inputs: PlanInputs) -> JsonObject:
    """Everything but the certificate and the name."""
    valuation, targets = plan.valuation, inputs.targets
    drifts = measure_drift(valuation.group_weights(), targets)
    flow = plan.deposit - plan.withdrawn
    usd_rate = usd_per_base(plan, inputs)
    return {
        "as_of": instant(inputs.as_of),
        "expires_at": instant(inputs.as_of + LIFETIME),
        "currency": valuation.currency,
        "total_value": plain(round_amount(valuation.total_value)),
        "planning_value": plain(round_amount(valuation.planning_value)),
        "approvable": _approvable(plan, inputs),
        "groups": _groups(plan, inputs, drifts),
        "actions": [_action(index, trade, plan, inputs, usd_rate) for index, trade in enumerate(plan.trades, start=1)],
        "moves": [_move(index, move, inputs) for index, move in enumerate(plan.moves, start=1)],
        "untouched": [_untouched(entry) for entry in plan.untouched],
        "assumptions": _assumptions(plan, usd_rate),
        "cost": _cost(plan, targets.rules.order_price),
        "objective": plain(round_amount(objective(valuation, plan.trades, targets, inputs.taxonomy, flow))),
        "bound": None,
        "bound_reason": SOLVER_NOT_EXACT,
        "gap": None,
        "gap_reason": SOLVER_NOT_EXACT,
        "nothing_to_do": None if plan.wanted else _nothing_to_do(drifts),
        "inputs": dict(sorted(inputs.hashes.items())),
    }


def _approvable(plan: Plan, inputs: PlanInputs) -> bool:
    """Whether every place is known: where things lie, and where each order is to be made."""
    held = all(row.location is not None for row in inputs.holdings)
    return held and all(trade.location is not None for trade in plan.trades)


def instant(at: datetime) -> str:
    """RFC 3339 in UTC, to the second or as fine as the instant is."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def usd_per_base(plan: Plan, inputs: PlanInputs) -> Decimal | None:
    """US dollars for one unit of base currency, from the quotes or from the holdings' own price of a currency.

    None without either.
    """
    base = plan.valuation.currency
    rate = inputs.quotes.conversion(base, "USD")
    if rate is not None:
        return rate
    dollar = plan.valuation.positions.get(CURRENCIES["USD"])
    return 1 / dollar.quote.price if dollar else None


def _groups(plan: Plan, inputs: PlanInputs, drifts: Sequence[Drift]) -> list[Json]:
    values = plan.valuation.group_values()
    now = _weights(plan, inputs, Stage.NOW)
    after = _weights(plan, inputs, Stage.AFTER)
    return [
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


def _weights(plan: Plan, inputs: PlanInputs, until: Stage) -> Mapping[str, Decimal]:
    """Weights once a stage is done; a deposit counts from the stage after, a withdrawal from the start."""
    done = [trade for trade in plan.trades if until is Stage.AFTER or trade.stage is Stage.NOW]
    flow = (plan.deposit if until is Stage.AFTER else ZERO) - plan.withdrawn
    return group_weights(values_after(plan.valuation, done, inputs.taxonomy, cash_flow=flow))


def _action(index: int, trade: Trade, plan: Plan, inputs: PlanInputs, usd_rate: Decimal | None) -> JsonObject:
    asset = inputs.registry[trade.asset]
    executor = executor_of(inputs, trade)
    position = plan.valuation.positions.get(trade.asset)
    quote = position.quote if position else inputs.quotes.price_in(trade.asset, plan.valuation.currency)
    return {
        "n": index,
        "stage": trade.stage.value,
        "executor": executor.value,
        "group": inputs.taxonomy.group_of(trade.asset),
        "asset": trade.asset,
        "alias": asset.base,
        "symbol": asset.symbol,
        "action": trade.side.value,
        "usd": plain(round_amount(trade.value * usd_rate)) if usd_rate is not None else None,
        "value": plain(round_amount(trade.value)),
        "currency": plan.valuation.currency,
        "est_quantity": plain(trade.quantity),
        "price_used": plain(trade.price),
        "price_source": quote.source if quote else None,
        "location": trade.location,
        "exec_hint": _hint(trade, executor).value,
        "venue": place_of(inputs, trade.location).venue,
        "market": trade.market.symbol if trade.market else None,
        "fee": plain(round_amount(trade.fee)),
        "fee_asset": _fee_asset(trade, plan.valuation.currency),
        "reason": trade.reason.value,
        "numbers": dict(trade.numbers),
    }


def _hint(trade: Trade, executor: Executor) -> ExecHint:
    if trade.stage is Stage.AFTER:
        return ExecHint.AFTER_ARRIVAL
    if trade.location is None:
        return ExecHint.ORDER_ANYWHERE
    return ExecHint.ORDER_AT_VENUE if executor is Executor.API else ExecHint.ORDER_BY_HAND


def _fee_asset(trade: Trade, currency: str) -> str:
    if trade.market is None:
        return CURRENCIES[currency]
    on_received = trade.market.fee_on is FeeOn.RECEIVED and trade.side is Side.BUY
    return trade.market.base if on_received else trade.market.quote


def _move(index: int, move: Move, inputs: PlanInputs) -> JsonObject:
    return {
        "n": index,
        "asset": move.asset,
        "symbol": inputs.registry[move.asset].symbol,
        "quantity": plain(move.quantity),
        "from": move.origin,
        "to": move.destination,
        "why": move.why.value,
        "value": plain(round_amount(move.value)),
        "fee": None,
        "fee_reason": "move_fee_unknown",
    }


def _untouched(entry: Untouched) -> JsonObject:
    return {
        "asset": entry.asset,
        "symbol": entry.symbol,
        "group": entry.group,
        "location": entry.location,
        "reason": entry.reason.value,
        "numbers": dict(entry.numbers),
    }


def _assumptions(plan: Plan, usd_rate: Decimal | None) -> list[Json]:
    known: list[Json] = [{"code": entry.code.value, "numbers": dict(entry.numbers)} for entry in plan.assumptions]
    return known if usd_rate is not None else [*known, {"code": "usd_unknown", "numbers": {}}]


def _cost(plan: Plan, order_price: Decimal) -> JsonObject:
    fees = total(trade.fee for trade in plan.trades)
    spread = total(trade.half_spread for trade in plan.trades)
    traded = total(trade.value for trade in plan.trades)
    return {
        "fees": plain(round_amount(fees)),
        "half_spread": plain(round_amount(spread)),
        "orders": len(plan.trades),
        "order_price": plain(round_amount(order_price * len(plan.trades))),
        "total": plain(round_amount(fees + spread)),
        "traded": plain(round_amount(traded)),
        "share_of_traded": plain(weight_of(fees + spread, traded)),
    }


def _nothing_to_do(drifts: Sequence[Drift]) -> JsonObject:
    worst = worst_drift(drifts)
    assert worst is not None, "a portfolio with value has a group"
    return {"worst_group": worst.group, "worst_drift": plain(worst.drift), "band": plain(worst.half_width)}


def actions_csv(document: JsonObject) -> str:
    """The actions as RFC 4180 CSV with the columns of ``ACTION_COLUMNS``.

    No text can start a formula, numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(ACTION_COLUMNS)
    actions = document["actions"]
    assert isinstance(actions, Sequence), actions
    for action in actions:
        assert isinstance(action, Mapping), action
        writer.writerow([_cell(column, action[column]) for column in ACTION_COLUMNS])
    return out.getvalue()


def _cell(column: str, value: Json) -> str:
    text = "" if value is None else str(value)
    numeric = column in {"usd", "value", "est_quantity", "price_used", "fee"}
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not numeric else text
