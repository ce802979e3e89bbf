"""The problem behind a plan: what may be sold where, with which cash, in which markets, towards which values.

Everything the rules forbid is taken out here, so that the solver can only make plans that the rules allow. Reasons for
what was taken out are kept, row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from rebalancer.domain.assets import AssetId, AssetKind
from rebalancer.domain.costs import CostRate, taker_cost
from rebalancer.domain.drift import check_groups_named
from rebalancer.domain.instruments import Market
from rebalancer.domain.money import ONE, ZERO, plain, total, weight_of
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.lots import Lot, gather_lots, place_of, routes_of, trades_at
from rebalancer.domain.plan.offers import Offer, RowKey
from rebalancer.domain.plan.reasons import UntouchedReason
from rebalancer.domain.plan.trades import Side
from rebalancer.domain.prices import Quote
from rebalancer.domain.valuation import Valuation, ValuedHolding, ValueStatus, value_holdings
from rebalancer.errors import PlanRefusedError

UNCLASSIFIED_SHARE_MAX: Final = Decimal("0.005")
NEGATIVE_SHARE_MAX: Final = Decimal("0.01")
_NEVER_BOUGHT_KINDS: Final = frozenset({AssetKind.LP, AssetKind.NFT, AssetKind.DEAD})


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

    def lots_at(self, asset: AssetId, origin: str | None) -> tuple[Lot, ...]:
        """What may be sold of an asset that lies at a place."""
        return self._lots_by_origin.get((asset, origin), ())

    @cached_property
    def _lots_by_origin(self) -> dict[tuple[AssetId, str | None], tuple[Lot, ...]]:
        found: dict[tuple[AssetId, str | None], tuple[Lot, ...]] = {}
        for lot in self.lots:
            found[lot.asset, lot.origin] = (*found.get((lot.asset, lot.origin), ()), lot)
        return found

    def primaries(self, group: str) -> Mapping[AssetId, Decimal]:
        """What a group buys, with weights, the heaviest first: its primary coins, else what it holds."""
        return self._primaries.get(group, {})

    @cached_property
    def _primaries(self) -> dict[str, dict[AssetId, Decimal]]:
        chosen: dict[str, dict[AssetId, Decimal]] = defaultdict(dict)
        for position in self.valuation.positions.values():
            chosen[position.group][position.asset] = position.planning_value
        chosen.update({group: dict(weights) for group, weights in self.inputs.targets.primary.items() if weights})
        return {group: self._bought(weights) for group, weights in chosen.items()}

    def _bought(self, weights: Mapping[AssetId, Decimal]) -> dict[AssetId, Decimal]:
        bought = [(asset, weight) for asset, weight in weights.items() if weight > ZERO and self.buyable(asset)]
        return dict(sorted(bought, key=lambda item: (-item[1], item[0])))


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
        PlanRefusedError: ``total_not_positive``, ``unclassified_over_limit``, ``unpriced_holdings``,
            ``negative_over_limit``,
            ``group_not_in_targets``.
        CurrencyMismatchError: No price leads to the base currency.
    """
    valuation = value_inputs(inputs)
    _refuse_the_unplannable(inputs, valuation)
    routes = routes_of(inputs, valuation)
    lots, blocked = gather_lots(inputs, valuation, routes)
    cash_lots = tuple(lot for lot in lots if inputs.registry[lot.asset].kind.is_cash)
    return Problem(
        inputs,
        valuation,
        tuple(lot for lot in lots if not inputs.registry[lot.asset].kind.is_cash),
        _cash_rows(inputs, valuation, cash_lots),
        tuple(lot for lot in cash_lots if lot.move is not None),
        blocked,
        routes.main,
    )


def _refuse_the_unplannable(inputs: PlanInputs, valuation: Valuation) -> None:
    rules = inputs.targets.rules
    whole = valuation.total_value
    unpriced = valuation.rows_of(ValueStatus.UNPRICED)
    if unpriced and not rules.allow_unpriced:
        raise PlanRefusedError("unpriced_holdings", {"count": str(len(unpriced)), "symbols": _symbols(unpriced)})
    if whole <= ZERO or valuation.planning_value <= ZERO:
        numbers = {"total": plain(whole), "planning": plain(valuation.planning_value)}
        raise PlanRefusedError("total_not_positive", numbers)
    if not rules.allow_unclassified:
        _refuse_unclassified(valuation.rows_of(ValueStatus.UNCLASSIFIED), whole)
    share = weight_of(valuation.negative_value, whole)
    if share > NEGATIVE_SHARE_MAX and not rules.allow_negative:
        raise PlanRefusedError("negative_over_limit", {"share": plain(share), "limit": plain(NEGATIVE_SHARE_MAX)})
    check_groups_named(valuation.group_weights(), inputs.targets)
    for flow in (rules.invest, rules.withdraw):
        if flow is not None and not trades_at(inputs, flow.at):
            raise PlanRefusedError("flow_place_cannot_trade", {"place": flow.at})
        if (
            flow is not None
            and inputs.quotes.with_fallback(_own_quotes(valuation)).price_in(flow.currency, valuation.currency) is None
        ):
            raise PlanRefusedError("flow_currency_unpriced", {"currency": flow.currency})


def _own_quotes(valuation: Valuation) -> Iterable[Quote]:
    return (position.quote for position in valuation.positions.values())


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


def _cash_rows(inputs: PlanInputs, valuation: Valuation, lots: Iterable[Lot]) -> dict[RowKey, Decimal]:
    """Cash that can be spent where it is.

    Units per place and coin; without markets base currency per place, debts there taken off.
    """
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
