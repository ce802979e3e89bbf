"""Valuation: holdings times prices, as values and weights in one currency.

Two totals are shown. The **total value** is the sum of every row's own value, negatives and unidentified ones
included: it equals the export to the cent. The **planning value** is the base of weights: per identified, priced asset
its net value over all places when positive, zero when negative.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rebalancer.domain.money import ZERO, quotient_price, total, weight_of
from rebalancer.domain.prices import EXPORT, Quote
from rebalancer.domain.taxonomy import UNCLASSIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from rebalancer.domain.assets import AssetId
    from rebalancer.domain.holdings import Holding
    from rebalancer.domain.prices import Quotes
    from rebalancer.domain.taxonomy import Taxonomy


class ValueStatus(StrEnum):
    """Whether and why a row counts in weights."""

    PRICED = "priced"
    UNPRICED = "unpriced"
    WORTHLESS = "worthless"
    UNCLASSIFIED = "unclassified"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class ValuedHolding:
    """One row with its value in the valuation's currency; ``value`` is None where nothing says what it is worth."""

    holding: Holding
    group: str
    status: ValueStatus
    value: Decimal | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Position:
    """One identified, priced asset over all places.

    Attributes:
        asset: What it is.
        group: Where it belongs.
        quantity: Net units over all places.
        value: Net value over all places; the sum of its rows.
        quote: The price used; ``value`` differs from ``quantity x price`` by the source's rounding.
    """

    asset: AssetId
    group: str
    quantity: Decimal
    value: Decimal
    quote: Quote

    @property
    def planning_value(self) -> Decimal:
        """What counts in weights: the value when it is positive, else zero."""
        return max(ZERO, self.value) if self.quantity > ZERO else ZERO

    @property
    def rounding_difference(self) -> Decimal:
        """``value - quantity x price``: what the source rounded away."""
        return self.value - self.quantity * self.quote.price


@dataclass(frozen=True, slots=True)
class Valuation:
    """All rows and positions in one currency, as of one instant."""

    currency: str
    rows: tuple[ValuedHolding, ...]
    positions: Mapping[AssetId, Position]

    @property
    def total_value(self) -> Decimal:
        """Sum of all rows that have a value."""
        return total(row.value for row in self.rows if row.value is not None)

    @property
    def planning_value(self) -> Decimal:
        """Base of weights."""
        return total(position.planning_value for position in self.positions.values())

    @property
    def partial(self) -> bool:
        """Whether some row has no value, so that the total lacks it."""
        return any(row.status is ValueStatus.UNPRICED for row in self.rows)

    def rows_of(self, status: ValueStatus) -> tuple[ValuedHolding, ...]:
        """Rows of one status, in the order of the source."""
        return tuple(row for row in self.rows if row.status is status)

    def value_of(self, status: ValueStatus) -> Decimal:
        """Sum of the values of the rows of one status."""
        return total(row.value for row in self.rows_of(status) if row.value is not None)

    @property
    def negative_value(self) -> Decimal:
        """Size of what is owed: the sum of the net values of negative positions, as a positive amount."""
        return total(-position.value for position in self.positions.values() if position.value < ZERO)

    @property
    def rounding_difference(self) -> Decimal:
        """What the source's own values differ from quantity times price by, over all positions, signs ignored."""
        return total(abs(position.rounding_difference) for position in self.positions.values())

    def group_values(self) -> dict[str, Decimal]:
        """Planning value per group that has any, in alphabetical order."""
        values: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for position in self.positions.values():
            values[position.group] += position.planning_value
        return dict(sorted(values.items()))

    def group_weights(self) -> dict[str, Decimal]:
        """Weight per group as a fraction of the planning value."""
        base = self.planning_value
        return {group: weight_of(value, base) for group, value in self.group_values().items()}


def value_holdings(
    holdings: Sequence[Holding],
    quotes: Quotes,
    taxonomy: Taxonomy,
    *,
    source_currency: str | None,
    currency: str,
    as_of: datetime | None = None,
) -> Valuation:
    """Value every row in ``currency``.

    A quote of a file or market data goes first, and then values the asset at all places. Without one the source's own
    row values stand, and its price is the one it states, else value over quantity of the asset's largest row.

    Args:
        holdings: Rows, in the order of the source.
        quotes: Quotes from outside the source.
        taxonomy: Membership in groups.
        source_currency: Currency of the prices and values in the rows; None when they have none.
        currency: Currency to value in.
        as_of: Instant the source's own prices held, if known.

    Raises:
        CurrencyMismatchError: The source's currency, or the only one an asset is quoted in, cannot be converted.
    """
    _check_convertible(holdings, quotes, currency)
    own = export_quotes(holdings, source_currency, as_of)
    every = quotes.with_fallback(own)
    needed = source_currency is not None and any(row.value is not None for row in holdings)
    rate = every.required_conversion(source_currency, currency) if needed and source_currency else None
    rows = tuple(_value_row(row, quotes, every, taxonomy, currency, rate) for row in holdings)
    return Valuation(currency, rows, _positions(rows))


def _check_convertible(holdings: Iterable[Holding], quotes: Quotes, currency: str) -> None:
    """An asset that is quoted, but in no currency that leads to the one asked for, is a mistake to be named."""
    for asset in {row.asset: None for row in holdings if row.asset is not None}:
        found = quotes.currencies_of(asset)
        if found and quotes.quoted_in(asset, currency) is None:
            quotes.required_conversion(found[0].currency, currency)


def export_quotes(holdings: Iterable[Holding], currency: str | None, as_of: datetime | None) -> tuple[Quote, ...]:
    """The price that a source itself implies for each asset.

    The one it states, else value over quantity of the asset's largest row.
    """
    if currency is None:
        return ()
    largest: dict[AssetId, Holding] = {}
    for row in holdings:
        if row.asset is None or _implied_price(row) is None:
            continue
        best = largest.get(row.asset)
        if best is None or abs(row.value or ZERO) > abs(best.value or ZERO):
            largest[row.asset] = row
    found = ((asset, _implied_price(row)) for asset, row in largest.items())
    return tuple(Quote(asset, price, currency, EXPORT, as_of) for asset, price in found if price is not None)


def _implied_price(row: Holding) -> Decimal | None:
    if row.price is not None and row.price > ZERO:
        return row.price
    if row.value and row.quantity and (ratio := quotient_price(row.value, row.quantity)) > ZERO:
        return ratio
    return None


def _value_row(
    row: Holding, quotes: Quotes, every: Quotes, taxonomy: Taxonomy, currency: str, rate: Decimal | None
) -> ValuedHolding:
    own = row.value * rate if row.value is not None and rate is not None else None
    if row.asset is None:
        status = ValueStatus.IGNORED if row.ignored else ValueStatus.UNCLASSIFIED
        return ValuedHolding(row, UNCLASSIFIED, status, own, None)
    group = taxonomy.group_of(row.asset)
    outside = quotes.quoted_in(row.asset, currency)
    if outside is not None:
        return ValuedHolding(row, group, _classified(group), row.quantity * outside.price, outside)
    if own == ZERO and row.quantity != ZERO:
        return ValuedHolding(row, group, ValueStatus.WORTHLESS, ZERO, None)
    quote = every.price_in(row.asset, currency)
    if quote is None:
        return ValuedHolding(row, group, ValueStatus.UNPRICED, own, None)
    value = own if own is not None else row.quantity * quote.price
    return ValuedHolding(row, group, _classified(group), value, quote)


def _classified(group: str) -> ValueStatus:
    return ValueStatus.UNCLASSIFIED if group == UNCLASSIFIED else ValueStatus.PRICED


def _positions(rows: Iterable[ValuedHolding]) -> dict[AssetId, Position]:
    found: dict[AssetId, Position] = {}
    for row in rows:
        asset = row.holding.asset
        if asset is None or row.status is not ValueStatus.PRICED or row.quote is None or row.value is None:
            continue
        before = found.get(asset)
        quantity = row.holding.quantity + (before.quantity if before else ZERO)
        value = row.value + (before.value if before else ZERO)
        found[asset] = Position(asset, row.group, quantity, value, row.quote)
    return dict(sorted(found.items()))
