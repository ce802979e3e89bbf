"""Propose a plan: state the problem, solve it, and explain the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.drift import Drift, measure_drift
from rebalancer.domain.money import ZERO, plain, round_amount, total
from rebalancer.domain.places import Executor
from rebalancer.domain.plan.book import flow_value
from rebalancer.domain.plan.desk import Desk
from rebalancer.domain.plan.explain import Explainer, explain_flows
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.offers import DEFAULT_STEP
from rebalancer.domain.plan.outcome import group_weights, objective, values_after
from rebalancer.domain.plan.problem import Problem, state_problem
from rebalancer.domain.plan.reasons import AssumptionCode
from rebalancer.domain.plan.solver import Solution, solve
from rebalancer.domain.plan.trades import Assumption, Plan, Side, Stage, Trade
from rebalancer.domain.prices import EXPORT, USER_FILE
from rebalancer.domain.targets import Targets
from rebalancer.domain.valuation import ValueStatus


def propose_plan(inputs: PlanInputs) -> Plan:
    """Compute the trades that the person's own rules ask for.

    Raises:
        PlanRefusedError: The holdings may not be planned as they are; the code says why and what would allow it.
        CurrencyMismatchError: No price leads to the base currency.
    """
    problem = state_problem(inputs)
    solution = _worthwhile(problem, solve(problem))
    desk, targets = solution.desk, inputs.targets
    held = {drift.group: drift for drift in measure_drift(problem.valuation.group_weights(), targets)}
    withdrawn = flow_value(problem, targets.rules.withdraw)
    trades = tuple(_with_numbers(trade, held[problem.group(trade.asset)]) for trade in _in_order(problem, desk.trades))
    values = values_after(problem.valuation, trades, inputs.taxonomy, cash_flow=solution.deposit - withdrawn)
    explainer = Explainer(problem, solution, held, _drifts_after(values, targets))
    untouched = (
        *explain_flows(problem, desk, withdraw_short=solution.withdraw_short, invest_left=solution.invest_left),
        *explainer.groups(),
        *explainer.holdings(),
    )
    moves = tuple(sorted(desk.moves, key=lambda move: (move.origin or "", move.asset, move.destination or "")))
    plan = Plan(
        problem.valuation, trades, moves, untouched, (), solution.wanted, deposit=solution.deposit, withdrawn=withdrawn
    )
    return replace(plan, assumptions=tuple(_assumptions(problem, plan)))


def _worthwhile(problem: Problem, solution: Solution) -> Solution:
    """Without money coming in or going out, a plan that does not lower the objective is no plan."""
    rules = problem.inputs.targets.rules
    if rules.invest or rules.withdraw or not solution.desk.trades:
        return solution
    inputs = problem.inputs
    idle = objective(problem.valuation, (), inputs.targets, inputs.taxonomy, ZERO)
    if solution.objective < idle:
        return solution
    return replace(solution, desk=Desk(problem, ZERO), objective=idle, abandoned=True)


def _in_order(problem: Problem, trades: Iterable[Trade]) -> list[Trade]:
    """Stage by stage; sales first because their proceeds pay for the buys, sales of cash coins last among them."""
    registry = problem.inputs.registry

    def rank(trade: Trade) -> tuple[bool, bool, bool, Decimal, str, str]:
        cash = registry[trade.asset].kind.is_cash
        late = trade.stage is Stage.AFTER
        return late, trade.side is Side.BUY, cash, -trade.value, trade.asset, trade.location or ""

    return sorted(trades, key=rank)


def _with_numbers(trade: Trade, drift: Drift) -> Trade:
    numbers = {
        "group": drift.group,
        "weight_held": plain(drift.weight_held),
        "weight_target": plain(drift.weight_target),
        "drift": plain(drift.drift),
        "band": plain(drift.half_width),
    }
    return replace(trade, numbers=numbers)


def _drifts_after(values: Mapping[tuple[str, AssetId | None], Decimal], targets: Targets) -> dict[str, Drift]:
    groups = {group: value for (group, coin), value in values.items() if coin is None}
    weights = group_weights({(group, None): value for group, value in groups.items()})
    # Change left over by the trades may be all the cash there is, in a group that the targets never had to name.
    named = {group: weight for group, weight in weights.items() if group in targets.groups}
    return {drift.group: drift for drift in measure_drift(named, targets)}


def _assumptions(problem: Problem, plan: Plan) -> Iterable[Assumption]:
    yield from _assumed_prices(plan)
    yield from _assumed_markets(problem)
    yield from _assumed_places(problem, plan)
    yield from _left_out(plan)


def _assumed_prices(plan: Plan) -> Iterable[Assumption]:
    quotes = [position.quote for position in plan.valuation.positions.values()]
    for source, code in ((EXPORT, AssumptionCode.EXPORT_PRICES), (USER_FILE, AssumptionCode.USER_FILE_PRICES)):
        count = sum(quote.source == source for quote in quotes)
        if count:
            yield Assumption(code, {"count": str(count)})
    undated = sum(quote.as_of is None for quote in quotes)
    if undated:
        yield Assumption(AssumptionCode.PRICES_UNDATED, {"count": str(undated)})
    rounded = plan.valuation.rounding_difference
    if rounded != ZERO:
        yield Assumption(AssumptionCode.ROUNDING, {"value": plain(round_amount(rounded))})


def _assumed_markets(problem: Problem) -> Iterable[Assumption]:
    if problem.inputs.markets is None:
        yield Assumption(AssumptionCode.FEE_ASSUMED, {"fee": plain(problem.inputs.targets.rules.fee)})
        yield Assumption(AssumptionCode.LOTS_ASSUMED, {"step": plain(DEFAULT_STEP)})


def _assumed_places(problem: Problem, plan: Plan) -> Iterable[Assumption]:
    inputs = problem.inputs
    if any(row.location is None for row in inputs.holdings):
        yield Assumption(AssumptionCode.LOCATIONS_UNKNOWN)
    used = {trade.location for trade in plan.trades} | {move.origin for move in plan.moves}
    used |= {move.destination for move in plan.moves}
    guessed = sorted(name for name in used if name is not None and inputs.places.of(name).guessed)
    if guessed:
        yield Assumption(AssumptionCode.PLACES_GUESSED, {"places": ", ".join(guessed)})
    if plan.moves:
        yield Assumption(AssumptionCode.MOVE_FEES_UNKNOWN, {"count": str(len(plan.moves))})
    if any(move.destination is None and move.origin is not None for move in plan.moves):
        yield Assumption(AssumptionCode.NO_EXCHANGE_KNOWN)


def _left_out(plan: Plan) -> Iterable[Assumption]:
    for status, code in (
        (ValueStatus.UNCLASSIFIED, AssumptionCode.UNCLASSIFIED_LEFT_OUT),
        (ValueStatus.UNPRICED, AssumptionCode.UNPRICED_LEFT_OUT),
    ):
        rows = plan.valuation.rows_of(status)
        if rows:
            value = total(row.value for row in rows if row.value is not None)
            yield Assumption(code, {"count": str(len(rows)), "value": plain(value)})


def executor_of(inputs: PlanInputs, trade: Trade) -> Executor:
    """Who carries a trade out: the key of its place, else the person."""
    if trade.location is None:
        return Executor.HAND
    return inputs.places.of(trade.location).executor
