"""Why everything that the plan leaves as it is stays so.

One reason from the closed list for each holding and each group off its target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rebalancer.domain.assets import AssetId
from rebalancer.domain.drift import Drift
from rebalancer.domain.money import ZERO, plain, round_amount
from rebalancer.domain.plan.desk import Desk, Source
from rebalancer.domain.plan.lots import Lot
from rebalancer.domain.plan.problem import Problem
from rebalancer.domain.plan.reasons import TradeReason, UntouchedReason
from rebalancer.domain.plan.solver import Solution
from rebalancer.domain.plan.trades import Numbers, Side, Untouched
from rebalancer.domain.targets import Mode
from rebalancer.domain.taxonomy import CASH_GROUP
from rebalancer.domain.valuation import ValuedHolding, ValueStatus

_BY_STATUS = {
    ValueStatus.UNCLASSIFIED: UntouchedReason.UNCLASSIFIED,
    ValueStatus.IGNORED: UntouchedReason.IGNORED,
    ValueStatus.UNPRICED: UntouchedReason.UNPRICED,
    ValueStatus.WORTHLESS: UntouchedReason.WORTHLESS,
}


@dataclass(frozen=True, slots=True)
class Explainer:
    """What the reasons are read from.

    Attributes:
        problem: What was allowed.
        solution: What was decided.
        held: Drift per group before the plan.
        after: Drift per group after it.
    """

    problem: Problem
    solution: Solution
    held: Mapping[str, Drift]
    after: Mapping[str, Drift]

    @property
    def desk(self) -> Desk:
        """The trades and moves, and what is left."""
        return self.solution.desk

    def holdings(self) -> Iterator[Untouched]:
        """One entry for each row that no trade and no move touches, in the order of the rows."""
        touched = {(trade.asset, trade.location) for trade in self.desk.trades}
        touched |= {(move.asset, move.origin) for move in self.desk.moves}
        seen: set[tuple[AssetId | None, str, str | None]] = set()
        for row in self.problem.valuation.rows:
            holding = row.holding
            key = (holding.asset, holding.symbol, holding.location)
            if row.status is ValueStatus.PRICED and (holding.asset, holding.location) in touched:
                continue
            if key not in seen:
                seen.add(key)
                reason, numbers = self._why(row)
                yield Untouched(holding.asset, holding.symbol, row.group, holding.location, reason, numbers)

    def groups(self) -> Iterator[Untouched]:
        """One entry for each group that is still outside its band after the plan."""
        for drift in self.after.values():
            if self.solution.wanted and drift.outside:
                facts = {"weight_after": plain(drift.weight_held), "weight_target": plain(drift.weight_target)}
                reason = self._why_over(drift.group) if drift.drift > ZERO else self._why_under(drift.group)
                yield Untouched(None, drift.group, drift.group, None, reason, facts)

    def _why(self, row: ValuedHolding) -> tuple[UntouchedReason, Numbers]:
        asset = row.holding.asset
        if row.status in _BY_STATUS or asset is None:
            return _BY_STATUS[row.status], {"quantity": plain(row.holding.quantity)}
        blocked = self.problem.blocked.get((asset, row.holding.location))
        if blocked is not None:
            return blocked, _blocked_numbers(self.problem, asset)
        if self.problem.inputs.registry[asset].kind.is_cash:
            return UntouchedReason.CASH, {"value": plain(round_amount(row.value or ZERO))}
        drift = self.held[row.group]
        general = self._why_group(drift)
        if general is not None:
            return general, {"drift": plain(drift.drift), "band": plain(drift.half_width)}
        return self._why_not_sold(asset, row.holding.location)

    def _why_group(self, drift: Drift) -> UntouchedReason | None:
        """The reason that holds for every coin of a group, if there is one."""
        if not self.solution.wanted:
            return UntouchedReason.IN_BAND
        if drift.drift <= ZERO:
            return UntouchedReason.GROUP_NOT_OVERWEIGHT
        return UntouchedReason.MODE if self.problem.inputs.targets.rules.mode is Mode.BUY_ONLY else None

    def _why_not_sold(self, asset: AssetId, location: str | None) -> tuple[UntouchedReason, Numbers]:
        lots = self.problem.lots_at(asset, location)
        found = [(lot, self.problem.offers(asset, lot.destination, Side.SELL)) for lot in lots]
        open_lots = [(lot, offers[0]) for lot, offers in found if offers]
        if not open_lots:
            return _no_market(self.problem, asset, lots)
        lot, offer = open_lots[0]
        rules = self.problem.inputs.targets.rules
        rate = plain(offer.cost.all)
        if offer.cost.all > rules.cost_cap:
            return UntouchedReason.COST_CAP, {"cost": rate, "cap": plain(rules.cost_cap)}
        least = Desk(self.problem, ZERO).order_value_min(offer, asset)
        if least is None:
            facts = {"cost": rate, "deviation_price": plain(rules.deviation_price)}
            return UntouchedReason.COST_ABOVE_BENEFIT, facts
        value = self.desk.left(Source(asset, lot.destination, (lot,))) * self.problem.price(asset)
        return self._why_unchosen(self.problem.group(asset), value, least)

    def _why_unchosen(self, group: str, value: Decimal, least: Decimal) -> tuple[UntouchedReason, Numbers]:
        """Why something that could have been sold was not."""
        facts = {"value": plain(round_amount(value)), "minimum": plain(round_amount(least))}
        if value < least:
            return UntouchedReason.BELOW_MIN_TRADE, facts
        if value < self.desk.threshold:
            most = str(self.problem.inputs.targets.rules.max_orders)
            return UntouchedReason.MAX_ORDERS, {**facts, "max_orders": most}
        if self.solution.abandoned:
            return UntouchedReason.COST_ABOVE_BENEFIT, facts
        still_over = self.after[group].outside and self.after[group].drift > ZERO
        return UntouchedReason.NOTHING_TO_BUY if still_over else UntouchedReason.NOT_NEEDED, facts

    def _why_over(self, group: str) -> UntouchedReason:
        """Why a group still has too much: the mode, the number of orders, or what holds its largest part back."""
        mode = self.problem.inputs.targets.rules.mode
        if mode is Mode.BUY_ONLY or (mode is Mode.SELL_ONLY and group == CASH_GROUP):
            return UntouchedReason.MODE
        reasons: dict[UntouchedReason, Decimal] = {}
        for lot in self.problem.lots:
            if self.problem.group(lot.asset) == group:
                left = (lot.quantity - self.desk.sold.get(lot, ZERO)) * self.problem.price(lot.asset)
                reason, _ = self._why_not_sold(lot.asset, lot.origin)
                reasons[reason] = reasons.get(reason, ZERO) + left
        for row in self.problem.valuation.rows_of(ValueStatus.PRICED):
            asset = row.holding.asset
            blocked = self.problem.blocked.get((asset, row.holding.location)) if asset and row.group == group else None
            if blocked is not None:
                reasons[blocked] = reasons.get(blocked, ZERO) + (row.value or ZERO)
        return max(reasons, key=lambda reason: (reasons[reason], reason.value), default=UntouchedReason.NOTHING_TO_BUY)

    def _why_under(self, group: str) -> UntouchedReason:
        """Why a group still lacks something."""
        targets = self.problem.inputs.targets
        if group == CASH_GROUP:
            return UntouchedReason.MODE if targets.rules.mode is Mode.BUY_ONLY else UntouchedReason.NOTHING_TO_SELL
        if targets.rules.mode is Mode.SELL_ONLY:
            return UntouchedReason.MODE
        positions = self.problem.valuation.positions.values()
        held = {p.asset for p in positions if p.group == group and p.planning_value > ZERO}
        wanted = set(targets.primary.get(group, {})) or held
        buyable = {asset for asset in wanted if self.problem.buyable(asset)}
        if not buyable:
            return UntouchedReason.NOT_BUYABLE if wanted else UntouchedReason.NO_PRIMARY
        places = {location for location, _ in self.problem.cash} | {self.problem.main_place}
        if not any(self.problem.offers(asset, place, Side.BUY) for asset in buyable for place in places):
            return UntouchedReason.PRIMARY_NOT_TRADABLE
        return UntouchedReason.MAX_ORDERS if self.desk.threshold > ZERO else UntouchedReason.NOTHING_TO_BUY_WITH


def _blocked_numbers(problem: Problem, asset: AssetId) -> Numbers:
    rules = problem.inputs.targets.rules
    numbers = {"net": plain(problem.valuation.positions[asset].quantity)}
    if asset in rules.keep:
        numbers["keep"] = plain(rules.keep[asset])
    if asset in rules.freeze:
        numbers["until"] = rules.freeze[asset].isoformat()
    return numbers


def _no_market(problem: Problem, asset: AssetId, lots: Iterable[Lot]) -> tuple[UntouchedReason, Numbers]:
    markets = problem.inputs.markets or ()
    venues = {problem.inputs.places.of(lot.destination).venue for lot in lots if lot.destination is not None}
    closed = [market.symbol for market in markets if market.base == asset and market.venue in venues]
    if closed:
        return UntouchedReason.MARKET_CLOSED, {"markets": ", ".join(sorted(closed))}
    return UntouchedReason.NO_MARKET, {"venues": ", ".join(sorted(venue for venue in venues if venue))}


def explain_flows(
    problem: Problem, desk: Desk, *, withdraw_short: Decimal, invest_left: Decimal
) -> Iterator[Untouched]:
    """Money to be taken out that could not be freed, and money to be invested that no order could spend."""
    if withdraw_short > ZERO:
        facts = {"short": plain(round_amount(withdraw_short))}
        yield Untouched(None, CASH_GROUP, CASH_GROUP, None, UntouchedReason.WITHDRAW_SHORT, facts)
    bought = any(trade.reason is TradeReason.INVEST for trade in desk.trades)
    if invest_left > (problem.inputs.targets.rules.min_trade if bought else ZERO):
        facts = {"left": plain(round_amount(invest_left))}
        yield Untouched(None, CASH_GROUP, CASH_GROUP, None, UntouchedReason.INVEST_UNSPENT, facts)
